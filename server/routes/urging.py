"""Downloading an urging slip as a letter."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.urging.letters import export_slip
from server.downloads import attached, number_of
from server.refusals import refused_as_page
from server.request_context import language_of, officer_of, site_of
from tracking.documents.urging_notice import urging_notice
from tracking.documents.word import MEDIA_TYPE
from tracking.messages import text


@refused_as_page
async def download_urging_notice(request: Request) -> Response:
    """GET /slip.docx: the notice of `slip`."""
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
    language = language_of(request)
    slip_id = number_of(request, "slip") or 0
    slip = export_slip(site_of(request).store, by=officer_of(request), slip_id=slip_id)
    issued_on, today = clock.day_of(slip["issued_at"]), clock.today()
    content = urging_notice(slip, issued_on=issued_on, on=today, language=language)
    name = text("urging_notice.file_name", language, unit=slip["authority_name"], number=slip_id)
    return attached(content, plain="slip.docx", name=f"{name}.docx", media_type=MEDIA_TYPE)
