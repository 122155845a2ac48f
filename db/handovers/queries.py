"""Reads handovers: the list, their counts, and one with everything on its sheet."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.cases import word_of
from db.frames import frame_of, rows_of
from db.handovers.items import listed_lines, open_lines
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import Appointment, Authority, Handover, HandoverItem, Officer, Post
from tracking.handovers.state import HANDOVER_STATE, HandoverFacts, HandoverLine, refreshed
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.vocabulary import HandoverKind, HandoverState, PaperKind

HANDOVER_COLUMNS = (
    "handover_id",
    "authority_id",
    "authority_name",
    "post_id",
    "post_title",
    "outgoing_name",
    "outgoing_until_on",
    "incoming_name",
    "effective_on",
    "handover_state",
    "tasks",
    "note",
    "made_at",
    "made_by",
    "cancelled_at",
    "cancelled_by",
    "cancel_reason",
)


@dataclass(frozen=True, slots=True)
class HandoverFilter:
    """Which handovers to read; None means any."""

    authority_id: int | None = None
    post_id: int | None = None
    handover_id: int | None = None
    state: HandoverState | None = None


ANY = HandoverFilter()


@dataclass(frozen=True)
class HandoverSheet:
    """The content of a handover's sheet.

    `row` is that of `handovers_frame` with made_on and cancelled_on, the days of those instants; `lines` have
    their state then and now. `whole` is false for a reader who may not see what the authority has not
    submitted.
    """

    row: dict[str, Any]
    lines: list[HandoverLine]
    whole: bool

    @property
    def paper(self) -> PaperKind | None:
        """The kind its paper is archived as once in effect; before that, or once cancelled, it is a draft."""
        if self.row["handover_state"] != HandoverState.IN_EFFECT:
            return None
        return PaperKind.HANDOVER_SHEET if self.whole else PaperKind.HANDOVER_EXTRACT


def handovers_frame(
    store: Store, scope: Scope, *, where: HandoverFilter = ANY, page: int = 1, page_size: int = 100
) -> pd.DataFrame:
    """One page of the handovers, latest effective day first; columns `HANDOVER_COLUMNS`.

    `outgoing_until_on` is the outgoing officer's last day, missing once cancelled; `tasks` are the open ones
    listed.
    """
    rows = _narrowed(_rows(), scope, where)
    rows = rows.order_by(col(Handover.effective_on).desc(), col(Handover.id).desc())
    return frame_of(store, rows.limit(page_size).offset((page - 1) * page_size))


def handover_counts(
    store: Store, scope: Scope, *, authority_id: int | None = None
) -> dict[HandoverState, int]:
    """How many handovers are in each state today, zero included."""
    standing = select(Handover.id, _state().label("state")).join(Post, Post.id == Handover.post_id)
    rows = _narrowed(standing, scope, HandoverFilter(authority_id=authority_id)).subquery()
    grouped = select(rows.c.state, func.count()).group_by(rows.c.state)
    counts = {row[0]: int(row[1]) for row in rows_of(store, grouped)}
    return {state: counts.get(str(state), 0) for state in HandoverState}


def handing_authorities(store: Store, scope: Scope) -> dict[int, str]:
    """The authorities that have handed over a post, by name; key → name."""
    rows = select(Authority.id, Authority.name).join(Post, Post.authority_id == Authority.id)
    rows = _narrowed(rows.join(Handover, Handover.post_id == Post.id), scope, ANY)
    return {row.id: row.name for row in rows_of(store, rows.distinct().order_by(Authority.id))}


def handover_sheet(store: Store, scope: Scope, *, handover_id: int) -> HandoverSheet:
    """One handover in full. Raises `NotFound`, also if out of reach."""
    found = handovers_frame(store, scope, where=HandoverFilter(handover_id=handover_id))
    if found.empty:
        raise NotFound(Message("store.not_found"))
    row: dict[str, Any] = found.to_dict("records")[0]  # type: ignore[assignment]  # column names are str
    days = {
        f"{name}_on": row[f"{name}_at"] and clock.day_of(row[f"{name}_at"]) for name in ("made", "cancelled")
    }
    listed = listed_lines(store, scope, handover_id=handover_id)
    present = open_lines(store, scope, post_id=int(row["post_id"]))
    to_come = row["handover_state"] == HandoverState.TO_COME
    whole = scope.covers_own(int(row["authority_id"]))
    return HandoverSheet(row | days, refreshed(listed, present, to_come=to_come), whole)


def _rows() -> Statement:
    incoming, outgoing, maker, canceller = (aliased(Officer) for _ in range(4))
    listed = select(func.count()).where(
        HandoverItem.handover_id == Handover.id, HandoverItem.kind == HandoverKind.TASK
    )
    return (
        select(
            col(Handover.id).label("handover_id"),
            Post.authority_id,
            col(Authority.name).label("authority_name"),
            Handover.post_id,
            col(Post.title).label("post_title"),
            _name(outgoing, "outgoing_name"),
            col(Appointment.ends_on).label("outgoing_until_on"),
            _name(incoming, "incoming_name"),
            Handover.effective_on,
            _state().label("handover_state"),
            listed.scalar_subquery().label("tasks"),
            Handover.note,
            Handover.made_at,
            _name(maker, "made_by"),
            Handover.cancelled_at,
            _name(canceller, "cancelled_by"),
            Handover.cancel_reason,
        )
        .join(Post, Post.id == Handover.post_id)
        .join(Authority, Authority.id == Post.authority_id)
        .join(Appointment, Appointment.id == Handover.outgoing_appointment_id, isouter=True)
        .join(outgoing, outgoing.id == Handover.outgoing_id)
        .join(incoming, incoming.id == Handover.incoming_id)
        .join(maker, maker.id == Handover.made_by_id, isouter=True)
        .join(canceller, canceller.id == Handover.cancelled_by_id, isouter=True)
    )


def _name(officer: Any, label: str) -> Any:
    return officer.name.label(label)


def _state() -> Any:
    """Today's state."""
    facts = HandoverFacts(
        cancelled=col(Handover.cancelled_at).is_not(None), to_come=col(Handover.effective_on) > clock.today()
    )
    return word_of(HANDOVER_STATE, facts)


def _narrowed(rows: Any, scope: Scope, where: HandoverFilter) -> Any:
    asked = (
        (Post.authority_id, where.authority_id),
        (Handover.post_id, where.post_id),
        (Handover.id, where.handover_id),
        (_state(), where.state and str(where.state)),
    )
    rows = rows.where(*(column == value for column, value in asked if value is not None))
    if scope.authority_ids is None:
        return rows
    return rows.where(col(Post.authority_id).in_(sorted(scope.authority_ids)))
