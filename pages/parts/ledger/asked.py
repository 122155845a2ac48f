"""Which lines of the ledger an address asks for."""

from dataclasses import dataclass
from typing import Any

from db.ledger.columns import LedgerWhere
from db.reference.queries import actions_frame
from db.reference.rows import ActionRow
from db.typed_rows import rows_as
from pages.parts.figures.address import address_of
from pages.parts.figures.extract import Extract
from pages.shared.filters import asked_number, pick, with_all
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.ledgers.columns import Overdue
from tracking.vocabulary import Light


@dataclass(frozen=True, slots=True)
class LedgerSelection:
    """The lines of an extract, of an action, with a light, a text, a country (or `ALONG`) and a tag; None means any."""

    extract: Extract
    action_id: int | None = None
    light: Light | Overdue | None = None
    text: str | None = None
    country: str | None = None
    tag_id: int | None = None

    @property
    def address(self) -> dict[str, Any]:
        """The filters, by query name."""
        own = {"action": self.action_id, "light": self.light, "text": self.text}
        about = {"country": self.country, "tag": self.tag_id}
        asked = {**address_of(self.extract), **own, **about}
        return {name: value for name, value in asked.items() if name not in {"period", "view", "tree"}}

    @property
    def where(self) -> LedgerWhere:
        """The same without light and text, as a ledger query."""
        extract = self.extract
        return {
            "region": extract.region,
            "grouping": extract.grouping,
            "unit_id": extract.unit_id,
            "measure_id": extract.measure_id,
            "area_id": extract.area_id,
            "action_id": self.action_id,
            "country": self.country,
            "tag_id": self.tag_id,
        }


def asked_action(reads: Reads, extract: Extract) -> int | None:
    """The notice's action that the address asks for, if it exists."""
    asked = asked_number("action")
    actions = reads.common(actions_frame, notice_id=extract.choice.notice_id)
    return asked if asked in actions["action_id"].tolist() else None


def pick_action(reads: Reads, extract: Extract) -> int | None:
    """The picker of the chosen measure's actions; without a measure, what the address asks for."""
    if extract.measure_id is None:
        return asked_action(reads, extract)
    actions = reads.common(actions_frame, notice_id=extract.choice.notice_id)
    of_measure = actions[actions["measure_id"] == extract.measure_id]
    titles = [
        f"{row.measure_number}.{row.number} {plain(row.title)}" for row in rows_as(ActionRow, of_measure)
    ]
    names = dict(zip(of_measure["action_id"].tolist(), titles, strict=True))
    if not names:
        return None
    label = translate("ledger_page.action")
    chosen: int | None = pick("action", with_all(names, "measure_action"), label=label)
    return chosen


def action_words(reads: Reads, asked: LedgerSelection) -> dict[str, str]:
    """Query name → the action's title, if the lines are narrowed to one that no picker shows."""
    if asked.action_id is None or asked.extract.measure_id is not None:
        return {}
    actions = reads.common(actions_frame, notice_id=asked.extract.choice.notice_id)
    return {"action": plain(actions.set_index("action_id")["title"][asked.action_id])}
