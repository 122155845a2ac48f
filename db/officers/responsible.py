"""Reads who was responsible for a task over time: the posts it belonged to, and who held each."""

from datetime import date

import pandas as pd
from sqlalchemy import and_
from sqlmodel import Session, col

from db import clock
from db.frames import frame_of_rows
from db.sql import select
from db.store import Store
from db.tables import Appointment, Officer, PlanRevision, Post, Task, TaskRevision
from tracking.permissions import Scope
from tracking.tenures import Belonging, Tenure, responsible

RESPONSIBLE_COLUMNS = ("post_title", "officer_name", "since_on", "until_on")


def responsible_frame(store: Store, scope: Scope, *, task_id: int, on: date | None = None) -> pd.DataFrame:
    """Who was responsible for a task, earliest first, or only on a day; columns `RESPONSIBLE_COLUMNS`.

    `until_on` is missing if no end is known. A task belongs to a post from the day its plan's revision saying
    so is filed. Empty for a task out of reach, and for a day without anybody responsible.
    """
    with store.read() as session:
        task = session.get(Task, task_id)
        if task is None or not scope.covers(task.authority_id):
            return frame_of_rows([], RESPONSIBLE_COLUMNS)
        belongings = _belongings(session, task)
        titles = _titles(session, {one.post_id for one in belongings if one.post_id is not None})
        spans = responsible(belongings, _tenures(session, titles))
    rows = [(titles[span.post_id], span.officer_name, span.starts_on, span.ends_on) for span in spans]
    return frame_of_rows((row for row in rows if on is None or _covers(row, on)), RESPONSIBLE_COLUMNS)


def _covers(row: tuple[str, str, date, date | None], on: date) -> bool:
    return row[2] <= on and (row[3] is None or on <= row[3])


def _belongings(session: Session, task: Task) -> list[Belonging]:
    """The post at each filed revision of the plan; None from a revision that drops the task."""
    said = and_(col(TaskRevision.plan_revision_id) == PlanRevision.id, col(TaskRevision.task_id) == task.id)
    rows = session.execute(
        select(PlanRevision.filed_at, TaskRevision.post_id)
        .join(TaskRevision, said, isouter=True)
        .where(PlanRevision.plan_id == task.plan_id, col(PlanRevision.filed_at).is_not(None))
        .order_by(PlanRevision.number)
    )
    return [Belonging(row.post_id, clock.day_of(row.filed_at)) for row in rows]


def _titles(session: Session, post_ids: set[int]) -> dict[int, str]:
    rows = session.execute(select(Post.id, Post.title).where(col(Post.id).in_(sorted(post_ids))))
    return {row.id: row.title for row in rows}


def _tenures(session: Session, posts: dict[int, str]) -> list[Tenure]:
    rows = session.execute(
        select(Appointment.post_id, Officer.name, Appointment.starts_on, Appointment.ends_on)
        .join(Officer, Officer.id == Appointment.officer_id)
        .where(col(Appointment.post_id).in_(sorted(posts)))
    )
    return [Tenure(*row) for row in rows]
