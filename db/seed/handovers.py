"""The handovers of a sample: one for every post that was handed over, and one to come.

They are read off the history that is stored already, so that their sheets agree with it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, select

from db import clock
from db.figures.history import history_of
from db.handovers.items import item_of, lines_of_post
from db.seed.authorities import Reporter
from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import draws
from db.seed.files import lines, listed
from db.seed.texts import phrase
from db.site.thresholds import read_light_rule
from db.tables import (
    Appointment,
    Handover,
    Notification,
    Officer,
    Post,
    RoleGrant,
    Task,
    TaskRevision,
)
from tracking.figures.task_facts import facts_at
from tracking.handovers.state import HandoverLine
from tracking.vocabulary import HandoverKind, Role, TaskStatus

ENTERED_BEFORE, COMES_AFTER = timedelta(3), timedelta(8)
# The measure whose post is to be handed over soon.
COMING = "9"
# What counts at an instant is bounded by that instant, not by a period of the year.
_LAST_PERIOD = 12


def add_handovers(session: Session, build: Build, reporters: Sequence[Reporter]) -> None:
    """Add the handovers behind the stored tenures, and, if the profile says so, one that takes effect soon."""
    for before, after in _passed(session):
        post = session.get_one(Post, before.post_id)
        handover = _entered(session, post, before, after, after.starts_on - ENTERED_BEFORE)
        _list(session, handover, _tasks_then(session, post, handover.made_at))
    for reporter in reporters:
        if reporter.profile.handover == "both":
            _add_to_come(session, build, reporter)


def _passed(session: Session) -> Iterable[tuple[Appointment, Appointment]]:
    """Pairs of consecutive tenures of a post."""
    order = (col(Appointment.post_id), col(Appointment.starts_on))
    tenures = session.exec(select(Appointment).order_by(*order)).all()
    return [(before, after) for before, after in pairwise(tenures) if before.post_id == after.post_id]


def _add_to_come(session: Session, build: Build, reporter: Reporter) -> None:
    """The reporting officer takes over a post in a few days, and was told so yesterday."""
    titles = [line["title"] for line in lines("post") if COMING in listed(line["measures"])]
    at_unit = (Post.authority_id == reporter.id, col(Post.title).in_(titles))
    post = session.exec(select(Post).where(*at_unit)).one()
    before = session.exec(select(Appointment).where(Appointment.post_id == post.id)).one()
    starts_on = build.today + COMES_AFTER
    before.ends_on = starts_on - timedelta(1)
    session.flush()
    incoming_id = _reporter_of(session, post)
    after = Appointment(post_id=post.id, officer_id=incoming_id, starts_on=starts_on)
    session.add(after)
    session.flush()
    handover = _entered(session, post, before, after, build.yesterday)
    items = lines_of_post(session, post.id, build.today)
    _list(session, handover, items)
    session.add(
        Notification(
            officer_id=incoming_id,
            message="notification.post_taken_over",
            details={
                "post": post.title,
                "effective_on": starts_on.isoformat(),
                "name": session.get_one(Officer, before.officer_id).name,
                "items": len(items),
            },
            link=f"handover?handover={handover.id}",
            created_at=handover.made_at,
        )
    )


def _entered(session: Session, post: Post, before: Appointment, after: Appointment, on: date) -> Handover:
    """Add a handover entered by the reporting officer on a day."""
    draw = draws("handover", post.authority_id, post.title)
    handover = Handover(
        post_id=post.id,
        outgoing_id=before.officer_id,
        outgoing_appointment_id=before.id,
        incoming_id=after.officer_id,
        incoming_appointment_id=after.id,
        effective_on=after.starts_on,
        note=phrase(draw, "handover_note"),
        made_at=moment(draw, on),
        made_by_id=_reporter_of(session, post),
    )
    session.add(handover)
    session.flush()
    return handover


def _reporter_of(session: Session, post: Post) -> int:
    granted = select(RoleGrant.officer_id).join(Officer, col(Officer.id) == RoleGrant.officer_id)
    here = (Officer.authority_id == post.authority_id, RoleGrant.role == Role.REPORTING_OFFICER)
    return int(session.exec(granted.where(*here)).one())


def _list(session: Session, handover: Handover, listed_lines: Iterable[HandoverLine]) -> None:
    session.add_all(item_of(handover, line) for line in listed_lines)
    session.flush()


def _tasks_then(session: Session, post: Post, made_at: datetime) -> list[HandoverLine]:
    """The open tasks of a post at an instant, each with the light it had then."""
    today = clock.day_of(made_at)
    of_year = (col(Task.authority_id) == post.authority_id, col(Task.year) == today.year)
    history = history_of(session, *of_year, known_at=made_at)
    facts = facts_at(history, number=_LAST_PERIOD, as_of_on=today, rule=read_light_rule(session))
    said = _said(session, post, facts["revision_id"].tolist())
    return [
        HandoverLine(
            HandoverKind.TASK,
            row["task_id"],
            row["number"],
            said[row["revision_id"]].title,
            str(row["light"]),
            said[row["revision_id"]].due_on,
        )
        for row in facts.to_dict("records")
        if row["revision_id"] in said and row["status"] != TaskStatus.COMPLETED
    ]


def _said(session: Session, post: Post, revision_ids: list[int]) -> dict[Any, TaskRevision]:
    """The tasks of a post at these revisions."""
    of_post = (TaskRevision.post_id == post.id, col(TaskRevision.id).in_(revision_ids))
    return {said.id: said for said in session.exec(select(TaskRevision).where(*of_post))}
