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
from db.direct import change
from db.figures.blocks import Block, begun_periods, cells_of_tasks, columns_of_cells, rows_of, tasks_of
from db.figures.chosen import Chosen
from db.figures.history import histories_of, with_reports_anew
from db.figures.lineage import BY_KEY
from db.figures.task_columns import COLUMNS, keep_columns_in_force
from db.figures.to_come import note_touched
from db.site.thresholds import read_light_rule
from db.sql import fetch, select
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
_TASKS = (
    select(WorkPlan.notice_id, Task.year, Task.id, *(getattr(Task, name) for name in COLUMNS))
    .join(WorkPlan, col(WorkPlan.id) == Task.plan_id)
    .where(BY_KEY)
    .order_by(WorkPlan.notice_id, Task.year, Task.id)
)


@dataclass(frozen=True)
class _Before:
    """What tasks of one plan year had in the cells of these periods, and their derived columns by task."""

    block: Block
    columns: Mapping[int, Mapping[str, Any]]
    periods: Sequence[Any]
    chosen: Chosen
    history: History
    share: _Share


@dataclass(frozen=True)
class Shares:
    """The shares of some tasks in the cells of the periods that end on some day or later, as they were."""

    before: Sequence[_Before]

    @classmethod
    def of(cls, session: Session, task_ids: Iterable[int], *, known_at: datetime, since: date) -> "Shares":
        """What they have now."""
        return cls([_as_it_is(session, *block, since) for block in _blocks(session, task_ids, known_at)])

    def move(self, session: Session) -> bool:
        """Move the cells by what has changed since, and keep the columns of the tasks; False if a cell is not there."""
        session.flush()
        there = True
        for before in self.before:
            block = before.block
            history = with_reports_anew(session, before.history, before.chosen, block.known_at)
            there &= _moved(session, before.share, _share(block, history, before.periods))
            keep_columns_in_force(session, block, history, before.columns)
            note_touched(session, cells_of_tasks(session, block.tree, block.task_ids or ()))
        return there


def _blocks(
    session: Session, task_ids: Iterable[int], known_at: datetime
) -> list[tuple[Block, Mapping[int, Mapping[str, Any]]]]:
    """The tasks by year, with their derived columns."""
    rule, tree = read_light_rule(session), tree_of(session)
    found: dict[tuple[int, int], dict[int, dict[str, Any]]] = defaultdict(dict)
    for notice_id, year, task_id, *columns in fetch(session, _TASKS, task_ids=list(task_ids)):
        found[notice_id, year][task_id] = dict(zip(COLUMNS, columns, strict=True))
    return [(Block(*year, known_at, rule, tree, task_ids=[*tasks]), tasks) for year, tasks in found.items()]


def _as_it_is(
    session: Session, block: Block, columns: Mapping[int, Mapping[str, Any]], since: date
) -> _Before:
    periods = [period for period in begun_periods(session, block) if period.ends_on >= since]
    chosen = tasks_of(session, block)
    (history,) = histories_of(session, chosen, [block.known_at])
    return _Before(block, columns, periods, chosen, history, _share(block, history, periods))


def _share(block: Block, history: History, periods: Sequence[Any]) -> _Share:
    return {
        (row["period_id"], row["unit_id"], row["measure_id"]): [row[name] for name in COUNTS]
        for cells in columns_of_cells(block, history, periods)
        for row in rows_of(cells)
    }


def _moved(session: Session, before: _Share, after: _Share) -> bool:
    none = [0] * len(COUNTS)
    moves = []
    for key in before.keys() | after.keys():
        pairs = zip(after.get(key, none), before.get(key, none), strict=True)
        more = [now - then for now, then in pairs]
        if any(more):
            moves.append(_named(key, more))
    return not moves or change(session.connection(), _MOVE, moves) == len(moves)


def _named(key: tuple[int, int, int], more: Sequence[int]) -> dict[str, Any]:
    places = zip(("of_period_id", "of_unit_id", "of_measure_id"), key, strict=True)
    return {**dict(places), **{f"more_{name}": number for name, number in zip(COUNTS, more, strict=True)}}
