"""The data dictionary: every table and column, described by the tables themselves."""

import csv
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

from db.backups.open_format import kind_of
from db.tables import EXPORTED
from db.tables.types import Word
from tracking.messages import Message

HEADERS = ("table", "column", "type", "missing", "key", "refers_to", "words", "meaning")
# By name suffix, used consistently across the tables.
_ENDS = ("_permille", "_tenths", "_on", "_at", "_hash", "_id")


def write_dictionary(file: Path) -> None:
    """Write the dictionary as CSV: each table, followed by its columns."""
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        cells = csv.writer(opened)
        cells.writerow(HEADERS)
        for table in EXPORTED:
            cells.writerows(_of_table(table))


def _of_table(table: Table) -> Iterator[tuple[str, ...]]:
    said = _docstrings()[table.name]
    yield (table.name, "", "", "", "", "", "", said)
    for column in table.columns:
        yield (
            table.name,
            column.name,
            kind_of(column),
            "yes" if column.nullable else "no",
            "primary" if column.primary_key else "unique" if column.unique else "",
            " ".join(sorted(key.target_fullname for key in column.foreign_keys)),
            " ".join(column.type.words) if isinstance(column.type, Word) else "",
            _meaning(column, said),
        )


def _meaning(column: Column[Any], said: str) -> str:
    """The sentences of the table's docstring that name the column, then the meaning of its name's suffix."""
    sentences = [part for part in re.split(r"(?<=[.;])\s+", said) if f"`{column.name}`" in part]
    ends = [str(Message(f"dictionary.{end[1:]}")) for end in _ENDS if column.name.endswith(end)]
    return " ".join([*sentences, *ends[:1]])


def _docstrings() -> dict[str, str]:
    """Table → its class's docstring on one line, including those of its base classes."""
    found: dict[str, str] = {}
    for model in _models(SQLModel):
        own = [
            inspect.cleandoc(base.__doc__ or "")
            for base in model.__mro__
            if base.__module__.startswith("db.tables")
        ]
        found[str(getattr(model, "__tablename__", ""))] = " ".join(" ".join(own).split())
    return found


def _models(base: type[SQLModel]) -> Iterator[type[SQLModel]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)
