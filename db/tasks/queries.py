"""Reads tasks as they stand today: the lists behind every figure, and one task in full."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, String, and_, cast, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.cases import place_of
from db.figures.lights import light_facts
from db.frames import frame_of, numbers_of, rows_of
from db.listed import names, names_country
from db.officers.queries import holds_on
from db.remits.queries import tasks_minded
from db.sql import Statement, select
from db.store import Store
from db.tables import (
    Appointment,
    Authority,
    Measure,
    MeasureAction,
    Milestone,
    Officer,
    Post,
    ProgressUpdate,
    Tag,
    Target,
    Task,
    TaskRevision,
    WorkPlan,
)
from tracking.figures.cells import LIGHTS, expected_column, light_column, lights_at
from tracking.figures.completion import FULL
from tracking.figures.expected import Schedule
from tracking.figures.lights import LIGHT
from tracking.permissions import Scope
from tracking.vocabulary import Light, TaskStatus

TASK_COLUMNS = (
    "task_id",
    "number",
    "authority_id",
    "authority_name",
    "unit_id",
    "unit_name",
    "measure_id",
    "measure_number",
    "measure_short_title",
    "action_id",
    "action_title",
    "title",
    "goal",
    "status",
    "weight_tenths",
    "starts_on",
    "due_on",
    "baseline_due_on",
    "completion_permille",
    "expected_permille",
    "deviation_permille",
    "light",
    "post_title",
    "officer_name",
    "last_reported_on",
)


def task_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    authority_id: int | None = None,
    unit_id: int | None = None,
    measure_id: int | None = None,
    light: Light | None = None,
    task_id: int | None = None,
    country: str | None = None,
) -> pd.DataFrame:
    """One row per task in force, ordered by unit and number; columns `TASK_COLUMNS`.

    Completion, expected progress and their difference in permille; completion is not capped. `officer_name`
    is missing while the post is vacant.
    """
    chosen = [
        Task.in_force,
        *tasks_chosen(
            scope,
            notice_id=notice_id,
            year=year,
            authority_id=authority_id,
            unit_id=unit_id,
            measure_id=measure_id,
            task_id=task_id,
        ),
        *tasks_about(country, None, notice_id=notice_id, day=clock.today()),
    ]
    return _standing(store, chosen, light)


def task_index(
    store: Store, scope: Scope, *, notice_id: int, year: int, unit_id: int | None, measure_id: int | None
) -> pd.DataFrame:
    """The tasks of `task_frame` in its order, without what they say: task_id, unit_id, measure_id, light."""
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year, unit_id=unit_id, measure_id=measure_id)
    light = place_of(LIGHT, light_facts(clock.today()), LIGHTS).label("light")
    rows = (
        select(col(Task.id).label("task_id"), Task.unit_id, Task.measure_id, light)
        .join(Authority, Authority.id == Task.unit_id)
        .where(Task.in_force, *chosen)
    )
    index = numbers_of(store, rows.order_by(Authority.official_order, Task.authority_id, Task.number))
    return index.assign(light=lights_at(index["light"].to_numpy()))


def tasks_of(
    store: Store, scope: Scope, *, task_ids: Collection[int], light: Light | None = None
) -> pd.DataFrame:
    """The rows of `task_frame` for just these tasks."""
    return _standing(store, [Task.in_force, col(Task.id).in_(task_ids), *tasks_within(scope)], light)


def _standing(store: Store, chosen: list[Any], light: Light | None) -> pd.DataFrame:
    """The chosen tasks, with their figures as of today."""
    today = clock.today()
    said = TaskRevision.id == Task.revision_id
    frame = frame_of(store, task_rows(today, said, *_MAINTAINED).where(*chosen))
    return of_light(_figured(frame, _points(store, frame, chosen), today), light)


def task_page(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    after: int,
    first: int,
    authority_id: int | None = None,
    unit_id: int | None = None,
    measure_id: int | None = None,
    country: str | None = None,
    tag_id: int | None = None,
) -> list[int]:
    """The keys of the `first` tasks in force whose key is greater than `after`, smallest first."""
    narrowed = {"authority_id": authority_id, "unit_id": unit_id, "measure_id": measure_id}
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year, **narrowed)
    chosen += tasks_about(country, tag_id, notice_id=notice_id, day=clock.today())
    keys = select(Task.id).where(Task.in_force, col(Task.id) > after, *chosen)
    with store.read() as session:
        return list(session.scalars(keys.order_by(Task.id).limit(first)))


def tags_counted_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, measure_id: int | None = None
) -> pd.DataFrame:
    """How many tasks in force and not suspended have which tag, in the order of the tags; a task of several counts under each.

    Columns: key (tag_id), name, tasks; a tag without tasks is left out.
    """
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year, measure_id=measure_id)
    counted = func.count(col(Task.id))
    rows = (
        select(col(Tag.id).label("key"), col(Tag.title).label("name"), counted.label("tasks"))
        .join(TaskRevision, names(TaskRevision.tags, cast(Tag.id, String)))
        .join(Task, Task.revision_id == TaskRevision.id)
        .where(Tag.notice_id == notice_id, Task.in_force, Task.status != TaskStatus.SUSPENDED, *chosen)
        .group_by(Tag.id, Tag.number, Tag.title)
        .order_by(Tag.number)
    )
    return frame_of(store, rows)


def of_light(frame: pd.DataFrame, light: Light | None) -> pd.DataFrame:
    """The rows of one light, or all of them; columns `TASK_COLUMNS`."""
    chosen = frame if light is None else frame[frame["light"] == light]
    return chosen[list(TASK_COLUMNS)].reset_index(drop=True)


def tasks_chosen(scope: Scope, *, notice_id: int, year: int, **ids: int | None) -> list[Any]:
    """The conditions on `Task`: of a plan year of a notice, within a scope, and of one authority, unit, measure or task."""
    # Asked of each task: among plans, SQLite would look for tasks by plan, which leaves out its better indexes.
    of_notice = select(WorkPlan.id).where(
        WorkPlan.id == Task.plan_id, WorkPlan.notice_id == notice_id, WorkPlan.year == year
    )
    columns = {name: Task.id if name == "task_id" else getattr(Task, name) for name in ids}
    narrowed = [columns[name] == value for name, value in ids.items() if value is not None]
    return [Task.year == year, of_notice.exists(), *tasks_within(scope), *narrowed]


def tasks_about(
    country: str | None, tag_id: int | None, *, notice_id: int, day: date
) -> list[ColumnElement[bool]]:
    """The conditions on `Task` that its current plan names a country and a tag, as far as they are asked for.

    `country` is a code, or `tracking.countries.ALONG`: one that is on the list on a day.
    """
    said = []
    if country is not None:
        said.append(names_country(TaskRevision.countries, country, notice_id=notice_id, day=day))
    if tag_id is not None:
        said.append(names(TaskRevision.tags, tag_id))
    return [col(Task.revision_id).in_(select(TaskRevision.id).where(*said))] if said else []


def tasks_within(scope: Scope) -> list[Any]:
    """The conditions on `Task` that keep a read within its scope."""
    within = [] if scope.authority_ids is None else [col(Task.authority_id).in_(sorted(scope.authority_ids))]
    return within if scope.minding is None else [*within, tasks_minded(scope.minding)]


def left_or_own(scope: Scope) -> list[Any]:
    """The condition on `ProgressUpdate` and `Task` that keeps unsubmitted updates inside their authority."""
    if scope.drafts_of is None:
        return []
    return [
        or_(
            col(ProgressUpdate.submitted_at).is_not(None), col(Task.authority_id).in_(sorted(scope.drafts_of))
        )
    ]


_MAINTAINED: tuple[Any, ...] = (
    Task.status,
    Task.weight_tenths,
    Task.starts_on,
    Task.due_on,
    Task.baseline_due_on,
    Task.amber_on,
    Task.red_on,
    col(Task.latest_permille).label("completion_permille"),
    Task.baseline_revision_id,
    Task.last_reported_on,
)


def task_rows(day: date, said: Any, *more: Any) -> Statement:
    """Tasks with their content and who is responsible on a day, ordered by unit and number.

    `said` is the condition that selects a task's `TaskRevision`; `more` are further columns.
    """
    unit = aliased(Authority)
    holds = and_(col(Appointment.post_id) == TaskRevision.post_id, *holds_on(day))
    return (
        select(
            col(Task.id).label("task_id"),
            Task.number,
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            Task.unit_id,
            unit.short_name.label("unit_name"),  # type: ignore[attr-defined]  # a column of the alias
            Task.measure_id,
            col(Measure.number).label("measure_number"),
            col(Measure.short_title).label("measure_short_title"),
            col(MeasureAction.id).label("action_id"),
            col(MeasureAction.title).label("action_title"),
            TaskRevision.title,
            TaskRevision.goal,
            col(Post.title).label("post_title"),
            col(Officer.name).label("officer_name"),
            *more,
        )
        .select_from(Task)
        .join(TaskRevision, said)
        .join(Measure, Measure.id == Task.measure_id)
        .join(MeasureAction, MeasureAction.id == TaskRevision.measure_action_id, isouter=True)
        .join(Authority, Authority.id == Task.authority_id)
        .join(unit, unit.id == Task.unit_id)
        .join(Post, Post.id == TaskRevision.post_id, isouter=True)
        .join(Appointment, holds, isouter=True)
        .join(Officer, Officer.id == Appointment.officer_id, isouter=True)
        .order_by(unit.official_order, Task.authority_id, Task.number)
    )


def _of_baselines(store: Store, chosen: Iterable[Any], part: Any, *said: Any) -> dict[int, list[Any]]:
    """Baseline of a task → what its targets or its milestones say."""
    rows = select(part.task_revision_id, *said).join(Task, Task.baseline_revision_id == part.task_revision_id)
    found: dict[int, list[Any]] = {}
    for key, *rest in rows_of(store, rows.where(*chosen)):
        found.setdefault(key, []).append(tuple(rest))
    return found


def _points(store: Store, frame: pd.DataFrame, chosen: Sequence[Any]) -> Iterator[tuple[int, date, int]]:
    """The points that expected progress goes through, each after its row; a straight line has none."""
    targets = _of_baselines(store, chosen, Target, Target.indicator_id, Target.due_on, Target.value)
    milestones = _of_baselines(store, chosen, Milestone, Milestone.due_on, Milestone.share_permille)
    columns = ("baseline_revision_id", "starts_on", "due_on", "baseline_due_on")
    for row, (key, starts_on, due_on, planned) in enumerate(zip(*map(frame.get, columns), strict=True)):
        steps, shares = targets.get(key, ()), milestones.get(key, ())
        if shares or len(steps) > len({indicator for indicator, *_ in steps}):
            for point in Schedule(starts_on, due_on, steps, shares, planned).line.points[1:-1]:
                yield row, *point


def _figured(frame: pd.DataFrame, points: Iterable[tuple[int, date, int]], today: date) -> pd.DataFrame:
    """The rows with expected progress, deviation and light as of today."""
    rows, days, permilles = tuple(zip(*points, strict=True)) or ((), (), ())
    expected = expected_column(
        day=today,
        starts_on=frame["starts_on"].to_numpy(),
        due_on=frame["due_on"].to_numpy(),
        point_rows=rows,
        point_days=days,
        point_permilles=permilles,
    )
    light = light_column(
        status=frame["status"],
        today=today,
        starts_on=frame["starts_on"].to_numpy(),
        amber_on=frame["amber_on"].to_numpy(),
        red_on=frame["red_on"].to_numpy(),
        completion_permille=frame["completion_permille"].to_numpy(),
    )
    capped = np.minimum(frame["completion_permille"].to_numpy(dtype=np.int64), FULL)
    return frame.assign(expected_permille=expected, deviation_permille=capped - expected, light=light)
