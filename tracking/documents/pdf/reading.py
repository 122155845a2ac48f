"""Reads one of our Word files back as plain values: its lines and tables, each line with the name of its style."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Emu, Twips
from docx.text.paragraph import Paragraph

from tracking.documents.word.styles import MANNERS

# A row with more signs than this in one cell may go over a page; one that must not would lose what does not fit.
_KEPT_WHOLE = 400
# A line with more signs than this need not go with what follows: it would leave half a page empty.
_SHORT = 200
_PICTURE = f".//{qn('pic:blipFill')}/{qn('a:blip')}"


@dataclass
class Parts:
    """What is read of a file: its lines and tables in order, and its pictures by file name."""

    document: Document
    pictures: dict[str, bytes] = field(default_factory=dict)
    counted: Counter[tuple[int, int]] = field(default_factory=Counter)

    def all(self) -> list[dict[str, Any]]:
        """The lines and tables of the body."""
        return list(self._blocks(self.document.element.body))

    def _blocks(self, inside: Any) -> Iterator[dict[str, Any]]:
        for element in inside:
            if element.tag == qn("w:p"):
                yield self._line(Paragraph(element, self.document._body))
            elif element.tag == qn("w:tbl"):
                yield self._table(element)

    def _line(self, line: Paragraph) -> dict[str, Any]:
        style, layout = str(line.style.name) if line.style else "Normal", line.paragraph_format
        leads = MANNERS[style].leads if layout.keep_with_next is None else layout.keep_with_next
        return {
            "style": style,
            "text": line.text,
            "number": self._number(line._p),
            "breaks": bool(layout.page_break_before),
            "leads": leads and len(line.text) <= _SHORT,
            "pictures": [self._picture(one) for one in line._p.iter(qn("wp:inline"))],
            **{side: _characters(line._p, side) for side in ("left", "right", "hanging")},
        }

    def _number(self, element: Any) -> tuple[int, int] | None:
        """Level and number of a heading; a number starts again below the next of a higher level."""
        place = element.pPr.numPr if element.pPr is not None else None
        if place is None:
            return None
        level, numbers = int(place.ilvl.val), int(place.numId.val)
        self.counted[numbers, level] += 1
        for deeper in range(level + 1, 4):
            del self.counted[numbers, deeper]
        return level, self.counted[numbers, level]

    def _picture(self, inline: Any) -> dict[str, Any]:
        (blip,) = inline.findall(_PICTURE)
        name = f"{len(self.pictures)}.png"
        self.pictures[name] = self.document.part.related_parts[blip.embed].blob
        return {"file": name, "width": Emu(inline.extent.cx).pt, "described": inline.docPr.get("descr", "")}

    def _table(self, table: Any) -> dict[str, Any]:
        rows = [(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, row) for row in table.tr_lst]
        return {
            "framed": table.tblPr.style is not None,
            "widths": [column.w.pt for column in table.tblGrid.gridCol_lst],
            "head": [self._row(row) for is_head, row in rows if is_head],
            "rows": [self._row(row) for is_head, row in rows if not is_head],
        }

    def _row(self, row: Any) -> dict[str, Any]:
        height = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
        cells = [self._cell(cell) for cell in row.tc_lst]
        return {"height": 0 if height is None else Twips(int(height.get(qn("w:val")))).pt, "cells": cells}

    def _cell(self, cell: Any) -> dict[str, Any]:
        lines = list(self._blocks(cell))
        return {
            "lines": lines,
            "centred": cell.find(f"{qn('w:tcPr')}/{qn('w:vAlign')}") is not None,
            "breakable": sum(len(line["text"]) for line in lines) > _KEPT_WHOLE,
        }


def _characters(element: Any, side: str) -> float:
    """An indent of a line in characters."""
    place = element.pPr.ind if element.pPr is not None else None
    return 0.0 if place is None else int(place.get(qn(f"w:{side}Chars"), 0)) / 100
