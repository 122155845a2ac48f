"""Reads what changed between two days: lights, evidence, silence and posts; moved dates are in `db.moves.queries`.

Of a past day `db.figures.past.keep_past_day` must have kept the figures.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, literal, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.figures.lights import is_red
from db.figures.queries import trend_frame
from db.figures.reports import reported_at
from db.frames import frame_of
from db.moves.queries import MoveFilter, moves_frame
from db.reference.queries import measures_frame, units_frame
from db.sql import Statement, select
from db.store import Store
from db.tables import (
    Appointment,
    Authority,
    EvidenceFile,
    Officer,
    PastRed,
    Post,
    ProgressUpdate,
    Task,
    TaskRevision,
)
from db.tasks.queries import task_rows, tasks_chosen
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.figures.indicators import completion_by_measure
from tracking.figures.vintages import NEWEST, Vintage
from tracking.permissions import Scope
from tracking.spans import Span
from tracking.vocabulary import TaskStatus

NEW, CLEARED = "new", "cleared"
MOST_LINES = 200
_OVER = (TaskStatus.COMPLETED, TaskStatus.SUSPENDED)


@dataclass(frozen=True)
class Changes:
    """Everything that changed in a span: the frames of this module, moved dates, and the progress of each measure."""

    span: Span
    measures: pd.DataFrame
    reds: pd.DataFrame
    moves: pd.DataFrame
    evidence: pd.DataFrame
    silent: pd.DataFrame
    officers: pd.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each: new, cleared, moves, files, silent, posts."""
        return {
            "new": int((self.reds["change"] == NEW).sum()),
            "cleared": int((self.reds["change"] == CLEARED).sum()),
            "moves": len(self.moves),
            "files": int(self.evidence["files"].max()) if len(self.evidence) else 0,
            "silent": len(self.silent),
            "posts": self.officers["post_id"].nunique(),
        }


def changes(store: Store, scope: Scope, *, notice_id: int, year: int, span: Span) -> Changes:
    """What changed in a plan year between two days."""
    asked: dict[str, Any] = {"notice_id": notice_id, "year": year}
    moved = MoveFilter(after=clock.end_of(span.since), until=clock.end_of(span.until))
    return Changes(
        span=span,
        measures=_measures_frame(store, scope, **asked, span=span),
        reds=red_changes_frame(store, scope, **asked, span=span),
        moves=moves_frame(store, scope, **asked, where=moved, page=1),
        evidence=new_evidence_frame(store, scope, **asked, span=span),
        silent=silent_units_frame(store, scope, **asked, span=span),
        officers=officer_changes_frame(store, scope, span=span),
    )


def _measures_frame(store: Store, scope: Scope, *, notice_id: int, year: int, span: Span) -> pd.DataFrame:
    """The measures with before_permille and completion_permille: as known at the ends of the two days."""
    since = min(span.since, date(year, 1, 1))
    asked = units_frame(store, on=span.until, since=since, notice_id=notice_id)
    axes = Axes(asked, measures_frame(store, notice_id=notice_id, year=year))
    sides = {}
    for name, day in (("before_permille", span.since), ("completion_permille", span.until)):
        vintage = Vintage(day) if day < clock.today() else NEWEST
        cells = trend_frame(store, scope, notice_id=notice_id, year=year, vintage=vintage)
        latest = cells[cells["number"] == cells["number"].max()]
        figures = completion_by_measure(Cube.of(latest, axes))
        sides[name] = figures["completion_permille"].to_numpy()
    return axes.measures.assign(**sides)


def red_changes_frame(store: Store, scope: Scope, *, notice_id: int, year: int, span: Span) -> pd.DataFrame:
    """The tasks in force that turned red in the span or are no longer red, ordered by unit and number.

    Columns: those of `task_rows` with status, due_on and completion_permille (as they stand today), and
    change: new or cleared.
    """
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year)
    was, now = (_red_on(day, chosen) for day in (span.since, span.until))
    task = col(Task.id)
    parts = {NEW: and_(task.in_(now), task.not_in(was)), CLEARED: and_(task.in_(was), task.not_in(now))}
    standing: tuple[Any, ...] = (
        Task.status,
        Task.due_on,
        col(Task.latest_permille).label("completion_permille"),
    )
    said = TaskRevision.id == Task.revision_id
    frames = [
        frame_of(store, task_rows(span.until, said, *standing).where(Task.in_force, *chosen, part)).assign(
            change=change
        )
        for change, part in parts.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _red_on(day: date, chosen: list[Any]) -> Statement:
    """The tasks that were red at the end of a day, or are today."""
    if day < clock.today():
        return select(PastRed.task_id).where(PastRed.known_on == day)
    return select(Task.id).where(Task.in_force, is_red(day), *chosen)


def new_evidence_frame(store: Store, scope: Scope, *, notice_id: int, year: int, span: Span) -> pd.DataFrame:
    """The evidence that reached the working group in the span, newest first, limited to the lines shown.

    Columns: evidence_id, name, uploaded_at, task_id, unit_name, title, and files (how many
    there are in all).
    """
    unit = aliased(Authority)
    rows = (
        select(
            col(EvidenceFile.id).label("evidence_id"),
            EvidenceFile.name,
            EvidenceFile.uploaded_at,
            ProgressUpdate.task_id,
            col(unit.short_name).label("unit_name"),
            TaskRevision.title,
            func.count().over().label("files"),
        )
        .join(ProgressUpdate, ProgressUpdate.id == EvidenceFile.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(unit, unit.id == Task.unit_id)
        .where(*_in(span, col(ProgressUpdate.submitted_at)))
        .where(*tasks_chosen(scope, notice_id=notice_id, year=year))
        .order_by(col(EvidenceFile.uploaded_at).desc(), col(EvidenceFile.id))
        .limit(MOST_LINES)
    )
    return frame_of(store, rows)


def silent_units_frame(store: Store, scope: Scope, *, notice_id: int, year: int, span: Span) -> pd.DataFrame:
    """The units with tasks under way not heard from in the span, in official order.

    Columns: unit_id, unit_name, tasks (in force and not completed or suspended), last_reported_on.
    """
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year)
    heard = (
        select(Task.unit_id)
        .join(ProgressUpdate, ProgressUpdate.task_id == Task.id)
        .where(*_in(span, reported_at()), *chosen)
    )
    rows = (
        select(
            Task.unit_id,
            col(Authority.short_name).label("unit_name"),
            func.count(col(Task.id)).label("tasks"),
            func.max(col(Task.last_reported_on)).label("last_reported_on"),
        )
        .join(Authority, Authority.id == Task.unit_id)
        .where(Task.in_force, col(Task.status).not_in(_OVER), *chosen, col(Task.unit_id).not_in(heard))
        .group_by(col(Task.unit_id), Authority.short_name, Authority.official_order)
        .order_by(col(Authority.official_order))
    )
    return frame_of(store, rows)


def officer_changes_frame(store: Store, scope: Scope, *, span: Span) -> pd.DataFrame:
    """Posts taken over or left in the span, newest first.

    Columns: post_id, authority_name, post_title, officer_name, change (began or ended), changed_on: the first
    day of a tenure that began, the last day of one that ended.
    """
    reach = [] if scope.authority_ids is None else [col(Post.authority_id).in_(sorted(scope.authority_ids))]
    parts = [
        select(
            Appointment.post_id,
            col(Authority.short_name).label("authority_name"),
            col(Post.title).label("post_title"),
            col(Officer.name).label("officer_name"),
            literal(change).label("change"),
            col(day).label("changed_on"),
        )
        .join(Post, Post.id == Appointment.post_id)
        .join(Authority, Authority.id == Post.authority_id)
        .join(Officer, Officer.id == Appointment.officer_id)
        .where(col(day) > span.since, col(day) <= span.until, *reach)
        for change, day in (("began", Appointment.starts_on), ("ended", Appointment.ends_on))
    ]
    both = union_all(*parts).subquery()
    return frame_of(store, select(*both.c).order_by(both.c.changed_on.desc(), both.c.post_id))


def _in(span: Span, instant: Any) -> tuple[ColumnElement[bool], ...]:
    return instant > clock.end_of(span.since), instant <= clock.end_of(span.until)
