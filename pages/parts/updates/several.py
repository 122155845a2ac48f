"""Acting on several updates of a queue at once, under one button that names what is unusual among them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from db.identity import SignedIn
from pages.shared.forms import Form
from pages.shared.wording import translate
from pages.shared.worklist import Bulk

Action = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Several:
    """An action on several updates at once: the action, its wordings, and whether it asks first.

    Its wordings are `<name>_of`, `<name>_done` and, if it asks, `<name>_consequence`; what is unusual among them is
    named with `<name>_among_them`.
    """

    action: Action
    name: str
    asks: bool = False

    def bulk(self, by: SignedIn, unusual: Mapping[int, str]) -> Bulk:
        """The same in the form the list needs; `unusual` names those that are named before it is done."""
        return partial(_together, self, by, unusual)

    def consequence(self, ticked: Sequence[int], unusual: Mapping[int, str]) -> str:
        """What is said before it is done, if it asks."""
        if not self.asks:
            return ""
        said = [translate(f"{self.name}_consequence", count=len(ticked))]
        names = [unusual[key] for key in ticked if key in unusual]
        if names:
            said.append(translate(f"{self.name}_among_them", count=len(names), names="、".join(names)))
        return "  \n".join(said)


def _together(
    several: Several, by: SignedIn, unusual: Mapping[int, str], ticked: list[int], form: Form
) -> None:
    count = len(ticked)
    form.save(
        translate(f"{several.name}_of", count=count),
        several.action,
        done=translate(f"{several.name}_done", count=count),
        consequence=several.consequence(ticked, unusual),
        disabled=not ticked,
        by=by,
        update_ids=ticked,
    )
