"""Finds the notice that a thing belongs to, by the name under which an address holds its key, and keeps reads to one."""

from collections.abc import Mapping
from typing import Any

from db.frames import rows_of
from db.sql import Query, select
from db.store import Store
from db.tables import (
    Briefing,
    Correction,
    Difficulty,
    Measure,
    MeasureAction,
    PlanRevision,
    ProgressUpdate,
    ReportingPeriod,
    Task,
    TaskRequest,
    UrgingSlip,
    WorkPlan,
)

_OF_TASKS = select(WorkPlan.notice_id).join(Task, Task.plan_id == WorkPlan.id)
_OF_UPDATES = _OF_TASKS.join(ProgressUpdate, ProgressUpdate.task_id == Task.id)
_OF_MEASURES = select(Measure.notice_id)
# What is opened by itself is of one notice whatever else the address says; what narrows a page gives way to it.
OPENED: Mapping[str, Query[int]] = {
    "revision": select(WorkPlan.notice_id).join(PlanRevision, PlanRevision.plan_id == WorkPlan.id),
    "task": _OF_TASKS,
    "update": _OF_UPDATES,
    "slip": _OF_TASKS.join(UrgingSlip, UrgingSlip.task_id == Task.id),
    "difficulty": _OF_TASKS.join(Difficulty, Difficulty.task_id == Task.id),
    "request": _OF_TASKS.join(TaskRequest, TaskRequest.task_id == Task.id),
    "correction": _OF_UPDATES.join(Correction, Correction.update_id == ProgressUpdate.id),
    "briefing": select(ReportingPeriod.notice_id).join(Briefing, Briefing.period_id == ReportingPeriod.id),
}
NARROWING: Mapping[str, Query[int]] = {
    "period": select(ReportingPeriod.notice_id),
    "measure": _OF_MEASURES,
    "action": _OF_MEASURES.join(MeasureAction, MeasureAction.measure_id == Measure.id),
}
_KEYS = {
    "revision": PlanRevision.id,
    "task": Task.id,
    "update": ProgressUpdate.id,
    "slip": UrgingSlip.id,
    "difficulty": Difficulty.id,
    "request": TaskRequest.id,
    "correction": Correction.id,
    "briefing": Briefing.id,
    "period": ReportingPeriod.id,
    "measure": Measure.id,
    "action": MeasureAction.id,
}


def of_notice(notice_id: int | None) -> list[Any]:
    """The condition on `WorkPlan` that keeps a read to one notice; None means all."""
    return [] if notice_id is None else [WorkPlan.notice_id == notice_id]


def notices_of_measures(store: Store) -> dict[int, int]:
    """Measure → its notice."""
    return dict(rows_of(store, select(Measure.id, Measure.notice_id)))


def notice_of(store: Store, *, name: str, key: int) -> int | None:
    """The notice of a thing named as in an address; None if there is no such thing."""
    rows = {**OPENED, **NARROWING}[name].where(_KEYS[name] == key)
    with store.read() as session:
        return session.scalars(rows).first()
