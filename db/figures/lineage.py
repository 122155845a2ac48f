"""Tasks that go on for one of an earlier plan year: several rows, one history."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.sql import among, fetch, narrowed, select
from db.tables import ReportingPeriod, Task, WorkPlan
from tracking.vocabulary import TaskStatus

# A task by its key among `task_ids`.
BY_KEY = among(Task.id, "task_ids")
_PAIRS = select(Task.continues_id, Task.id).where(col(Task.continues_id).is_not(None))
_HEIRS = select(Task.id).where(among(Task.continues_id, "task_ids"))


def continued(session: Session, *tasks: ColumnElement[bool], **values: Any) -> dict[int, int]:
    """Every task that the chosen ones go on for, however far back → the chosen one that does.

    `values` are those bound in the conditions.
    """
    heirs: dict[int, int] = {}
    found: dict[int, int] = dict(fetch(session, narrowed(_PAIRS, *tasks), **values).all())
    while found:
        heirs |= found
        earlier = fetch(session, narrowed(_PAIRS, BY_KEY), task_ids=list(found))
        found = {before: found[after] for before, after in earlier}
    return heirs


def line_of(session: Session, task_id: int) -> list[int]:
    """A task and all that it goes on for."""
    return [task_id, *continued(session, col(Task.id) == task_id)]


def with_heirs(session: Session, task_ids: Iterable[int]) -> set[int]:
    """These tasks and all that go on for them: what is said of one changes the others."""
    known: set[int] = set()
    found = set(task_ids)
    while found:
        known |= found
        found = set(fetch(session, _HEIRS, task_ids=list(found)).scalars())
    return known


def asked_in_period() -> ColumnElement[bool]:
    """The condition on a `ReportingPeriod` and a `Task` that the one asks about the other.

    That is every period of the task's year; of a later year where more time was granted beyond New Year, until the
    task is completed or a later plan goes on with it.
    """
    heir = aliased(Task)
    gone_on = select(heir.id).where(heir.continues_id == Task.id, heir.in_force)
    beyond = and_(
        col(Task.year) < ReportingPeriod.year,
        extract("year", col(Task.due_on)) > Task.year,
        or_(col(Task.status) != TaskStatus.COMPLETED, col(Task.latest_period_id) == ReportingPeriod.id),
        ~gone_on.exists(),
    )
    return or_(col(Task.year) == ReportingPeriod.year, beyond)


def asked_for() -> tuple[Any, ...]:
    """The conditions on a task, its plan and a period for the task to be due in the period."""
    return (
        asked_in_period(),
        ReportingPeriod.notice_id == WorkPlan.notice_id,
        Task.in_force,
        col(Task.status).not_in((TaskStatus.COMPLETED, TaskStatus.SUSPENDED)),
    )
