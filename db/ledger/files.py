"""The file formats of the ledger, for the web, its page and the command line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from db import clock
from db.audit.sample import sample_loaded
from db.ledger.exports import LedgerExport, LedgerFilter
from db.ledger.figures import ledger_indicators
from db.reference.queries import (
    actions_frame,
    key_areas_frame,
    measures_frame,
    notices_frame,
    tag_words,
    units_frame,
)
from db.store import Store
from db.tables import ReportingPeriod
from tracking.countries import asked_words
from tracking.documents.csv import ledger_csv
from tracking.documents.excel import foot_of, write_ledger
from tracking.documents.recounting import Again
from tracking.ledgers.columns import LEDGER_COLUMNS
from tracking.ledgers.figures import LedgerIndicator, file_headers
from tracking.ledgers.recount import Recount, RecountedUnit
from tracking.messages import Message, text
from tracking.periods import period_name
from tracking.sample import marked
from tracking.validation.days import FIRST_DAY
from tracking.vocabulary import Language

PART = 256 * 1024


@dataclass(frozen=True, slots=True)
class LedgerExtract:
    """The content of a file: lazily read lines, the filter in words, the language, and the as-of date.

    `notice` is the title of the notice where there are several, else "".
    """

    export: LedgerExport
    filters: str
    language: Language
    as_of: date
    sample: bool
    units: Sequence[RecountedUnit]
    indicators: Sequence[LedgerIndicator]
    notice: str

    @property
    def name(self) -> str:
        """The file name, without extension."""
        return text("ledger_page.file_name", self.language, period=name_of(self.export.period))

    @property
    def foot(self) -> str:
        """Source, day and filters."""
        source = text("ledger_page.source", self.language)
        foot = foot_of(source, self.as_of, self.filters, self.language)
        return marked(foot, self.language, sample=self.sample)

    @property
    def title(self) -> str:
        """The title above the lines."""
        title = self.notice or text("page.product", self.language)
        words = {"title": title, "period": name_of(self.export.period)}
        return marked(
            text("ledger_page.file_title", self.language, **words), self.language, sample=self.sample
        )


@dataclass(frozen=True, slots=True)
class File:
    """A kind of file: its extension, media type, and bytes in lazily made parts."""

    ending: str
    media_type: str
    parts: Callable[[LedgerExtract], Iterator[bytes]]


def extract_of(store: Store, export: LedgerExport, where: LedgerFilter, language: Language) -> LedgerExtract:
    """The lines of a period matching a filter, ready to become a file."""
    as_of = min(where.known_on or clock.today(), export.period.ends_on)
    filters = in_words(store, export.period, where, language)
    indicators = [*ledger_indicators(store, export.period.notice_id).values()]
    return LedgerExtract(
        export,
        filters,
        language,
        as_of,
        sample_loaded(store),
        _units(store, export, where, as_of),
        indicators,
        _notice(store, export.period.notice_id),
    )


def _notice(store: Store, notice_id: int) -> str:
    notices = notices_frame(store).set_index("notice_id")["title"]
    return str(notices[notice_id]) if len(notices) > 1 else ""


def _units(store: Store, export: LedgerExport, where: LedgerFilter, on: date) -> list[RecountedUnit]:
    """The reporting units in reach that the filter lets through, with tasks or without."""
    units = units_frame(store, on=on, notice_id=export.period.notice_id)
    chosen = units["reports"] & units["unit_id"].map(export.scope.covers)
    if where.region is not None:
        chosen &= units[where.grouping] == where.region
    if where.unit_id is not None:
        chosen &= units["unit_id"] == where.unit_id
    rows: Iterable[Any] = units[chosen].astype(object).replace({float("nan"): None}).itertuples(index=False)
    return [RecountedUnit(row.code, row.short_name, row.region_seven) for row in rows]


def name_of(period: ReportingPeriod) -> Message:
    """The name of a period."""
    return period_name(year=period.year, number=period.number, cycle=period.cycle)


def in_words(store: Store, period: ReportingPeriod, where: LedgerFilter, language: Language) -> str:
    """The filter in words, as a person chose it."""
    measures = measures_frame(store, notice_id=period.notice_id).set_index("measure_id")["short_title"]
    units = units_frame(store, since=FIRST_DAY).set_index("unit_id")["name"]
    areas = key_areas_frame(store, notice_id=period.notice_id).set_index("key_area_id")["title"]
    actions = actions_frame(store, notice_id=period.notice_id).set_index("action_id")["title"]
    words = [
        where.region,
        units.get(where.unit_id),
        areas.get(where.area_id),
        measures.get(where.measure_id),
        actions.get(where.action_id),
        where.country and asked_words(where.country, language),
        where.tag_id and tag_words(store, [[where.tag_id]])[0],
        where.light and text(f"light.{where.light}", language),
        where.text and text("ledger_page.filter_text", language, text=where.text),
        where.known_on and text("vintage.shows_day", language, day=f"{where.known_on:%Y-%m-%d}"),
        where.published and text("vintage.shows_published", language),
    ]
    return text("ledger_page.filter_list", language).join(str(word) for word in words if word)


def parts_of(file: BinaryIO) -> Iterator[bytes]:
    """The contents of a file in pieces; closes it at the end."""
    with file:
        while part := file.read(PART):
            yield part


def _workbook(extract: LedgerExtract) -> Iterator[bytes]:
    """Made in full in an anonymous file first, so that any error shows before the first part is sent."""
    file, language = TemporaryFile(), extract.language  # noqa: SIM115 -- parts_of closes it
    write_ledger(
        file,
        extract.export.batches,
        headers=file_headers(extract.indicators, language),
        title=extract.title,
        foot=extract.foot,
        language=language,
        again=Again(Recount.among(extract.units), extract.indicators, len(LEDGER_COLUMNS)),
    )
    file.seek(0)
    return parts_of(file)


def _csv(extract: LedgerExtract) -> Iterator[bytes]:
    language = extract.language
    return ledger_csv(
        extract.export.batches,
        headers=file_headers(extract.indicators, language),
        foot=extract.foot,
        language=language,
        guide=text("recount.guide_text", language),
    )


WORKBOOK = File("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook)
CSV = File("csv", "text/csv; charset=utf-8", _csv)
FILES = {file.ending: file for file in (WORKBOOK, CSV)}
