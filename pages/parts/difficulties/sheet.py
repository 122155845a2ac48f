"""One difficulty: whose it is, what it says, and its thread."""

from types import SimpleNamespace
from typing import Any

import streamlit as st

from db.difficulties.queries import difficulty_events_frame, difficulty_sheet
from db.identity import SignedIn
from pages.parts.difficulties.acts import difficulty_acts, with_body
from pages.parts.difficulties.list import age_of, cause_word
from pages.shared.choices import name_of
from pages.shared.components import heading
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import language, lines, moment, plain, translate
from tracking.countries import country_names


def show_difficulty(reads: Reads, by: SignedIn, difficulty_id: int) -> None:
    """The page of one difficulty. Raises `NotFound`."""
    found = reads.scoped(difficulty_sheet, difficulty_id=difficulty_id)
    row = SimpleNamespace(**found)
    heading(translate("difficulties_page.one", number=difficulty_id), _sentence(reads, row))
    with st.container(key="slip_links", horizontal=True, vertical_alignment="center"):
        page_link("difficulties", translate("difficulties_page.back"))
        page_link("task", translate("report.to_task"), task=row.task_id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _facts(row)
        _thread(reads, difficulty_id)
    with right, st.container(key="slip_acts"):
        difficulty_acts(reads, by, found)


def _sentence(reads: Reads, row: Any) -> str:
    return translate(
        "difficulties_page.one_sentence",
        unit=plain(row.authority_name),
        state=translate(f"difficulty_status.{row.status}"),
        holder=plain(row.handler or translate("difficulties_page.nobody")),
        days=age_of(row, reads.today),
    )


def _facts(row: Any) -> None:
    said = {
        "task": f"{row.task_number}　{plain(row.title)}",
        "measure": f"{row.measure_number} {plain(row.measure_short_title)}",
        "period": name_of(row),
        "cause": cause_word(row.cause),
        "countries": country_names(row.countries, language()) or "—",
        "description": lines(row.description).replace("  \n", "<br>"),
    }
    rows = [f"| {translate(f'difficulties_page.fact_{name}')} | {value} |" for name, value in said.items()]
    with st.container(key="facts"):
        st.markdown("\n".join(["| | |", "|---|---|", *rows]))


def _thread(reads: Reads, difficulty_id: int) -> None:
    st.header(translate("difficulties_page.thread"), anchor=False)
    events = reads.scoped(difficulty_events_frame, difficulty_id=difficulty_id)
    rows: list[Any] = list(events.itertuples())
    for event in rows:
        with st.container(border=True):
            st.markdown(f"**{_headline(event)}**")
            if event.words:
                st.markdown(lines(str(event.words)))
            st.caption(
                translate(
                    "urging_page.who",
                    at=moment(event.happened_at),
                    name=with_body(event.officer_name or "—", event.body),
                )
            )


def _headline(event: Any) -> str:
    step = translate(f"difficulty_step.{event.step}")
    if not isinstance(event.handler_name, str):
        return step
    return translate("difficulties_page.assigned_to", step=step, name=plain(event.handler_name))
