"""Which tasks a history is of, with those of earlier years that they go on for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session

from db.figures.columns import Ints
from db.figures.lineage import BY_KEY, continued
from db.sql import Rows, Statement, among, fetch, narrowed, select
from db.tables import Task

# More than any year has: so the periods of all years have one order.
MOST_PERIODS = 100
_YEARS = select(Task.id, Task.year).where(BY_KEY)
_EARLIER = among(Task.id, "earlier_ids")


@dataclass(frozen=True)
class Chosen:
    """Which tasks are meant, those they go on for among them; `values` are bound in the conditions on `Task`.

    `heirs` tells which task goes on for one of an earlier year, `years` in which year it does.
    """

    tasks: Sequence[ColumnElement[bool]]
    values: Mapping[str, Any]
    heirs: Mapping[int, int]
    years: Mapping[int, int]

    def rows(self, session: Session, statement: Statement, **values: Any) -> Rows:
        """The rows that a statement about a `Task` has of them."""
        return fetch(session, narrowed(statement, *self.tasks), **self.values, **values)

    def heir(self, task_id: int) -> int:
        """The task whose history this is."""
        return self.heirs.get(task_id, task_id)

    def heirs_of(self, task_ids: Ints) -> Ints:
        """The same for a column."""
        return np.array([*map(self.heir, task_ids.tolist())], np.int64) if self.heirs else task_ids

    def places(self, heirs: Ints, task_years: Ints, years: Ints, numbers: Ints) -> Ints:
        """The numbers of periods, counted on from the year of their task: before it, what is not positive."""
        pairs = zip(heirs.tolist(), task_years.tolist(), strict=True)
        counted = [self.years.get(*pair) for pair in pairs] if self.years else task_years
        found: Ints = (years - np.asarray(counted, np.int64)) * MOST_PERIODS + numbers
        return found


def chosen_tasks(session: Session, *tasks: ColumnElement[bool], **values: Any) -> Chosen:
    """The tasks that meet the conditions on `Task`, with the values bound in them, and those they go on for."""
    heirs = continued(session, *tasks, **values)
    if not heirs:
        return Chosen(tasks, values, {}, {})
    years = fetch(session, _YEARS, task_ids=sorted(set(heirs.values())))
    return Chosen((_wider(*tasks),), {**values, "earlier_ids": list(heirs)}, heirs, dict(years.all()))


@lru_cache(maxsize=64)
def _wider(*tasks: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(and_(*tasks), _EARLIER)
