"""Reads what was reported of tasks, and the facts a new report is checked against.

All of it is read by sets: a few statements, however many tasks are asked about; of one task it is the set of one.
Whoever asks about very many does so by `db.batches`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col

from db.evidence.queries import evidence_of
from db.plans.drafts import PlannedTask, final_targets, planned_by_key
from db.site.queries import read_site_settings
from db.sql import select
from db.tables import (
    EvidenceFile,
    IndicatorActual,
    MilestoneReached,
    ProgressUpdate,
    ReportingPeriod,
    Task,
)
from tracking.permissions import Scope
from tracking.site_settings import EvidenceRule
from tracking.validation import TaskDraft, TaskFacts, UpdateDraft


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a task's reports for a period.

    `update` is the newest readable version, with its `evidence`, and `said` its content; both None before the
    first. `before` are the accepted updates of earlier periods, newest first, and `last` the content of the
    first of them.
    """

    planned: PlannedTask
    update: ProgressUpdate | None
    said: UpdateDraft | None
    evidence: list[EvidenceFile]
    before: list[ProgressUpdate]
    last: UpdateDraft
    facts: TaskFacts


def standings(
    session: Session, scope: Scope, tasks: Iterable[Task], period: ReportingPeriod
) -> dict[int, Standing]:
    """Task → its standing for the period; unsubmitted versions are for readers of drafts only."""
    asked = {task.id: task for task in tasks}
    planned = planned_by_key(session, {task.revision_id or 0 for task in asked.values()})
    newest = _newest(session, scope, asked, period)
    before = accepted_before(session, asked, period)
    lasts = {key: earlier[0] for key, earlier in before.items() if earlier}
    said = update_drafts(session, [*newest.values(), *lasts.values()])
    evidence = evidence_of(session, [update.id for update in newest.values()])
    rule = read_site_settings(session).evidence_rule

    def standing(task: Task) -> Standing:
        update, last = newest.get(task.id), lasts.get(task.id)
        files = evidence[update.id] if update else []
        own = planned[task.revision_id or 0]
        last_said = said[last.id] if last else UpdateDraft()
        return Standing(
            planned=own,
            update=update,
            said=said[update.id] if update else None,
            evidence=files,
            before=before[task.id],
            last=last_said,
            facts=_facts(own.draft, before[task.id], last_said, len(files), rule),
        )

    return {key: standing(task) for key, task in asked.items()}


def update_drafts(session: Session, updates: Iterable[ProgressUpdate]) -> dict[int, UpdateDraft]:
    """Update → its content as the form edits it; the percentage is left out if actuals determine it, uncapped."""
    asked = {update.id: update for update in updates}
    actuals: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for row in session.execute(select(*_ACTUAL).where(col(IndicatorActual.update_id).in_(asked))):
        actuals[row.update_id][row.indicator_id] = row.value
    reached: dict[int, set[int]] = defaultdict(set)
    for row in session.execute(select(*_REACHED).where(col(MilestoneReached.update_id).in_(asked))):
        reached[row.update_id].add(row.milestone_number)
    return {
        key: UpdateDraft(
            actuals=actuals.get(key, {}),
            milestones_reached=frozenset(reached.get(key, ())),
            typed_permille=None if key in actuals else update.completion_permille,
            progress=update.progress,
            difficulties=update.difficulties,
            next_steps=update.next_steps,
            explanation=update.explanation,
            no_change=update.no_change,
            completion_requested=update.completion_requested,
        )
        for key, update in asked.items()
    }


_ACTUAL = (IndicatorActual.update_id, IndicatorActual.indicator_id, IndicatorActual.value)
_REACHED = (MilestoneReached.update_id, MilestoneReached.milestone_number)


def update_draft(session: Session, update: ProgressUpdate) -> UpdateDraft:
    """The content of one update."""
    return update_drafts(session, [update])[update.id]


def accepted_before(
    session: Session, task_ids: Iterable[int], period: ReportingPeriod
) -> dict[int, list[ProgressUpdate]]:
    """Task → its updates of earlier periods of the year that count, newest first."""
    found: dict[int, list[ProgressUpdate]] = {key: [] for key in task_ids}
    rows = (
        select(ProgressUpdate)
        .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
        .where(col(ProgressUpdate.task_id).in_(found), ReportingPeriod.year == period.year)
        .where(ReportingPeriod.number < period.number)
        .where(col(ProgressUpdate.accepted_at).is_not(None), col(ProgressUpdate.returned_at).is_(None))
        .order_by(col(ReportingPeriod.number).desc())
    )
    for update in session.execute(rows).scalars():
        found[update.task_id].append(update)
    return found


def facts_of_update(session: Session, planned: TaskDraft, update: ProgressUpdate) -> TaskFacts:
    """What an update is checked against, whether it is the newest or has been replaced."""
    period = session.get_one(ReportingPeriod, update.period_id)
    before = accepted_before(session, [update.task_id], period)[update.task_id]
    last = update_draft(session, before[0]) if before else UpdateDraft()
    files = evidence_of(session, [update.id])[update.id]
    return _facts(planned, before, last, len(files), read_site_settings(session).evidence_rule)


def _facts(
    planned: TaskDraft, before: Sequence[ProgressUpdate], last: UpdateDraft, files: int, rule: EvidenceRule
) -> TaskFacts:
    return TaskFacts(
        targets=final_targets(planned),
        milestones={step.number: step.share_permille for step in planned.milestones},
        last_actuals=last.actuals,
        last_completion_permille=before[0].completion_permille if before else 0,
        no_change_streak=_streak(before),
        evidence_count=files,
        evidence_rule=rule,
    )


def _streak(earlier: Sequence[ProgressUpdate]) -> int:
    changed = [index for index, update in enumerate(earlier) if not update.no_change]
    return changed[0] if changed else len(earlier)


def _newest(
    session: Session, scope: Scope, tasks: Mapping[int, Task], period: ReportingPeriod
) -> dict[int, ProgressUpdate]:
    """Task → the newest readable version for the period; unsubmitted ones stay in their authority."""
    rows: Any = (
        select(ProgressUpdate)
        .where(col(ProgressUpdate.task_id).in_(tasks), ProgressUpdate.period_id == period.id)
        .order_by(col(ProgressUpdate.version))
    )
    return {
        update.task_id: update
        for update in session.execute(rows).scalars()
        if update.submitted_at or scope.covers_drafts(tasks[update.task_id].authority_id)
    }
