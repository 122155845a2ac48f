"""Owns reading back what a plan revision says, as the drafts that forms edit and rules check."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col

from db.sql import select
from db.tables import Indicator, Measure, MeasureAction, Milestone, Target, Task, TaskRevision
from tracking.validation import MilestoneDraft, PlanFacts, TargetDraft, TaskDraft

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
)


@dataclass(frozen=True)
class PlannedTask:
    """A task of a revision: its keys, the version to save against, and what it says."""

    task_id: int
    task_revision_id: int
    number: int
    row_version: int
    draft: TaskDraft


def planned_tasks(session: Session, revision_id: int) -> list[PlannedTask]:
    """The tasks of a plan revision, by number."""
    return _planned(session, TaskRevision.plan_revision_id == revision_id)


def planned_by_key(session: Session, task_revision_ids: Iterable[int]) -> dict[int, PlannedTask]:
    """Tasks of revisions, by their own keys."""
    found = _planned(session, col(TaskRevision.id).in_(task_revision_ids))
    return {planned.task_revision_id: planned for planned in found}


def planned_task(session: Session, task_revision_id: int) -> PlannedTask:
    """One task of a revision by its own key; it must exist."""
    return planned_by_key(session, [task_revision_id])[task_revision_id]


def _planned(session: Session, condition: Any) -> list[PlannedTask]:
    rows = session.execute(
        select(Task, TaskRevision)
        .join(TaskRevision, col(TaskRevision.task_id) == Task.id)
        .where(condition)
        .order_by(col(Task.number))
    ).all()
    targets, milestones = (
        _grouped(
            session,
            select(table).join(TaskRevision, col(TaskRevision.id) == table.task_revision_id).where(condition),
        )
        for table in (Target, Milestone)
    )
    return [
        PlannedTask(
            task_id=task.id,
            task_revision_id=revision.id,
            number=task.number,
            row_version=revision.row_version,
            draft=TaskDraft(
                measure_id=task.measure_id,
                **{name: getattr(revision, name) for name in COPIED},
                targets=tuple(
                    TargetDraft(target.indicator_id, target.due_on, target.value)
                    for target in sorted(targets[revision.id], key=lambda row: (row.indicator_id, row.due_on))
                ),
                milestones=tuple(
                    MilestoneDraft(step.number, step.title, step.due_on, step.share_permille)
                    for step in sorted(milestones[revision.id], key=lambda row: row.number)
                ),
            ),
        )
        for task, revision in rows
    ]


def _grouped(session: Session, rows: Any) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(rows).scalars():
        grouped[row.task_revision_id].append(row)
    return grouped


def plan_facts(session: Session, notice_id: int, year: int) -> PlanFacts:
    """What the tasks of a plan are checked against: the measures of the notice's actions and indicators."""

    def measures_of(table: Any) -> dict[int, int]:
        rows = select(table.id, table.measure_id).join(Measure, col(Measure.id) == table.measure_id)
        return dict(session.execute(rows.where(Measure.notice_id == notice_id)).all())

    return PlanFacts(year, measures_of(MeasureAction), measures_of(Indicator))


def final_targets(draft: TaskDraft) -> dict[int, Decimal]:
    """Indicator → the value of its latest day."""
    return {
        target.indicator_id: target.value
        for target in sorted(draft.targets, key=lambda target: target.due_on)
    }
