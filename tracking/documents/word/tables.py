"""Tables of an official document: full text width, header on every page, rows unbroken."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Length, Mm

from tracking.documents.word.blocks import Cell, Signatures, Table
from tracking.documents.word.marks import mark, writable
from tracking.messages import amount_words

TEXT_WIDTH = Mm(156)
_SIGNED_HEIGHT = Mm(16)
# Percentages, and differences with their sign.
_FIGURE = re.compile(r"[+-]?[0-9.,]+%|[+-][0-9.,]+")


def add_table(document: Document, block: Table) -> None:
    """Write a table under its caption."""
    if block.caption:
        document.add_paragraph(writable(block.caption), style="Caption")
    table = document.add_table(rows=0, cols=len(block.headers), style="Table Grid")
    widths = widths_of(block.widths or (1,) * len(block.headers))
    fix_columns(table, widths)
    header = _add_row(table, block.headers, widths, "Table Header")
    header.append(mark("w:tblHeader"))
    for row in block.rows:
        _add_row(table, row, widths)


def add_signatures(document: Document, block: Signatures) -> None:
    """Write the signature fields, two per row, with room to sign."""
    table = document.add_table(rows=0, cols=2)
    widths = widths_of((1, 1))
    fix_columns(table, widths)
    for first in range(0, len(block.labels), 2):
        pair = [*block.labels[first : first + 2], ""][:2]
        _add_row(table, pair, widths, "Flush Left").append(mark("w:trHeight", val=_SIGNED_HEIGHT.twips))


def widths_of(shares: Sequence[float]) -> list[Length]:
    """Shares of the text's width."""
    return [Length(round(TEXT_WIDTH * share / sum(shares))) for share in shares]


def fix_columns(table: Any, widths: Sequence[Length]) -> None:
    """Fix the columns to these widths, whatever they contain."""
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _add_row(table: Any, values: Sequence[Cell], widths: Sequence[Length], style: str = "") -> Any:
    """Add one row and return its properties."""
    row = table.add_row()
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = width
        line = cell.paragraphs[0]
        line.style = style or _style(value)
        line.text = _shown(value)
    properties = row._tr.get_or_add_trPr()
    properties.append(mark("w:cantSplit"))
    return properties


def _style(value: Cell) -> str:
    """Figures are right-aligned, including those written with a sign."""
    is_text = value is None or (isinstance(value, str) and not _FIGURE.fullmatch(value))
    return "Table Text" if is_text else "Table Figure"


def _shown(value: Cell) -> str:
    if value is None:
        return ""
    return amount_words(value) if isinstance(value, Decimal) else writable(str(value))
