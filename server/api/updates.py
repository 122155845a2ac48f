"""Writing progress updates in the API: the forms' actions, with the same permissions."""

from collections.abc import Callable

from fastapi import APIRouter, Response

from db.updates.actions import (
    request_update_sign_off,
    save_progress_update,
    send_back_progress_update,
    sign_off_progress_updates,
    submit_progress_updates,
)
from db.updates.bulk import save_progress_updates
from db.updates.taking_back import take_back_update
from server.api.calls import Asking, Call, Id
from server.api.drafts import LinesIn, ReasonIn, UpdateIds, UpdateIn
from server.api.once import KEYED, OnceRoute
from server.api.shapes import Saved, SavedAll, Updates
from server.api.versions import IfMatch, saving

Act = Callable[..., None]
SAVING = APIRouter(tags=["updates"])
ROUTER = APIRouter(tags=["updates"], route_class=OnceRoute)


def acted_on_all(call: Call, act: Act, sent: UpdateIds) -> Updates:
    """Perform the action on all of these updates or none."""
    act(call.store, by=call.by, update_ids=sent.update_ids)
    return Updates(update_ids=sent.update_ids)


def acted_on_one(call: Call, act: Act, update_id: int, sent: ReasonIn) -> Updates:
    """Perform the action on one update, with the given reason."""
    act(call.store, by=call.by, update_id=update_id, reason=sent.reason)
    return Updates(update_ids=[update_id])


@SAVING.put("/tasks/{task_id}/updates/{period_id}")
def save_update(
    call: Asking, task_id: Id, period_id: Id, *, sent: UpdateIn, response: Response, if_match: IfMatch = None
) -> Saved:
    """Save the draft of a task's update for a period."""
    with saving(if_match, response) as version:
        asked = {"task_id": task_id, "period_id": period_id, "row_version": version}
        update_id = save_progress_update(
            call.store, by=call.by, **asked, draft=sent.draft, hand_over=sent.hand_over
        )
    return Saved(update_id=update_id, row_version=version + 1)


@ROUTER.post("/updates", dependencies=[KEYED])
def save_updates(call: Asking, sent: LinesIn) -> SavedAll:
    """Save many drafts in one transaction, all or none, reporting the faults of every line."""
    saved = save_progress_updates(call.store, by=call.by, lines=[line.line for line in sent.updates])
    return SavedAll(updates=[Saved(update_id=key, row_version=version) for key, version in saved])


@ROUTER.post("/updates/hand-over", dependencies=[KEYED])
def hand_over(call: Asking, sent: UpdateIds) -> Updates:
    """Hand complete drafts to the signatory."""
    return acted_on_all(call, request_update_sign_off, sent)


@ROUTER.post("/updates/sign-off", dependencies=[KEYED])
def sign_off(call: Asking, sent: UpdateIds) -> Updates:
    """Sign off drafts that were handed over, inside the authority."""
    return acted_on_all(call, sign_off_progress_updates, sent)


@ROUTER.post("/updates/submit", dependencies=[KEYED])
def submit(call: Asking, sent: UpdateIds) -> Updates:
    """Send signed-off updates to the working group."""
    return acted_on_all(call, submit_progress_updates, sent)


@ROUTER.post("/updates/{update_id}/take-back", dependencies=[KEYED])
def take_back(call: Asking, update_id: Id) -> Updates:
    """Make an update a draft again that was handed over or submitted by mistake and that nobody has opened."""
    take_back_update(call.store, by=call.by, update_id=update_id)
    return Updates(update_ids=[update_id])


@ROUTER.post("/updates/{update_id}/send-back", dependencies=[KEYED])
def send_back(call: Asking, update_id: Id, sent: ReasonIn) -> Updates:
    """Send an update back to its writer inside the authority, before it is submitted."""
    return acted_on_one(call, send_back_progress_update, update_id, sent)
