"""Reading and writing work plans in the API; their way through the offices is in `plan_steps`."""

from dataclasses import asdict

from fastapi import APIRouter, Depends, Response

from db.plans.actions import revise_plan, save_goals, start_plan
from db.plans.drafts import PlannedTask
from db.plans.file_actions import bring_in_tasks
from db.plans.queries import plan_sheet, plans_frame
from db.plans.task_actions import add_task, remove_task, save_task
from server.api.calls import Asking, Cursor, Id, Limit, OfNotice, Page, fresh, notice_asked, page_of
from server.api.drafts import GoalsIn, PlanEntriesIn, PlanIn, RevisionIn, TaskIn
from server.api.once import KEYED, OnceRoute
from server.api.problems import Fault
from server.api.shapes import Added, Brought, Plan, Revision, RevisionId, RowVersion
from server.api.versions import IfMatch, etag_of, saving
from tracking.messages import Message

ROUTER = APIRouter(tags=["plans"], route_class=OnceRoute)


class Planned(TaskIn):
    """A task of a revision: its content, and the version to save against."""

    task_revision_id: int
    task_id: int
    number: int
    row_version: int


class PlanSheet(Revision):
    """A revision of a plan with its tasks."""

    tasks: list[Planned]


@ROUTER.get("/plans", dependencies=[Depends(fresh)])
def list_plans(
    call: Asking,
    *,
    limit: Limit = 100,
    cursor: Cursor = None,
    year: Id | None = None,
    notice_id: OfNotice = None,
) -> Page[Plan]:
    """The work plans, latest year first; unsubmitted ones are visible to those who may write them."""
    frame = plans_frame(call.store, call.scope, notice_id=notice_asked(call, notice_id), year=year)
    return page_of(Plan, frame, "plan_id", limit, cursor)


@ROUTER.get("/plans/revisions/{revision_id}")
def show_plan(call: Asking, revision_id: Id, response: Response) -> PlanSheet:
    """One revision; its `ETag` is the `If-Match` for new goals, `row_version` the one for a task."""
    sheet = plan_sheet(call.store, call.scope, revision_id=revision_id)
    response.headers["ETag"] = etag_of(sheet.revision.row_version)
    return PlanSheet(
        **{name: getattr(sheet.revision, name) for name in _OF_REVISION},
        **{name: getattr(sheet.plan, name) for name in ("notice_id", "year", "authority_id")},
        revision_id=revision_id,
        authority_name=sheet.authority_name,
        is_newest=sheet.is_newest,
        returned_because=sheet.returned_because,
        tasks=[_planned(task) for task in sheet.tasks],
    )


_OF_REVISION = ("plan_id", "number", "status", "goals", "reason", "row_version")


def _planned(task: PlannedTask) -> Planned:
    keys = {name: getattr(task, name) for name in ("task_revision_id", "task_id", "number", "row_version")}
    said = {name: value for name, value in asdict(task.draft).items() if name in TaskIn.model_fields}
    return Planned.model_validate(said | keys)


@ROUTER.post("/plans", status_code=201, dependencies=[KEYED])
def begin_plan(call: Asking, sent: PlanIn) -> RevisionId:
    """Begin the plan of a year as an empty draft."""
    authority_id = sent.authority_id or call.by.authority_id
    if authority_id is None:
        raise Fault(422, Message("api.no_authority"))
    asked = {"notice_id": sent.notice_id, "authority_id": authority_id, "year": sent.year}
    return RevisionId(revision_id=start_plan(call.store, by=call.by, **asked))


@ROUTER.post("/plans/{plan_id}/revisions", status_code=201, dependencies=[KEYED])
def begin_revision(call: Asking, plan_id: Id, sent: RevisionIn) -> RevisionId:
    """Begin the next revision of a returned plan or of one in force, as a copy."""
    return RevisionId(revision_id=revise_plan(call.store, by=call.by, plan_id=plan_id, reason=sent.reason))


@ROUTER.put("/plans/revisions/{revision_id}/goals")
def put_goals(
    call: Asking, revision_id: Id, *, sent: GoalsIn, response: Response, if_match: IfMatch = None
) -> RowVersion:
    """Save the goals of a draft."""
    with saving(if_match, response) as version:
        asked = {"revision_id": revision_id, "row_version": version}
        save_goals(call.store, by=call.by, **asked, goals=sent.goals)
    return RowVersion(row_version=version + 1)


@ROUTER.post("/plans/revisions/{revision_id}/tasks", status_code=201, dependencies=[KEYED])
def put_task(call: Asking, revision_id: Id, sent: TaskIn) -> Added:
    """Add a task to a draft plan."""
    return Added(task_revision_id=add_task(call.store, by=call.by, revision_id=revision_id, draft=sent.draft))


@ROUTER.post("/plans/revisions/{revision_id}/entries", dependencies=[KEYED])
def put_entries(call: Asking, revision_id: Id, sent: PlanEntriesIn) -> Brought:
    """Add, change and remove many tasks of a draft plan: all of them, or none, every fault at `entries.<place>.<field>`."""
    written = bring_in_tasks(
        call.store,
        by=call.by,
        revision_id=revision_id,
        entries=[one.entry for one in sent.entries],
        removed=sent.removed,
        source="API",
    )
    return Brought(task_revision_ids=written)


@ROUTER.put("/plans/tasks/{task_revision_id}")
def change_task(
    call: Asking, task_revision_id: Id, *, sent: TaskIn, response: Response, if_match: IfMatch = None
) -> RowVersion:
    """Change a task in a draft plan."""
    with saving(if_match, response) as version:
        asked = {"task_revision_id": task_revision_id, "row_version": version}
        save_task(call.store, by=call.by, **asked, draft=sent.draft)
    return RowVersion(row_version=version + 1)


@ROUTER.delete("/plans/tasks/{task_revision_id}", status_code=204)
def drop_task(call: Asking, task_revision_id: Id) -> None:
    """Remove a task from a draft plan; earlier revisions keep it."""
    remove_task(call.store, by=call.by, task_revision_id=task_revision_id)
