"""The table of the grid as HTML, and what is said beside its rows; `server/assets/grid.js` lets it be walked and filled.

Whatever a person typed is escaped.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import zip_longest

from db.updates.queries import ReportItem
from pages.parts.updates.grid_rows import CELLS, GridForm, GridRow
from pages.parts.updates.list import stage_of
from pages.parts.updates.news import Indicators
from pages.shared.wording import day, message_text, percent, points, translate
from tracking.carrying import copied_texts
from tracking.grids import MILESTONES, PERCENT, TEXTS, cells_of
from tracking.scales import bare_words
from tracking.validation import completion_of_draft


def table(form: GridForm, rows: Sequence[GridRow], indicators: Indicators, *, writable: bool) -> str:
    """The rows with what stands in them; what was typed is put in by the browser, and never overwritten."""
    figures = max((len(row.item.facts.targets) for row in rows), default=0) or 1
    steps = any(MILESTONES in cells_of(row.item.draft, row.item.facts) for row in rows)
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(name)}</th>' for kind, name in _heads(figures, steps)
    )
    body = "".join(_row(row, indicators, figures, steps, writable=writable) for row in rows)
    words = " ".join(
        f'data-{name}="{escape(translate(f"grid.{name}", count="{count}", values="{values}"))}"'
        for name in ("filled", "nowhere")
    )
    return (
        f'<div class="grid-scroll" tabindex="-1"><table class="entry-grid" data-form="{form.token.form}" '
        f'data-token="{form.token}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        f'<p class="grid-pasted" role="status" {words}>{escape(translate("grid.keys"))}</p>'
    )


def _heads(figures: int, steps: bool) -> Iterator[tuple[str, str]]:
    yield "task", translate("grid.task")
    for place in range(1, figures + 1):
        yield "figure", translate("grid.figure" if figures == 1 else "grid.figure_of", place=place)
    if steps:
        yield "steps", translate("report.milestones_reached")
    yield from (("text", translate(f"report.{name}")) for name in TEXTS)


def _row(row: GridRow, indicators: Indicators, figures: int, steps: bool, *, writable: bool) -> str:
    item = row.item
    title, stage = escape(item.planned.draft.title), translate(f"report.stage_{stage_of(item)}")
    stands = cells_of(item.draft, item.facts)
    measured = [name for name in stands if name.startswith("actuals.") or name == PERCENT]
    names = [
        *(name for name, _ in zip_longest(measured, range(figures))),
        *([MILESTONES] if steps else []),
        *TEXTS,
    ]
    fields = writable and row.editable
    cells = "".join(_cell(row, name, stands, indicators, fields=fields) for name in names)
    return (
        f'<tr data-task="{row.task_id}" data-version="{item.row_version}"><th scope="row">'
        f'<b>{item.planned.number}</b> {title}<small>{escape(stage)}</small><div class="said"></div></th>{cells}</tr>'
    )


def _cell(
    row: GridRow, name: str | None, stands: dict[str, str], indicators: Indicators, *, fields: bool
) -> str:
    if name not in stands:
        return '<td class="none"></td>'
    kind = "text" if name in TEXTS else "steps" if name == MILESTONES else "figure"
    beside = "" if name in TEXTS else f"<small>{escape(_beside(row.item, name, indicators))}</small>"
    if not fields:
        return f'<td class="{kind}">{beside}<span>{escape(stands[name])}</span></td>'
    label = escape(f"{row.item.planned.number} {cell_label(name, indicators)}")
    return (
        f'<td class="{kind}">{beside}<textarea rows="1" class="{kind}" data-cell="{name}" aria-label="{label}" '
        f'autocomplete="off" spellcheck="false">{escape(stands[name])}</textarea></td>'
    )


def cell_label(name: str, indicators: Indicators) -> str:
    """How a cell is called."""
    kind, _, key = name.partition(".")
    if kind == "actuals":
        return indicators[int(key)].name
    return translate("report.typed_percent" if name == PERCENT else f"report.{name}")


def _beside(item: ReportItem, name: str, indicators: Indicators) -> str:
    """The unit, the last value and what is to be reached."""
    if name == PERCENT:
        return translate("grid.beside_percent", last=percent(item.facts.last_completion_permille))
    if name == MILESTONES:
        steps = item.planned.draft.milestones
        return "；".join(f"{step.number} {step.title} {day(step.due_on)[5:]}" for step in steps)
    key = int(name.partition(".")[2])
    named, last = indicators[key], item.facts.last_actuals.get(key)
    return translate(
        "grid.beside",
        name=named.name,
        unit=named.unit,
        last="—" if last is None else bare_words(last, named),
        target=bare_words(item.facts.targets[key], named),
    )


def said_of(form: GridForm, rows: Sequence[GridRow]) -> str:
    """What the server has of the cells, and what the browser puts beside each row: a conflict, a fault, or what it comes to."""
    lines = "".join(
        f'<li data-task="{row.task_id}" data-state="{state}" data-cell="{cell}">{escape(words)}</li>'
        for row in rows
        for state, cell, words in _said(row)
    )
    typed = escape(form.typed(CELLS, ""))
    return f'<ul class="grid-said" data-token="{form.token}" data-cells="{typed}" hidden>{lines}</ul>'


def _said(row: GridRow) -> Iterator[tuple[str, str, str]]:
    if row.conflicts:
        yield "conflict", "", translate("grid.conflict")
    problems = row.problems if row.cells or row.asked else []
    yield from (("faulty", problem.field, message_text(problem.message)) for problem in problems)
    if row.cells and row.is_readable:
        completion = completion_of_draft(row.read.draft, row.item.facts)
        change = points(completion - row.item.facts.last_completion_permille)
        yield "fine", "", translate("grid.comes_to", completion=percent(completion), change=change)
        if "progress" in copied_texts(row.read.draft, row.item.last) and not row.read.draft.no_change:
            yield "fine", "", translate("grid.copied")
