"""Owns reading back what a plan revision or an update says, as the drafts that forms edit and rules check."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col

from db.queries.settings import read_site_settings
from db.sql import select
from db.tables import (
    EvidenceFile,
    Indicator,
    IndicatorActual,
    Measure,
    MeasureAction,
    Milestone,
    MilestoneReached,
    ProgressUpdate,
    ReportingPeriod,
    Target,
    Task,
    TaskRevision,
)
from tracking.validation import MilestoneDraft, PlanFacts, TargetDraft, TaskDraft, TaskFacts, UpdateDraft

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


def planned_task(session: Session, task_revision_id: int) -> PlannedTask:
    """One task of a revision by its own key; it must exist."""
    return _planned(session, col(TaskRevision.id) == task_revision_id)[0]


def _planned(session: Session, condition: Any) -> list[PlannedTask]:
    rows = session.execute(
        select(Task, TaskRevision)
        .join(TaskRevision, col(TaskRevision.task_id) == Task.id)
        .where(condition)
        .order_by(col(Task.number))
    ).all()
    keys = [revision.id for _, revision in rows]
    targets = _grouped(session, select(Target).where(col(Target.task_revision_id).in_(keys)))
    milestones = _grouped(
        session,
        select(Milestone).where(col(Milestone.task_revision_id).in_(keys)).order_by(col(Milestone.number)),
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
                    for step in milestones[revision.id]
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


def update_draft(session: Session, update: ProgressUpdate) -> UpdateDraft:
    """What an update says, as the form edits it; the percentage is left out where actuals carry it, uncapped."""
    reached = select(MilestoneReached.milestone_number).where(MilestoneReached.update_id == update.id)
    actuals = actuals_of(session, update.id)
    return UpdateDraft(
        actuals=actuals,
        milestones_reached=frozenset(session.execute(reached).scalars()),
        typed_permille=None if actuals else update.completion_permille,
        progress=update.progress,
        difficulties=update.difficulties,
        next_steps=update.next_steps,
        explanation=update.explanation,
        no_change=update.no_change,
        completion_requested=update.completion_requested,
    )


def actuals_of(session: Session, update_id: int) -> dict[int, Decimal]:
    """Indicator → cumulative value that an update reports."""
    rows = select(IndicatorActual.indicator_id, IndicatorActual.value).where(
        IndicatorActual.update_id == update_id
    )
    return {row.indicator_id: row.value for row in session.execute(rows)}


def task_facts(
    session: Session, planned: TaskDraft, before: Iterable[ProgressUpdate], update_id: int
) -> TaskFacts:
    """What an update of a task is checked against; `before` are its accepted updates of earlier periods, newest first."""
    earlier = list(before)
    evidence = select(col(EvidenceFile.id)).where(EvidenceFile.update_id == update_id)
    return TaskFacts(
        targets=final_targets(planned),
        milestones={step.number: step.share_permille for step in planned.milestones},
        last_actuals=actuals_of(session, earlier[0].id) if earlier else {},
        last_completion_permille=earlier[0].completion_permille if earlier else 0,
        no_change_streak=_streak(earlier),
        evidence_count=len(session.execute(evidence).all()),
        evidence_rule=read_site_settings(session).evidence_rule,
    )


def _streak(earlier: list[ProgressUpdate]) -> int:
    changed = [index for index, update in enumerate(earlier) if not update.no_change]
    return changed[0] if changed else len(earlier)


def accepted_before(session: Session, task_id: int, period: ReportingPeriod) -> list[ProgressUpdate]:
    """The task's updates of earlier periods that count, newest first."""
    return list(
        session.execute(
            select(ProgressUpdate)
            .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
            .where(ProgressUpdate.task_id == task_id, ReportingPeriod.year == period.year)
            .where(ReportingPeriod.number < period.number)
            .where(col(ProgressUpdate.accepted_at).is_not(None), col(ProgressUpdate.returned_at).is_(None))
            .order_by(col(ReportingPeriod.number).desc())
        ).scalars()
    )
