"""The offline ledger to be filled in: one row per task, fillable cells unlocked.

The hidden columns and the hidden line above the header are what `ledger_reading` finds its way by.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracking.cleaning import AMOUNT_LIMIT
from tracking.documents.ledger_layout import Column, cells_of, columns_of
from tracking.documents.workbook_cells import write_value
from tracking.ledgers.handed import SIGN, FormScope
from tracking.ledgers.rows import LedgerTask
from tracking.messages import text
from tracking.palette import LIGHT_PALETTE
from tracking.sample import marked
from tracking.scales import COUNTED, Measured, Scale, answers_of
from tracking.validation import LIMITS
from tracking.vocabulary import IndicatorKind, Language

NAMES_ROW, HEADER_ROW = 2, 3
_FIRST_ROW = HEADER_ROW + 1
_A4 = 9
_FONT = "Microsoft YaHei"
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Each line goes to disk as soon as the next begins, so lines must be written in order.
    "constant_memory": True,
}
_HIDDEN = 2
_WIDTHS = {
    "number": 6,
    "authority": 14,
    "measure": 16,
    "title": 30,
    "due_on": 11,
    "state": 18,
    "steps": 30,
    "indicator": 20,
}
_TEXT_WIDTH, _FIGURE_WIDTH = 36, 12
# The length Excel allows for an input message.
_MESSAGE, _TITLE = 255, 32


def ledger_template(
    tasks: Sequence[LedgerTask],
    *,
    period_id: int,
    period: str,
    authority: str,
    on: date,
    language: Language,
    scope: FormScope | None = None,
    sample: bool = False,
) -> bytes:
    """The workbook for an authority's tasks in a period (named in words), as of a day.

    `sample` data is marked in the title; with its `scope` in it, rows that are deleted will be missed.
    """
    out = BytesIO()
    title = text("template.title", language, period=period, authority=authority)
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": title})
        columns = columns_of(tasks, language)
        sheet = book.add_worksheet(text("template.sheet", language))
        styles = _styles(book)
        if scope is not None:
            sheet.write_row(0, 0, [SIGN, scope.packed])
        _head(sheet, styles, columns, language, title=marked(title, language, sample=sample), day=on)
        for line, task in enumerate(tasks, start=_FIRST_ROW):
            _row(sheet, styles, line, columns, cells_of(task, period_id, language), may=task.refused is None)
        _set_up(sheet, columns, len(tasks), language)
        _rules(sheet, columns, tasks, language)
        _guide(book, styles, language)
    return out.getvalue()


def _row(
    sheet: Worksheet,
    styles: Mapping[str, Format],
    line: int,
    columns: Sequence[Column],
    cells: Mapping[str, Any],
    *,
    may: bool,
) -> None:
    for at, column in enumerate(columns):
        is_open = may and column.open and column.name in cells
        style = styles[("open_" if is_open else "locked_") + _style(column.kind)]
        write_value(sheet, (line, at), cells.get(column.name), style)


def _style(kind: str) -> str:
    return {
        "actual": "amount",
        "base": "amount",
        "percent": "percent",
        "due_on": "day",
        "number": "whole",
    }.get(kind, "text")


def _styles(book: Workbook) -> dict[str, Format]:
    colours = LIGHT_PALETTE
    cell = {"font_name": _FONT, "font_size": 10, "valign": "top", "border": 1, "border_color": colours.rule}
    header = cell | {"bold": True, "bg_color": colours.quiet, "valign": "vcenter", "align": "center"}
    made: dict[str, dict[str, Any]] = {
        "title": {"font_name": _FONT, "font_size": 14, "bold": True},
        "note": {"font_name": _FONT, "font_size": 10, "font_color": colours.second},
        "header": header | {"text_wrap": True},
        "guide": {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "top"},
    }
    kinds: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "amount": {"num_format": "#,##0.00"},
        "percent": {"num_format": "0.0%"},
        "day": {"num_format": "yyyy-mm-dd"},
        "whole": {"num_format": "0"},
    }
    for kind, format_ in kinds.items():
        made[f"open_{kind}"] = cell | format_ | {"locked": False}
        made[f"locked_{kind}"] = cell | format_ | {"bg_color": colours.quiet}
    return {name: book.add_format(properties) for name, properties in made.items()}


def _head(
    sheet: Worksheet,
    styles: Mapping[str, Format],
    columns: Sequence[Column],
    language: Language,
    *,
    title: str,
    day: date,
) -> None:
    sheet.write_string(0, _HIDDEN, title, styles["title"])
    sheet.write_string(1, _HIDDEN, text("template.note", language, day=day.isoformat()), styles["note"])
    sheet.set_row(NAMES_ROW, None, None, {"hidden": True})
    for at, column in enumerate(columns):
        sheet.write_string(NAMES_ROW, at, f"#{column.name}", styles["header"])
    sheet.set_row(HEADER_ROW, 32)
    for at, column in enumerate(columns):
        sheet.write_string(HEADER_ROW, at, column.header, styles["header"])
        note = _notes(column, language)
        if note:
            sheet.write_comment(HEADER_ROW, at, note, {"x_scale": 1.6})


def _notes(column: Column, language: Language) -> str | None:
    return text(f"template.help_{column.kind}", language) if column.open else None


def _set_up(sheet: Worksheet, columns: Sequence[Column], rows: int, language: Language) -> None:
    """Widths, frozen and locked parts, filter buttons, print settings."""
    for at, column in enumerate(columns):
        usual = _TEXT_WIDTH if column.kind in LIMITS else _FIGURE_WIDTH
        hidden = {"hidden": True} if at < _HIDDEN else {}
        sheet.set_column(at, at, _WIDTHS.get(column.kind, usual), None, hidden)
    title = next(at for at, column in enumerate(columns) if column.name == "title")
    sheet.freeze_panes(_FIRST_ROW, title + 1)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(rows, 1), len(columns) - 1)
    sheet.protect(
        "",
        {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True, "format_cells": True},
    )
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(2, 0)
    sheet.set_footer("&C&9" + text("document.page", language, page="&P", pages="&N"))


def _rules(
    sheet: Worksheet, columns: Sequence[Column], tasks: Sequence[LedgerTask], language: Language
) -> None:
    """Input rules that a spreadsheet enforces while typing; the product checks everything again."""
    last = _FIRST_ROW + max(len(tasks), 1) - 1
    for at, column in enumerate(columns):
        if column.open and not _answered(column, tasks):
            sheet.data_validation(_FIRST_ROW, at, last, at, _rule(column, language))
        elif column.open:
            for line, task in enumerate(tasks, start=_FIRST_ROW):
                sheet.data_validation(line, at, line, at, _rule(column, language, _scale(column, task)))


def _answered(column: Column, tasks: Sequence[LedgerTask]) -> bool:
    """Whether any task answers yes or no in a column, which then has a rule for each line."""
    return any(_scale(column, task).kind is IndicatorKind.YES_NO for task in tasks)


def _scale(column: Column, task: LedgerTask) -> Measured:
    """In what a task's cell of a column is measured."""
    at = int(column.name.partition(".")[2] or 0) if column.kind == "actual" else 0
    return task.indicators[at - 1] if 0 < at <= len(task.indicators) else Scale()


def _rule(column: Column, language: Language, scale: Measured = COUNTED) -> dict[str, Any]:
    """The rule of a column, or of one cell in it that is answered yes or no."""
    help_ = {
        "input_title": column.header[:_TITLE],
        "input_message": text(f"template.help_{column.kind}", language)[:_MESSAGE],
        "error_message": text("template.wrong", language)[:_MESSAGE],
    }
    if scale.kind is IndicatorKind.YES_NO:
        return {"validate": "list", "source": list(answers_of(scale.unit)), **help_}
    match column.kind:
        case "actual" | "base":
            bounds: dict[str, Any] = {"criteria": "between", "minimum": 0, "maximum": float(AMOUNT_LIMIT)}
            return {"validate": "decimal", **bounds, **help_}
        case "percent":
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1, **help_}
        case "milestone" | "completion":
            words = [text(f"template.{word}", language) for word in ("yes", "no")]
            return {"validate": "list", "source": words, **help_}
    return {"validate": "length", "criteria": "<=", "value": LIMITS[column.kind], **help_}


def _guide(book: Workbook, styles: Mapping[str, Format], language: Language) -> None:
    """A second sheet that explains how to fill in the first."""
    sheet = book.add_worksheet(text("template.guide", language))
    sheet.set_column(0, 0, 100)
    for line, words in enumerate(text("template.guide_text", language).splitlines()):
        sheet.write_string(line, 0, words, styles["guide"])
    sheet.protect()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
