"""The ledger's columns in the offices' order, their headers, and its filters."""

from typing import Literal, TypeAlias, get_args

from tracking.messages import text
from tracking.vocabulary import Language

# Lines that are red because their day is past, selected in place of a light; worded `light.overdue`.
Overdue: TypeAlias = Literal["overdue"]
OVERDUE: Overdue = get_args(Overdue)[0]

LEDGER_COLUMNS = (
    "seq",
    "key_area",
    "measure",
    "task",
    "goal",
    "authority",
    "lead_unit",
    "supporting_units",
    "supervising_leader",
    "officer",
    "post",
    "phone",
    "liaison",
    "starts_on",
    "due_on",
    "quarter_nodes",
    "progress",
    "completed_value",
    "completion",
    "expected",
    "deviation",
    "light",
    "difficulties",
    "next_steps",
    "evidence",
    "review_status",
    "submitted_on",
    "countries",
    "tags",
    "remark",
)


def ledger_headers(language: Language) -> dict[str, str]:
    """Column → header, in order; headers include the unit of their figures, if any."""
    return {column: text(f"ledger.{column}", language) for column in LEDGER_COLUMNS}
