"""Applying new values to a row and describing the change for the audit event; and a row's key."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel


def change(row: SQLModel, **values: Any) -> dict[str, dict[str, Any]]:
    """Set the values and return {column: {"before": …, "after": …}} for those that changed."""
    changes = {
        name: {"before": plain(getattr(row, name)), "after": plain(value)}
        for name, value in values.items()
        if getattr(row, name) != value
    }
    for name, value in values.items():
        setattr(row, name, value)
    return changes


def plain(value: Any) -> Any:
    """A value as stored in JSON: days in ISO form, closed words by their value."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def key_of(row: Any) -> int:
    """The key of a stored row."""
    return int(row.id)
