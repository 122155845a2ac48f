"""The form of a work plan to be filled in offline: one row a task, prefilled from the draft, with empty rows below.

The hidden columns and the hidden line above the header are what `plan_form` finds its way by.
"""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracking.documents.grids import Value
from tracking.documents.plan_form import CHECK, PLAN, TASK
from tracking.documents.plan_words import PlanField
from tracking.documents.workbook_cells import write_value
from tracking.ledgers.rows import RowKey, check_of
from tracking.messages import text
from tracking.palette import LIGHT_PALETTE
from tracking.plans.comparison import Standing
from tracking.plans.form import OPEN, PlanForm, form_cells, form_fingerprint, measure_words
from tracking.sample import marked
from tracking.validation import LIMITS
from tracking.vocabulary import Language

NAMES_ROW, HEADER_ROW = 2, 3
# How many tasks may be added below those that stand.
EMPTY_ROWS = 100
_FIRST_ROW, _HIDDEN = HEADER_ROW + 1, 3
_A4, _MESSAGE = 9, 255
_FONT = "Microsoft YaHei"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDE, _NARROW = 36, 14
_WIDE_FIELDS = {PlanField.TITLE, PlanField.GOAL, PlanField.TARGETS, PlanField.STEPS}
_DAYS = {PlanField.STARTS_ON, PlanField.DUE_ON}


def plan_template(form: PlanForm, *, on: date, language: Language, sample: bool = False) -> bytes:
    """The workbook for a plan as of a day; `sample` data is marked in the title."""
    out = BytesIO()
    title = text("plan_form.title", language, authority=form.authority, year=form.known.year)
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": title})
        sheet, styles = book.add_worksheet(text("plan_form.sheet", language)), _styles(book)
        sheet.write_string(0, _HIDDEN, marked(title, language, sample=sample), styles["title"])
        sheet.write_string(1, _HIDDEN, text("plan_form.note", language, day=on.isoformat()), styles["note"])
        _head(sheet, styles, form, language)
        for line, task in enumerate(form.tasks, start=_FIRST_ROW):
            _row(sheet, styles, line, task, form)
        last = _FIRST_ROW + len(form.tasks) + EMPTY_ROWS - 1
        for line in range(_FIRST_ROW + len(form.tasks), last + 1):
            _cells(sheet, styles, line, {})
        _set_up(sheet, last)
        _rules(sheet, last, _lists(book, form, language), language)
        _guide(book, styles, form, language)
    return out.getvalue()


def _head(sheet: Worksheet, styles: Mapping[str, Format], form: PlanForm, language: Language) -> None:
    names = (TASK, CHECK, f"{PLAN}{form.plan_id}", PlanField.NUMBER, *OPEN)
    sheet.set_row(NAMES_ROW, None, None, {"hidden": True})
    sheet.set_row(HEADER_ROW, 32)
    for at, name in enumerate(names):
        sheet.write_string(NAMES_ROW, at, f"#{name}", styles["header"])
        if at < _HIDDEN:
            continue
        sheet.write_string(HEADER_ROW, at, text(f"plan_field.{name}", language), styles["header"])
        if name in OPEN:
            sheet.write_comment(HEADER_ROW, at, text(f"plan_form.help_{name}", language), {"x_scale": 1.8})


def _row(sheet: Worksheet, styles: Mapping[str, Format], line: int, task: Standing, form: PlanForm) -> None:
    cells = form_cells(task.draft, form.known)
    key = RowKey(task.task_id, form.plan_id, task.row_version, form_fingerprint(cells))
    sheet.write_string(line, 0, str(task.task_id), styles["locked"])
    sheet.write_string(line, 1, check_of(key), styles["locked"])
    _cells(sheet, styles, line, cells)
    sheet.write_number(line, _HIDDEN, task.number, styles["locked"])


def _cells(
    sheet: Worksheet, styles: Mapping[str, Format], line: int, cells: Mapping[PlanField, Value]
) -> None:
    sheet.write_blank(line, _HIDDEN, None, styles["locked"])
    for at, name in enumerate(OPEN, start=_HIDDEN + 1):
        style = styles["day" if name in _DAYS else "open"]
        write_value(sheet, (line, at), cells.get(name), style)


def _styles(book: Workbook) -> dict[str, Format]:
    colours = LIGHT_PALETTE
    cell: dict[str, Any] = {
        "font_name": _FONT,
        "font_size": 10,
        "valign": "top",
        "border": 1,
        "border_color": colours.rule,
        "text_wrap": True,
    }
    made = {
        "title": {"font_name": _FONT, "font_size": 14, "bold": True},
        "note": {"font_name": _FONT, "font_size": 10, "font_color": colours.second},
        "header": cell | {"bold": True, "bg_color": colours.quiet, "valign": "vcenter", "align": "center"},
        "guide": {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "top"},
        "open": cell | {"locked": False},
        "day": cell | {"locked": False, "num_format": "yyyy-mm-dd"},
        "locked": cell | {"bg_color": colours.quiet},
    }
    return {name: book.add_format(properties) for name, properties in made.items()}


def _set_up(sheet: Worksheet, last: int) -> None:
    """Widths, frozen and locked parts, filter buttons, print settings."""
    sheet.set_column(0, _HIDDEN - 1, None, None, {"hidden": True})
    sheet.set_column(_HIDDEN, _HIDDEN, 6)
    for at, name in enumerate(OPEN, start=_HIDDEN + 1):
        sheet.set_column(at, at, _WIDE if name in _WIDE_FIELDS else _NARROW)
    sheet.freeze_panes(_FIRST_ROW, _HIDDEN + 4)
    sheet.autofilter(HEADER_ROW, 0, last, _HIDDEN + len(OPEN))
    allowed = ("format_columns", "format_rows", "format_cells", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _lists(book: Workbook, form: PlanForm, language: Language) -> dict[PlanField, str]:
    """Column → the range that its values are chosen from, on a sheet of their own."""
    sheet = book.add_worksheet(text("plan_form.lists", language))
    sheet.hide()
    wanted = {
        PlanField.MEASURE: [measure_words(one) for one in form.known.measures],
        PlanField.ACTION: [one.words for one in form.known.offered_actions],
        PlanField.POST: [one.words for one in form.known.posts],
    }
    name = sheet.get_name().replace("'", "''")
    found = {}
    for at, (field, values) in enumerate(wanted.items()):
        sheet.write_column(0, at, values)
        letter = "ABC"[at]
        found[field] = f"='{name}'!${letter}$1:${letter}${max(len(values), 1)}"
    return found


def _rules(sheet: Worksheet, last: int, lists: Mapping[PlanField, str], language: Language) -> None:
    """Input rules that a spreadsheet enforces while typing; the product checks everything again."""
    for at, name in enumerate(OPEN, start=_HIDDEN + 1):
        rule: dict[str, Any] = {"input_message": text(f"plan_form.help_{name}", language)[:_MESSAGE]}
        if name in lists:
            rule |= {"validate": "list", "source": lists[name]}
        elif name in LIMITS:
            rule |= {"validate": "length", "criteria": "<=", "value": LIMITS[name]}
        else:
            # Days are also read as words, targets and milestones by their own rules.
            rule |= {"validate": "any"}
        sheet.data_validation(_FIRST_ROW, at, last, at, rule)


def _guide(book: Workbook, styles: Mapping[str, Format], form: PlanForm, language: Language) -> None:
    """A sheet that explains how to fill in the first, with the actions and indicators of every measure."""
    sheet = book.add_worksheet(text("plan_form.guide", language))
    sheet.set_column(0, 0, 100)
    lines = text("plan_form.guide_text", language).splitlines()
    for measure in form.known.measures:
        lines.append(f"{measure_words(measure)}　{measure.title}")
        lines += [
            f"　　{one.words}" for one in form.known.offered_actions if one.measure_id == measure.measure_id
        ]
        indicators = form.known.indicators_of(measure.measure_id)
        lines += [f"　　{one.name}（{one.unit}）" for one in indicators]
    for line, words in enumerate(lines):
        sheet.write_string(line, 0, words, styles["guide"])
    sheet.protect()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
