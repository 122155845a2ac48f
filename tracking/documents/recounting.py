"""What follows the lines of an exported ledger: a sheet that adds them up again, and one that says how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from tracking.documents.recount_sheet import Lines, RecountSheet
from tracking.labels import columns_of
from tracking.ledgers.figures import LedgerIndicator
from tracking.ledgers.recount import Recount
from tracking.messages import text
from tracking.vocabulary import Language

_A4 = 9
_WIDTH, _FILLED, _LINE = 100, 90, 15


@dataclass(frozen=True)
class Again:
    """Adding the lines of a ledger up again: the sums so far, the indicators, and how many columns are printed."""

    recount: Recount
    indicators: Sequence[LedgerIndicator]
    printed: int

    def see(self, line: Mapping[str, Any]) -> None:
        """Add a line."""
        self.recount.see(
            line, line["light"], (column for one in self.indicators for column in (*one.parts, one.actual))
        )

    def write(self, book: Workbook, styles: Mapping[str, Format], lines: Lines, language: Language) -> None:
        """The two sheets, once all lines are seen."""
        sheet = book.add_worksheet(text("recount.sheet", language))
        RecountSheet(sheet, styles, lines, self.recount, language).write(self.indicators)
        _guide(book, styles["guide"], language)


def _guide(book: Workbook, style: Format, language: Language) -> None:
    """A sheet that says how every figure is made from the lines."""
    sheet = book.add_worksheet(text("recount.guide", language))
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_landscape()
    for line, words in enumerate(text("recount.guide_text", language).splitlines()):
        # Not every program makes a row of a file it opens higher for a text that wraps.
        sheet.set_row(line, _LINE * ceil(columns_of(words) / _FILLED))
        sheet.write_string(line, 0, words, style)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
