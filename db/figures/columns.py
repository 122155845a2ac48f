"""Reading by columns: rows of Python values take many times the time and the space of arrays."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, DateTime, type_coerce

from db import clock
from db.sql import Rows

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Instants: TypeAlias = NDArray[np.datetime64]

WHOLE, YES_OR_NO, DAY, INSTANT = "int64", "bool", "datetime64[D]", "datetime64[us]"
ROWS_AT_ONCE = 20_000
_BEFORE_EPOCH = date(1970, 1, 1).toordinal()


def columns_of(found: Rows, kinds: Mapping[str, str]) -> dict[str, Any]:
    """The columns of what was fetched by name, each an array of its kind; an instant must be `plain`."""
    parts = [_arrays(rows, kinds.values()) for rows in found.partitions(ROWS_AT_ONCE)]
    if len(parts) == 1:
        return dict(zip(kinds, parts[0], strict=True))
    none = [np.empty(0, kind) for kind in kinds.values()]
    return dict(zip(kinds, map(np.concatenate, zip(none, *parts, strict=True)), strict=True))


def _arrays(rows: Iterable[Any], kinds: Iterable[str]) -> list[NDArray[Any]]:
    columns = zip(*rows, strict=True)
    return [np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]


def plain(instant: Any) -> ColumnElement[datetime]:
    """An instant without its zone, UTC, as arrays hold it."""
    return type_coerce(instant, DateTime())


def as_plain(instant: datetime) -> np.datetime64:
    """The same for one instant."""
    return np.datetime64(instant.astimezone(UTC).replace(tzinfo=None), "us")


def ordinals(days: NDArray[np.datetime64]) -> Ints:
    """Days as ordinals."""
    found: Ints = days.astype("datetime64[D]").astype(np.int64) + _BEFORE_EPOCH
    return found


def office_days(instants: Instants) -> Ints:
    """`clock.day_of` for plain instants, as ordinals."""
    return ordinals(instants + np.timedelta64(clock.OFFICE_OFFSET))
