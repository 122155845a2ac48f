"""The page: A4, text block, page numbers and draft mark.

GB/T 9704-2012, 5.2.1 and 5.2.3: top margin 37 mm, inner margin 28 mm, text block 156 mm × 225 mm, 22 lines of 28
characters; 7.5: page number 4号宋体 between dashes, odd pages right, even pages left, one character from the edge.
"""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from tracking.documents.word.heads import set_head
from tracking.documents.word.marks import indent, mark
from tracking.documents.word.styles import MANNERS

# A hair less than 35 mm at the bottom: 22 lines of 29 points are 225.1 mm, and the last would not fit.
_TOP, _BOTTOM, _INNER, _OUTER = Mm(37), Mm(34.8), Mm(28), Mm(26)
# The dashes are 7 mm below the text block.
_FOOTER, _HEADER = Mm(25), Mm(20)
_DASHED = ("— ", " —")


def set_paper(document: Document, draft: str) -> None:
    """Set up the only section of a document; `draft` is printed at the top of every page, empty for none."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _INNER, _OUTER
    section.header_distance, section.footer_distance = _HEADER, _FOOTER
    # Lines have fixed heights; the template's grid would stretch those of tables.
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    document.settings.odd_and_even_pages_header_footer = True
    # When printed on both sides, the inner margin alternates.
    zoom = document.settings.element.find(qn("w:zoom"))
    zoom.addnext(mark("w:mirrorMargins"))
    set_head(section, draft)
    _number_pages(section)


def _number_pages(section: Section) -> None:
    odd, even = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for footer, placed, side in ((section.footer, odd, "right"), (section.even_page_footer, even, "left")):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = placed
        indent(line._p.get_or_add_pPr(), size=MANNERS["Footer"].size, **{side: 1})
        _write_number(line)


def _write_number(line: Any) -> None:
    before, after = _DASHED
    line.add_run(before)
    shown = mark("w:r", mark("w:t"))
    shown[0].text = "1"
    line._p.append(mark("w:fldSimple", shown, instr="PAGE"))
    line.add_run(after)
