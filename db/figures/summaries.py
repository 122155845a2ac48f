"""The maintained figures: the derived columns of `task`, and the cells the overview reads.

Both are always recomputed from history by `tracking.figures.task_facts`, only for what a write has touched, so they
equal a recomputation of everything by construction; `differences` proves it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, delete, insert, or_, update
from sqlmodel import Session, col

from db import clock
from db.authorities.tree import tree_of, whole_tree
from db.figures.history import histories_of, history_of
from db.figures.lineage import with_heirs
from db.figures.submission_cells import miscounted, recount_all, recount_cell
from db.figures.task_columns import UPDATE, columns_of, rows_of
from db.figures.to_come import CellName, note_touched, start_over
from db.site.thresholds import read_light_rule
from db.sql import select
from db.statistics import gather_statistics
from db.store import Store
from db.tables import (
    AuditHead,
    PastCell,
    PastDay,
    PastRed,
    ReportingPeriod,
    Setting,
    SummaryCell,
    Task,
    WorkPlan,
)
from tracking.figures.cells import cell_columns, those
from tracking.figures.lights import LightRule
from tracking.figures.task_facts import LAST, History, facts_at, facts_in_columns
from tracking.hierarchy import Tree, units_of
from tracking.vocabulary import Light

BROUGHT_TO = "summaries_brought_to"
# Runs on every page run, so it is built once.
_BROUGHT_TO = select(Setting.value).where(Setting.key == BROUGHT_TO)
CHUNK = 5000


@dataclass(frozen=True)
class _Block:
    """Tasks of one plan year that are recomputed together, and the moment they are computed for.

    `cell` is the (unit_id, measure_id) they make up, None for every cell of the year. `tree` determines the
    unit a task counts towards, for each period as of its day.
    """

    notice_id: int
    year: int
    cell: tuple[int, int] | None
    known_at: datetime
    rule: LightRule
    tree: Tree

    @property
    def today(self) -> date:
        return clock.day_of(self.known_at)

    def tasks(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on `Task`."""
        plans = select(WorkPlan.id).where(WorkPlan.notice_id == self.notice_id, WorkPlan.year == self.year)
        conditions = (col(Task.year) == self.year, col(Task.plan_id).in_(plans))
        if self.cell is None:
            return conditions
        of_unit = col(Task.unit_id) == self.cell[0]
        if self.tree.moved:
            of_unit = or_(of_unit, col(Task.authority_id).in_(sorted(self.tree.moved)))
        return (*conditions, of_unit, col(Task.measure_id) == self.cell[1])


def refresh(session: Session, task_ids: Iterable[int], *, known_at: datetime, since: date = date.min) -> None:
    """Recompute the derived columns of these tasks and the cells they are in, in any unit on any day.

    If only reports have changed, `since` is the last day of the earliest of their periods: those before say the same.
    """
    session.flush()
    tree = tree_of(session)
    touched = sorted(with_heirs(session, task_ids))
    rows = session.execute(
        select(WorkPlan.notice_id, Task.year, Task.measure_id, Task.unit_id, Task.authority_id)
        .join(WorkPlan, col(WorkPlan.id) == Task.plan_id)
        .where(col(Task.id).in_(touched))
        .distinct()
    )
    _recompute_cells(
        session,
        {
            (row.notice_id, row.year, unit_id, row.measure_id)
            for row in rows
            for unit_id in {row.unit_id, *tree.units_ever(row.authority_id)}
        },
        tree,
        known_at,
        since,
    )


def rehome(
    session: Session, authority_ids: Iterable[int], *, left: Iterable[int], known_at: datetime
) -> None:
    """Count the tasks of these authorities towards today's units; `left` are their previous units."""
    session.flush()
    tree, moved = whole_tree(session), sorted(authority_ids)
    keep_units(session, tree, clock.day_of(known_at), moved)
    rows = session.execute(
        select(WorkPlan.notice_id, Task.year, Task.measure_id, Task.unit_id)
        .join(WorkPlan, col(WorkPlan.id) == Task.plan_id)
        .where(col(Task.authority_id).in_(moved))
        .distinct()
    )
    cells = {
        (row.notice_id, row.year, unit_id, row.measure_id) for row in rows for unit_id in {row.unit_id, *left}
    }
    _recompute_cells(session, cells, tree, known_at)


def keep_units(session: Session, tree: Tree, today: date, authority_ids: Iterable[int]) -> None:
    """Store today's unit on the tasks of these authorities."""
    for authority_id in authority_ids:
        unit_id = tree.unit_of(authority_id, today)
        elsewhere = update(Task).where(col(Task.authority_id) == authority_id, col(Task.unit_id) != unit_id)
        session.execute(elsewhere.values(unit_id=unit_id))
    session.expire_all()


def _recompute_cells(
    session: Session,
    cells: Collection[CellName],
    tree: Tree,
    known_at: datetime,
    since: date = date.min,
) -> None:
    """Recompute cells."""
    note_touched(session, cells)
    for block in _blocks(cells, known_at, read_light_rule(session), tree):
        _recompute(session, block, since=since)
    for notice_id, year, unit_id, measure_id in sorted(cells):
        recount_cell(session, notice_id=notice_id, year=year, cell=(unit_id, measure_id))


def _blocks(cells: Collection[CellName], known_at: datetime, rule: LightRule, tree: Tree) -> list[_Block]:
    return [
        _Block(notice_id, year, (unit_id, measure_id), known_at, rule, tree)
        for notice_id, year, unit_id, measure_id in sorted(cells)
    ]


def rebuild(session: Session, *, known_at: datetime | None = None) -> None:
    """Recompute everything; needed after bulk loads and changes of thresholds or hierarchy.

    Past days are dropped and recomputed on demand; published figures stay.
    """
    session.flush()
    _forget_all(session)
    now = known_at or clock.now()
    tree = tree_of(session)
    keep_units(session, tree, clock.day_of(now), tree.moved)
    for block in _years(session, now):
        _recompute(session, block)
    recount_all(session)
    session.merge(Setting(key=BROUGHT_TO, value=clock.day_of(now).isoformat()))
    start_over(session)
    session.flush()


@dataclass(frozen=True)
class Figured:
    """Figures of a plan year: rows of `summary_cell`, none where no task is in force, and the derived columns of tasks."""

    cells: Mapping[CellName, Sequence[Mapping[str, Any]]]
    columns: Sequence[Mapping[str, Any]]


def figured(
    session: Session, rule: LightRule, known_at: datetime, cells: Collection[CellName] | None = None
) -> Iterator[Figured | None]:
    """What these cells, or all, are under a rule, changing nothing; None where a part of that is done."""
    if cells is None:
        blocks = _years(session, known_at, rule)
    else:
        blocks = _blocks(cells, known_at, rule, tree_of(session))
    for block in blocks:
        history = _history(session, block)
        yield None
        rows = _rows_of_cells(block, history, _periods(session, block))
        yield Figured(_by_cell(block, rows), columns_of(history, today=block.today, rule=rule))


def _by_cell(
    block: _Block, rows: Iterable[Mapping[str, Any]]
) -> Mapping[CellName, Sequence[Mapping[str, Any]]]:
    year = block.notice_id, block.year
    found: dict[CellName, list[Mapping[str, Any]]] = {(*year, *block.cell): []} if block.cell else {}
    for row in rows:
        found.setdefault((*year, row["unit_id"], row["measure_id"]), []).append(row)
    return found


def bring_in(
    session: Session,
    cells: Sequence[Mapping[str, Any]],
    touched: Collection[CellName],
    known_at: datetime,
) -> None:
    """Put cells that were made elsewhere in the place of all there are, and recompute those touched meanwhile."""
    session.flush()
    _forget_all(session)
    if cells:
        session.connection().execute(_INSERT, cells)
    _recompute_cells(session, touched, tree_of(session), known_at)


def _forget_all(session: Session) -> None:
    for table in (SummaryCell, PastCell, PastRed, PastDay):
        session.execute(delete(table))


def is_of_day(session: Session, today: date) -> bool:
    """Whether the figures are as of this day, so that `bring_to_day` is not needed."""
    return bool(session.execute(_BROUGHT_TO).scalar_one_or_none() == today.isoformat())


def bring_to_day(session: Session, *, known_at: datetime) -> bool:
    """Recompute the cells that change with the date; returns whether it was needed."""
    today = clock.day_of(known_at)
    session.execute(select(AuditHead).with_for_update())  # one at a time, and never alongside a write
    if is_of_day(session, today):
        return False
    kept = session.get(Setting, BROUGHT_TO)
    if kept is None:  # nothing was figured yet, or by another rule: then a migration has dropped the setting
        rebuild(session, known_at=known_at)
        return True
    before = date.fromisoformat(kept.value)
    tree = tree_of(session)
    keep_units(session, tree, today, tree.moved)
    for block in _years(session, known_at):
        _recompute(session, block, since=before, columns=False)
    if tree.moved:
        recount_all(session)
    session.merge(Setting(key=BROUGHT_TO, value=today.isoformat()))
    start_over(session)
    return True


def keep_current(store: Store) -> None:
    """Bring figures and planner statistics to today if a day has passed; called before every page's reads."""
    now = clock.now()
    with store.read() as session:
        current = is_of_day(session, clock.day_of(now))
    if not current:
        with store.upkeep() as session:
            bring_to_day(session, known_at=now)
            gather_statistics(session)


def differences(session: Session, *, known_at: datetime) -> pd.DataFrame:
    """The cells that differ from their recomputation: every column of `summary_cell`, and `side`.

    `side` is left_only for what is stored and right_only for what should be; cells of submissions that are miscounted are
    named by their key alone.
    """
    columns = list(SummaryCell.__table__.columns.keys())  # type: ignore[attr-defined]  # SQLModel hides it
    kept = pd.DataFrame(session.execute(select(SummaryCell.__table__)).all(), columns=columns)  # type: ignore[attr-defined]  # as above
    frames = [
        cells
        for block in _years(session, known_at)
        for cells in _cells(block, _history(session, block), _periods(session, block))
    ]
    due = pd.concat(frames)[columns] if frames else kept.iloc[:0]
    both = kept.merge(due.astype(kept.dtypes.to_dict()), how="outer", indicator="side")
    wrong = pd.DataFrame(miscounted(session), columns=["period_id", "unit_id", "measure_id"])
    return pd.concat([both[both["side"] != "both"], wrong.assign(side="miscounted")])


@dataclass(frozen=True)
class Known:
    """A plan year as known at an instant: the cells of its periods begun by then, and the tasks then red."""

    cells: Sequence[pd.DataFrame]
    red_tasks: Sequence[int]


def known_at_instant(session: Session, *, notice_id: int, year: int, known_at: datetime) -> Known:
    """What was known at an instant, recomputed from history."""
    block = _Block(notice_id, year, None, known_at, read_light_rule(session), tree_of(session))
    history = _history(session, block)
    facts = facts_at(history, number=LAST, as_of_on=block.today, rule=block.rule)
    red = facts[facts["light"] == Light.RED]["task_id"].tolist()
    return Known(list(_cells(block, history, _periods(session, block))), red)


def known_when_frozen(session: Session, *, notice_id: int, year: int) -> Iterator[pd.DataFrame]:
    """The cells of each frozen period of a plan year, as known when it was frozen, recomputed from history."""
    frozen = [period for period in _of_year(session, notice_id, year) if period.frozen_at]
    instants = [period.frozen_at for period in frozen]
    if not instants:
        return
    year_whole = _Block(notice_id, year, None, max(instants), read_light_rule(session), tree_of(session))
    histories = histories_of(session, *year_whole.tasks(), known_at=instants)
    for period, history in zip(frozen, histories, strict=True):
        yield from _cells(replace(year_whole, known_at=period.frozen_at), history, [period])


def _years(session: Session, known_at: datetime, rule: LightRule | None = None) -> list[_Block]:
    """Every plan year, under a rule or the one in force."""
    rule, tree = rule or read_light_rule(session), tree_of(session)
    rows = session.execute(select(WorkPlan.notice_id, WorkPlan.year).distinct().order_by(WorkPlan.year)).all()
    return [_Block(notice_id, year, None, known_at, rule, tree) for notice_id, year in rows]


def _recompute(session: Session, block: _Block, *, since: date = date.min, columns: bool = True) -> None:
    """Replace the block's cells of the periods that end on `since` or later, and its tasks' columns."""
    periods = [period for period in _periods(session, block) if period.ends_on >= since]
    history = _history(session, block)
    _drop_cells(session, block, [period.id for period in periods])
    rows = list(_rows_of_cells(block, history, periods))
    if rows:
        session.connection().execute(_INSERT, rows)
    if columns:
        _keep_columns(session, block, history)


def _history(session: Session, block: _Block) -> History:
    return history_of(session, *block.tasks(), known_at=block.known_at)


def _periods(session: Session, block: _Block) -> Sequence[Any]:
    """The periods of the block's year that have begun, in order."""
    periods = _of_year(session, block.notice_id, block.year)
    return [period for period in periods if period.starts_on <= block.today]


def _of_year(session: Session, notice_id: int, year: int) -> Sequence[Any]:
    """The periods of a year, in order."""
    table = ReportingPeriod
    return session.execute(
        select(table.id, table.number, table.starts_on, table.ends_on, table.frozen_at)
        .where(table.notice_id == notice_id, table.year == year)
        .order_by(col(table.number))
    ).all()


def _cells(block: _Block, history: History, periods: Iterable[Any]) -> Iterable[pd.DataFrame]:
    """The cells of each period, as of its last day, or today while it runs."""
    return map(pd.DataFrame, _columns_of_cells(block, history, periods))


def _columns_of_cells(block: _Block, history: History, periods: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for period in periods:
        as_of_on = min(block.today, period.ends_on)
        facts = facts_in_columns(history, number=period.number, as_of_on=as_of_on, rule=block.rule)
        facts["unit_id"] = units_of(facts, block.tree.units(as_of_on))
        if block.cell is not None:
            facts = those(facts, facts["unit_id"] == block.cell[0])
        cells = cell_columns(facts, as_of_on=as_of_on)
        yield cells | {"period_id": [period.id] * len(cells["as_of_on"])}


def _rows_of_cells(block: _Block, history: History, periods: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for cells in _columns_of_cells(block, history, periods):
        yield from rows_of(cells)


def _drop_cells(session: Session, block: _Block, period_ids: list[int]) -> None:
    drop = delete(SummaryCell).where(col(SummaryCell.period_id).in_(period_ids))
    if block.cell is not None:
        drop = drop.where(
            col(SummaryCell.unit_id) == block.cell[0], col(SummaryCell.measure_id) == block.cell[1]
        )
    session.execute(drop)


def _keep_columns(session: Session, block: _Block, history: History) -> None:
    """Write the derived columns of the block's tasks; a task no longer in any plan is out of force."""
    session.execute(update(Task).where(*block.tasks(), col(Task.in_force)).values(in_force=False))
    rows = columns_of(history, today=block.today, rule=block.rule)
    for start in range(0, len(rows), CHUNK):
        session.connection().execute(UPDATE, rows[start : start + CHUNK])
    session.expire_all()


_INSERT = insert(SummaryCell.__table__)  # type: ignore[attr-defined]  # SQLModel hides the table from type checkers
