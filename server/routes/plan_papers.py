"""Downloading a work plan as a paper."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.papers.marking import marked_draft
from db.plans.papers import export_plan_paper
from server.downloads import number_of
from server.papers import paper
from server.request_context import language_of, officer_of, site_of
from tracking.documents.plan_paper import plan_paper
from tracking.messages import text


def download_plan(request: Request) -> Response:
    """GET /plan.docx or .pdf: the `revision` of a work plan."""
    store, language = site_of(request).store, language_of(request)
    plan = export_plan_paper(store, by=officer_of(request), revision_id=number_of(request, "revision") or 0)
    content = plan_paper(plan, on=clock.today(), language=language)
    asked = {"authority": plan.form.authority, "year": plan.form.known.year, "number": plan.number}
    name = text("plan_paper.file_name", language, **asked)
    return paper(request, marked_draft(store, content, language), name=name)
