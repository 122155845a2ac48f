"""Owns the ledger as a download: the lines that the page shows under the same filters, as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

import pandas as pd
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.actions.exports import LedgerFilter, export_ledger
from db.queries.reference import measures_frame, units_frame
from db.store import NotFound, Store
from db.tables import ReportingPeriod
from server.refusals import refused_as_page
from server.site import language_of, officer_of, site_of
from tracking.documents.csv import ledger_csv
from tracking.documents.excel import ledger_workbook
from tracking.ledger import ledger_headers
from tracking.messages import Message, text
from tracking.periods import period_name
from tracking.words import Language, Light

LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file: its ending, what a browser is told it is, and how it is made."""

    ending: str
    media_type: str
    make: Callable[["Extract"], bytes]


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file is made of: a period, its lines, what narrowed them in words, and whose language."""

    period: ReportingPeriod
    lines: pd.DataFrame
    filters: str
    language: Language


@refused_as_page
async def download_workbook(request: Request) -> Response:
    """GET /ledger.xlsx: the ledger of `period`, narrowed as the address says, as an Excel workbook."""
    return await _download(request, WORKBOOK)


@refused_as_page
async def download_csv(request: Request) -> Response:
    """GET /ledger.csv: the same as CSV."""
    return await _download(request, CSV)


async def _download(request: Request, file: File) -> Response:
    return await run_in_threadpool(partial(_answer, request, file))


def _answer(request: Request, file: File) -> Response:
    store, language, where = site_of(request).store, language_of(request), filter_of(request)
    period, lines = export_ledger(
        store,
        by=officer_of(request),
        period_id=_number(request, "period") or 0,
        where=where,
        file_format=file.ending,
    )
    extract = Extract(period, lines, _in_words(store, period, where, language), language)
    name = text("ledger_page.file_name", language, period=_name(period)).replace(" ", "_")
    disposition = f"attachment; filename=ledger.{file.ending}; filename*=UTF-8''{quote(name)}.{file.ending}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(file.make(extract), headers=headers, media_type=file.media_type)


def filter_of(request: Request) -> LedgerFilter:
    """What the address asks for, under the names the page gives it. Raises `NotFound` for a value there is not."""
    asked = request.query_params
    light = asked.get("light") or None
    if light is not None and light not in set(Light):
        raise NotFound(Message("store.not_found"))
    return LedgerFilter(
        region=asked.get("region") or None,
        unit_id=_number(request, "unit"),
        measure_id=_number(request, "measure"),
        light=Light(light) if light else None,
        text=asked.get("text", "")[:LONGEST_TEXT].strip() or None,
    )


def _number(request: Request, name: str) -> int | None:
    given = request.query_params.get(name, "")
    if given and not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise NotFound(Message("store.not_found"))
    return int(given) if given else None


def _in_words(store: Store, period: ReportingPeriod, where: LedgerFilter, language: Language) -> str:
    """What narrowed the lines, as a person chose it."""
    measures = measures_frame(store, notice_id=period.notice_id).set_index("measure_id")["short_title"]
    units = units_frame(store).set_index("unit_id")["name"]
    words = [
        where.region,
        units.get(where.unit_id),
        measures.get(where.measure_id),
        where.light and text(f"light.{where.light}", language),
        where.text and text("ledger_page.filter_text", language, text=where.text),
    ]
    return text("ledger_page.filter_list", language).join(str(word) for word in words if word)


def _workbook(extract: Extract) -> bytes:
    period, language = extract.period, extract.language
    product = text("page.product", language)
    return ledger_workbook(
        extract.lines,
        headers=ledger_headers(language),
        title=text("ledger_page.file_title", language, title=product, period=_name(period)),
        source=text("ledger_page.source", language),
        as_of=min(clock.today(), period.ends_on),
        filters=extract.filters,
        language=language,
    )


def _csv(extract: Extract) -> bytes:
    return ledger_csv(extract.lines, headers=ledger_headers(extract.language), language=extract.language)


def _name(period: ReportingPeriod) -> Message:
    return period_name(year=period.year, number=period.number, cycle=period.cycle)


WORKBOOK = File("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook)
CSV = File("csv", "text/csv; charset=utf-8", _csv)
