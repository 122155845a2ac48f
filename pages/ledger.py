"""The ledger: the register of tasks, one line per task, as it stood at the end of a period, and as a file."""

from typing import Any

import streamlit as st

from pages.parts.figures.asked import SUMMED, filter_places, more_places, narrowed_note, pick_extract
from pages.parts.ledger.asked import LedgerSelection, action_words, pick_action
from pages.parts.ledger.files import ledger_files
from pages.parts.ledger.table import ledger_sentence, ledger_table, read_ledger
from pages.shared.access import require
from pages.shared.choices import Choice, pick_country, pick_tag
from pages.shared.components import empty, foot, heading
from pages.shared.filters import pick, search, with_all
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


def chosen() -> LedgerSelection | None:
    """The choice of the pickers and the address; None before any period has begun."""
    extract = pick_extract(reads, places, but=SUMMED)
    if extract is None:
        return None
    with places["light"]:
        lights: dict[Any, str] = {word: f"{SHAPES[word]} {translate(f'light.{word}')}" for word in Light}
        light = pick("light", with_all({**lights, OVERDUE: translate("light.overdue")}, "light"))
    with places["text"]:
        text = search("text")
    with places["country"]:
        country = pick_country()
    with places["tag"]:
        tag_id = pick_tag(reads, extract.choice.notice_id)
    with places["action"]:
        action_id = pick_action(reads, extract)
    return LedgerSelection(extract, action_id, light, text, country, tag_id)


def show(asked: LedgerSelection) -> None:
    """The page from the top, once the selection is known."""
    choice, narrowed = asked.extract.choice, asked.address
    frame, counts = read_ledger(reads, asked)
    is_narrowed = any(value is not None for value in narrowed.values())
    with top:
        sentence = ledger_sentence(counts, choice.period, narrowed=is_narrowed)
        heading(translate("page.ledger"), "" if frame.empty else sentence)
    vintage_note(choice.vintage)
    narrowed_note(reads, asked.extract, places, **action_words(reads, asked))
    if frame.empty:
        show_nothing(choice, is_narrowed)
        return
    show_exports(choice, narrowed, counts.lines)
    task_id = ledger_table(
        frame, counts.lines, key=f"ledger_{choice.period_id}_{hash(tuple(narrowed.values()))}"
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
    """Why there are no lines, and what to do."""
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


def show_exports(choice: Choice, narrowed: dict[str, Any], lines: int) -> None:
    """The same lines as files, for those who may export them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("ledger_page.click"))
        if may(by, Right.EXPORT_LEDGER):
            ledger_files(reads.store, by, choice, narrowed, lines)


places = filter_places(reads, "period", "region", "unit", "measure", "light", "text", "vintage")
places |= more_places("country", "tag", "action")
found = chosen()
if found:
    show(found)
else:
    with top:
        heading(translate("page.ledger"))
    empty(translate("page.no_period"))
