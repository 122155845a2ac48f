"""Running a read statement: its rows, or a DataFrame."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from db.store import Store


def frame_of(store: Store, statement: Any, *, whole: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of a statement, with its column labels; `whole` names integer columns with missing values."""
    with store.engine.connect() as connection:
        found = connection.execute(statement)
        return frame_of_rows(found.all(), tuple(found.keys()), whole=whole)


def frame_of_rows(rows: Iterable[Any], columns: Sequence[str], *, whole: Sequence[str] = ()) -> pd.DataFrame:
    """The same from rows that a query has processed."""
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(columns))
    return frame.astype(dict.fromkeys(whole, "Int64"))


def numbers_of(store: Store, statement: Any) -> pd.DataFrame:
    """The rows of a statement of whole numbers: as one array, since to find the types takes longer than the read."""
    with store.engine.connect() as connection:
        found = connection.execute(statement)
        columns, values = list(found.keys()), list(chain.from_iterable(found.all()))
    numbers = np.array(values, np.int64).reshape(-1, len(columns))
    return pd.DataFrame(numbers, columns=columns, copy=False)


def rows_of(store: Store, statement: Any) -> Sequence[Any]:
    """The rows of a statement as they are."""
    with store.engine.connect() as connection:
        return connection.execute(statement).all()
