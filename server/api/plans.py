"""Owns work plans in the API: read, begun, and filled with tasks; signing and submitting stay with people."""

from fastapi import APIRouter, Depends

from db.actions.plan_tasks import add_task
from db.actions.plans import start_plan
from db.queries.plans import plans_frame
from server.api.calls import Asking, Cursor, Id, Limit, Page, fresh, page_of, period_of
from server.api.drafts import PlanIn, TaskIn
from server.api.once import KEYED, OnceRoute
from server.api.problems import Fault
from server.api.shapes import Added, Plan, Started
from tracking.messages import Message

ROUTER = APIRouter(tags=["plans"], route_class=OnceRoute)


@ROUTER.get("/plans", dependencies=[Depends(fresh)])
def list_plans(call: Asking, limit: Limit = 100, cursor: Cursor = None, year: Id | None = None) -> Page[Plan]:
    """The work plans, the latest year first; what an authority is still writing is there only for itself."""
    notice_id = period_of(call, None).notice_id
    return page_of(
        Plan, plans_frame(call.store, call.scope, notice_id=notice_id, year=year), "plan_id", limit, cursor
    )


@ROUTER.post("/plans", status_code=201, dependencies=[KEYED])
def begin_plan(call: Asking, sent: PlanIn) -> Started:
    """Begin the plan of a year as an empty draft."""
    authority_id = sent.authority_id or call.by.authority_id
    if authority_id is None:
        raise Fault(422, Message("api.no_authority"))
    asked = {"notice_id": sent.notice_id, "authority_id": authority_id, "year": sent.year}
    return Started(revision_id=start_plan(call.store, by=call.by, **asked))


@ROUTER.post("/plans/revisions/{revision_id}/tasks", status_code=201, dependencies=[KEYED])
def put_task(call: Asking, revision_id: Id, sent: TaskIn) -> Added:
    """Put another task into a draft plan."""
    return Added(task_revision_id=add_task(call.store, by=call.by, revision_id=revision_id, draft=sent.draft))
