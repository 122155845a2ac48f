"""The ledger: the register of tasks, one line a task, as it stood at the end of a period, and as a file."""

from typing import Any

import streamlit as st

from pages.parts.ledger.files import ledger_files
from pages.parts.ledger.table import (
    ledger_sentence,
    ledger_table,
    read_ledger,
)
from pages.shared.access import require
from pages.shared.choices import Choice, pick_figures, pick_measure, pick_period, pick_region, pick_unit
from pages.shared.components import empty, foot, heading
from pages.shared.filters import filter_bar, pick, search, with_all
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.vintages import asked_past_day, vintage_note
from pages.shared.wording import day, translate
from tracking.ledgers.columns import OVERDUE
from tracking.palette import SHAPES
from tracking.permissions import Right, may
from tracking.vocabulary import Light

by = require("ledger")
reads = reads_for(by, asked_past_day())
top = st.container()


def chosen() -> tuple[Choice, dict[str, Any]] | None:
    """The period, and what narrows it under the names of the address; None before any period has begun."""
    period, region, unit, measure, light, text, vintage = filter_bar(7)
    with period:
        choice = pick_period(reads)
    if choice is None:
        return None
    narrowed: dict[str, Any] = {}
    with region:
        narrowed["region"] = pick_region(reads)
    with unit:
        narrowed["unit"] = pick_unit(reads, narrowed["region"], "region_seven")
    with measure:
        narrowed["measure"] = pick_measure(reads, choice.notice_id, all_of_them=True)
    with light:
        lights: dict[Any, str] = {word: f"{SHAPES[word]} {translate(f'light.{word}')}" for word in Light}
        narrowed["light"] = pick("light", with_all({**lights, OVERDUE: translate("light.overdue")}, "light"))
    with text:
        narrowed["text"] = search("text")
    with vintage:
        pick_figures(reads, choice)
    return choice, narrowed


def show(choice: Choice, narrowed: dict[str, Any]) -> None:
    """The page from the top, once it is known what is asked for."""
    where = {name: narrowed[name.removesuffix("_id")] for name in ("region", "unit_id", "measure_id")}
    frame, counts = read_ledger(reads, choice, where, {name: narrowed[name] for name in ("light", "text")})
    is_narrowed = any(value is not None for value in narrowed.values())
    with top:
        sentence = ledger_sentence(counts, choice.period, narrowed=is_narrowed)
        heading(translate("page.ledger"), "" if frame.empty else sentence)
    vintage_note(choice.vintage)
    if frame.empty:
        show_nothing(choice, is_narrowed)
        return
    show_exports(choice, narrowed, counts.tasks)
    task_id = ledger_table(
        frame, counts.tasks, key=f"ledger_{choice.period_id}_{hash(tuple(narrowed.values()))}"
    )
    if task_id is not None:
        open_page("task", task=task_id)
    rules = (
        translate("ledger_page.rule_columns"),
        translate("rule.light"),
        translate("ledger_page.export_note"),
    )
    foot(translate("ledger_page.source"), day(choice.as_of), *rules)


def show_nothing(choice: Choice, is_narrowed: bool) -> None:
    """Why there is no line, and what to do."""
    if not is_narrowed:
        empty(
            translate("ledger_page.empty", period=choice.period),
            page="work_plan",
            label=translate("ledger_page.to_plans"),
        )
        return
    empty(translate("ledger_page.none_match"))
    if st.button(translate("ledger_page.clear")):
        open_page("ledger", period=choice.period_id)


def show_exports(choice: Choice, narrowed: dict[str, Any], tasks: int) -> None:
    """The same lines as files, for whoever may take them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("ledger_page.click"))
        if may(by, Right.EXPORT_LEDGER):
            ledger_files(reads.store, by, choice, narrowed, tasks)


found = chosen()
if found:
    show(*found)
else:
    with top:
        heading(translate("page.ledger"))
    empty(translate("page.no_period"))
