"""The maintained figures: the derived columns of `task`, and the cells the overview reads.

Both are always recomputed from history by `tracking.figures.task_facts`, only for what a write has touched, so they
equal a recomputation of everything by construction; `differences` proves it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import delete, insert, update
from sqlmodel import Session, col

from db import clock
from db.authorities.standing import settle_names
from db.authorities.tree import tree_of, whole_tree
from db.figures.blocks import (
    Block,
    begun_periods,
    block_history,
    cell_frames,
    cells_of_tasks,
    columns_of_cells,
    periods_of_year,
    rows_of,
    tasks_of,
)
from db.figures.history import histories_of
from db.figures.lineage import with_heirs
from db.figures.submission_cells import miscounted, recount_all, recount_cell
from db.figures.task_columns import keep_columns, task_columns
from db.figures.to_come import CellName, note_touched, start_over
from db.site.thresholds import read_light_rule
from db.sql import fetch, select
from db.statistics import gather_statistics
from db.store import Store
from db.tables import (
    AuditHead,
    PastCell,
    PastDay,
    PastRed,
    Setting,
    SummaryCell,
    Task,
    WorkPlan,
)
from tracking.figures.lights import LightRule
from tracking.figures.task_facts import LAST, History, facts_at
from tracking.hierarchy import Tree
from tracking.vocabulary import Light

BROUGHT_TO = "summaries_brought_to"
# Runs on every page run, so it is built once.
_BROUGHT_TO = select(Setting.value).where(Setting.key == BROUGHT_TO)
_INSERT = insert(SummaryCell.__table__)  # type: ignore[attr-defined]  # SQLModel hides the table from type checkers


def refresh(session: Session, task_ids: Iterable[int], *, known_at: datetime, since: date = date.min) -> None:
    """Recompute the derived columns of these tasks and the cells they are in, in any unit on any day.

    If only reports have changed, `since` is the last day of the earliest of their periods: those before say the same.
    """
    session.flush()
    tree = tree_of(session)
    cells = set(cells_of_tasks(session, tree, sorted(with_heirs(session, task_ids))))
    _recompute_cells(session, cells, tree, known_at, since)


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


def _blocks(cells: Collection[CellName], known_at: datetime, rule: LightRule, tree: Tree) -> list[Block]:
    return [
        Block(notice_id, year, known_at, rule, tree, (unit_id, measure_id))
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
        history = block_history(session, block)
        yield None
        rows = _rows_of_cells(block, history, begun_periods(session, block))
        yield Figured(_by_cell(block, rows), task_columns(block, history))


def _by_cell(
    block: Block, rows: Iterable[Mapping[str, Any]]
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
    return bool(fetch(session, _BROUGHT_TO).scalar_one_or_none() == today.isoformat())


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
    settle_names(session, today)
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
        for cells in cell_frames(block, block_history(session, block), begun_periods(session, block))
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
    block = Block(notice_id, year, known_at, read_light_rule(session), tree_of(session))
    history = block_history(session, block)
    facts = facts_at(history, number=LAST, as_of_on=block.today, rule=block.rule)
    red = facts[facts["light"] == Light.RED]["task_id"].tolist()
    return Known(list(cell_frames(block, history, begun_periods(session, block))), red)


def known_when_frozen(session: Session, *, notice_id: int, year: int) -> Iterator[pd.DataFrame]:
    """The cells of each frozen period of a plan year, as known when it was frozen, recomputed from history."""
    frozen = [period for period in periods_of_year(session, notice_id, year) if period.frozen_at]
    instants = [period.frozen_at for period in frozen]
    if not instants:
        return
    year_whole = Block(notice_id, year, max(instants), read_light_rule(session), tree_of(session))
    histories = histories_of(session, tasks_of(session, year_whole), instants)
    for period, history in zip(frozen, histories, strict=True):
        yield from cell_frames(replace(year_whole, known_at=period.frozen_at), history, [period])


def _years(session: Session, known_at: datetime, rule: LightRule | None = None) -> list[Block]:
    """Every plan year, under a rule or the one in force."""
    rule, tree = rule or read_light_rule(session), tree_of(session)
    rows = session.execute(select(WorkPlan.notice_id, WorkPlan.year).distinct().order_by(WorkPlan.year)).all()
    return [Block(notice_id, year, known_at, rule, tree) for notice_id, year in rows]


def _recompute(session: Session, block: Block, *, since: date = date.min, columns: bool = True) -> None:
    """Replace the block's cells of the periods that end on `since` or later, and its tasks' columns."""
    periods = [period for period in begun_periods(session, block) if period.ends_on >= since]
    history = block_history(session, block)
    _drop_cells(session, block, [period.id for period in periods])
    rows = list(_rows_of_cells(block, history, periods))
    if rows:
        session.connection().execute(_INSERT, rows)
    if columns:
        keep_columns(session, block, history)


def _rows_of_cells(block: Block, history: History, periods: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for cells in columns_of_cells(block, history, periods):
        yield from rows_of(cells)


def _drop_cells(session: Session, block: Block, period_ids: list[int]) -> None:
    drop = delete(SummaryCell).where(col(SummaryCell.period_id).in_(period_ids))
    if block.cell is not None:
        drop = drop.where(
            col(SummaryCell.unit_id) == block.cell[0], col(SummaryCell.measure_id) == block.cell[1]
        )
    session.execute(drop)
