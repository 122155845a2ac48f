"""Downloading the offline ledger, and one's uploaded workbook with its findings."""

from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.audit.sample import sample_loaded
from db.ledger.files import WORKBOOK, name_of
from db.uploads.actions import export_ledger_form
from db.uploads.drops import workbook_of
from db.uploads.queries import upload_findings, upload_of
from server.downloads import attached, number_of
from server.file_routes import made_in_turn
from server.request_context import language_of, officer_of, site_of
from tracking.documents.ledger_template import ledger_template
from tracking.documents.limited import marked_workbook
from tracking.ledgers.results import notes_of
from tracking.messages import text


@made_in_turn
def download_ledger_form(request: Request) -> Response:
    """GET /ledger-form.xlsx: the tasks one reports for `period`, or those of `authority`, to fill in."""
    language, period_id = language_of(request), number_of(request, "period") or 0
    store, by, authority_id = site_of(request).store, officer_of(request), number_of(request, "authority")
    form = export_ledger_form(store, by=by, period_id=period_id, authority_id=authority_id)
    period = text(name_of(form.period).key, language, **name_of(form.period).values)
    content = ledger_template(
        form.tasks,
        period_id=period_id,
        period=period,
        authority=form.authority,
        on=clock.today(),
        language=language,
        scope=form.scope,
        sample=sample_loaded(store),
    )
    name = text("template.title", language, period=period, authority=form.authority)
    return attached(content, plain="ledger-form.xlsx", name=f"{name}.xlsx", media_type=WORKBOOK.media_type)


@made_in_turn
def download_marked_ledger(request: Request) -> Response:
    """GET /ledger-marked.xlsx: one's own table of `upload` as a workbook, of several `file`, with coloured cells and notes."""
    language, upload_id = language_of(request), number_of(request, "upload") or 0
    store, by = site_of(request).store, officer_of(request)
    upload, file = upload_of(store, by, upload_id=upload_id), number_of(request, "file") or 0
    given, content = workbook_of(upload, file)
    findings = upload_findings(store, by, upload_id=upload_id, file=file)
    marked = marked_workbook(content, notes_of(findings, language))
    name = str(PurePosixPath(given).with_suffix(".xlsx"))
    return attached(marked, plain="ledger-marked.xlsx", name=name, media_type=WORKBOOK.media_type)
