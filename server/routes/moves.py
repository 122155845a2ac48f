"""Downloading the register of moved dates under the page's filters."""

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.audit.sample import sample_loaded
from db.ledger.exports import export_moves
from db.ledger.files import WORKBOOK
from db.moves.queries import MoveFilter
from db.reference.queries import measures_frame, units_frame
from db.store import NotFound, Store
from server.downloads import attached, number_of
from server.file_routes import made_in_turn
from server.request_context import language_of, officer_of, site_of
from tracking.documents.excel import ledger_workbook
from tracking.messages import Message, text
from tracking.moves.columns import move_headers
from tracking.validation.days import FIRST_DAY
from tracking.vocabulary import Language, MoveCause, MoveKind


@made_in_turn
def download_moves(request: Request) -> Response:
    """GET /moves.xlsx: the register of `notice` and `year`, filtered by the query, as an Excel workbook."""
    language, year = language_of(request), number_of(request, "year") or 0
    store, where, notice_id = site_of(request).store, filter_of(request), number_of(request, "notice") or 0
    by, file_format = officer_of(request), WORKBOOK.ending
    lines = export_moves(store, by=by, notice_id=notice_id, year=year, where=where, file_format=file_format)
    filters = in_words(store, notice_id, where, language)
    return attached(
        _workbook(lines, year, filters, language, sample=sample_loaded(store)),
        plain="moves.xlsx",
        name=text("move.file_name", language, year=year) + ".xlsx",
        media_type=WORKBOOK.media_type,
    )


def filter_of(request: Request) -> MoveFilter:
    """The filter in the query, with the page's names. Raises `NotFound` for an invalid value."""
    kind, cause = request.query_params.get("kind"), request.query_params.get("cause")
    if (kind and kind not in set(MoveKind)) or (cause and cause not in set(MoveCause)):
        raise NotFound(Message("store.not_found"))
    return MoveFilter(
        unit_id=number_of(request, "unit"),
        measure_id=number_of(request, "measure"),
        kind=MoveKind(kind) if kind else None,
        cause=MoveCause(cause) if cause else None,
        repeated=request.query_params.get("times") == "repeated",
    )


def in_words(store: Store, notice_id: int, where: MoveFilter, language: Language) -> str:
    """The filter in words, as a person chose it."""
    measures = measures_frame(store, notice_id=notice_id).set_index("measure_id")["short_title"]
    units = units_frame(store, since=FIRST_DAY).set_index("unit_id")["name"]
    words = [
        units.get(where.unit_id),
        measures.get(where.measure_id),
        where.kind and text(f"move_kind.{where.kind}", language),
        where.cause and text(f"move_cause.{where.cause}", language),
        where.repeated and text("filter.times_repeated", language),
    ]
    return text("ledger_page.filter_list", language).join(str(word) for word in words if word)


def _workbook(lines: pd.DataFrame, year: int, filters: str, language: Language, *, sample: bool) -> bytes:
    words = {True: text("move.changes", language), False: text("move.changes_not", language)}
    frame = lines.assign(
        seq=range(1, len(lines) + 1), affects_light=[words[bool(value)] for value in lines["changes_light"]]
    )
    return ledger_workbook(
        frame,
        headers=move_headers(language),
        title=text("move.file_title", language, year=year),
        source=text("move.source", language),
        as_of=clock.today(),
        filters=filters,
        language=language,
        sheet_name="move.sheet",
        sample=sample,
    )
