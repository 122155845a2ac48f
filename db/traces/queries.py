"""Reads what lies behind a figure: a unit's tasks under a measure as counted, and one task's update."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlmodel import Session, col

from db import clock
from db.authorities.tree import tree_of
from db.figures.history import history_of
from db.frames import frame_of
from db.hierarchy.queries import known_at_of
from db.plans.drafts import final_targets, planned_task
from db.site.thresholds import read_light_rule
from db.sql import select
from db.store import NotFound, Store
from db.tables import (
    Authority,
    Indicator,
    PlanRevision,
    ProgressUpdate,
    ReportingPeriod,
    Task,
    TaskRevision,
    WorkPlan,
)
from db.tasks.queries import tasks_within
from db.updates.standing import update_draft
from tracking.figures.task_facts import facts_at
from tracking.figures.vintages import NEWEST, Vintage
from tracking.hierarchy import rehomed
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.scales import Scale
from tracking.traces import explains, indicator_parts, task_parts
from tracking.validation import TaskDraft, UpdateDraft


def traced_tasks(
    store: Store,
    scope: Scope,
    *,
    period_id: int,
    unit_ids: tuple[int, ...] = (),
    measure_id: int | None = None,
    task_id: int | None = None,
    on: date | None = None,
    vintage: Vintage = NEWEST,
) -> pd.DataFrame:
    """The tasks that make up cells of a period, as they counted there; one row per task by authority and number.

    The tree of `on`, by default the period's own day, determines which tasks count towards `unit_ids`.
    Columns: those of `facts_at` with the sums of `task_parts`, number, authority_name, title. Tasks outside
    the scope are left out.
    """
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
        known_at, tree = known_at_of(period, vintage), tree_of(session)
        as_of_on = min(clock.day_of(known_at), period.ends_on)
        plans = select(WorkPlan.id).where(WorkPlan.notice_id == period.notice_id)
        chosen: list[Any] = [Task.year == period.year, col(Task.plan_id).in_(plans), *tasks_within(scope)]
        if task_id is None:
            counted = col(Task.unit_id).in_(unit_ids) | col(Task.authority_id).in_(sorted(tree.moved))
            chosen += [counted, Task.measure_id == measure_id]
        else:
            chosen.append(Task.id == task_id)
        history = history_of(session, *chosen, known_at=known_at)
        rule = read_light_rule(session)
        facts = facts_at(history, number=period.number, as_of_on=as_of_on, rule=rule)
        facts = rehomed(facts, tree.units(on or as_of_on))
        if task_id is None:
            facts = facts[facts["unit_id"].isin(unit_ids)]
    return _named(store, task_parts(facts))


def _named(store: Store, parts: pd.DataFrame) -> pd.DataFrame:
    rows = (
        select(
            col(TaskRevision.id).label("revision_id"),
            col(Authority.short_name).label("authority_name"),
            TaskRevision.title,
        )
        .join(Task, Task.id == TaskRevision.task_id)
        .join(Authority, Authority.id == Task.authority_id)
        .where(col(TaskRevision.id).in_(parts["revision_id"].tolist()))
    )
    named = parts.merge(frame_of(store, rows), on="revision_id", validate="one_to_one")
    return named.sort_values(["authority_id", "number"], ignore_index=True)


@dataclass(frozen=True)
class TaskTrace:
    """The explanation of a task's completion.

    `fact` is its row of `traced_tasks`; `said` the update behind it (None before the first), `planned` what its
    completion was counted against: what the plan said when that was written, or the goal first filed or granted. `indicators`: name, scale, target, actual, share_permille; `milestones`: title,
    share_permille, reached. `explained` tells whether these give the completion that counts.
    """

    fact: dict[str, Any]
    said: UpdateDraft | None
    planned: TaskDraft
    indicators: list[tuple[Any, ...]]
    explained: bool


def task_trace(
    store: Store, scope: Scope, *, task_id: int, period_id: int, vintage: Vintage = NEWEST
) -> TaskTrace:
    """One task as it counted in a period. Raises `NotFound`, also outside the scope."""
    parts = traced_tasks(store, scope, period_id=period_id, task_id=task_id, vintage=vintage)
    if parts.empty:
        raise NotFound(Message("store.not_found"))
    fact: dict[str, Any] = parts.to_dict("records")[0]  # type: ignore[assignment]  # column names are str
    with store.read() as session:
        update = session.get(ProgressUpdate, fact["update_id"])
        said = None if update is None else update_draft(session, update)
        since = clock.end_of(clock.today()) if update is None else update.written_at
        draft, done = said or UpdateDraft(), fact["completion_permille"]
        revisions = _revisions_at(session, task_id if update is None else update.task_id, since) or [
            fact["revision_id"]
        ]
        plans = [planned_task(session, key).draft for key in dict.fromkeys(revisions)]
        planned = next((plan for plan in plans if _explains(plan, draft, done)), plans[-1])
        names = _indicators(session, planned)
    targets = final_targets(planned)
    shares = indicator_parts(draft.actuals, targets)
    return TaskTrace(
        fact=fact,
        said=said,
        planned=planned,
        indicators=[
            (*names[key], target, draft.actuals.get(key), shares[key]) for key, target in targets.items()
        ],
        explained=said is None or _explains(planned, draft, done),
    )


def _explains(planned: TaskDraft, said: UpdateDraft, completion_permille: int) -> bool:
    return explains(
        completion_permille,
        actuals=said.actuals,
        targets=final_targets(planned),
        milestones={step.number: step.share_permille for step in planned.milestones},
        reached=said.milestones_reached,
    )


def _revisions_at(session: Session, task_id: int, instant: datetime) -> list[int]:
    """What a task's completion may have been counted against at an instant: the goal filed or granted, the plan in force."""
    rows = (
        select(TaskRevision.id, PlanRevision.reductions_granted)
        .join(PlanRevision, PlanRevision.id == TaskRevision.plan_revision_id)
        .where(TaskRevision.task_id == task_id, col(PlanRevision.filed_at) <= instant)
        .order_by(col(PlanRevision.number))
    )
    found = session.execute(rows).all()
    granted = [row.id for row in found if row.reductions_granted]
    return [*granted[-1:], *(row.id for row in (found[0], found[-1]))] if found else []


def _indicators(session: Session, planned: TaskDraft) -> dict[int, tuple[str, Scale]]:
    rows = select(Indicator.id, Indicator.name, Indicator.unit, Indicator.kind)
    keys = sorted(final_targets(planned))
    return {
        row.id: (row.name, Scale(row.unit, row.kind))
        for row in session.execute(rows.where(col(Indicator.id).in_(keys)))
    }
