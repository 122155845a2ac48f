"""Copying one revision into the next: tasks with everything attached to them."""

from typing import Any

from sqlmodel import Session, col

from db.sql import select
from db.tables import IndicatorTerm, Milestone, PlanRevision, Target, TaskRevision, TaskSupport


def copy_tasks(session: Session, source: PlanRevision, goal: PlanRevision) -> None:
    """Copy every task revision of `source`, with everything attached to it, to the revision `goal`."""
    rows = (
        select(TaskRevision).where(TaskRevision.plan_revision_id == source.id).order_by(col(TaskRevision.id))
    )
    for task in session.execute(rows).scalars().all():
        copy = _copy(task, plan_revision_id=goal.id, row_version=1)
        session.add(copy)
        session.flush()
        for table in (Milestone, Target, IndicatorTerm, TaskSupport):
            parts = select(table).where(table.task_revision_id == task.id)
            session.add_all(
                _copy(part, task_revision_id=copy.id) for part in session.execute(parts).scalars().all()
            )
    session.flush()


def _copy(row: Any, **changed: Any) -> Any:
    return type(row)(**{**row.model_dump(exclude={"id"}), **changed})
