"""Reads who holds open reports since when, so that it costs what is open and not what a year holds.

That a report lies with the signatory is told to whoever may see its unit; what it says stays inside the unit.
"""

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import Subquery, and_, case, func, literal, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.cases import band_of_age
from db.figures.submission_cells import OVER
from db.frames import frame_of_rows, rows_of
from db.officers.queries import holds_on
from db.sql import Statement, select
from db.store import Store
from db.tables import Appointment, Authority, Officer, ProgressUpdate, Task, TaskRevision, WorkPlan
from db.tables.progress import IN_HANDS
from tracking.permissions import Scope
from tracking.submissions import BAND_COLUMNS, BANDS, HOLDING_COLUMNS, Stage
from tracking.vocabulary import UpdateStatus

LONGEST_SHOWN = 20
HELD_COLUMNS = (
    *(
        "task_id",
        "unit_id",
        "unit_name",
        "number",
        "title",
        "officer_name",
        "period_id",
        "stage",
        "checker_name",
        "held_since_on",
    ),
    "days",
)


def _returned_before() -> Any:
    """When the version before was returned."""
    before = aliased(ProgressUpdate)
    own = (before.task_id == ProgressUpdate.task_id, before.period_id == ProgressUpdate.period_id)
    returned = select(before.returned_at).where(*own, before.version == ProgressUpdate.version - 1)
    return returned.scalar_subquery()


# Where a report is that its officer need not write afresh, and since when. What was returned and begun again lies
# with its officer still.
_STAGES: tuple[tuple[Stage, Any, tuple[Any, ...]], ...] = (
    (Stage.RETURNED, ProgressUpdate.returned_at, (ProgressUpdate.status == UpdateStatus.RETURNED,)),
    (
        Stage.RETURNED,
        _returned_before(),
        (ProgressUpdate.status == UpdateStatus.DRAFT, ProgressUpdate.version > 1),
    ),
    (
        Stage.SIGNING,
        ProgressUpdate.sign_off_requested_at,
        (ProgressUpdate.status == UpdateStatus.HANDED_OVER,),
    ),
    (Stage.SUBMITTING, ProgressUpdate.signed_off_at, (ProgressUpdate.status == UpdateStatus.SIGNED_OFF,)),
    (Stage.CHECKING, ProgressUpdate.received_at, (ProgressUpdate.status == UpdateStatus.CHECKING,)),
    (
        Stage.REVIEWING,
        func.coalesce(ProgressUpdate.received_at, ProgressUpdate.submitted_at),
        (ProgressUpdate.status == UpdateStatus.SUBMITTED,),
    ),
)


def _in_hands(scope: Scope, notice_id: int, year: int, stage: Stage | None = None) -> Subquery:
    """What is in somebody's hands: unit_id, stage, since, task_id, period_id, update_id, checker_id."""
    ways = (way for way in _STAGES if stage in {None, way[0]})
    units = [] if scope.authority_ids is None else [col(Task.unit_id).in_(sorted(scope.authority_ids))]
    return union_all(
        *(
            select(
                Task.unit_id,
                literal(one.value).label("stage"),
                since.label("since"),
                ProgressUpdate.task_id,
                ProgressUpdate.period_id,
                col(ProgressUpdate.id).label("update_id"),
                ProgressUpdate.checker_id,
            )
            .join(Task, Task.id == ProgressUpdate.task_id)
            .join(WorkPlan, WorkPlan.id == Task.plan_id)
            .where(IN_HANDS, *conditions)
            .where(WorkPlan.notice_id == notice_id, Task.year == year, Task.in_force)
            .where(col(Task.status).not_in(OVER), *units)
            for one, since, conditions in ways
        )
    ).subquery()


def holdings_frame(store: Store, scope: Scope, *, notice_id: int, year: int) -> pd.DataFrame:
    """Reports of a year in progress, by unit and stage: how many in each ageing band, and the oldest day.

    Columns `HOLDING_COLUMNS`. Reports not handed over yet are not included; `tracking.submissions` adds them
    from the counts.
    """
    held = _in_hands(scope, notice_id, year).c
    rows = select(held.unit_id, held.stage, *_bands(held.since), func.min(held.since))
    return frame_of_rows(map(_aged, rows_of(store, rows.group_by(held.unit_id, held.stage))), HOLDING_COLUMNS)


def _bands(since: Any) -> list[Any]:
    """How many are in each band."""
    band = band_of_age(since, [(place, last) for place, (_, last) in enumerate(BANDS)], clock.today())
    return [
        func.sum(case((band == place, 1), else_=0)).label(name) for place, name in enumerate(BAND_COLUMNS)
    ]


def _aged(row: Any) -> tuple[Any, ...]:
    unit_id, stage, *bands, oldest_at = row
    return (unit_id, Stage(stage), *map(int, bands), clock.day_of(oldest_at))


def longest_held_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    unit_ids: Collection[int] | None = None,
    stage: Stage | None = None,
) -> pd.DataFrame:
    """The reports held longest by one holder, oldest first; columns `HELD_COLUMNS`.

    At most `LONGEST_SHOWN`, of `unit_ids` if given. `officer_name` is today's holder of the responsible post,
    missing while vacant; `checker_name` the authority above that checks it, or gave it back.
    """
    if stage is Stage.WRITING:
        return frame_of_rows((), HELD_COLUMNS)
    held = _in_hands(scope, notice_id, year, stage)
    chosen = [] if unit_ids is None else [held.c.unit_id.in_(sorted(unit_ids))]
    oldest = select(held).where(*chosen).order_by(held.c.since, held.c.update_id).limit(LONGEST_SHOWN)
    today = clock.today()
    days = [
        (*row[:-1], since := clock.day_of(row[-1]), (today - since).days)
        for row in rows_of(store, _named(oldest.subquery()))
    ]
    return frame_of_rows(days, HELD_COLUMNS)


def _named(held: Subquery) -> Statement:
    """Held reports with the names of task, unit and officer."""
    unit, checker = aliased(Authority), aliased(Authority)
    holds = and_(col(Appointment.post_id) == TaskRevision.post_id, *holds_on(clock.today()))
    return (
        select(
            held.c.task_id,
            held.c.unit_id,
            unit.short_name,
            Task.number,
            TaskRevision.title,
            Officer.name,
            held.c.period_id,
            held.c.stage,
            checker.short_name,
            held.c.since,
        )
        .select_from(held)
        .join(Task, Task.id == held.c.task_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(unit, unit.id == held.c.unit_id)
        .join(checker, checker.id == held.c.checker_id, isouter=True)
        .join(Appointment, holds, isouter=True)
        .join(Officer, Officer.id == Appointment.officer_id, isouter=True)
        .order_by(held.c.since, held.c.update_id)
    )
