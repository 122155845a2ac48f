"""The grid of a period: all tasks as rows to be typed or pasted in, saved together as far as they can be.

Why it is a table of our own is told in decision 21.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.refusals import of_task
from db.store import Store
from db.updates import actions as updates
from db.updates.bulk import Outcome, save_sound_updates
from db.updates.drafts import UpdateLine
from db.updates.queries import ReportItem
from pages.parts.updates.grid_rows import (
    CELLS,
    GridForm,
    GridRow,
    grid_rows,
    left_after,
    sendable,
    with_news,
)
from pages.parts.updates.grid_summary import conflicts_part, outcomes_part, what_came
from pages.parts.updates.grid_table import said_of, table
from pages.parts.updates.news import Indicators
from pages.parts.updates.no_change import unchanged_of
from pages.shared.access import part
from pages.shared.faults import error_summary
from pages.shared.wording import language, translate
from tracking.messages import Message, Refusal
from tracking.validation import Problem


@dataclass(frozen=True, slots=True)
class GridContext:
    """All tasks of an authority for a period, in plan order, on the desk of whoever reports them."""

    by: SignedIn
    items: Sequence[ReportItem]
    authority_id: int
    period_id: int
    indicators: Indicators
    today: date
    writable: bool

    @property
    def form(self) -> str:
        """The name of its form."""
        return f"grid_{self.authority_id}_{self.period_id}"


@part("report")
def fill_in(desk: GridContext) -> None:
    """The grid with its buttons; it is drawn again by itself while somebody types."""
    form = GridForm.under_way(desk.form)
    rows = grid_rows(desk.items, form.typed(CELLS, ""), _asked(form.told))
    error_summary(form.refused)
    outcomes_part(form, rows)
    conflicts_part(form, rows, desk.indicators)
    st.html(table(form, rows, desk.indicators, writable=desk.writable))
    st.html(said_of(form, rows))
    if desk.writable:
        with st.container(key="grid_cells"):
            form.area(CELLS, translate("grid.cells"))
        with st.container(key="editor_actions"), st.container(horizontal=True):
            _buttons(desk, form, rows)


def _asked(outcomes: Sequence[Outcome]) -> set[int]:
    """The tasks that were to be handed over and lack something."""
    return {one.line.task_id for one in outcomes if one.line.hand_over and one.kept and one.refused}


def _buttons(desk: GridContext, form: GridForm, rows: Sequence[GridRow]) -> None:
    changed = [row for row in rows if row.cells]
    waiting = list(sendable(rows, hand_over=True)) or changed
    _button(desk, form, rows, "hand_over", len(waiting), hand_over=True)
    _button(desk, form, rows, "save", len(changed), hand_over=False)
    _write_news(desk, form, rows)
    _no_change(desk, form, rows)


def _button(
    desk: GridContext, form: GridForm, rows: Sequence[GridRow], name: str, count: int, *, hand_over: bool
) -> None:
    label = translate(f"grid.{name}", count=count)
    pressed = st.button(
        label, key=form.key(name), type="primary" if hand_over else "secondary", disabled=not count
    )
    if pressed:
        _save(desk, form, rows, hand_over=hand_over)


def _save(desk: GridContext, form: GridForm, rows: Sequence[GridRow], *, hand_over: bool) -> None:
    """Save what can be saved; where that is nothing, say why."""
    lines = [row.line(desk.period_id, hand_over=hand_over) for row in sendable(rows, hand_over=hand_over)]
    changed, spoken = {row.task_id for row in rows if row.cells}, language()
    if not lines:
        form.refuse([problem for row in rows for problem in _unsaved(row)])

    def save(store: Store, *, by: SignedIn, lines: Sequence[UpdateLine]) -> None:
        outcomes = save_sound_updates(store, by=by, lines=lines)
        saved = {one.line.task_id for one in outcomes if one.kept}
        form.go_on_with(left_after(rows, saved), outcomes)

    def done() -> str:
        return what_came(form.outcomes, changed, hand_over=hand_over, spoken=spoken)

    form.perform(save, done=done, by=desk.by, lines=lines)


def _unsaved(row: GridRow) -> Iterator[Problem]:
    if row.conflicts:
        yield from of_task(row.task_id, row.item.planned.number, Refusal(Message("store.changed_meanwhile")))
    elif row.cells and row.read.wrong:
        messages = [problem.message for problem in row.read.wrong]
        yield from of_task(row.task_id, row.item.planned.number, Refusal(*messages))


def _write_news(desk: GridContext, form: GridForm, rows: Sequence[GridRow]) -> None:
    """The figures write the progress of every row in which none was typed."""
    news = with_news(rows, desk.indicators)
    st.button(
        translate("grid.write_news", count=len(news)),
        key=form.key("write_news"),
        icon=":material/edit_note:",
        help=translate("grid.write_news_help"),
        disabled=not news,
        on_click=form.begin_with,
        args=({**left_after(rows, ()), **news},),
    )


def _no_change(desk: GridContext, form: GridForm, rows: Sequence[GridRow]) -> None:
    """Whatever nobody has begun is reported as unchanged; what was typed elsewhere stays."""
    untouched = [row.item for row in rows if row.is_untouched]

    def report(store: Store, **asked: Any) -> None:
        updates.report_no_changes(store, **asked)
        form.go_on_with(left_after(rows, ()), form.told)

    unchanged = replace(unchanged_of(desk.by, desk.period_id, untouched, desk.today), report=report)
    unchanged.act([item.task.id for item in untouched], form, "grid.no_change")
