"""Downloading a briefing: its newest version, or an earlier one for its authors."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.briefings.actions import take_briefing
from db.briefings.queries import BriefingSheet
from db.papers.marking import marked_draft
from db.papers.queries import issued_paper
from db.store import Store
from server.downloads import attached, number_of
from server.file_routes import made_in_turn
from server.request_context import officer_of, site_of
from tracking.documents.briefing import briefing_document
from tracking.documents.word import MEDIA_TYPE
from tracking.vocabulary import PaperKind


@made_in_turn
def download_briefing(request: Request) -> Response:
    """GET /briefing.docx: the version `number` of the briefing `briefing`."""
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
    name = f"{sheet.version.content['title']}.docx"
    return attached(content, plain="briefing.docx", name=name, media_type=MEDIA_TYPE)


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
