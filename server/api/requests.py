"""What is asked for tasks over the API: a later due date, to suspend, to resume; signed, ruled on, taken back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from db.requests.actions import (
    grant_request,
    make_request,
    refuse_request,
    send_back_request,
    sign_request,
    withdraw_request,
)
from db.requests.queries import open_requests_frame, past_requests_frame
from server.api.calls import Asking, Cursor, Id, Limit, OfAnyNotice, Page, page_of
from server.api.drafts import GrantIn, ReasonIn, RequestIn
from server.api.once import KEYED, OnceRoute
from server.api.shapes import RequestId, TaskRequest

ROUTER = APIRouter(tags=["requests"], route_class=OnceRoute)
States = Annotated[
    Literal["open", "over"],
    Query(description="`open`: nobody has ruled on them yet. `over`: the newest of the others."),
]
_READ = {"open": open_requests_frame, "over": past_requests_frame}


@ROUTER.get("/requests")
def list_requests(
    call: Asking,
    *,
    state: States = "open",
    limit: Limit = 100,
    cursor: Cursor = None,
    notice_id: OfAnyNotice = None,
) -> Page[TaskRequest]:
    """Requests; one that has not left its authority is visible only to that authority."""
    frame = _READ[state](call.store, call.scope, notice_id=notice_id)
    return page_of(TaskRequest, frame, "request_id", limit, cursor)


@ROUTER.post("/tasks/{task_id}/requests", status_code=201, dependencies=[KEYED])
def ask(call: Asking, task_id: Id, sent: RequestIn) -> RequestId:
    """Make a request; it awaits the signatory."""
    return RequestId(request_id=make_request(call.store, by=call.by, task_id=task_id, asked=sent.asked))


@ROUTER.post("/requests/{request_id}/sign", dependencies=[KEYED])
def sign(call: Asking, request_id: Id) -> RequestId:
    """Sign a request and send it to the working group."""
    sign_request(call.store, by=call.by, request_id=request_id)
    return RequestId(request_id=request_id)


@ROUTER.post("/requests/{request_id}/send-back", dependencies=[KEYED])
def send_back(call: Asking, request_id: Id, sent: ReasonIn) -> RequestId:
    """Send a request back to its writer unsigned."""
    send_back_request(call.store, by=call.by, request_id=request_id, reason=sent.reason)
    return RequestId(request_id=request_id)


@ROUTER.post("/requests/{request_id}/withdraw", dependencies=[KEYED])
def withdraw(call: Asking, request_id: Id) -> RequestId:
    """Withdraw a request before it is ruled on."""
    withdraw_request(call.store, by=call.by, request_id=request_id)
    return RequestId(request_id=request_id)


@ROUTER.post("/requests/{request_id}/grant", dependencies=[KEYED])
def grant(call: Asking, request_id: Id, sent: GrantIn) -> RequestId:
    """Grant a request: the task is suspended, resumed, or extended to the given day."""
    grant_request(
        call.store,
        by=call.by,
        request_id=request_id,
        granted_due_on=sent.granted_due_on,
        ruling=sent.ruling,
    )
    return RequestId(request_id=request_id)


@ROUTER.post("/requests/{request_id}/refuse", dependencies=[KEYED])
def refuse(call: Asking, request_id: Id, sent: ReasonIn) -> RequestId:
    """Refuse a request; the task stays as it is."""
    refuse_request(call.store, by=call.by, request_id=request_id, reason=sent.reason)
    return RequestId(request_id=request_id)
