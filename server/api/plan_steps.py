"""Steps of a work plan through the offices, in the API: the same actions as on the plan page."""

from collections.abc import Callable

from fastapi import APIRouter

from db.plans.actions import (
    file_plan,
    pass_on_plan,
    request_plan_sign_off,
    return_plan,
    send_back_plan,
    sign_off_plan,
    submit_plan,
)
from db.plans.taking_back import take_back_plan
from server.api.calls import Asking, Call, Id
from server.api.drafts import FilingIn, ReasonIn
from server.api.once import KEYED, OnceRoute
from server.api.shapes import RevisionId

Step = Callable[..., None]
ROUTER = APIRouter(prefix="/plans/revisions/{revision_id}", tags=["plans"], route_class=OnceRoute)


@ROUTER.post("/hand-over", dependencies=[KEYED])
def hand_over(call: Asking, revision_id: Id) -> RevisionId:
    """Hand a complete draft to the signatory."""
    return _stepped(call, request_plan_sign_off, revision_id)


@ROUTER.post("/sign-off", dependencies=[KEYED])
def sign_off(call: Asking, revision_id: Id) -> RevisionId:
    """Sign off a draft that was handed over, inside the authority."""
    return _stepped(call, sign_off_plan, revision_id)


@ROUTER.post("/take-back", dependencies=[KEYED])
def take_back(call: Asking, revision_id: Id) -> RevisionId:
    """Make a plan a draft again that was handed over or submitted by mistake and that nobody has opened."""
    return _stepped(call, take_back_plan, revision_id)


@ROUTER.post("/send-back", dependencies=[KEYED])
def send_back(call: Asking, revision_id: Id, sent: ReasonIn) -> RevisionId:
    """Send a plan back to its writer inside the authority, before it is submitted."""
    return _stepped(call, send_back_plan, revision_id, reason=sent.reason)


@ROUTER.post("/submit", dependencies=[KEYED])
def submit(call: Asking, revision_id: Id) -> RevisionId:
    """Send a signed-off plan to the working group."""
    return _stepped(call, submit_plan, revision_id)


@ROUTER.post("/pass-on", dependencies=[KEYED])
def pass_on(call: Asking, revision_id: Id) -> RevisionId:
    """Pass a plan of an authority beneath on, to whoever checks next, or to the working group."""
    return _stepped(call, pass_on_plan, revision_id)


@ROUTER.post("/file", dependencies=[KEYED])
def file(call: Asking, revision_id: Id, sent: FilingIn | None = None) -> RevisionId:
    """Put a submitted revision in force, for the working group; one that drops a task only with `grant_reductions`."""
    grants = sent is not None and sent.grant_reductions
    return _stepped(call, file_plan, revision_id, grant_reductions=grants)


@ROUTER.post("/return", dependencies=[KEYED])
def give_back(call: Asking, revision_id: Id, sent: ReasonIn) -> RevisionId:
    """Return a revision to its authority, for whoever checks it, or the working group once it is submitted."""
    return _stepped(call, return_plan, revision_id, reason=sent.reason)


def _stepped(call: Call, step: Step, revision_id: int, **asked: str | bool) -> RevisionId:
    step(call.store, by=call.by, revision_id=revision_id, **asked)
    return RevisionId(revision_id=revision_id)
