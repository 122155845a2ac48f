"""Downloading a briefing: its newest version, or an earlier one for its authors."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.briefings.actions import take_briefing
from server.downloads import attached, number_of
from server.refusals import refused_as_page
from server.request_context import officer_of, site_of
from tracking.documents.briefing import briefing_document
from tracking.documents.word import MEDIA_TYPE


@refused_as_page
async def download_briefing(request: Request) -> Response:
    """GET /briefing.docx: the version `number` of the briefing `briefing`."""
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
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
