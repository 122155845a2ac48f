"""Downloading the sheet of a unit as a paper."""

from starlette.requests import Request
from starlette.responses import Response

from db.ledger.unit_sheets import SheetView, export_unit_sheet
from db.papers.marking import marked_draft
from server.downloads import number_of
from server.papers import paper
from server.request_context import language_of, officer_of, site_of
from server.routes.ledger import filter_of
from tracking.documents.unit_sheet import unit_sheet_paper
from tracking.messages import text


def download_unit_sheet(request: Request) -> Response:
    """GET /unit.docx or .pdf: the sheet of `unit` for `period`, narrowed and viewed as on the page of regions."""
    store, language, asked = site_of(request).store, language_of(request), request.query_params
    sheet = export_unit_sheet(
        store,
        by=officer_of(request),
        period_id=number_of(request, "period") or 0,
        where=filter_of(request),
        view=SheetView(asked.get("view") == "provinces", asked.get("tree") == "today"),
        language=language,
    )
    content = unit_sheet_paper(sheet, language=language)
    named = {"unit": sheet.unit, "period": sheet.period, "day": sheet.as_of.isoformat()}
    name = text("unit_sheet.file_name", language, **named)
    return paper(request, marked_draft(store, content, language), name=name)
