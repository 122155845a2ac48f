"""An official document, from title to annexes.

GB/T 9704-2012, 7.3: title, addressee, body, annex note, signature and date, annexes. No red masthead, no seal and
no document number: who issues it puts them there.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any

import docx
from babel.dates import format_date
from docx.document import Document

from tracking.documents.word.blocks import (
    Annex,
    Beside,
    Block,
    Heading,
    Paragraph,
    Picture,
    Placing,
    Table,
)
from tracking.documents.word.fonts import name_fonts
from tracking.documents.word.marks import indent, writable
from tracking.documents.word.numbering import add_heading_list, new_numbers, place_in_list
from tracking.documents.word.package import packed
from tracking.documents.word.paper import set_paper
from tracking.documents.word.pictures import add_beside, add_picture
from tracking.documents.word.styles import BODY_SIZE, HEADINGS, set_styles
from tracking.documents.word.tables import add_signatures, add_table
from tracking.labels import columns_of
from tracking.messages import text
from tracking.vocabulary import Language

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLES = {Placing.INDENTED: "Body Text", Placing.FLUSH: "Flush Left", Placing.CENTRED: "Centred"}
# Characters between the date and the right edge.
_FROM_RIGHT = 4


def official_document(
    *,
    title: str,
    blocks: Sequence[Block],
    date_on: date,
    language: Language,
    addressee: str = "",
    annexes: Sequence[Annex] = (),
    signed_by: str = "",
    draft: str = "",
    dated: bool = True,
) -> bytes:
    """An A4 Word file with title, body and date; empty parts are left out.

    A line break in the title is kept. `draft` (草稿) is printed at the top of every page; `signed_by` goes
    above the date; a form to be dated by hand is not `dated`. The language determines the date, the colon
    after the addressee, the word for an annex and the heading numbers.
    """
    document = _prepared(title, draft, date_on, language)
    document.add_paragraph(writable(title), style="Title")
    document.add_paragraph(style="Normal")
    if addressee:
        greeting = text("document.addressee", language, addressee=writable(addressee))
        document.add_paragraph(greeting, style="Salutation")
    _write(document, blocks)
    last = len(document.paragraphs) - 1
    _note_annexes(document, annexes, language)
    if dated:
        _sign(document, signed_by, format_date(date_on, "long", locale=language))
        _keep_together(document, last)
    for number, annex in enumerate(annexes, start=1):
        if annex.blocks:
            _add_annex(document, annex, text("document.annex", language, number=_numbered(number, annexes)))
    return packed(document)


def _prepared(title: str, draft: str, date_on: date, language: Language) -> Document:
    """An empty document with its styles and paper, whose only metadata are its title and day."""
    document = docx.Document(BytesIO(_template(language)))
    set_paper(document, draft)
    about, made = document.core_properties, datetime(date_on.year, date_on.month, date_on.day, tzinfo=UTC)
    about.title, about.language = writable(title).replace("\n", "")[:255], language.replace("_", "-")
    about.author = about.comments = about.last_modified_by = ""
    about.created = about.modified = made
    return document


@cache
def _template(language: Language) -> bytes:
    """An empty file with styles, typefaces and the heading list; making these takes longer than all the rest."""
    document = docx.Document()
    set_styles(document)
    name_fonts(document)
    add_heading_list(document, language)
    return packed(document)


def _write(document: Document, blocks: Iterable[Block]) -> None:
    """Write blocks one after the other, counting their headings from one."""
    numbers = new_numbers(document)
    for block in blocks:
        match block:
            case Heading():
                _add_heading(document, block, numbers)
            case Paragraph():
                _add_paragraph(document, block)
            case Table():
                add_table(document, block)
            case Picture():
                add_picture(document.add_paragraph(style="Centred"), block)
            case Beside():
                add_beside(document, block)
            case _:
                add_signatures(document, block)


def _add_heading(document: Document, block: Heading, numbers: int) -> None:
    line: Any = document.add_paragraph(writable(block.text), style=HEADINGS[block.level - 1])
    place_in_list(line._p, block.level - 1, numbers)


def _add_paragraph(document: Document, block: Paragraph) -> None:
    for line in writable(block.text).splitlines():
        document.add_paragraph(line, style=_STYLES[block.placing])


def _note_annexes(document: Document, annexes: Sequence[Annex], language: Language) -> None:
    """One line below the body, indented two characters; further names aligned below the first."""
    if not annexes:
        return
    document.add_paragraph(style="Normal")
    head = text("document.annexes", language)
    width = columns_of(head) / 2
    for number, annex in enumerate(annexes, start=1):
        first = number == 1
        name = f"{_numbered(number, annexes)}. {annex.title}" if len(annexes) > 1 else annex.title
        line: Any = document.add_paragraph(f"{head if first else ''}{writable(name)}", style="Flush Left")
        properties = line._p.get_or_add_pPr()
        indent(properties, size=BODY_SIZE, left=2 + width, **({"hanging": width} if first else {}))


def _numbered(number: int, annexes: Sequence[Annex]) -> str:
    return str(number) if len(annexes) > 1 else ""


def _sign(document: Document, signed_by: str, dated: str) -> None:
    """The signatory, centred above the date; the date four characters from the right, one line below the rest."""
    document.add_paragraph(style="Signature")
    if signed_by:
        over = (columns_of(dated) - columns_of(signed_by)) / 4
        _add_at_right(document, writable(signed_by), "Signature", max(0, _FROM_RIGHT + over))
    _add_at_right(document, dated, "Date", _FROM_RIGHT)


def _keep_together(document: Document, first: int) -> None:
    """Let the last paragraph of the body go with the signature: no page holds a signature alone."""
    for line in document.paragraphs[first:-1]:
        line.paragraph_format.keep_with_next = True


def _add_at_right(document: Document, words: str, style: str, characters: float) -> None:
    line: Any = document.add_paragraph(words, style=style)
    indent(line._p.get_or_add_pPr(), size=BODY_SIZE, right=characters)


def _add_annex(document: Document, annex: Annex, named: str) -> None:
    """Add an annex on its own page: its label flush left, its title on the third line, its blocks."""
    document.add_paragraph(named.strip(), style="Annex Mark").paragraph_format.page_break_before = True
    document.add_paragraph(style="Normal")
    document.add_paragraph(writable(annex.title), style="Title")
    document.add_paragraph(style="Normal")
    _write(document, annex.blocks)
