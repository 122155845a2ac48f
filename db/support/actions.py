"""What supporting authorities add to tasks of others, and what they contest; every step is audited."""

from typing import Any

from sqlalchemy import and_
from sqlmodel import col

from db.figures.lineage import asked_for
from db.identity import SignedIn
from db.notifications.sending import notify_authority, notify_role
from db.periods.queries import check_period
from db.row_changes import key_of
from db.sql import select
from db.store import Store, Transaction
from db.support.parts import supporters_of
from db.support.queries import OPEN
from db.tables import Authority, Contest, Contribution, ProgressUpdate, ReportingPeriod, Task, WorkPlan
from db.texts import cleaned_texts
from tracking import permissions, workflow
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.support import ContestStatus, ContestSubject
from tracking.vocabulary import Role, UpdateStatus

LIMITS = dict.fromkeys(("words", "reason", "answer", "ruling"), 1000)
_CLOSED = (ContestStatus.UPHELD, ContestStatus.DISMISSED, ContestStatus.WITHDRAWN)


def add_contribution(
    store: Store, *, by: SignedIn, task_id: int, period_id: int, authority_id: int, words: str
) -> None:
    """Say what an authority did for a task of another one in an open period; what it said before is kept.

    Raises `Refusal` once the report of the period has been submitted, and for a task it takes no part in.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.REPORT_PROGRESS, authority_id)
        task, period = tx.load(Task, task_id), tx.load(ReportingPeriod, period_id)
        _check_takes_part(tx, task, authority_id)
        _check_takes_words(tx, task, period)
        texts = cleaned_texts({"words": words}, LIMITS)
        added = tx.add(
            Contribution(
                task_id=task_id,
                period_id=period_id,
                authority_id=authority_id,
                words=texts["words"],
                written_at=tx.now,
                written_by_id=by.officer_id,
            )
        )
        tx.audit("add_contribution", added, authority_id, task_id=task_id, period_id=period_id)
        link = f"report?period={period_id}&task={task_id}"
        _tell(tx, "contribution_added", task, told=task.authority_id, other=authority_id, link=link)


def contest_part(
    store: Store,
    *,
    by: SignedIn,
    task_id: int,
    authority_id: int,
    subject: ContestSubject,
    reason: str,
    period_id: int | None = None,
) -> int:
    """Contest that an authority takes part in a task, or what was reported about its part in a period; gives its id.

    Raises `Refusal` where one is open already, or nothing was submitted that could be contested.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MAKE_REQUEST, authority_id)
        task = tx.load(Task, task_id)
        _check_takes_part(tx, task, authority_id)
        _check_contestable(tx, task_id, authority_id, subject, period_id)
        texts = cleaned_texts({"reason": reason}, LIMITS)
        about_report = subject is ContestSubject.REPORT
        contest = tx.add(
            Contest(
                task_id=task_id,
                authority_id=authority_id,
                subject=subject,
                period_id=period_id if about_report else None,
                reason=texts["reason"],
                raised_at=tx.now,
                raised_by_id=by.officer_id,
            )
        )
        tx.audit("contest_part", contest, authority_id, task_id=task_id, contested=subject)
        _tell(tx, "contest_raised", task, told=task.authority_id, other=authority_id, link=_link(contest))
        return key_of(contest)


def answer_contest(store: Store, *, by: SignedIn, contest_id: int, answer: str) -> None:
    """Answer, as the authority whose task it is."""
    with store.write(by) as tx:
        contest, task = _load(tx, contest_id)
        permissions.check(by, Right.MAKE_REQUEST, task.authority_id)
        texts = cleaned_texts({"answer": answer}, LIMITS)
        _step(tx, contest, "answer")
        contest.answer, contest.answered_at, contest.answered_by_id = texts["answer"], tx.now, by.officer_id
        tx.audit("answer_contest", contest, task.authority_id, task_id=task.id)
        _tell(
            tx,
            "contest_answered",
            task,
            told=contest.authority_id,
            other=task.authority_id,
            link=_link(contest),
        )


def maintain_contest(store: Store, *, by: SignedIn, contest_id: int) -> None:
    """Let it stand after the answer: the working group rules."""
    with store.write(by) as tx:
        contest, task = _load(tx, contest_id)
        permissions.check(by, Right.MAKE_REQUEST, contest.authority_id)
        _step(tx, contest, "maintain")
        tx.audit("maintain_contest", contest, contest.authority_id, task_id=task.id)
        supporter = _name(tx, contest.authority_id)
        notify_role(tx, Role.MEMBER, "notification.contest_maintained", _link(contest), unit=supporter)


def withdraw_contest(store: Store, *, by: SignedIn, contest_id: int) -> None:
    """Let it drop, as the authority that raised it."""
    with store.write(by) as tx:
        contest, task = _load(tx, contest_id)
        permissions.check(by, Right.MAKE_REQUEST, contest.authority_id)
        _step(tx, contest, "withdraw")
        tx.audit("withdraw_contest", contest, contest.authority_id, task_id=task.id)
        _tell(
            tx,
            "contest_withdrawn",
            task,
            told=task.authority_id,
            other=contest.authority_id,
            link=_link(contest),
        )


def rule_contest(store: Store, *, by: SignedIn, contest_id: int, upheld: bool, ruling: str) -> None:
    """Rule on it, as the working group. Upheld about the part itself, the authority takes part no longer."""
    with store.write(by) as tx:
        contest, task = _load(tx, contest_id)
        permissions.check(by, Right.RULE_REQUEST, task.authority_id)
        texts = cleaned_texts({"ruling": ruling}, LIMITS)
        _step(tx, contest, "uphold" if upheld else "dismiss")
        contest.ruling, contest.ruled_by_id = texts["ruling"], by.officer_id
        tx.audit("rule_contest", contest, task.authority_id, task_id=task.id, upheld=upheld)
        for told, other in (
            (task.authority_id, contest.authority_id),
            (contest.authority_id, task.authority_id),
        ):
            _tell(tx, "contest_ruled", task, told=told, other=other, link=_link(contest))


def _check_takes_part(tx: Transaction, task: Task, authority_id: int) -> None:
    if not supporters_of(tx.session, task.id, {authority_id}):
        raise Refusal(Message("support.takes_no_part"))


def _check_takes_words(tx: Transaction, task: Task, period: ReportingPeriod) -> None:
    check_period(tx, period)
    asked = (
        select(Task.id).join(WorkPlan, WorkPlan.id == Task.plan_id).join(ReportingPeriod, and_(*asked_for()))
    )
    if not tx.session.execute(asked.where(Task.id == task.id, ReportingPeriod.id == period.id)).first():
        raise Refusal(Message("progress.task_not_in_force"))
    if _has_left(tx, task.id, period.id):
        raise Refusal(Message("support.report_submitted"), fields=("words",))


def _has_left(tx: Transaction, task_id: int, period_id: int | None) -> bool:
    """Whether the report of a period lies with the working group, or was accepted."""
    left = (UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED)
    rows = select(ProgressUpdate.id).where(
        ProgressUpdate.task_id == task_id,
        ProgressUpdate.period_id == period_id,
        col(ProgressUpdate.status).in_(left),
    )
    return tx.session.execute(rows).first() is not None


def _check_contestable(
    tx: Transaction, task_id: int, authority_id: int, subject: ContestSubject, period_id: int | None
) -> None:
    still_open = select(Contest.id).where(
        Contest.task_id == task_id, Contest.authority_id == authority_id, col(Contest.status).in_(OPEN)
    )
    if tx.session.execute(still_open).first():
        raise Refusal(Message("support.contested_already"))
    if subject is ContestSubject.REPORT and not _has_left(tx, task_id, period_id):
        raise Refusal(Message("support.nothing_reported"))


def _load(tx: Transaction, contest_id: int) -> tuple[Contest, Task]:
    contest = tx.load(Contest, contest_id)
    return contest, tx.load(Task, contest.task_id)


def _step(tx: Transaction, contest: Contest, verb: str) -> None:
    contest.status = workflow.step(workflow.CONTEST, contest.status, verb)
    contest.closed_at = tx.now if contest.status in _CLOSED else None


def _link(contest: Contest) -> str:
    return f"extensions?show=contests&contest={contest.id}"


def _name(tx: Transaction, authority_id: int) -> str:
    return tx.session.get_one(Authority, authority_id).short_name


def _tell(tx: Transaction, what: str, task: Task, *, told: int, other: int, link: str) -> None:
    """Notify an authority of what another one did about a task."""
    said: dict[str, Any] = {"task": task.number, "unit": _name(tx, other)}
    notify_authority(tx, told, f"notification.{what}", link, **said)
