"""Downloading the letter about coverage gaps."""

from starlette.requests import Request
from starlette.responses import Response

from db.coverage.letters import export_coverage_letter
from db.papers.marking import marked_draft
from server.downloads import number_of
from server.papers import paper
from server.request_context import language_of, officer_of, site_of
from tracking.documents.coverage_letter import coverage_letter
from tracking.messages import text


def download_coverage_letter(request: Request) -> Response:
    """GET /coverage.docx or .pdf: the gaps of `unit`, or of every unit in reach, under `notice`."""
    store, language = site_of(request).store, language_of(request)
    gaps = export_coverage_letter(
        store,
        by=officer_of(request),
        notice_id=number_of(request, "notice") or 0,
        unit_id=number_of(request, "unit"),
    )
    content = coverage_letter(
        notice=gaps.notice,
        unit=gaps.unit,
        year=gaps.year,
        on=gaps.on,
        cells=gaps.cells,
        tasks=gaps.tasks,
        language=language,
    )
    unit = gaps.unit or text("coverage_letter.everybody", language)
    name = text("coverage_letter.file_name", language, unit=unit, day=gaps.on.isoformat())
    return paper(request, marked_draft(store, content, language), name=name)
