"""Editing the tasks of a draft plan: added, changed, removed."""

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col

from db import signatures
from db.authorities.standing import check_takes_tasks
from db.authorities.tree import authorities_above, unit_of
from db.identity import SignedIn
from db.plans.actions import load_revision
from db.plans.drafts import COPIED, granted_until, plan_facts, planned_task
from db.plans.supporters import write_supporters
from db.sql import select
from db.store import Store, Transaction, check_version
from db.tables import (
    IndicatorTerm,
    Measure,
    Milestone,
    PlanRevision,
    Post,
    Target,
    Task,
    TaskRevision,
    TaskSupport,
    WorkPlan,
)
from tracking import permissions, workflow
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation import PlanFacts, TaskDraft, check_task, cleaned, offered_faults, refuse_all


def add_task(store: Store, *, by: SignedIn, revision_id: int, draft: TaskDraft) -> int:
    """Add a task to a draft plan and return the id of its task revision."""
    with store.write(by) as tx:
        _, plan = editable(tx, by, revision_id)
        return put_in(tx, plan, revision_id, draft, _facts(tx, plan)).id


def save_task(
    store: Store, *, by: SignedIn, task_revision_id: int, row_version: int, draft: TaskDraft
) -> None:
    """Change a task in a draft plan. Raises `Conflict` if it was saved in the meantime."""
    with store.write(by) as tx:
        said = tx.load(TaskRevision, task_revision_id)
        _, plan = editable(tx, by, said.plan_revision_id)
        change_in(tx, plan, said, draft, row_version=row_version, facts=_facts(tx, plan))


def remove_task(store: Store, *, by: SignedIn, task_revision_id: int) -> None:
    """Remove a task from a draft plan; earlier revisions keep it."""
    with store.write(by) as tx:
        said = tx.load(TaskRevision, task_revision_id)
        _, plan = editable(tx, by, said.plan_revision_id)
        take_out(tx, plan, said)


def put_in(
    tx: Transaction, plan: WorkPlan, revision_id: int, draft: TaskDraft, facts: PlanFacts
) -> TaskRevision:
    """Add a task to an `editable` revision, audited. Raises `Refusal` with every fault."""
    draft = _checked(tx, plan, replace(draft, goes_on=False, granted_until=None), facts, None)
    task = new_task(tx, plan, draft.measure_id)
    said = put_into(tx, plan, revision_id, task, draft)
    tx.audit("add_task", said, plan.authority_id, task_id=task.id, title=draft.title)
    return said


def change_in(
    tx: Transaction,
    plan: WorkPlan,
    said: TaskRevision,
    draft: TaskDraft,
    *,
    row_version: int,
    facts: PlanFacts,
) -> None:
    """Change a task of an `editable` revision, audited. Raises `Conflict`, `Refusal` with every fault."""
    check_version(said, row_version)
    task = tx.load(Task, said.task_id)
    goes_on = task.continues_id is not None
    granted = granted_until(task.year, task.due_on)
    before_it = planned_task(tx.session, said.id).draft if any(facts.retired.values()) else None
    draft = _checked(tx, plan, replace(draft, goes_on=goes_on, granted_until=granted), facts, before_it)
    if (task.in_force or goes_on) and task.measure_id != draft.measure_id:
        raise Refusal(Message("plan.measure_is_fixed"), fields=("measure_id",))
    task.measure_id = draft.measure_id
    before = {name: getattr(said, name) for name in COPIED}
    said.sqlmodel_update(_values(draft))
    said.to_check = False
    _write_parts(tx, plan, said, draft)
    changed = {name: [str(before[name]), str(getattr(draft, name))] for name in COPIED}
    changes = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    tx.audit("save_task", said, plan.authority_id, task_id=task.id, changes=changes)


def take_out(tx: Transaction, plan: WorkPlan, said: TaskRevision) -> None:
    """Remove a task from an `editable` revision, audited."""
    _drop_parts(tx, said)
    tx.audit("remove_task", said, plan.authority_id, task_id=said.task_id, title=said.title)
    tx.session.delete(said)


def new_task(tx: Transaction, plan: WorkPlan, measure_id: int, continues_id: int | None = None) -> Task:
    """Another task of a plan, under the next number; what it says is still to be put into a revision."""
    check_takes_tasks(tx.session, plan.authority_id, plan.year, tx.today)
    numbers = select(func.coalesce(func.max(Task.number), 0)).where(Task.plan_id == plan.id)
    return tx.add(
        Task(
            plan_id=plan.id,
            number=tx.session.execute(numbers).scalar_one() + 1,
            measure_id=measure_id,
            continues_id=continues_id,
            authority_id=plan.authority_id,
            unit_id=unit_of(tx.session, plan.authority_id, tx.today),
            year=plan.year,
        )
    )


def put_into(
    tx: Transaction,
    plan: WorkPlan,
    revision_id: int,
    task: Task,
    draft: TaskDraft,
    *,
    to_check: bool = False,
) -> TaskRevision:
    """Let a revision say this of a task."""
    said = tx.add(
        TaskRevision(plan_revision_id=revision_id, task_id=task.id, to_check=to_check, **_values(draft))
    )
    _write_parts(tx, plan, said, draft)
    return said


def editable(tx: Transaction, by: SignedIn, revision_id: int) -> tuple[PlanRevision, WorkPlan]:
    """The revision and its plan, if this person may write it and nobody has signed it; sign-off must be asked anew."""
    revision, plan = load_revision(tx, revision_id)
    permissions.check(by, Right.WRITE_PLAN, plan.authority_id)
    signatures.back_to_draft(workflow.WORK_PLAN, revision, "edit")
    return revision, plan


def _facts(tx: Transaction, plan: WorkPlan) -> PlanFacts:
    return plan_facts(tx.session, plan.notice_id, plan.year)


def _checked(
    tx: Transaction, plan: WorkPlan, draft: TaskDraft, facts: PlanFacts, before: TaskDraft | None
) -> TaskDraft:
    refuse_all([*check_task(draft, facts, complete=False), *offered_faults(draft, facts, before)])
    _check_measure(tx, plan, draft)
    _check_post(tx, plan, draft)
    countries, tags = tuple(sorted(set(draft.countries))), tuple(sorted(set(draft.tags)))
    return cleaned(replace(draft, countries=countries, tags=tags))


def _check_measure(tx: Transaction, plan: WorkPlan, draft: TaskDraft) -> None:
    if tx.load(Measure, draft.measure_id).notice_id != plan.notice_id:
        raise Refusal(Message("plan.measure_of_other_notice"), fields=("measure_id",))


def _check_post(tx: Transaction, plan: WorkPlan, draft: TaskDraft) -> None:
    """Check that the post belongs to the authority or to one through which it reports, which may do all the work."""
    if draft.post_id is None:
        return
    holds = tx.load(Post, draft.post_id).authority_id
    if holds != plan.authority_id and holds not in authorities_above(tx.session, plan.authority_id, tx.today):
        raise Refusal(Message("plan.post_of_other_authority"), fields=("post_id",))


def _values(draft: TaskDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in COPIED}


def _write_parts(tx: Transaction, plan: WorkPlan, said: TaskRevision, draft: TaskDraft) -> None:
    _drop_parts(tx, said)
    write_supporters(tx, said, plan)
    tx.session.add_all(
        Target(task_revision_id=said.id, indicator_id=part.indicator_id, due_on=part.due_on, value=part.value)
        for part in draft.targets
    )
    tx.session.add_all(IndicatorTerm(task_revision_id=said.id, **asdict(part)) for part in draft.terms)
    tx.session.add_all(
        Milestone(
            task_revision_id=said.id,
            number=part.number,
            title=part.title,
            due_on=part.due_on,
            share_permille=part.share_permille,
        )
        for part in draft.milestones
    )


def _drop_parts(tx: Transaction, said: TaskRevision) -> None:
    for table in (Target, Milestone, IndicatorTerm, TaskSupport):
        tx.session.execute(delete(table).where(col(table.task_revision_id) == said.id))
