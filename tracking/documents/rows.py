"""A file's rows in words and plain types, free of pandas."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from tracking.countries import country_names
from tracking.messages import text
from tracking.palette import SHAPES
from tracking.vocabulary import Language, Light

Cell: TypeAlias = str | int | float | Decimal | date | datetime | None

# Column → closed word list for its values.
WORDS: Mapping[str, str] = {
    "light": "light",
    "review_status": "update_status",
    "task_status": "task_status",
    "kind": "move_kind",
    "cause": "move_cause",
}
# The column that holds codes of countries.
COUNTRIES = "countries"
# What a column says where it has nothing to say, so that a cell that is empty is not one that was forgotten.
NOTHING: Mapping[str, str] = {"completed_value": "ledger.nothing_yet"}
# Spreadsheets know no time zones: files carry local time.
_LOCAL = ZoneInfo("Asia/Shanghai")


def rows_of(frame: pd.DataFrame, columns: Sequence[str], language: Language) -> Iterator[list[Cell]]:
    """The rows of a frame with these columns, in this order; missing values are None."""
    given = frame[list(columns)]
    # Asked once for all cells: most of a wide ledger is empty.
    for row in given.astype(object).where(given.notna(), None).itertuples(index=False, name=None):
        yield [_cell(column, value, language) for column, value in zip(columns, row, strict=True)]


def _cell(column: str, value: Any, language: Language) -> Cell:
    if column in NOTHING and not value:
        return text(NOTHING[column], language)
    if value is None:
        return None
    if column == COUNTRIES and not isinstance(value, str):
        return country_names(value, language)
    if column in WORDS:
        return _worded(column, value, language)
    plain = _plain(value)
    if isinstance(plain, datetime):
        return _local(plain)
    return plain if isinstance(plain, (int, float, Decimal, date)) else str(plain)


def _plain(value: Any) -> Any:
    """The value unwrapped from numpy or pandas."""
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False)
    return value.item() if isinstance(value, np.generic) else value


def _worded(column: str, value: str, language: Language) -> str:
    word = text(f"{WORDS[column]}.{value}", language)
    return f"{SHAPES[Light(value)]} {word}" if column == "light" else word


def _local(instant: datetime) -> date | datetime:
    """Local time to the minute; a midnight without a zone is a day."""
    if instant.tzinfo is not None:
        return instant.astimezone(_LOCAL).replace(tzinfo=None, second=0, microsecond=0)
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    return instant.date() if instant == midnight else instant.replace(second=0, microsecond=0)
