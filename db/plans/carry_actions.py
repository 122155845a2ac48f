"""Taking tasks over from last year's plan into a draft: planned again a year later, or going on where they stand."""

from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import col

from db.identity import SignedIn
from db.officers.queries import holder_of
from db.plans.drafts import PlannedTask, planned_by_key
from db.plans.last_year import filed_before, plans_before
from db.plans.task_actions import editable, new_task, put_into
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import PlanRevision, Task, TaskRevision, WorkPlan
from tracking.messages import Message, Refusal
from tracking.next_year import gone_on_with, planned_again
from tracking.validation import TaskDraft
from tracking.vocabulary import TaskStatus


def take_over_tasks(
    store: Store, *, by: SignedIn, revision_id: int, again: Iterable[int] = (), on: Iterable[int] = ()
) -> None:
    """Put tasks of last year's plan into a draft, to be looked at: some planned `again`, some to go `on`.

    The year's goals come along where none are written yet. Raises `Refusal` for one that cannot go on: finished,
    suspended, or taken on already.
    """
    with store.write(by) as tx:
        revision, plan = editable(tx, by, revision_id)
        chosen = {**dict.fromkeys(again, planned_again), **dict.fromkeys(on, gone_on_with)}
        if not chosen:
            raise Refusal(Message("plan.nothing_taken_over"))
        for task, planned in _of_last_year(tx, plan, chosen):
            _take_over(tx, revision, plan, task, chosen[task.id](planned.draft))
        _take_over_goals(tx, revision, plan)


def _of_last_year(tx: Transaction, plan: WorkPlan, task_ids: Iterable[int]) -> list[tuple[Task, PlannedTask]]:
    """The tasks asked for in the order of their numbers. Raises `NotFound` for one that is not last year's."""
    asked = set(task_ids)
    before = [one.id for one in plans_before(tx.session, plan)]
    of_plans = (col(Task.plan_id).in_(before), Task.in_force)
    rows = (
        select(Task).where(col(Task.id).in_(asked), *of_plans).order_by(col(Task.plan_id), col(Task.number))
    )
    tasks = list(tx.session.execute(rows).scalars())
    if len(tasks) < len(asked):
        raise NotFound(Message("store.not_found"))
    planned = planned_by_key(tx.session, [task.revision_id or 0 for task in tasks])
    return [(task, planned[task.revision_id or 0]) for task in tasks]


def _take_over(
    tx: Transaction, revision: PlanRevision, plan: WorkPlan, before: Task, becomes: TaskDraft
) -> None:
    draft = _with_a_holder(tx, becomes)
    task = (
        _task_going_on(tx, plan, revision, before) if draft.goes_on else new_task(tx, plan, before.measure_id)
    )
    said = put_into(tx, plan, revision.id, task, draft, to_check=True)
    action = "go_on_with_task" if draft.goes_on else "plan_task_again"
    tx.audit(action, said, plan.authority_id, task_id=task.id, of_task_id=before.id, title=draft.title)


def _task_going_on(tx: Transaction, plan: WorkPlan, revision: PlanRevision, before: Task) -> Task:
    """The one task that goes on for another: made once, and found again if it was taken out of the draft meanwhile."""
    if before.status in {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}:
        raise Refusal(Message("plan.cannot_go_on", number=before.number, task_status=before.status))
    rows = select(Task).where(Task.continues_id == before.id)
    task: Task | None = tx.session.execute(rows).scalars().first()
    if task is None:
        return new_task(tx, plan, before.measure_id, continues_id=before.id)
    said = select(TaskRevision.id).where(
        TaskRevision.task_id == task.id, TaskRevision.plan_revision_id == revision.id
    )
    if tx.session.execute(said).first():
        raise Refusal(Message("plan.goes_on_already", number=before.number))
    return task


def _with_a_holder(tx: Transaction, draft: TaskDraft) -> TaskDraft:
    """The draft under its post where somebody holds it today; else the post is still to be chosen."""
    if draft.post_id is None or holder_of(tx.session, draft.post_id, tx.today):
        return draft
    return replace(draft, post_id=None)


def _take_over_goals(tx: Transaction, revision: PlanRevision, plan: WorkPlan) -> None:
    goals = filed_before(tx.session, plan)
    if goals and not revision.goals:
        revision.goals, revision.to_check = goals, True
        tx.audit("take_over_goals", revision, plan.authority_id)
