"""A work plan in a workbook through the API: read as on its page, stored once nothing is left to ask."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel

from db import clock
from db.plans.file_actions import bring_in_file
from db.plans.files import compared, known_for, read_plan_file
from db.plans.queries import plan_sheet
from server.api.calls import Asking, Id
from server.api.languages import language_of
from server.api.once import KEYED, OnceRoute
from tracking.documents.workbook_zip import LIMIT_MEGABYTES
from tracking.messages import text
from tracking.plans.comparison import PlanChange
from tracking.plans.known import Doubt
from tracking.vocabulary import Language

ROUTER = APIRouter(tags=["plans"], route_class=OnceRoute)
Name = Annotated[str, Query(min_length=1, max_length=300, description="What the file is called.")]
Content = Annotated[
    bytes,
    Body(
        media_type="application/octet-stream",
        description=f"Our form or an office's own plan, as a workbook or CSV of at most {LIMIT_MEGABYTES} MB.",
    ),
]
Commit = Annotated[
    bool,
    Query(
        description="Store it, all or nothing; refused while a task lacks an answer or the layout is not confirmed."
    ),
]


class Question(BaseModel):
    """What is not certain of a cell: `must` before it can be stored, `may` be answered later, `said` to be looked at."""

    weight: str
    cell: str
    field: str
    written: str
    message: str


class PlanRead(BaseModel):
    """How a workbook compares with the draft: tasks by kind of change, the numbers not in the file, the questions.

    `confirmed` tells whether this layout was confirmed on the page before; `written` counts the tasks stored.
    """

    counts: dict[str, int]
    missing: list[int]
    questions: list[Question]
    confirmed: bool
    written: int = 0


@ROUTER.post("/plans/revisions/{revision_id}/workbook", dependencies=[KEYED])
def put_workbook(
    call: Asking, revision_id: Id, request: Request, name: Name, content: Content, *, commit: Commit = False
) -> PlanRead:
    """Read a plan from a workbook beside a draft, and store it if `commit` says so."""
    sheet = plan_sheet(call.store, call.scope, revision_id=revision_id)
    given = read_plan_file(call.store, by=call.by, name=name, content=content)
    known = known_for(call.store, call.by, sheet, clock.today())
    found = compared(given, sheet, known, given.layouts, {})
    return PlanRead(
        counts={str(change): len(found.of(change)) for change in PlanChange},
        missing=[one.number for one in found.missing],
        questions=[_question(one, language_of(request)) for one in found.doubts],
        confirmed=given.confirmed,
        written=bring_in_file(call.store, by=call.by, revision_id=sheet.revision.id, given=given, found=found)
        if commit
        else 0,
    )


def _question(doubt: Doubt, language: Language) -> Question:
    return Question(
        weight=doubt.weight,
        cell=doubt.spot.place,
        field=doubt.field,
        written=doubt.spot.written,
        message=text(doubt.message.key, language, **doubt.message.values),
    )
