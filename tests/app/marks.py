"""The marks of every picture as a page draws them: what each says on hover, and where a click leads."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import pytest

from pages.shared import pictures
from pages.shared.pictures import Lead, Leads
from tests.app.conftest import Open

PLACE = re.compile(r"%\{customdata\[(\d+)\]\}")


@dataclass(frozen=True)
class Mark:
    """A mark of the picture `key`, drawn on `page` at an address."""

    page: str
    asked: Mapping[str, str]
    key: str
    said: str
    keys: Sequence[Any]
    lead: Lead | None

    @property
    def address(self) -> dict[str, str]:
        """The filters of the page it leads to, as they stand in an address."""
        query = self.lead[1] if self.lead else {}
        kept = {name: value for name, value in self.asked.items() if name in {"as_of", "figures"}}
        return kept | {name: str(value) for name, value in query.items() if value is not None}


Draw = Callable[..., list[Mark]]


@pytest.fixture
def draw(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """`draw("overview", region="华东")`: the page is run, and gives the marks of its pictures that lead somewhere."""
    drawn: list[tuple[go.Figure, str, Leads | None]] = []

    def note(plot: go.Figure, key: str, leads: Leads | None) -> list[Any]:
        drawn.append((plot, key, leads))
        return []

    monkeypatch.setattr(pictures, "_draw", note)

    def run(page: str, **asked: str) -> list[Mark]:
        drawn.clear()
        seen = open_page(page, "member", **asked)
        assert [error.message for error in seen.exception] == []
        return [
            Mark(page, asked, key, said, keys, leads(keys))
            for plot, key, leads in drawn
            if leads
            for said, keys in _said(plot)
        ]

    return run


def _said(plot: go.Figure) -> Iterator[tuple[str, Sequence[Any]]]:
    """What each mark with keys says on hover, and its keys."""
    for trace in plot.data:
        for place, keys in enumerate(trace.customdata if trace.customdata is not None else ()):
            template = trace.hovertemplate.replace("%{text}", str(trace.text[place]) if trace.text else "")
            yield PLACE.sub(lambda found, keys=keys: str(keys[int(found[1])]), template), list(keys)
