"""Arithmetic of open items: counts by row and part, and ages in bands."""

from collections.abc import Iterable
from enum import StrEnum

import pandas as pd


class AgeBand(StrEnum):
    """How long something has been open."""

    FRESH = "fresh"
    WEEKS = "weeks"
    LONG = "long"


# The last day of each band, counted from the opening day; the last band has none.
AGE_BANDS: tuple[tuple[AgeBand, int | None], ...] = (
    (AgeBand.FRESH, 7),
    (AgeBand.WEEKS, 30),
    (AgeBand.LONG, None),
)


def side_by_side(frame: pd.DataFrame, parts: Iterable[str], *, part: str, count: str) -> pd.DataFrame:
    """One row per `key` and `name`, in order of appearance, with a count column for each part.

    The frame has one row per key and part; `part` and `count` name those columns, and missing combinations
    are zero.
    """
    columns = [str(word) for word in parts]
    if frame.empty:
        return pd.DataFrame(columns=["key", "name", *columns])
    words = frame.assign(**{part: frame[part].astype(str)})
    wide = words.pivot_table(
        index=["key", "name"], columns=part, values=count, aggfunc="sum", fill_value=0, sort=False
    )
    return wide.reindex(columns=columns, fill_value=0).astype(int).reset_index().rename_axis(columns=None)
