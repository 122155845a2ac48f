"""Downloading the digest for a meeting."""

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.ledger.exports import export_changes
from db.papers.marking import marked_draft
from db.periods.queries import year_in_hand
from server.downloads import day_of, number_of
from server.papers import paper
from server.request_context import language_of, officer_of, site_of
from tracking.changes import changes_sentence
from tracking.documents.changes_digest import changes_digest
from tracking.messages import text
from tracking.spans import span_of


def download_changes(request: Request) -> Response:
    """GET /changes.docx or .pdf: what changed between `since` and `until` under a `notice`, as a Word document."""
    store, language, today = site_of(request).store, language_of(request), clock.today()
    span = span_of(day_of(request, "since"), day_of(request, "until"), today=today)
    notice_id = number_of(request, "notice") or 0
    year = year_in_hand(store, notice_id=notice_id, on=span.until)
    found = export_changes(store, by=officer_of(request), notice_id=notice_id, year=year, span=span)
    content = changes_digest(
        sentence=changes_sentence(span, **found.counts, language=language),
        reds=found.reds,
        moves=found.moves,
        silent=found.silent,
        officers=found.officers,
        today=today,
        language=language,
    )
    name = text("changes_digest.file_name", language, since=span.since, until=span.until)
    return paper(request, marked_draft(store, content, language), name=name)
