"""Reads who is responsible: posts, whoever holds each on a day, and who held it before."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col

from db.authorities.tree import authorities_above
from db.frames import frame_of, frame_of_rows
from db.site.queries import site_settings
from db.sql import Statement, select
from db.store import Store
from db.tables import Appointment, Authority, Officer, Post, Task, TaskRevision
from tracking.permissions import Scope
from tracking.phones import masked
from tracking.vocabulary import TaskStatus

POST_COLUMNS = (
    "post_id",
    "authority_id",
    "authority_name",
    "post_title",
    "appointment_id",
    "officer_id",
    "officer_name",
    "office_phone",
    "since_on",
    "until_on",
    "open_tasks",
    "vacant_since_on",
    "vacant_days",
    "alarm",
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post, since when, and until when if known."""

    officer_id: int
    name: str
    since_on: date
    until_on: date | None


def posts_frame(store: Store, scope: Scope, *, on: date, authority_id: int | None = None) -> pd.DataFrame:
    """Who is responsible on a day: one row per post, in the official order of the authorities.

    Columns: post_id, authority_id, authority_name, post_title, appointment_id, officer_id, officer_name,
    office_phone (masked), since_on, until_on (known only of a tenure with an end), open_tasks (in force today
    and not completed), vacant_since_on and vacant_days (missing for a post that nobody ever held), alarm
    (vacant for more days than the site allows, or never held). For a vacant post the officer's columns are
    missing.
    """
    allowed = site_settings(store).vacancy_days
    with store.engine.connect() as connection:
        rows = connection.execute(_posts(scope, on, authority_id)).all()
        tasks: dict[int, int] = dict(connection.execute(_open_tasks(scope)).all())
    whole = ("appointment_id", "officer_id", "vacant_days")
    return frame_of_rows((_post(row, tasks, on, allowed) for row in rows), POST_COLUMNS, whole=whole)


def task_posts(store: Store, *, authority_id: int, on: date) -> pd.DataFrame:
    """The posts that may be responsible for an authority's tasks: its own, then those of its parents.

    Columns of `posts_frame`.
    """
    with store.read() as session:
        near = [authority_id, *authorities_above(session, authority_id, on)]
    posts = posts_frame(store, Scope(frozenset(near)), on=on)
    return posts.sort_values("authority_id", key=lambda ids: ids.map(near.index), kind="stable")


def _posts(scope: Scope, on: date, authority_id: int | None) -> Statement:
    last = (
        select(Appointment.post_id, func.max(Appointment.ends_on).label("ended_on"))
        .where(col(Appointment.ends_on) < on)
        .group_by(Appointment.post_id)
        .subquery()
    )
    held = and_(col(Appointment.post_id) == col(Post.id), *holds_on(on))
    rows = (
        select(
            col(Post.id).label("post_id"),
            Post.authority_id,
            col(Authority.name).label("authority_name"),
            Post.title,
            col(Appointment.id).label("appointment_id"),
            Appointment.officer_id,
            col(Officer.name).label("officer_name"),
            Officer.office_phone,
            Appointment.starts_on,
            Appointment.ends_on,
            last.c.ended_on,
        )
        .join(Authority, Authority.id == Post.authority_id)
        .join(Appointment, held, isouter=True)
        .join(Officer, Officer.id == Appointment.officer_id, isouter=True)
        .join(last, last.c.post_id == Post.id, isouter=True)
        .where(*_within(scope, Post.authority_id))
    )
    if authority_id is not None:
        rows = rows.where(Post.authority_id == authority_id)
    return rows.order_by(col(Authority.official_order).nulls_last(), Authority.code, Post.id)


def holds_on(on: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions for an appointment to apply on a day."""
    return (
        col(Appointment.starts_on) <= on,
        col(Appointment.ends_on).is_(None) | (col(Appointment.ends_on) >= on),
    )


def _within(scope: Scope, authority_id: Any) -> list[ColumnElement[bool]]:
    return [] if scope.authority_ids is None else [col(authority_id).in_(sorted(scope.authority_ids))]


def _open_tasks(scope: Scope) -> Statement:
    """Post → its number of tasks in force and not completed."""
    return (
        select(TaskRevision.post_id, func.count())
        .join(Task, Task.revision_id == TaskRevision.id)
        .where(Task.in_force, Task.status != TaskStatus.COMPLETED, col(TaskRevision.post_id).is_not(None))
        .where(*_within(scope, Task.authority_id))
        .group_by(TaskRevision.post_id)
    )


def _post(row: Any, open_tasks: dict[int, int], on: date, allowed_days: int) -> tuple[Any, ...]:
    vacant = row.officer_id is None
    since_on = row.ended_on + timedelta(1) if vacant and row.ended_on else None
    days = (on - since_on).days if since_on else None
    return (
        *row[:7],
        None if vacant else masked(row.office_phone),
        row.starts_on,
        row.ends_on,
        open_tasks.get(row.post_id, 0),
        since_on,
        days,
        vacant and (days is None or days > allowed_days),
    )


def appointments_frame(store: Store, scope: Scope, *, post_id: int) -> pd.DataFrame:
    """Everyone who has held a post, latest first.

    Columns: appointment_id, post_id, post_title, officer_id, officer_name, office_phone (masked), starts_on,
    ends_on.
    """
    rows = (
        select(
            col(Appointment.id).label("appointment_id"),
            Appointment.post_id,
            col(Post.title).label("post_title"),
            Appointment.officer_id,
            col(Officer.name).label("officer_name"),
            Officer.office_phone,
            Appointment.starts_on,
            Appointment.ends_on,
        )
        .join(Post, Post.id == Appointment.post_id)
        .join(Officer, Officer.id == Appointment.officer_id)
        .where(Appointment.post_id == post_id, *_within(scope, Post.authority_id))
    )
    return _masked(frame_of(store, rows.order_by(col(Appointment.starts_on).desc())))


def officers_of(store: Store, scope: Scope, *, authority_id: int) -> pd.DataFrame:
    """The people known at an authority. Columns: officer_id, name, office_phone (masked); by name."""
    rows = select(col(Officer.id).label("officer_id"), Officer.name, Officer.office_phone)
    rows = rows.where(Officer.authority_id == authority_id, *_within(scope, Officer.authority_id))
    return _masked(frame_of(store, rows.order_by(Officer.name, Officer.id)))


def _masked(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(office_phone=[masked(phone) for phone in frame["office_phone"]])


def holder_on(store: Store, post_id: int, day: date) -> Holder | None:
    """Who was responsible for a post on a day; None if it was vacant."""
    with store.read() as session:
        return holder_of(session, post_id, day)


def holder_of(session: Session, post_id: int, day: date) -> Holder | None:
    """The same within a transaction."""
    row = session.execute(
        select(Appointment.officer_id, Officer.name, Appointment.starts_on, Appointment.ends_on)
        .join(Officer, Officer.id == Appointment.officer_id)
        .where(Appointment.post_id == post_id, *holds_on(day))
    ).first()
    return Holder(*row) if row else None


def count_open_tasks(session: Session, post_id: int) -> int:
    """A post's number of tasks in force and not completed."""
    open_tasks = _open_tasks(Scope(None)).where(TaskRevision.post_id == post_id)
    return sum(int(row[1]) for row in session.execute(open_tasks))
