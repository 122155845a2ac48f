"""What belongs to a post today and would move with it, and what a handover records of that.

Tasks belong to posts and everything else to tasks, so nothing has to be moved: it follows the post.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.figures.lights import light_today
from db.sql import select
from db.store import Store
from db.tables import (
    Handover,
    HandoverItem,
    Post,
    ProgressUpdate,
    ReportingPeriod,
    Task,
    TaskRequest,
    TaskRevision,
    UrgingSlip,
)
from tracking.handovers.state import HandoverLine
from tracking.permissions import Scope
from tracking.vocabulary import HandoverKind, RequestStatus, SlipStatus, TaskStatus, UpdateStatus

UNANSWERED = (SlipStatus.ISSUED, SlipStatus.ACKNOWLEDGED)
# What somebody at the authority must still do with an update, by its status.
_UNFINISHED = {
    UpdateStatus.DRAFT: HandoverKind.DRAFT,
    UpdateStatus.HANDED_OVER: HandoverKind.SIGN_OFF,
    UpdateStatus.SIGNED_OFF: HandoverKind.TO_SUBMIT,
    UpdateStatus.RETURNED: HandoverKind.RETURNED,
}


def lines_of_post(session: Session, post_id: int, today: date) -> list[HandoverLine]:
    """Everything that would go with a post, by kind, then by task number."""
    lines = [*_tasks(session, post_id, today), *_updates(session, post_id)]
    lines += [*_extensions(session, post_id), *_slips(session, post_id)]
    order = list(HandoverKind)
    return sorted(lines, key=lambda line: (order.index(line.kind), line.task_number, line.item_id))


def open_lines(store: Store, scope: Scope, *, post_id: int) -> list[HandoverLine]:
    """The same within the scope; what has not left the authority is for the authority itself only."""
    with store.read() as session:
        post = session.get(Post, post_id)
        if post is None or not scope.covers(post.authority_id):
            return []
        return seen(scope, post.authority_id, lines_of_post(session, post_id, clock.today()))


def listed_lines(store: Store, scope: Scope, *, handover_id: int) -> list[HandoverLine]:
    """What a handover listed when it was entered, within the scope."""
    with store.read() as session:
        handover = session.get(Handover, handover_id)
        post = session.get(Post, handover.post_id) if handover else None
        if post is None or not scope.covers(post.authority_id):
            return []
        rows = session.execute(
            select(HandoverItem, *_PERIOD)
            .join(ReportingPeriod, ReportingPeriod.id == HandoverItem.period_id, isouter=True)
            .where(HandoverItem.handover_id == handover_id)
            .order_by(HandoverItem.id)
        ).all()
        return seen(scope, post.authority_id, [_listed(*row) for row in rows])


def seen(scope: Scope, authority_id: int, lines: Iterable[HandoverLine]) -> list[HandoverLine]:
    """The lines this reader may see."""
    whole = scope.covers_own(authority_id)
    return [line for line in lines if whole or not line.unsent]


_PERIOD = (ReportingPeriod.year, ReportingPeriod.number, ReportingPeriod.cycle)


def _listed(item: HandoverItem, year: int | None, number: int | None, cycle: str | None) -> HandoverLine:
    return HandoverLine(
        kind=item.kind,
        item_id=item.item_id,
        task_number=item.task_number,
        title=item.title,
        state=item.state,
        due_on=item.due_on,
        period_id=item.period_id,
        year=year,
        number=number,
        cycle=cycle,
    )


def item_of(handover: Handover, line: HandoverLine) -> HandoverItem:
    """A line as a handover stores it."""
    return HandoverItem(
        handover_id=handover.id,
        kind=line.kind,
        item_id=line.item_id,
        task_number=line.task_number,
        title=line.title,
        state=line.state,
        due_on=line.due_on,
        period_id=line.period_id,
    )


def _of_post(rows: Any, post_id: int) -> Any:
    """The rows whose tasks are in force and belong to a post; `rows` joins the task."""
    return rows.join(TaskRevision, TaskRevision.id == Task.revision_id).where(
        Task.in_force, TaskRevision.post_id == post_id
    )


def _tasks(session: Session, post_id: int, today: date) -> list[HandoverLine]:
    rows = _of_post(select(Task, TaskRevision.title).select_from(Task), post_id)
    return [
        HandoverLine(
            HandoverKind.TASK, task.id, task.number, title, str(light_today(task, today)), due_on=task.due_on
        )
        for task, title in session.execute(rows.where(Task.status != TaskStatus.COMPLETED))
    ]


def _updates(session: Session, post_id: int) -> list[HandoverLine]:
    """Updates that still need action at the authority, each with the end of its window."""
    later = aliased(ProgressUpdate)
    newer = select(later.id).where(
        later.task_id == ProgressUpdate.task_id,
        later.period_id == ProgressUpdate.period_id,
        later.version > ProgressUpdate.version,
    )
    rows = select(ProgressUpdate, Task.number, TaskRevision.title, ReportingPeriod.closes_on, *_PERIOD)
    rows = rows.join(Task, Task.id == ProgressUpdate.task_id)
    rows = _of_post(rows, post_id).join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
    rows = rows.where(col(ProgressUpdate.status).in_(_UNFINISHED), ~newer.exists())
    return [
        _update(update, task_number, title, closes_on, period)
        for update, task_number, title, closes_on, *period in session.execute(rows)
    ]


def _update(
    update: ProgressUpdate, task_number: int, title: str, closes_on: date, period: list[Any]
) -> HandoverLine:
    kind, (year, number, cycle) = _UNFINISHED[update.status], period
    return HandoverLine(
        kind=kind,
        item_id=update.id,
        task_number=task_number,
        title=title,
        state=str(kind),
        due_on=closes_on,
        period_id=update.period_id,
        year=year,
        number=number,
        cycle=cycle,
    )


def _extensions(session: Session, post_id: int) -> list[HandoverLine]:
    """Requests for a later date that have not been ruled on."""
    rows = select(TaskRequest, Task.number, TaskRevision.title).join(Task, Task.id == TaskRequest.task_id)
    under_way = col(TaskRequest.status).in_((RequestStatus.DRAFT, RequestStatus.REQUESTED))
    return [
        HandoverLine(HandoverKind.REQUEST, asked.id, number, title, str(asked.status), asked.due_on)
        for asked, number, title in session.execute(_of_post(rows, post_id).where(under_way))
    ]


def _slips(session: Session, post_id: int) -> list[HandoverLine]:
    rows = select(UrgingSlip, Task.number, TaskRevision.title).join(Task, Task.id == UrgingSlip.task_id)
    unanswered = _of_post(rows, post_id).where(col(UrgingSlip.status).in_(UNANSWERED))
    return [
        HandoverLine(HandoverKind.SLIP, slip.id, number, title, str(slip.level), slip.answer_by)
        for slip, number, title in session.execute(unanswered)
    ]
