"""Downloading an urging slip as a letter."""

from starlette.requests import Request
from starlette.responses import Response

from db.papers.queries import issued_paper
from db.urging.letters import export_slip
from server.downloads import number_of
from server.papers import paper
from server.request_context import language_of, officer_of, site_of
from tracking.messages import text
from tracking.vocabulary import PaperKind


def download_urging_notice(request: Request) -> Response:
    """GET /slip.docx or .pdf: the notice of `slip`."""
    language = language_of(request)
    slip_id = number_of(request, "slip") or 0
    store = site_of(request).store
    slip = export_slip(store, by=officer_of(request), slip_id=slip_id)
    content = issued_paper(store, PaperKind.URGING_NOTICE, slip_id)
    name = text("urging_notice.file_name", language, unit=slip["authority_name"], number=slip_id)
    return paper(request, content, name=name)
