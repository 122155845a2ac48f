"""The registers of a notice: what units, and the bodies of the working group, enter beside plans and reports."""

from typing import Any

import pandas as pd
import streamlit as st

from db.registers.queries import RegisterFilter, count_entries, versions_frame
from db.store import NotFound
from pages.parts.registers.forms import entry_forms, keeper_of, keeps, new_entry_form
from pages.parts.registers.many import many_entries
from pages.parts.registers.views import (
    definition_link,
    export_address,
    filter_places,
    listed,
    pick_entries,
    pick_filter,
    pick_register,
    register_name,
    show_facts,
    show_versions,
    takes_another,
    withdrawn_note,
)
from pages.shared.access import require
from pages.shared.choices import chosen_notice
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, language, plain, translate
from tracking.permissions import Right, may
from tracking.registers.definitions import Register
from tracking.vocabulary import Body

by = require("registers")
reads = reads_for(by)
top = st.container()
notice_id = chosen_notice(reads)
first, *places = filter_places(reads)


def show(register: Register) -> None:
    """The page from the top, once the register is known."""
    asked = {"register_id": register.register_id, "where": (where := pick_filter(reads, register, places))}
    entries, keepers = reads.scoped(count_entries, **asked)
    with top:
        key = "registers_page.sentence_withdrawn" if where.withdrawn else "registers_page.sentence"
        name = register_name(register)
        heading(translate("page.registers"), translate(key, register=name, units=keepers, entries=entries))
    body = Body.MIIT if by.authority_id is None else None
    writes = keeps(by, register, by.authority_id, body) and not register.retired
    if entries:
        show_list(register, entries, where, asked)
    else:
        empty(translate("registers_page.none_writer" if writes else "registers_page.none"))
    if (entry_id := asked_number(register.key)) is not None:
        show_entry(register, entry_id)
    if writes and takes_another(reads, register, by.authority_id):
        with st.expander(translate("registers_page.new", register=name), expanded=not entries):
            new_entry_form(reads, by, register)
    if writes:
        with st.expander(translate("register_sheet.title", register=name)):
            many_entries(reads, by, register)
    definition_link(by, register)
    rules = ("single", "versions") if register.single else ("versions",)
    rules_said = (translate(f"registers_page.rule_{rule}") for rule in rules)
    foot(translate("registers_page.source"), day(reads.today), *rules_said)


def show_list(register: Register, entries: int, where: RegisterFilter, asked: dict[str, Any]) -> None:
    """The entries, a page at a time; a click opens one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("registers_page.click"))
        if may(by, Right.EXPORT_LEDGER):
            st.link_button(
                translate("registers_page.excel"), export_address(register, where), icon=":material/download:"
            )
    frame = pick_entries(reads, entries, asked)
    shown, headers = listed(frame, register)
    opened = "_".join(map(str, frame["entry_id"].iloc[[0, -1]]))
    key = f"entries_{register.key}_{opened}_{asked_number(register.key)}"
    place = table(shown, *headers, key=key, labels=headers)
    if place is not None:
        st.query_params[register.key] = str(frame["entry_id"].iloc[place])
        st.rerun()


def show_entry(register: Register, entry_id: int) -> None:
    """One entry with its current content, versions and actions."""
    try:
        versions = reads.scoped(versions_frame, register_id=register.register_id, entry_id=entry_id)
    except NotFound:
        return
    entry: dict[str, Any] = {str(name): value for name, value in versions.iloc[0].items()}
    authority_id = keeper_of(entry)
    keeper = translate(f"body.{entry['body']}") if authority_id is None else plain(entry["authority_name"])
    st.subheader(f"{keeper} · {plain(register.named(language()))}", anchor=False)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_facts(versions, register)
    with right:
        if pd.notna(entry["withdrawn_at"]):
            st.info(withdrawn_note(entry))
        elif keeps(by, register, authority_id, entry["body"]):
            entry_forms(reads, by, register, entry)
    show_versions(versions, register)


with first:
    register = None if notice_id is None else pick_register(reads, notice_id)
if register is None:
    with top:
        heading(translate("page.registers"))
    empty(translate("registers_page.no_notice"))
else:
    show(register)
