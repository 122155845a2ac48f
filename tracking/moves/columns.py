"""The columns of the register of moved dates, in their order, and their headers."""

from tracking.messages import text
from tracking.vocabulary import Language

MOVE_COLUMNS = (
    "seq",
    "unit_name",
    "authority_name",
    "task_number",
    "title",
    "kind",
    "part",
    "from_on",
    "to_on",
    "days",
    "times",
    "cause",
    "affects_light",
    "reason",
    "asked_by",
    "decided_by",
    "moved_at",
    "baseline_due_on",
    "due_on",
    "delay_days",
    "light",
)


def move_headers(language: Language) -> dict[str, str]:
    """Column → header, in order; headers include the unit of their figures, if any."""
    return {column: text(f"move.{column}", language) for column in MOVE_COLUMNS}
