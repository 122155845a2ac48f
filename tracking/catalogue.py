"""What of a notice's catalogue is offered on a day, begun and not retired yet, and the place of what names no action."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

# Where an action stands, the key of the tasks of a measure that name none.
NO_ACTION = 0


def offered(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """The entries of a part that are in force on a day; `frame` has starts_on and retired_on, missing for open ends."""
    return frame[list(_in_force(frame, day))]


def _in_force(frame: pd.DataFrame, day: date) -> Iterator[bool]:
    for starts_on, retired_on in zip(frame["starts_on"], frame["retired_on"], strict=True):
        yield (pd.isna(starts_on) or starts_on <= day) and (pd.isna(retired_on) or day < retired_on)
