"""An attestation as a Word file: one page, to be signed, stamped and verified."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import segno

from tracking.attestations.code import shown_code
from tracking.attestations.comparison import Section, sections_of
from tracking.attestations.tables import Row, page_table, totals_of, totals_words
from tracking.attestations.wording import subject_of
from tracking.documents.word import (
    Beside,
    Paragraph,
    Picture,
    Signatures,
    Table,
    official_document,
)
from tracking.labels import shortened
from tracking.messages import text
from tracking.vocabulary import AttestationKind, Language

# Dots per square of the code: 300 dpi at the printed size.
_SCALE = 10
_QR_MM = 30
_FACT_WIDTHS = (1, 5)
_TASK_WIDTHS = {
    AttestationKind.PLAN: (1.7, 7.9, 1.7, 1.7, 3.9, 3.1),
    AttestationKind.PERIOD: (1.7, 7.7, 1.7, 2.1, 4.1, 2.7),
}
_MEASURE_WIDTHS = {
    AttestationKind.PLAN: (7.6, 2.1, 2, 2, 2.1, 3.2),
    AttestationKind.PERIOD: (8.6, 2.4, 2.4, 2.4, 2.6),
}
_PLACES = ("signed_by", "stamped_by", "signed_on")
# Half-width characters that fit on one line of a cell.
_TITLE, _AIMS, _MEASURE, _NAME = 25, 11, 25, 56


@dataclass(frozen=True, slots=True)
class Printed:
    """A page as archived: its kind, content and code, and who made it when, in office local time.

    `address` is where it can be verified, empty if the site's own address is not configured.
    """

    kind: AttestationKind
    content: Mapping[str, Any]
    code: str
    made_by: str
    made_at: datetime
    address: str = ""


def attestation_document(page: Printed, *, language: Language) -> bytes:
    """The page: its subject, totals, tasks or their measures, signature fields and code."""
    sections = sections_of(page.content["sections"])
    return official_document(
        title=text(f"attestation_kind.{page.kind}", language),
        blocks=[
            _facts(page, sections, language),
            _table(page.kind, sections, language),
            Paragraph(text("attestation.confirmed", language)),
            Signatures([text(f"attestation.{name}", language) for name in _PLACES]),
            _seal(page, language),
        ],
        date_on=_day(page),
        language=language,
        dated=False,
    )


def qr_code(words: str) -> bytes:
    """A QR code as PNG, readable even where a stamp covers a quarter of it."""
    out = BytesIO()
    segno.make(words, error="q", micro=False).save(out, kind="png", scale=_SCALE, border=4)
    return out.getvalue()


def _facts(page: Printed, sections: Sequence[Section], language: Language) -> Table:
    authority = (text("attestation.authority", language), shortened(page.content["authority"], _NAME))
    rows = [
        (text("attestation.subject", language), subject_of(page.kind, page.content, language)),
        (text("attestation.totals", language), totals_words(page.kind, totals_of(sections), language)),
    ]
    return Table(headers=authority, rows=rows, widths=_FACT_WIDTHS)


def _table(kind: AttestationKind, sections: Sequence[Section], language: Language) -> Table:
    found = page_table(kind, sections, language)
    fit, widths = (_task, _TASK_WIDTHS) if found.by_task else (_measure, _MEASURE_WIDTHS)
    return Table(found.headers, [fit(row) for row in found.rows], widths[kind], found.caption)


def _task(row: Row) -> Row:
    """The row of one task."""
    number, title, measure, figure, aims, last = row
    return (number, shortened(title, _TITLE), measure, figure, shortened(aims, _AIMS), last)


def _measure(row: Row) -> Row:
    name, *figures = row
    return (shortened(name, _MEASURE), *figures)


def _seal(page: Printed, language: Language) -> Beside:
    code = shown_code(page.code)
    key = "how_by_address" if page.address else "how"
    picture = Picture(
        qr_code(page.address or code), width_mm=_QR_MM, described=text("attestation.qr", language, code=code)
    )
    made = {"name": page.made_by, "at": f"{page.made_at:%Y-%m-%d %H:%M}"}
    lines = [text("attestation.made", language, **made), text(f"attestation.{key}", language)]
    return Beside(picture, [text("attestation.code", language, code=code), *lines])


def _day(page: Printed) -> date:
    return page.made_at.date()
