"""Downloading an urging slip as a letter."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.urging.letters import export_slip
from server.downloads import attached, number_of
from server.file_routes import made_in_turn
from server.request_context import language_of, officer_of, site_of
from tracking.documents.urging_notice import urging_notice
from tracking.documents.word import MEDIA_TYPE
from tracking.messages import text


@made_in_turn
def download_urging_notice(request: Request) -> Response:
    """GET /slip.docx: the notice of `slip`."""
    language = language_of(request)
    slip_id = number_of(request, "slip") or 0
    slip = export_slip(site_of(request).store, by=officer_of(request), slip_id=slip_id)
    issued_on, today = clock.day_of(slip["issued_at"]), clock.today()
    content = urging_notice(slip, issued_on=issued_on, on=today, language=language)
    name = text("urging_notice.file_name", language, unit=slip["authority_name"], number=slip_id)
    return attached(content, plain="slip.docx", name=f"{name}.docx", media_type=MEDIA_TYPE)
