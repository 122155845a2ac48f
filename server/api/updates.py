"""Owns the writes of progress updates: the actions of the forms, with the same permissions."""

import re
from typing import Annotated

from fastapi import APIRouter, Header, Response

from db.actions.bulk_updates import save_progress_updates
from db.actions.progress import (
    request_update_sign_off,
    save_progress_update,
    sign_off_progress_updates,
    submit_progress_updates,
)
from db.store import Conflict
from server.api.calls import Asking, Id
from server.api.drafts import LinesIn, UpdateIds, UpdateIn
from server.api.once import KEYED, OnceRoute
from server.api.problems import Fault
from server.api.shapes import Saved, SavedAll, Updates
from tracking.messages import Message

SAVING = APIRouter(tags=["updates"])
ROUTER = APIRouter(tags=["updates"], route_class=OnceRoute)
IfMatch = Annotated[
    str | None, Header(description='The `ETag` of what is changed; `"0"` where nothing is begun.')
]


@SAVING.put("/tasks/{task_id}/updates/{period_id}")
def save_update(
    call: Asking, task_id: Id, period_id: Id, *, sent: UpdateIn, response: Response, if_match: IfMatch = None
) -> Saved:
    """Keep the draft of the update of a task for a period."""
    version = _version(if_match)
    asked = {"task_id": task_id, "period_id": period_id, "row_version": version}
    try:
        update_id = save_progress_update(
            call.store, by=call.by, **asked, draft=sent.draft, hand_over=sent.hand_over
        )
    except Conflict as refused:
        raise Fault(412, refused.messages[0]) from None
    response.headers["ETag"] = f'"{version + 1}"'
    return Saved(update_id=update_id, row_version=version + 1)


@ROUTER.post("/updates", dependencies=[KEYED])
def save_updates(call: Asking, sent: LinesIn) -> SavedAll:
    """Keep many drafts in one transaction: all of them or none, with the faults of every line."""
    saved = save_progress_updates(call.store, by=call.by, lines=[line.line for line in sent.updates])
    return SavedAll(updates=[Saved(update_id=key, row_version=version) for key, version in saved])


@ROUTER.post("/updates/hand-over", dependencies=[KEYED])
def hand_over(call: Asking, sent: UpdateIds) -> Updates:
    """Hand complete drafts to the signatory."""
    request_update_sign_off(call.store, by=call.by, update_ids=sent.update_ids)
    return Updates(update_ids=sent.update_ids)


@ROUTER.post("/updates/sign-off", dependencies=[KEYED])
def sign_off(call: Asking, sent: UpdateIds) -> Updates:
    """Sign drafts off inside the authority."""
    sign_off_progress_updates(call.store, by=call.by, update_ids=sent.update_ids)
    return Updates(update_ids=sent.update_ids)


@ROUTER.post("/updates/submit", dependencies=[KEYED])
def submit(call: Asking, sent: UpdateIds) -> Updates:
    """Send signed-off updates to the working group."""
    submit_progress_updates(call.store, by=call.by, update_ids=sent.update_ids)
    return Updates(update_ids=sent.update_ids)


def _version(if_match: str | None) -> int:
    if if_match is None:
        raise Fault(428, Message("api.refused.428"))
    found = re.fullmatch(r'"(\d{1,9})"', if_match)
    if found is None:
        raise Fault(412, Message("store.changed_meanwhile"))
    return int(found[1])
