"""The life of a work plan: started, signed off, submitted, filed or returned, and revised.

What a draft says is changed by `db.plans.task_actions`.
"""

from typing import Any

from sqlmodel import col

from db import signatures
from db.authorities.standing import check_goes_on
from db.checking import checkers, keep_passing, next_checker, ruled_by
from db.figures import summaries
from db.identity import SignedIn
from db.kept_reviews import keep_review
from db.notifications.sending import notify_authority, notify_writers
from db.plans import moved_dates as date_moves
from db.plans.copies import copy_tasks
from db.plans.drafts import plan_facts, planned_tasks
from db.reference.addressed import check_may_plan
from db.reference.notices import check_can_be_planned
from db.sql import select
from db.store import Store, Transaction, check_version
from db.tables import Notice, PlanRevision, Task, WorkPlan
from db.texts import required_reason, written_text
from tracking import permissions, workflow
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation import check_plan, refuse_all
from tracking.validation.days import check_year
from tracking.vocabulary import Decision, MoveKind, PlanStatus


def start_plan(store: Store, *, by: SignedIn, notice_id: int, authority_id: int, year: int) -> int:
    """Begin the plan of a year as an empty draft and return the id of its first revision.

    Raises `Refusal` for a year far off, or if the authority already has a plan for that year.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.WRITE_PLAN, authority_id)
        tx.load(Notice, notice_id)
        check_year(year, tx.today)
        check_can_be_planned(tx.session, notice_id, tx.today)
        check_may_plan(tx.session, notice_id, authority_id, year, tx.today)
        of_year = (
            WorkPlan.notice_id == notice_id,
            WorkPlan.authority_id == authority_id,
            WorkPlan.year == year,
        )
        if tx.session.execute(select(WorkPlan.id).where(*of_year)).first():
            raise Refusal(Message("plan.exists", year=year))
        plan = tx.add(WorkPlan(notice_id=notice_id, authority_id=authority_id, year=year))
        revision = _new_revision(tx, by, plan, number=1)
        tx.audit("start_plan", plan, authority_id, year=year)
        return revision.id


def save_goals(store: Store, *, by: SignedIn, revision_id: int, row_version: int, goals: str) -> None:
    """Save the goals of a draft. Raises `Conflict` if it was saved in the meantime."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.WRITE_PLAN, plan.authority_id)
        signatures.back_to_draft(workflow.WORK_PLAN, revision, "edit")
        check_version(revision, row_version)
        revision.goals = written_text("goals", goals)
        revision.to_check = False
        tx.audit("save_goals", revision, plan.authority_id)


def request_plan_sign_off(store: Store, *, by: SignedIn, revision_id: int) -> None:
    """Hand a draft to the signatory. Raises `Refusal` listing everything missing."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.WRITE_PLAN, plan.authority_id)
        signatures.hand_over(workflow.WORK_PLAN, revision, tx.now)
        _check_complete(tx, revision, plan)
        tx.audit("request_plan_sign_off", revision, plan.authority_id)


def sign_off_plan(store: Store, *, by: SignedIn, revision_id: int) -> None:
    """Sign off a draft that was handed over, inside the authority."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.SIGN_OFF, plan.authority_id)
        signatures.sign(workflow.WORK_PLAN, revision, tx.now, by.officer_id)
        _check_complete(tx, revision, plan)
        tx.audit("sign_off_plan", revision, plan.authority_id)


def send_back_plan(store: Store, *, by: SignedIn, revision_id: int, reason: str) -> None:
    """Send the plan back to its writer inside the authority, with a reason, before or after sign-off."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.SIGN_OFF, plan.authority_id)
        written = required_reason(reason)
        signatures.back_to_draft(workflow.WORK_PLAN, revision, "send_back")
        revision.sent_back_because = written
        tx.audit("send_back_plan", revision, plan.authority_id, reason=written)
        notify_writers(tx, plan.authority_id, "notification.plan_sent_back", "work_plan", year=plan.year)


def submit_plan(store: Store, *, by: SignedIn, revision_id: int) -> None:
    """Send a signed-off plan to the working group, or to the authority above that checks it first."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.SUBMIT, plan.authority_id)
        checker_id = checkers(tx.session, by, [plan.authority_id]).get(plan.authority_id)
        signatures.submit(workflow.WORK_PLAN, revision, tx.now, checker_id)
        tx.audit("submit_plan", revision, plan.authority_id, checker_id=checker_id)


def pass_on_plan(store: Store, *, by: SignedIn, revision_id: int) -> None:
    """Pass a plan that was checked on to the next authority that checks it, or to the working group."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.CHECK_BENEATH, revision.checker_id or plan.authority_id)
        workflow.check(workflow.WORK_PLAN, revision.status, "pass_on")
        keep_passing(tx, by, revision)
        checker_id = next_checker(tx.session, plan.authority_id, revision.checker_id or 0)
        signatures.pass_on(workflow.WORK_PLAN, revision, tx.now, checker_id)
        tx.audit("pass_on_plan", revision, plan.authority_id, checker_id=checker_id)


def file_plan(store: Store, *, by: SignedIn, revision_id: int, grant_reductions: bool = False) -> None:
    """Put a submitted revision in force; the first one filed is the baseline.

    Filing an amendment grants nothing: with `grant_reductions` the light counts against what it makes smaller. Raises
    `Refusal` for one that drops a task without that.
    """
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.REVIEW, plan.authority_id)
        revision.status = workflow.step(workflow.WORK_PLAN, revision.status, "file")
        revision.reductions_granted = grant_reductions
        revision.filed_at = tx.now
        _check_dropped(tx, revision)
        keep_review(tx, by, revision, Decision.FILED, "")
        date_moves.note_amendment(tx.session, revision)
        tx.audit("file_plan", revision, plan.authority_id, grant_reductions=grant_reductions)
        summaries.refresh(tx.session, _tasks_of_plan(tx, plan), known_at=tx.now)
        notify_authority(tx, plan.authority_id, "notification.plan_filed", "work_plan", year=plan.year)


def return_plan(store: Store, *, by: SignedIn, revision_id: int, reason: str) -> None:
    """Return a revision to its authority, with a written reason: whoever checks it, or the working group."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, *ruled_by(revision, plan.authority_id))
        written = required_reason(reason)
        revision.status = workflow.step(workflow.WORK_PLAN, revision.status, "return_")
        keep_review(tx, by, revision, Decision.RETURNED, written)
        tx.audit("return_plan", revision, plan.authority_id, reason=written)
        notify_authority(tx, plan.authority_id, "notification.plan_returned", "work_plan", year=plan.year)


def revise_plan(store: Store, *, by: SignedIn, plan_id: int, reason: str = "") -> int:
    """Open the next revision as a copy of the newest one and return its id.

    After a return no reason is needed; changing a filed plan is an amendment and needs one.
    """
    with store.write(by) as tx:
        plan = tx.load(WorkPlan, plan_id)
        permissions.check(by, Right.WRITE_PLAN, plan.authority_id)
        newest = newest_revision(tx, plan)
        workflow.step(workflow.WORK_PLAN, newest.status, "revise")
        written = (
            required_reason(reason) if newest.status is PlanStatus.FILED else written_text("reason", reason)
        )
        revision = _new_revision(
            tx,
            by,
            plan,
            number=newest.number + 1,
            goals=newest.goals,
            to_check=newest.to_check,
            reason=written or newest.reason,
        )
        copy_tasks(tx.session, newest, revision)
        tx.audit("revise_plan", revision, plan.authority_id, reason=written)
        return revision.id


def load_revision(tx: Transaction, revision_id: int) -> tuple[PlanRevision, WorkPlan]:
    """A revision and its plan, both locked. Raises `NotFound`, and `Refusal` if nobody goes on with its tasks."""
    revision = tx.load(PlanRevision, revision_id)
    plan = tx.load(WorkPlan, revision.plan_id)
    check_goes_on(tx.session, plan.authority_id, plan.year)
    return revision, plan


def newest_revision(tx: Transaction, plan: WorkPlan) -> PlanRevision:
    """The revision whose status is the plan's."""
    newest_first = col(PlanRevision.number).desc()
    rows = select(PlanRevision).where(PlanRevision.plan_id == plan.id).order_by(newest_first).limit(1)
    newest: PlanRevision = tx.session.execute(rows).scalar_one()
    return newest


def _new_revision(tx: Transaction, by: SignedIn, plan: WorkPlan, **values: Any) -> PlanRevision:
    return tx.add(PlanRevision(plan_id=plan.id, created_at=tx.now, created_by_id=by.officer_id, **values))


def _check_complete(tx: Transaction, revision: PlanRevision, plan: WorkPlan) -> None:
    """Check that a plan leaving its writer has goals, tasks, and a responsible post for each task."""
    tasks = {task.number: task.draft for task in planned_tasks(tx.session, revision.id)}
    not_yet = select(Task.number).where(Task.plan_id == plan.id, ~col(Task.in_force))
    new = set(tx.session.execute(not_yet).scalars())
    facts = plan_facts(tx.session, plan.notice_id, plan.year)
    refuse_all(check_plan(goals=revision.goals, tasks=tasks, facts=facts, new=new))


def _check_dropped(tx: Transaction, revision: PlanRevision) -> None:
    """Whose task is dropped has no light any more: that is granted, or not filed. Raises `Refusal`."""
    dropped = {
        key for key, move in date_moves.reductions_of(tx.session, revision) if move.kind is MoveKind.DROPPED
    }
    if dropped and not revision.reductions_granted:
        numbers = sorted(task.number for task in tx.load_all(Task, dropped).values())
        named = "、".join(map(str, numbers))
        raise Refusal(Message("plan.drop_needs_grant", numbers=named), fields=("grant",))


def _tasks_of_plan(tx: Transaction, plan: WorkPlan) -> list[int]:
    return list(tx.session.execute(select(col(Task.id)).where(Task.plan_id == plan.id)).scalars())
