"""Reads a plan revision back as the drafts that forms edit and rules check."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from db import clock
from db.reference.queries import retired_by
from db.sql import Statement, among, bound, fetch, narrowed, select
from db.tables import (
    Indicator,
    IndicatorTerm,
    Measure,
    MeasureAction,
    Milestone,
    Tag,
    Target,
    Task,
    TaskRevision,
)
from tracking.figures.expected import Schedule
from tracking.scales import Scale
from tracking.validation import MilestoneDraft, PlanFacts, TargetDraft, TaskDraft, TermDraft

COPIED = (
    "title",
    "goal",
    "starts_on",
    "due_on",
    "weight_tenths",
    "measure_action_id",
    "post_id",
    "lead_unit",
    "supporting_units",
    "supervising_leader",
    "liaison",
    "remark",
    "countries",
    "tags",
)
_OF_REVISION = col(TaskRevision.plan_revision_id) == bound("revision_id")
_BY_KEY = among(TaskRevision.id, "task_revision_ids")
_ROWS = (
    select(
        Task.id,
        Task.number,
        Task.measure_id,
        col(TaskRevision.id).label("revision_id"),
        *(getattr(TaskRevision, name) for name in ("row_version", *COPIED)),
        Task.year,
        Task.continues_id,
        col(Task.due_on).label("allowed_on"),
        TaskRevision.to_check,
    )
    .join(TaskRevision, col(TaskRevision.task_id) == Task.id)
    .order_by(col(Task.number))
)
_TARGETS = (
    select(Target.task_revision_id, Target.indicator_id, Target.due_on, Target.value)
    .join(TaskRevision, col(TaskRevision.id) == Target.task_revision_id)
    .order_by(Target.indicator_id, Target.due_on)
)
_TERMS = (
    select(
        IndicatorTerm.task_revision_id,
        IndicatorTerm.indicator_id,
        IndicatorTerm.baseline,
        IndicatorTerm.exempt_because,
    )
    .join(TaskRevision, col(TaskRevision.id) == IndicatorTerm.task_revision_id)
    .order_by(IndicatorTerm.indicator_id)
)
_MILESTONES = (
    select(
        Milestone.task_revision_id,
        Milestone.number,
        Milestone.title,
        Milestone.due_on,
        Milestone.share_permille,
    )
    .join(TaskRevision, col(TaskRevision.id) == Milestone.task_revision_id)
    .order_by(Milestone.number)
)


@dataclass(frozen=True)
class PlannedTask:
    """A task of a revision: its keys, the version to save against, and what it says.

    `to_check`: it was taken over, and nobody has saved it since. `continues_id`: the task that it goes on for.
    """

    task_id: int
    task_revision_id: int
    number: int
    row_version: int
    draft: TaskDraft
    to_check: bool = False
    continues_id: int | None = None


def planned_tasks(session: Session, revision_id: int) -> list[PlannedTask]:
    """The tasks of a plan revision, by number."""
    return _planned(session, _OF_REVISION, revision_id=revision_id)


def planned_by_key(session: Session, task_revision_ids: Iterable[int]) -> dict[int, PlannedTask]:
    """Tasks of revisions, by their own keys."""
    found = _planned(session, _BY_KEY, task_revision_ids=list(task_revision_ids))
    return {planned.task_revision_id: planned for planned in found}


def planned_task(session: Session, task_revision_id: int) -> PlannedTask:
    """One task of a revision by its own key; it must exist."""
    return planned_by_key(session, [task_revision_id])[task_revision_id]


def _planned(session: Session, chosen: ColumnElement[bool], **values: Any) -> list[PlannedTask]:
    parts: dict[str, Any] = {
        name: _parts(session, make, narrowed(rows, chosen), values) for name, (make, rows) in _PARTS.items()
    }
    return [
        PlannedTask(
            task_id=row.id,
            task_revision_id=row.revision_id,
            number=row.number,
            row_version=row.row_version,
            draft=TaskDraft(
                measure_id=row.measure_id,
                **{name: getattr(row, name) for name in COPIED},
                targets=tuple(parts["targets"][row.revision_id]),
                milestones=tuple(parts["milestones"][row.revision_id]),
                terms=tuple(parts["terms"][row.revision_id]),
                goes_on=row.continues_id is not None,
                granted_until=granted_until(row.year, row.allowed_on),
            ),
            to_check=row.to_check,
            continues_id=row.continues_id,
        )
        for row in fetch(session, narrowed(_ROWS, chosen), **values)
    ]


def granted_until(year: int, due_on: date | None) -> date | None:
    """The day that an extension allows a task of a year beyond its end; `due_on` is the one delay counts from."""
    return due_on if due_on and due_on.year > year else None


# The parts of a task in the order in which they are read.
_PARTS: Mapping[str, tuple[Callable[..., Any], Statement]] = {
    "targets": (TargetDraft, _TARGETS),
    "milestones": (MilestoneDraft, _MILESTONES),
    "terms": (TermDraft, _TERMS),
}


def _parts(
    session: Session, make: Callable[..., Any], rows: Statement, values: Mapping[str, Any]
) -> dict[int, list[Any]]:
    """Revision of a task → its parts of one sort."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for key, *said in fetch(session, rows, **values):
        grouped[key].append(make(*said))
    return grouped


def schedule_of(baseline: TaskDraft, task: Task) -> Schedule:
    """What is asked by when of a task that has been in force, by its baseline, and by its due day as extensions moved it."""
    starts_on, due_on = task.starts_on or date.max, task.due_on or date.max  # in force it has its days
    return Schedule(
        starts_on,
        due_on,
        [(target.indicator_id, target.due_on, target.value) for target in baseline.targets],
        [(step.due_on, step.share_permille) for step in baseline.milestones],
        task.baseline_due_on,
    )


def plan_facts(session: Session, notice_id: int, year: int) -> PlanFacts:
    """What the tasks of a plan are checked against: the catalogue of its notice, and what of it is retired."""

    def measures_of(table: Any) -> dict[int, int]:
        rows = select(table.id, table.measure_id).join(Measure, col(Measure.id) == table.measure_id)
        return dict(session.execute(rows.where(Measure.notice_id == notice_id)).all())

    day = max(clock.today(), date(year, 1, 1))
    scales = session.execute(select(Indicator.id, Indicator.unit, Indicator.kind))
    tags = session.scalars(select(Tag.id).where(Tag.notice_id == notice_id))
    return PlanFacts(
        year,
        measures_of(MeasureAction),
        measures_of(Indicator),
        retired_by(session, notice_id=notice_id, day=day),
        {row.id: Scale(row.unit, row.kind) for row in scales},
        frozenset(tags),
    )


def final_targets(draft: TaskDraft) -> dict[int, Decimal]:
    """Indicator → the value of its latest day."""
    return {
        target.indicator_id: target.value
        for target in sorted(draft.targets, key=lambda target: target.due_on)
    }
