"""Reads the ledger: one line per task, as of one reporting period."""

from collections.abc import Collection
from typing import Any, Unpack

import numpy as np
import pandas as pd
from sqlalchemy import and_, func
from sqlmodel import Session, col

from db import clock
from db.authorities.tree import tree_of
from db.figures.history import history_of
from db.figures.reports import reported_at
from db.frames import frame_of
from db.ledger.columns import LedgerLine, LedgerWhere, interim_nodes
from db.ledger.counted import counted_of
from db.ledger.figures import figures_frame, ledger_indicators
from db.officers.queries import holds_on
from db.reference.queries import tag_words
from db.site.thresholds import read_light_rule
from db.sql import Statement, select
from db.store import Store
from db.tables import (
    Appointment,
    Authority,
    EvidenceFile,
    KeyArea,
    Measure,
    MeasureAction,
    Officer,
    Post,
    ProgressUpdate,
    ReportingPeriod,
    Task,
    TaskRevision,
)
from db.tasks.queries import tasks_about, tasks_chosen
from tracking.figures.completion import FULL
from tracking.figures.task_facts import facts_at
from tracking.figures.vintages import NEWEST, Vintage
from tracking.hierarchy import rehomed
from tracking.ledgers.columns import LEDGER_COLUMNS
from tracking.ledgers.figures import FIGURE_COLUMNS
from tracking.permissions import Scope
from tracking.phones import masked
from tracking.vocabulary import Light


def ledger_frame(
    store: Store,
    scope: Scope,
    *,
    period_id: int,
    first: int | None = None,
    task_ids: Collection[int] | None = None,
    vintage: Vintage = NEWEST,
    with_figures: bool = False,
    **where: Unpack[LedgerWhere],
) -> pd.DataFrame:
    """One row per task in force, in official order: `task_id` and the columns of `LEDGER_COLUMNS`.

    `with_figures` adds those of `tracking.ledgers.figures`, from which the roll-ups can be recomputed.

    Figures are as of the period: completion and expected progress in percent with one decimal, deviation in
    percentage points; texts are those of the period's own update, once it has left its authority. Everything
    is as known at the instant of `vintage`. Phones are masked. Of the lines matching `where`, only the
    `first` are read if given, or only those of `task_ids`; `seq` numbers them.
    """
    with store.read() as session:
        line = ledger_line(session, period_id, vintage)
        chosen = lines_chosen(scope, line, **where)
        if task_ids is not None:
            chosen = [*chosen, col(Task.id).in_(task_ids)]
        if first is not None:
            chosen = [col(Task.id).in_(session.scalars(_first(line, chosen, first)).all())]
        facts = line_facts(session, line, chosen)
    rows = frame_of(store, _rows(line).where(*chosen))
    frame = rows.merge(facts, on="task_id", validate="one_to_one")
    nodes = interim_nodes(store, line, chosen)
    frame = frame.assign(
        quarter_nodes=[nodes.get(task_id, "") for task_id in frame["task_id"]],
        phone=frame["phone"].map(masked, na_action="ignore"),
        tags=tag_words(store, frame["tag_ids"]),
        submitted_on=[value and clock.day_of(value) for value in _none_for_missing(frame["submitted_on"])],
    )
    return _counted(store, line, frame, with_figures=with_figures)


def _counted(store: Store, line: LedgerLine, frame: pd.DataFrame, *, with_figures: bool) -> pd.DataFrame:
    """The lines with what counts of their tasks, in words and on request as figures."""
    notice_id, counted = line.period.notice_id, counted_of(store, frame)
    indicators = ledger_indicators(store, notice_id)
    facts = frame.itertuples(index=False)
    said = frame.assign(completed_value=[counted.in_words(fact, indicators) for fact in facts])
    columns = ["task_id", *LEDGER_COLUMNS]
    if not with_figures:
        return said[columns]
    figures = figures_frame(store, frame, counted, indicators, notice_id=notice_id, on=line.as_of_on)
    codes = [name for name in FIGURE_COLUMNS if name not in figures]
    whole = pd.concat([said[[*columns, *codes]], figures], axis=1)
    return whole[[*columns, *FIGURE_COLUMNS, *figures.columns[len(FIGURE_COLUMNS) - len(codes) :]]]


def ledger_page(
    store: Store,
    scope: Scope,
    *,
    period_id: int,
    after: int,
    first: int,
    vintage: Vintage = NEWEST,
    **where: Unpack[LedgerWhere],
) -> list[int]:
    """The keys of the `first` tasks with a line whose key is greater than `after`, smallest first."""
    with store.read() as session:
        line = ledger_line(session, period_id, vintage)
        chosen = lines_chosen(scope, line, **where)
        keys = select(col(Task.id)).select_from(Task).join(TaskRevision, line.said)
        page = keys.where(*chosen, col(Task.id) > after).order_by(Task.id).limit(first)
        return list(session.scalars(page))


def ledger_line(session: Session, period_id: int, vintage: Vintage) -> LedgerLine:
    """The view of a period's lines at the instant of a vintage."""
    period = session.get_one(ReportingPeriod, period_id)
    if vintage.known_on is not None:
        return LedgerLine(period, clock.end_of(vintage.known_on))
    return LedgerLine(period, period.frozen_at if vintage.published else None)


def _first(line: LedgerLine, chosen: list[Any], count: int) -> Statement:
    tasks = select(col(Task.id)).select_from(Task).join(TaskRevision, line.said)
    tasks = tasks.join(Authority, Authority.id == Task.authority_id).where(*chosen)
    return tasks.order_by(*ledger_order()).limit(count)


def lines_chosen(scope: Scope, line: LedgerLine, **where: Unpack[LedgerWhere]) -> list[Any]:
    """The conditions on `Task`."""
    period, ids = line.period, {name: where.get(name) for name in ("unit_id", "measure_id")}
    tasks = tasks_chosen(scope, notice_id=period.notice_id, year=period.year, **ids)  # type: ignore[arg-type]  # both are keys
    asked = where.get("country"), where.get("tag_id")
    about = tasks_about(*asked, notice_id=period.notice_id, day=line.as_of_on)
    return [*tasks, *_of_region(where), *_of_area(where), *_of_action(where), *about]


def _of_region(where: LedgerWhere) -> list[Any]:
    region = where.get("region")
    if region is None:
        return []
    column = getattr(Authority, where.get("grouping") or "region_seven")
    return [col(Task.unit_id).in_(select(col(Authority.id)).where(column == region))]


def _of_area(where: LedgerWhere) -> list[Any]:
    area_id = where.get("area_id")
    measures = select(col(Measure.id)).where(Measure.key_area_id == area_id)
    return [] if area_id is None else [col(Task.measure_id).in_(measures)]


def _of_action(where: LedgerWhere) -> list[Any]:
    """Filter by action: that of the current plan, whatever the period."""
    action_id = where.get("action_id")
    revisions = select(col(TaskRevision.id)).where(TaskRevision.measure_action_id == action_id)
    return [] if action_id is None else [col(Task.revision_id).in_(revisions)]


_FACTS = (
    "task_id",
    "unit_id",
    "measure_id",
    "revision_id",
    "baseline_revision_id",
    "update_id",
    "latest_period_id",
    "weight_tenths",
    "completion_permille",
    "expected_permille",
    "status",
    "reported",
    "accepted",
    "light",
)


def line_facts(session: Session, line: LedgerLine, chosen: list[Any]) -> pd.DataFrame:
    """From each task's history: completion, expected progress (percent), deviation (points), overdue, and `_FACTS`."""
    history = history_of(session, *chosen, known_at=line.known_at or clock.end_of(clock.today()))
    rule = read_light_rule(session)
    facts = facts_at(history, number=line.period.number, as_of_on=line.as_of_on, rule=rule)
    facts = rehomed(facts, tree_of(session).units(line.as_of_on))
    done = np.minimum(facts["completion_permille"], FULL)
    return pd.DataFrame(
        {
            **{name: facts[name] for name in _FACTS},
            "completion": facts["completion_permille"] / 10,
            "expected": facts["expected_permille"] / 10,
            "deviation": (done - facts["expected_permille"]) / 10,
            "overdue": (facts["light"] == Light.RED) & (facts["due_on"] < line.as_of_on.toordinal()),
        }
    )


def _rows(line: LedgerLine) -> Statement:
    """Rows from the plan, the post's holder as of the period, and the period's own update."""
    holds = and_(col(Appointment.post_id) == TaskRevision.post_id, *holds_on(line.as_of_on))
    files = select(func.count(col(EvidenceFile.id))).where(EvidenceFile.update_id == ProgressUpdate.id)
    return (
        select(
            col(Task.id).label("task_id"),
            func.row_number().over(order_by=ledger_order()).label("seq"),
            col(KeyArea.title).label("key_area"),
            col(Measure.title).label("measure"),
            col(TaskRevision.title).label("task"),
            TaskRevision.goal,
            col(Authority.name).label("authority"),
            col(Authority.code).label("authority_code"),
            col(Task.number).label("task_number"),
            col(MeasureAction.title).label("action"),
            TaskRevision.lead_unit,
            TaskRevision.supporting_units,
            TaskRevision.supervising_leader,
            col(Officer.name).label("officer"),
            col(Post.title).label("post"),
            col(Officer.office_phone).label("phone"),
            TaskRevision.liaison,
            TaskRevision.starts_on,
            TaskRevision.due_on,
            ProgressUpdate.progress,
            ProgressUpdate.difficulties,
            ProgressUpdate.next_steps,
            files.scalar_subquery().label("evidence"),
            line.review_status.label("review_status"),
            reported_at().label("submitted_on"),
            TaskRevision.countries,
            col(TaskRevision.tags).label("tag_ids"),
            TaskRevision.remark,
        )
        .select_from(Task)
        .join(Measure, Measure.id == Task.measure_id)
        .join(KeyArea, KeyArea.id == Measure.key_area_id)
        .join(TaskRevision, line.said)
        .join(MeasureAction, MeasureAction.id == TaskRevision.measure_action_id, isouter=True)
        .join(Authority, Authority.id == Task.authority_id)
        .join(Post, Post.id == TaskRevision.post_id, isouter=True)
        .join(Appointment, holds, isouter=True)
        .join(Officer, Officer.id == Appointment.officer_id, isouter=True)
        .join(ProgressUpdate, line.reported, isouter=True)
        .order_by(*ledger_order())
    )


def ledger_order() -> list[Any]:
    """The order of the lines: official order of authorities, then task numbers."""
    return [col(Authority.official_order).nulls_last(), col(Authority.code), col(Task.number)]


def _none_for_missing(column: pd.Series) -> Any:
    return column.astype(object).where(column.notna(), None)
