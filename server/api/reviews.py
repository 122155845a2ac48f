"""Update queues in the API, and the rulings on them: of who checks first, and of the working group."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from db.updates.queues import checking_frame, review_queue_frame, sign_off_frame, submission_frame
from db.updates.reviews import (
    accept_progress_updates,
    pass_on_progress_updates,
    reopen_progress_update,
    return_progress_update,
)
from server.api.calls import Asking, Cursor, Id, Limit, OfAnyNotice, Page, page_of
from server.api.drafts import ReasonIn, UpdateIds
from server.api.once import KEYED, OnceRoute
from server.api.shapes import Queued, Updates
from server.api.updates import acted_on_all, acted_on_one
from tracking.permissions import Scope

ROUTER = APIRouter(tags=["reviews"], route_class=OnceRoute)
Waits = Annotated[
    Literal["signature", "submission", "checking", "review"],
    Query(description="The first two inside the authorities that the caller reports for; checking: by them."),
]
_WRITTEN = {"signature": sign_off_frame, "submission": submission_frame}


@ROUTER.get("/updates")
def list_waiting(
    call: Asking,
    *,
    waiting_for: Waits = "review",
    limit: Limit = 100,
    cursor: Cursor = None,
    notice_id: OfAnyNotice = None,
) -> Page[Queued]:
    """The updates waiting for somebody, oldest first."""
    if waiting_for == "review":
        frame = review_queue_frame(call.store, call.scope, notice_id=notice_id)
    elif waiting_for == "checking":
        checkers = sorted(call.scope.drafts_of or ())
        frame = checking_frame(call.store, call.scope, notice_id=notice_id, checkers=checkers)
    else:
        # Not by the caller's authority: a caller who only reads there does not see drafts either.
        written = Scope(call.scope.drafts_of)
        frame = _WRITTEN[waiting_for](call.store, written, notice_id=notice_id)
    return page_of(Queued, frame, "update_id", limit, cursor)


@ROUTER.post("/updates/pass-on", dependencies=[KEYED])
def pass_on(call: Asking, sent: UpdateIds) -> Updates:
    """Pass updates of authorities beneath on, all of them or none: to whoever checks next, or to the working group."""
    return acted_on_all(call, pass_on_progress_updates, sent)


@ROUTER.post("/updates/accept", dependencies=[KEYED])
def accept(call: Asking, sent: UpdateIds) -> Updates:
    """Accept submitted updates, all of them or none: they count from now on."""
    return acted_on_all(call, accept_progress_updates, sent)


@ROUTER.post("/updates/{update_id}/return", dependencies=[KEYED])
def give_back(call: Asking, update_id: Id, sent: ReasonIn) -> Updates:
    """Return an update to its authority: by whoever checks it, or by the working group once it is submitted."""
    return acted_on_one(call, return_progress_update, update_id, sent)


@ROUTER.post("/updates/{update_id}/reopen", dependencies=[KEYED])
def reopen(call: Asking, update_id: Id, sent: ReasonIn) -> Updates:
    """Reopen an accepted update: it stops counting until reported again."""
    return acted_on_one(call, reopen_progress_update, update_id, sent)
