"""Reads what was reported of tasks, and the facts a new report is checked against.

All of it is read by sets: a few statements, however many tasks are asked about; of one task it is the set of one.
Whoever asks about very many does so by `db.batches`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import and_, or_
from sqlmodel import Session, col

from db.authorities.scope import NATION
from db.evidence.queries import evidence_of
from db.figures.lineage import BY_KEY, continued
from db.plans.drafts import PlannedTask
from db.sql import among, bound, fetch, select
from db.tables import EvidenceFile, ProgressUpdate, ReportingPeriod, Task
from db.updates.facts import ACTUALS, REACHED, Earlier, facts_by_task, plans_of
from db.updates.sharing import shared_by_task
from tracking.permissions import Scope
from tracking.scales import value_of
from tracking.validation import TaskFacts, UpdateDraft

_HANDED_DOWN = and_(col(ReportingPeriod.id) == bound("of_period"), among(ProgressUpdate.task_id, "heirs"))
_BEFORE = (
    select(ProgressUpdate)
    .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
    .where(among(ProgressUpdate.task_id, "task_ids"))
    .where(or_(col(ReportingPeriod.starts_on) < bound("starts_on"), _HANDED_DOWN))
    .where(col(ProgressUpdate.accepted_at).is_not(None), col(ProgressUpdate.returned_at).is_(None))
    .order_by(col(ReportingPeriod.starts_on).desc())
)
_VERSIONS = (
    select(ProgressUpdate)
    .where(among(ProgressUpdate.task_id, "task_ids"), ProgressUpdate.period_id == bound("of_period"))
    .order_by(col(ProgressUpdate.version))
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a task's reports for a period.

    `update` is the newest readable version, with its `evidence`, and `said` its content; both None before the
    first. `before` are the accepted updates of earlier periods, newest first, and `last` the content of the
    first of them.
    """

    planned: PlannedTask
    baseline: PlannedTask
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
    plans = plans_of(session, asked.values())
    newest = _newest(session, scope, asked, period)
    before = accepted_before(session, asked, period)
    said = update_drafts(session, [*newest.values(), *(found[0] for found in before.values() if found)])
    earlier = {
        key: Earlier(found, said[found[0].id] if found else UpdateDraft()) for key, found in before.items()
    }
    evidence = evidence_of(session, [update.id for update in newest.values()])
    facts = facts_by_task(session, asked.values(), period, plans, earlier)
    shared = shared_by_task(session, scope, list(asked.values()), period)

    def standing(task: Task) -> Standing:
        update = newest.get(task.id)
        files = evidence[update.id] if update else []
        return Standing(
            planned=plans[task.id].said,
            baseline=plans[task.id].baseline,
            update=update,
            said=said[update.id] if update else None,
            evidence=files,
            before=before[task.id],
            last=earlier[task.id].said,
            facts=replace(facts[task.id], evidence_count=len(files), shared=shared.get(task.id, {})),
        )

    return {key: standing(task) for key, task in asked.items()}


def update_drafts(session: Session, updates: Iterable[ProgressUpdate]) -> dict[int, UpdateDraft]:
    """Update → its content as the form edits it; the percentage is left out if actuals determine it, uncapped."""
    asked = {update.id: update for update in updates}
    actuals: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for row in fetch(session, ACTUALS, update_ids=list(asked)):
        actuals[row.update_id][row.indicator_id] = value_of(row.value, row.numerator, row.denominator)
    reached: dict[int, set[int]] = defaultdict(set)
    for row in fetch(session, REACHED, update_ids=list(asked)):
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
            confirmed=frozenset(update.confirmed),
        )
        for key, update in asked.items()
    }


def update_draft(session: Session, update: ProgressUpdate) -> UpdateDraft:
    """The content of one update."""
    return update_drafts(session, [update])[update.id]


def accepted_before(
    session: Session, task_ids: Iterable[int], period: ReportingPeriod
) -> dict[int, list[ProgressUpdate]]:
    """Task → its updates of earlier periods that count, newest first; those of the tasks it goes on for are its own."""
    found: dict[int, list[ProgressUpdate]] = {key: [] for key in task_ids}
    heirs = continued(session, BY_KEY, task_ids=list(found))
    asked = {"task_ids": [*found, *heirs], "heirs": list(heirs)}
    when = {"of_period": period.id, "starts_on": period.starts_on}
    for update in session.scalars(_BEFORE, asked | when):
        found[heirs.get(update.task_id, update.task_id)].append(update)
    return found


def facts_of_update(session: Session, update: ProgressUpdate) -> TaskFacts:
    """What an update is checked against, be it the newest or one that another has replaced."""
    task, period = session.get_one(Task, update.task_id), session.get_one(ReportingPeriod, update.period_id)
    before = accepted_before(session, [task.id], period)[task.id]
    earlier = {task.id: Earlier(before, update_draft(session, before[0]) if before else UpdateDraft())}
    facts = facts_by_task(session, [task], period, plans_of(session, [task]), earlier)[task.id]
    shared = shared_by_task(session, NATION, [task], period).get(task.id, {})
    return replace(facts, evidence_count=len(evidence_of(session, [update.id])[update.id]), shared=shared)


def _newest(
    session: Session, scope: Scope, tasks: Mapping[int, Task], period: ReportingPeriod
) -> dict[int, ProgressUpdate]:
    """Task → the newest readable version for the period; unsubmitted ones stay in their authority."""
    asked = {"task_ids": list(tasks), "of_period": period.id}
    return {
        update.task_id: update
        for update in session.scalars(_VERSIONS, asked)
        if update.submitted_at or scope.covers_drafts(tasks[update.task_id].authority_id)
    }
