"""A ledger in a workbook through the API: judged as on its page, saved as drafts once nothing is left to ask."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel

from db.tables import UploadFinding
from db.uploads.actions import upload_ledger
from db.uploads.queries import findings_by_grade, upload_findings, upload_of
from db.uploads.unattended import commit_unattended, judge_unattended
from server.api.calls import Asking, Id, period_of
from server.api.languages import language_of
from server.api.once import KEYED, OnceRoute
from server.api.plan_files import Name
from tracking.documents.workbook_zip import LIMIT_MEGABYTES
from tracking.ledgers.results import text_in
from tracking.vocabulary import Language

ROUTER = APIRouter(tags=["updates"], route_class=OnceRoute)
MOST = 1000
Content = Annotated[
    bytes,
    Body(
        media_type="application/octet-stream",
        description=f"Our form or an office's own ledger, as a workbook or CSV of at most {LIMIT_MEGABYTES} MB.",
    ),
]
Commit = Annotated[
    bool,
    Query(
        description="Save the drafts, all or none; refused for a layout not confirmed on the page and while anything is asked."
    ),
]


class LedgerProblem(BaseModel):
    """What is to be said of a cell, gravest first, `a` to `d`; `asks` what is answered on the page: a cell or a row."""

    grade: str
    cell: str
    written: str
    message: str
    asks: str | None


class LedgerRead(BaseModel):
    """What became of the rows, by verdict, and of the problems the number by grade and the first thousand.

    `confirmed` tells whether the layout was confirmed on the page before, as that of our form always is; `written`
    counts the drafts saved.
    """

    upload_id: int
    counts: dict[str, int]
    grades: dict[str, int]
    problems: list[LedgerProblem]
    confirmed: bool
    written: int = 0


@ROUTER.post("/updates/workbook", dependencies=[KEYED])
def put_ledger(
    call: Asking,
    request: Request,
    name: Name,
    content: Content,
    *,
    period_id: Id | None = None,
    commit: Commit = False,
) -> LedgerRead:
    """Read a filled-in ledger, and save its drafts if `commit` says so.

    The form says its period itself; any other layout is for `period_id`. The preview is kept for a week, and its
    questions can be answered on the page.
    """
    by, store, asked_id = call.by, call.store, period_of(call, period_id).id
    upload_id = upload_ledger(store, by=by, name=name, content=content, period_id=asked_id)
    taken = judge_unattended(store, by=by, upload_id=upload_id)
    written = commit_unattended(store, by=by, upload_id=upload_id, taken=taken) if commit else 0
    problems = upload_findings(store, by, upload_id=upload_id, most=MOST)
    grades = findings_by_grade(store, by, upload_id=upload_id)
    return LedgerRead(
        upload_id=upload_id,
        counts=upload_of(store, by, upload_id=upload_id).counts,
        grades={str(grade): count for grade, count in grades.items()},
        problems=[_problem(one, language_of(request)) for one in problems],
        confirmed=taken.confirmed,
        written=written,
    )


def _problem(found: UploadFinding, language: Language) -> LedgerProblem:
    return LedgerProblem(
        grade=found.grade,
        cell=f"{found.sheet}!{found.cell}" if found.cell else "",
        written=found.value,
        message=text_in(found.message, language),
        asks=found.asks,
    )
