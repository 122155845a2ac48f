"""Downloading the sheet of a handover."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.handovers.actions import export_handover
from db.handovers.queries import HandoverSheet
from db.papers.marking import marked_draft
from db.papers.queries import issued_paper
from db.store import Store
from server.downloads import number_of
from server.papers import paper
from server.request_context import language_of, officer_of, site_of
from tracking.documents.handover_sheet import handover_document
from tracking.messages import text
from tracking.vocabulary import Language


def download_handover(request: Request) -> Response:
    """GET /handover.docx or .pdf: the sheet of `handover` as a Word document, as far as the reader's scope reaches."""
    store, language, by = site_of(request).store, language_of(request), officer_of(request)
    handover_id = number_of(request, "handover") or 0
    sheet = export_handover(store, by=by, handover_id=handover_id)
    content = issued_paper(store, sheet.paper, handover_id) if sheet.paper else _draft(store, sheet, language)
    name = text(
        "handover_sheet.file_name", language, post=sheet.row["post_title"], day=sheet.row["effective_on"]
    )
    return paper(request, content, name=name)


def _draft(store: Store, sheet: HandoverSheet, language: Language) -> bytes:
    content = handover_document(
        sheet.row, sheet.lines, whole=sheet.whole, draft=True, today=clock.today(), language=language
    )
    return marked_draft(store, content, language)
