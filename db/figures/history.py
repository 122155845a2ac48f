"""Reads history: what was known about tasks at an instant, from revisions and updates alone.

Nothing here looks at a maintained column, so the summaries can be recomputed from it and compared, and
any past day can be shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.figures.chosen import Chosen, chosen_tasks
from db.figures.in_force import tasks_in_force
from db.figures.lines import Lines
from db.figures.reports import reports_of
from db.sql import select
from db.tables import PlanRevision, Task, TaskRevision
from tracking.figures.task_facts import History


def said_at(known_at: datetime) -> ColumnElement[bool]:
    """The condition for a `TaskRevision` to be the one of its `Task` in force at an instant."""
    revision = aliased(PlanRevision)
    standing = (
        select(revision.id)
        .where(revision.plan_id == Task.plan_id, col(revision.filed_at) <= known_at)
        .order_by(col(revision.number).desc())
        .limit(1)
        .scalar_subquery()
    )
    return and_(col(TaskRevision.task_id) == Task.id, col(TaskRevision.plan_revision_id) == standing)


def history_of(session: Session, *tasks: ColumnElement[bool], known_at: datetime) -> History:
    """The history of the tasks that meet the conditions on `Task`, as known at an instant."""
    (history,) = histories_of(session, chosen_tasks(session, *tasks), [known_at])
    return history


def histories_of(session: Session, chosen: Chosen, known_at: Sequence[datetime]) -> Iterator[History]:
    """The history of the chosen tasks as known at each instant; what does not depend on them is read once."""
    reports, lines = reports_of(session, chosen, known_at), Lines(session, chosen)
    for instant in known_at:
        in_force = tasks_in_force(session, chosen, instant)
        yield History(
            tasks=in_force,
            updates=reports.standing(instant, in_force["task_id"]),
            lines=lines.of(in_force),
        )


def with_reports_anew(session: Session, history: History, chosen: Chosen, known_at: datetime) -> History:
    """The same history once reports of its tasks have changed, and nothing else."""
    reports = reports_of(session, chosen, [known_at])
    return replace(history, updates=reports.standing(known_at, history.tasks["task_id"]))
