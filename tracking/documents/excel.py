"""The ledger as a workbook, ready for filtering and printing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracking.documents.recount_sheet import Lines
from tracking.documents.recounting import Again
from tracking.documents.rows import Cell, rows_of
from tracking.documents.workbook_cells import write_value
from tracking.labels import columns_of
from tracking.ledgers.figures import is_sparse
from tracking.messages import text
from tracking.palette import LIGHT_PALETTE, SHAPES
from tracking.sample import marked
from tracking.vocabulary import Language

_A4 = 9
_FONT = "Microsoft YaHei"
_HEADER_ROW = 1
# Half-width characters: the narrowest and widest column, and the most that stays legible on one A4 page.
_NARROWEST, _WIDEST, _PAGE = 6, 36, 170
# Kind of value → its format; a datetime is also a date, so it comes first.
_KINDS: tuple[tuple[type, str], ...] = (
    (datetime, "minute"),
    (date, "day"),
    (int, "whole"),
    (Decimal, "amount"),
    (float, "decimal"),
)
# The first lines determine the column widths; measuring all of them takes longer than writing them.
_MEASURED = 200
# Nothing a person typed becomes a formula, a link or a number. Rows are streamed to a file, not kept in memory.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}


def ledger_workbook(
    frame: pd.DataFrame,
    *,
    headers: Mapping[str, str],
    title: str,
    source: str,
    as_of: date,
    filters: str,
    language: Language,
    sheet_name: str = "document.ledger_sheet",
    sample: bool = False,
) -> bytes:
    """The workbook that `write_ledger` writes for one frame; `sample` data is marked at top and bottom."""
    out = BytesIO()
    write_ledger(
        out,
        [frame],
        headers=headers,
        title=marked(title, language, sample=sample),
        foot=marked(foot_of(source, as_of, filters, language), language, sample=sample),
        language=language,
        sheet_name=sheet_name,
    )
    return out.getvalue()


def write_ledger(
    out: BinaryIO,
    frames: Iterable[pd.DataFrame],
    *,
    headers: Mapping[str, str],
    title: str,
    foot: str,
    language: Language,
    sheet_name: str = "document.ledger_sheet",
    again: Again | None = None,
) -> None:
    """Write one sheet, named by the message `sheet_name`: title, frozen header, one line per row, footer.

    The columns of `headers` in order; figures are numbers, days are dates. Prints on A4 landscape with the
    header on every page. Only one of the frames need be in memory at a time. With `again` two more sheets follow,
    on which the lines are added up; the columns this needs are beside the part that is printed.
    """
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = book.add_worksheet(text(sheet_name, language))
        styles = _styles(book)
        sheet.write_string(0, 0, title, styles["title"])
        for at, header in enumerate(headers.values()):
            sheet.write_string(_HEADER_ROW, at, header, styles["header"])
        first: list[list[Cell]] = []
        line = _HEADER_ROW
        for row in (row for frame in frames for row in rows_of(frame, list(headers), language)):
            line += 1
            for at, (column, value) in enumerate(zip(headers, row, strict=True)):
                if value is not None or not is_sparse(column):
                    write_value(sheet, (line, at), value, styles[_style(column, value)])
            if len(first) < _MEASURED:
                first.append(row)
            if again:
                again.see(dict(zip(headers, row, strict=True)))
        sheet.write_string(line + 2, 0, foot, styles["foot"])
        _set_up(sheet, headers, first, line, language, printed=again.printed if again else len(headers))
        if again:
            lines = Lines(sheet.get_name(), list(headers), _HEADER_ROW + 2, line + 1)
            again.write(book, styles, lines, language)


def _styles(book: Workbook) -> dict[str, Format]:
    """Formats by name: one per kind of value, and one per light shape, in its colour."""
    colours = LIGHT_PALETTE
    cell = {
        "font_name": _FONT,
        "font_size": 10,
        "valign": "top",
        "border": 1,
        "border_color": colours.rule,
    }
    header = cell | {"bold": True, "bg_color": colours.quiet, "valign": "vcenter", "align": "center"}
    wanted: dict[str, dict[str, Any]] = {
        "title": {"font_name": _FONT, "font_size": 14, "bold": True},
        "foot": {"font_name": _FONT, "font_size": 9, "font_color": colours.second},
        "header": header | {"text_wrap": True},
        "measure": header | {"num_format": '"#"0'},
        "guide": {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "top"},
        "text": cell | {"text_wrap": True},
        "whole": cell | {"num_format": "0"},
        "decimal": cell | {"num_format": "0.0"},
        "signed": cell | {"num_format": "+0.0;-0.0;0.0"},
        "amount": cell | {"num_format": "#,##0.00"},
        "day": cell | {"num_format": "yyyy-mm-dd", "align": "center"},
        "minute": cell | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
    }
    for light, shape in SHAPES.items():
        wanted[shape] = cell | {"font_color": colours.lights[light]}
    return {name: book.add_format(properties) for name, properties in wanted.items()}


def _set_up(
    sheet: Worksheet,
    headers: Mapping[str, str],
    first: list[list[Cell]],
    end: int,
    language: Language,
    *,
    printed: int,
) -> None:
    """Widths, frozen header, filter buttons and print settings; only the first `printed` columns go on paper."""
    last = len(headers) - 1
    widths = [_width(header, [row[at] for row in first]) for at, header in enumerate(headers.values())]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.autofilter(_HEADER_ROW, 0, end, last)
    sheet.repeat_rows(0, _HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(max(1, round(sum(widths[:printed]) / _PAGE)), 0)
    if printed < len(headers):
        sheet.print_area(0, 0, end + 2, printed - 1)
    sheet.set_footer("&C&9" + text("document.page", language, page="&P", pages="&N"))


def _width(header: str, values: list[Cell]) -> float:
    """As wide as the longest line needs, within bounds; longer texts wrap."""
    lines = [line for value in (header, *values) for line in _shown(value).splitlines()]
    return min(max(_NARROWEST, max(map(columns_of, lines), default=0) + 2), _WIDEST)


def _shown(value: Cell) -> str:
    return "" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)


def _style(column: str, value: Cell) -> str:
    """The name of the format of a value in a column."""
    if isinstance(value, str):
        return value[0] if column == "light" else "text"
    if column == "deviation":
        return "signed"
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "text")


def foot_of(source: str, as_of: date, filters: str, language: Language) -> str:
    """The footer: where the figures come from, their day, and the filter in words ("" for everything)."""
    chosen = filters or text("document.no_filters", language)
    return text("document.foot", language, source=source, day=as_of.isoformat(), filters=chosen)
