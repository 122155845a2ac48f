"""Which tasks a history is of, with those of earlier years that they go on for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col

from db.figures.columns import Ints
from db.figures.lineage import continued
from db.sql import select
from db.tables import Task

# More than any year has: so the periods of all years have one order.
MOST_PERIODS = 100


@dataclass(frozen=True)
class Chosen:
    """Which tasks are meant, those they go on for among them.

    `heirs` tells which task goes on for one of an earlier year, `years` in which year it does.
    """

    tasks: Sequence[ColumnElement[bool]]
    heirs: Mapping[int, int]
    years: Mapping[int, int]

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


def chosen_tasks(session: Session, *tasks: ColumnElement[bool]) -> Chosen:
    """The tasks that meet the conditions on `Task`, and those they go on for."""
    heirs = continued(session, *tasks)
    if not heirs:
        return Chosen(tasks, {}, {})
    years = select(Task.id, Task.year).where(col(Task.id).in_(set(heirs.values())))
    wider = or_(and_(*tasks), col(Task.id).in_(heirs))
    return Chosen((wider,), heirs, dict(session.execute(years).all()))
