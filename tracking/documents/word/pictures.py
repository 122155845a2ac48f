"""Pictures in an official document: alone on a line, or beside a few lines of text."""

from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Length, Mm

from tracking.documents.word.blocks import Beside, Picture
from tracking.documents.word.marks import writable
from tracking.documents.word.tables import TEXT_WIDTH, fix_columns


def add_picture(line: Any, block: Picture) -> None:
    """Put the picture into a line that grows with it; a line of fixed height would cut it off."""
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    placed: Any = line.add_run().add_picture(BytesIO(block.content), width=Mm(block.width_mm))
    placed._inline.docPr.set("descr", writable(block.described))


def add_beside(document: Document, block: Beside) -> None:
    """A borderless table: the picture, and the text vertically centred next to it.

    Programs merge adjacent tables, and add a body-height line if a document ends with one.
    """
    document.add_paragraph(style="Gap")
    table = document.add_table(rows=1, cols=2)
    left = Mm(block.picture.width_mm + 4)
    widths = [left, Length(TEXT_WIDTH - left)]
    fix_columns(table, widths)
    picture, words = table.rows[0].cells
    for cell, width in zip((picture, words), widths, strict=True):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
    picture.paragraphs[0].style = "Flush Left"
    add_picture(picture.paragraphs[0], block.picture)
    first, *rest = block.lines
    words.paragraphs[0].style, words.paragraphs[0].text = "Large Text", writable(first)
    for line in rest:
        words.add_paragraph(writable(line), style="Table Text")
    document.add_paragraph(style="Gap")
