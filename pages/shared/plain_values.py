"""What stands in the fields of a form as plain JSON values, and back."""

from datetime import date
from typing import Any

_DAY = "day"


def to_plain(value: Any) -> Any:
    """A value of a widget as JSON can hold it; signs that no database takes are left out."""
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, str):
        return value.replace("\0", "").encode(errors="ignore").decode()
    if isinstance(value, list | tuple):
        return [to_plain(part) for part in value]
    if isinstance(value, dict):
        return {name: to_plain(part) for name, part in value.items()}
    return value


def from_plain(kept: Any) -> Any:
    """The value again."""
    if isinstance(kept, list):
        return [from_plain(part) for part in kept]
    if isinstance(kept, dict):
        if kept.keys() == {_DAY}:
            return date.fromisoformat(kept[_DAY])
        return {name: from_plain(part) for name, part in kept.items()}
    return kept
