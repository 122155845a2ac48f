"""Owns the kinds of file that the ledger is given as, on the web and at the command line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from db import clock
from db.actions.exports import LedgerFilter
from db.queries.reference import measures_frame, units_frame
from db.store import Store
from db.tables import ReportingPeriod
from tracking.documents.csv import ledger_csv
from tracking.documents.excel import ledger_workbook
from tracking.ledger import ledger_headers
from tracking.messages import Message, text
from tracking.periods import period_name
from tracking.words import Language


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file is made of: a period, its lines, what narrowed them in words, whose language, and as of when."""

    period: ReportingPeriod
    lines: pd.DataFrame
    filters: str
    language: Language
    as_of: date


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file: its ending, what a browser is told it is, and how it is made."""

    ending: str
    media_type: str
    make: Callable[[Extract], bytes]


def extract_of(
    store: Store, period: ReportingPeriod, lines: pd.DataFrame, where: LedgerFilter, language: Language
) -> Extract:
    """The lines of a period that a filter has let through, ready to become a file."""
    as_of = min(where.known_on or clock.today(), period.ends_on)
    return Extract(period, lines, in_words(store, period, where, language), language, as_of)


def name_of(period: ReportingPeriod) -> Message:
    """How a period is called."""
    return period_name(year=period.year, number=period.number, cycle=period.cycle)


def in_words(store: Store, period: ReportingPeriod, where: LedgerFilter, language: Language) -> str:
    """What narrowed the lines, as a person chose it."""
    measures = measures_frame(store, notice_id=period.notice_id).set_index("measure_id")["short_title"]
    units = units_frame(store).set_index("unit_id")["name"]
    words = [
        where.region,
        units.get(where.unit_id),
        measures.get(where.measure_id),
        where.light and text(f"light.{where.light}", language),
        where.text and text("ledger_page.filter_text", language, text=where.text),
        where.known_on and text("vintage.shows_day", language, day=f"{where.known_on:%Y-%m-%d}"),
        where.published and text("vintage.shows_published", language),
    ]
    return text("ledger_page.filter_list", language).join(str(word) for word in words if word)


def _workbook(extract: Extract) -> bytes:
    period, language = extract.period, extract.language
    product = text("page.product", language)
    return ledger_workbook(
        extract.lines,
        headers=ledger_headers(language),
        title=text("ledger_page.file_title", language, title=product, period=name_of(period)),
        source=text("ledger_page.source", language),
        as_of=extract.as_of,
        filters=extract.filters,
        language=language,
    )


def _csv(extract: Extract) -> bytes:
    return ledger_csv(extract.lines, headers=ledger_headers(extract.language), language=extract.language)


WORKBOOK = File("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook)
CSV = File("csv", "text/csv; charset=utf-8", _csv)
FILES = {file.ending: file for file in (WORKBOOK, CSV)}
