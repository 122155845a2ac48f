"""Owns the sheet of a handover as a download."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.actions.handovers import export_handover
from db.queries.scope import scope_of
from db.store import NotFound
from server.refusals import refused_as_page
from server.site import language_of, officer_of, site_of
from tracking.documents.handovers import handover_document
from tracking.documents.word import MEDIA_TYPE
from tracking.messages import Message, text


@refused_as_page
async def download_handover(request: Request) -> Response:
    """GET /handover.docx: the sheet of `handover` as a Word document, as far as the reader's scope reaches."""
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
    store, language, by = site_of(request).store, language_of(request), officer_of(request)
    sheet = export_handover(store, by=by, handover_id=_asked(request))
    whole = scope_of(store, by).covers_drafts(int(sheet.row["authority_id"]))
    content = handover_document(sheet.row, sheet.lines, whole=whole, today=clock.today(), language=language)
    name = text(
        "handover_sheet.file_name", language, post=sheet.row["post_title"], day=sheet.row["effective_on"]
    )
    disposition = f"attachment; filename=handover.docx; filename*=UTF-8''{quote(name, safe='')}.docx"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=MEDIA_TYPE)


def _asked(request: Request) -> int:
    given = request.query_params.get("handover", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise NotFound(Message("store.not_found"))
    return int(given)
