"""A row merged three ways, field by field: as handed out, as filled in, and as the store has it now.

The form carries a mark of every field as it was handed out, so that whoever compares needs no copy of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tracking.ledgers.rows import FieldValue, LedgerTask, RowKey, Values, fingerprint, mark_of, values_of


@dataclass(frozen=True, slots=True)
class Merged:
    """What a row says after merging; `contested` if row and store changed a field to different values."""

    values: dict[str, FieldValue]
    contested: bool = False


def merged(key: RowKey, task: LedgerTask, values: Values) -> Merged:
    """A filled-in row merged with what the task's update says now.

    Of a contested row the values are those that the row wins with. A row from a form without marks is compared as a
    whole.
    """
    stands = values_of(task)
    if (key.row_version, key.base) == (task.row_version, fingerprint(stands)):
        return Merged(dict(values))
    if fingerprint(values) == key.base:
        return Merged(stands)
    marks = _marks(key, stands)
    if not marks:
        return Merged(dict(values), contested=values != stands)
    ours = {name for name, mark in marks.items() if mark_of(name, values[name]) != mark}
    theirs = {name for name, mark in marks.items() if mark_of(name, stands[name]) != mark}
    contested = any(values[name] != stands[name] for name in ours & theirs)
    return Merged(stands | {name: values[name] for name in ours}, contested)


def _marks(key: RowKey, stands: Mapping[str, FieldValue]) -> dict[str, str]:
    """Field → its mark as handed out; none if the task had other fields then."""
    marks = [key.marks[at : at + 8] for at in range(0, len(key.marks), 8)]
    return dict(zip(stands, marks, strict=True)) if len(marks) == len(stands) else {}
