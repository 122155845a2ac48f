"""The conditions for an authority to take part in a task of another one, used by all reads and writes of support."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col

from db.sql import Statement, select
from db.tables import Contest, Task, TaskSupport
from tracking.support import ContestStatus, ContestSubject


def takes_part() -> tuple[Any, ...]:
    """The conditions on `Task` and `TaskSupport`: named by what is in force, and not released by a ruling since."""
    released = select(Contest.id).where(
        Contest.task_id == Task.id,
        Contest.authority_id == TaskSupport.authority_id,
        Contest.subject == ContestSubject.PART,
        Contest.status == ContestStatus.UPHELD,
    )
    return Task.in_force, TaskSupport.task_revision_id == Task.revision_id, ~released.exists()


def parts(*chosen: Any) -> Statement:
    """The keys of those who take part in tasks, as far as the conditions hold."""
    return (
        select(TaskSupport.authority_id)
        .join(Task, Task.revision_id == TaskSupport.task_revision_id)
        .where(*takes_part(), *chosen)
    )


def supporters_of(session: Session, task_id: int, among: Collection[int] | None = None) -> frozenset[int]:
    """Who takes part in a task, among these authorities if any are given."""
    within = [] if among is None else [col(TaskSupport.authority_id).in_(sorted(among))]
    return frozenset(session.scalars(parts(Task.id == task_id, *within)))
