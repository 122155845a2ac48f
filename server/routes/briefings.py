"""Downloading a briefing: its newest version, or an earlier one for its authors."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.briefings.actions import take_briefing
from server.downloads import attached, number_of
from server.file_routes import made_in_turn
from server.request_context import officer_of, site_of
from tracking.documents.briefing import briefing_document
from tracking.documents.word import MEDIA_TYPE


@made_in_turn
def download_briefing(request: Request) -> Response:
    """GET /briefing.docx: the version `number` of the briefing `briefing`."""
    sheet = take_briefing(
        site_of(request).store,
        by=officer_of(request),
        briefing_id=number_of(request, "briefing") or 0,
        number=number_of(request, "number"),
    )
    briefing, version = sheet.briefing, sheet.version
    content = briefing_document(
        version.content,
        on=clock.day_of(briefing.issued_at or version.written_at),
        issued=briefing.issued_at is not None and version.number == briefing.row_version,
        kind=briefing.kind,
        language=version.language,
    )
    name = f"{version.content['title']}.docx"
    return attached(content, plain="briefing.docx", name=name, media_type=MEDIA_TYPE)
