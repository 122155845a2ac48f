"""What some tasks have in the cells: taken before a change of their reports and after it, so that the cells move by the rest.

A cell at national scale is made of a hundred tasks and a thousand reports; one report moves it by the share of one task.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from db.authorities.tree import tree_of
from db.figures.blocks import Block, begun_periods, block_history, cells_of_tasks, columns_of_cells, rows_of
from db.figures.history import with_reports_anew
from db.figures.task_columns import keep_columns
from db.figures.to_come import note_touched
from db.site.thresholds import read_light_rule
from db.sql import select
from db.tables import SummaryCell, Task, WorkPlan
from tracking.figures.cells import COUNTS
from tracking.figures.task_facts import History

# Period, unit and measure → the counts of `COUNTS`.
_Share: TypeAlias = Mapping[tuple[int, int, int], Sequence[int]]
_CELL = SummaryCell.__table__  # type: ignore[attr-defined]  # SQLModel hides the table from type checkers
_MOVE = (
    update(_CELL)
    .where(*(_CELL.c[name] == bindparam(f"of_{name}") for name in ("period_id", "unit_id", "measure_id")))
    .values({name: _CELL.c[name] + bindparam(f"more_{name}") for name in COUNTS})
)


@dataclass(frozen=True)
class Shares:
    """The shares of some tasks in the cells of the periods that end on `since` or later, as they were."""

    since: date
    before: Sequence[tuple[Block, History, _Share]]

    @classmethod
    def of(cls, session: Session, task_ids: Iterable[int], *, known_at: datetime, since: date) -> "Shares":
        """What they have now."""
        known = [
            (block, block_history(session, block)) for block in _blocks(session, sorted(task_ids), known_at)
        ]
        return cls(
            since, [(block, history, _share(session, block, history, since)) for block, history in known]
        )

    def move(self, session: Session) -> bool:
        """Move the cells by what has changed since, and keep the columns of the tasks; False if a cell is not there."""
        session.flush()
        there = True
        for block, then, before in self.before:
            history = with_reports_anew(session, then, *block.tasks(), known_at=block.known_at)
            there &= _moved(session, before, _share(session, block, history, self.since))
            keep_columns(session, block, history)
            note_touched(session, cells_of_tasks(session, block.tree, block.task_ids or ()))
        return there


def _blocks(session: Session, task_ids: Sequence[int], known_at: datetime) -> list[Block]:
    rule, tree = read_light_rule(session), tree_of(session)
    rows = select(WorkPlan.notice_id, Task.year, Task.id).join(WorkPlan, col(WorkPlan.id) == Task.plan_id)
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for notice_id, year, task_id in session.execute(rows.where(col(Task.id).in_(task_ids))):
        found[notice_id, year].append(task_id)
    return [Block(*year, known_at, rule, tree, task_ids=ids) for year, ids in sorted(found.items())]


def _share(session: Session, block: Block, history: History, since: date) -> _Share:
    periods = [period for period in begun_periods(session, block) if period.ends_on >= since]
    return {
        (row["period_id"], row["unit_id"], row["measure_id"]): [row[name] for name in COUNTS]
        for cells in columns_of_cells(block, history, periods)
        for row in rows_of(cells)
    }


def _moved(session: Session, before: _Share, after: _Share) -> bool:
    none = [0] * len(COUNTS)
    there = True
    for key in before.keys() | after.keys():
        pairs = zip(after.get(key, none), before.get(key, none), strict=True)
        more = [now - then for now, then in pairs]
        if any(more):
            there &= session.connection().execute(_MOVE, _named(key, more)).rowcount == 1
    return there


def _named(key: tuple[int, int, int], more: Sequence[int]) -> dict[str, Any]:
    places = zip(("of_period_id", "of_unit_id", "of_measure_id"), key, strict=True)
    return {**dict(places), **{f"more_{name}": number for name, number in zip(COUNTS, more, strict=True)}}
