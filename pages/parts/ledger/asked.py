"""Which lines of the ledger an address asks for."""

from dataclasses import dataclass
from typing import Any

from db.ledger.columns import LedgerWhere
from db.reference.queries import actions_frame
from pages.parts.figures.address import address_of
from pages.parts.figures.extract import Extract
from pages.shared.filters import asked_number
from pages.shared.reads import Reads
from pages.shared.wording import plain
from tracking.ledgers.columns import Overdue
from tracking.vocabulary import Light


@dataclass(frozen=True, slots=True)
class LedgerSelection:
    """The lines of an extract, of one of its measure's actions, with a light and containing a text; None means any."""

    extract: Extract
    action_id: int | None = None
    light: Light | Overdue | None = None
    text: str | None = None

    @property
    def address(self) -> dict[str, Any]:
        """The filters, by query name."""
        asked = {**address_of(self.extract), "action": self.action_id, "light": self.light, "text": self.text}
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
        }


def asked_action(reads: Reads, extract: Extract) -> int | None:
    """The notice's action that the address asks for, if it exists."""
    asked = asked_number("action")
    actions = reads.common(actions_frame, notice_id=extract.choice.notice_id)
    return asked if asked in actions["action_id"].tolist() else None


def action_words(reads: Reads, asked: LedgerSelection) -> dict[str, str]:
    """Query name → the action's title, if the lines are narrowed to one."""
    if asked.action_id is None:
        return {}
    actions = reads.common(actions_frame, notice_id=asked.extract.choice.notice_id)
    return {"action": plain(actions.set_index("action_id")["title"][asked.action_id])}
