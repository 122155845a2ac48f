"""Downloading a briefing: its newest version, or an earlier one for its authors."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.briefings.actions import take_briefing
from db.briefings.queries import BriefingSheet
from db.papers.marking import marked_draft
from db.papers.queries import issued_paper
from db.store import Store
from server.downloads import number_of
from server.papers import paper
from server.request_context import officer_of, site_of
from tracking.documents.briefing import briefing_document
from tracking.vocabulary import PaperKind


def download_briefing(request: Request) -> Response:
    """GET /briefing.docx or .pdf: the version `number` of the briefing `briefing`."""
    store = site_of(request).store
    sheet = take_briefing(
        store,
        by=officer_of(request),
        briefing_id=number_of(request, "briefing") or 0,
        number=number_of(request, "number"),
    )
    content = (
        issued_paper(store, PaperKind.BRIEFING, sheet.briefing.id)
        if sheet.is_issued
        else _draft(store, sheet)
    )
    return paper(request, content, name=str(sheet.version.content["title"]))


def _draft(store: Store, sheet: BriefingSheet) -> bytes:
    version = sheet.version
    content = briefing_document(
        version.content,
        on=clock.day_of(version.written_at),
        issued=False,
        kind=sheet.briefing.kind,
        language=version.language,
    )
    return marked_draft(store, content, version.language)
