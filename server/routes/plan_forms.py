"""Downloading a work plan as a form to be filled in offline."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.audit.sample import sample_loaded
from db.ledger.files import WORKBOOK
from db.plans.file_actions import export_plan_form
from server.downloads import attached, number_of
from server.file_routes import made_in_turn
from server.request_context import language_of, officer_of, site_of
from tracking.documents.plan_template import plan_template
from tracking.messages import text


@made_in_turn
def download_plan_form(request: Request) -> Response:
    """GET /plan-form.xlsx: the tasks of `revision`, with empty rows for more."""
    language, store = language_of(request), site_of(request).store
    form = export_plan_form(store, by=officer_of(request), revision_id=number_of(request, "revision") or 0)
    content = plan_template(form, on=clock.today(), language=language, sample=sample_loaded(store))
    name = text("plan_form.title", language, authority=form.authority, year=form.known.year)
    return attached(content, plain="plan-form.xlsx", name=f"{name}.xlsx", media_type=WORKBOOK.media_type)
