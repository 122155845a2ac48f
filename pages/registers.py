"""The registers: coordination mechanism, cooperation mechanisms and publicity, kept by each authority."""

from typing import Any

import pandas as pd
import streamlit as st

from db.registers.queries import RegisterFilter, count_entries, versions_frame
from db.store import NotFound
from pages.parts.registers.forms import entry_forms, new_entry_form
from pages.parts.registers.views import (
    export_address,
    listed,
    pick_entries,
    pick_filter,
    show_facts,
    show_versions,
    takes_another,
    withdrawn_note,
)
from pages.shared.access import require
from pages.shared.choices import chosen_notice
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, switch
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate
from tracking.messages import refusal
from tracking.permissions import Right, check, may
from tracking.vocabulary import Register

by = require("registers")
reads = reads_for(by)
top = st.container()


def show(notice_id: int) -> None:
    """The page from the top, once the notice is known."""
    register = Register(switch("register", {word.value: translate(f"register.{word}") for word in Register}))
    where = pick_filter(reads)
    asked = {"register": register, "notice_id": notice_id, "where": where}
    entries, units = reads.scoped(count_entries, **asked)
    with top:
        key = "registers_page.sentence_withdrawn" if where.withdrawn else "registers_page.sentence"
        heading(
            translate("page.registers"),
            translate(key, register=translate(f"register.{register}"), units=units, entries=entries),
        )
    if entries:
        show_list(entries, where, asked)
    else:
        empty(translate("registers_page.none_writer" if keeps(by.authority_id) else "registers_page.none"))
    entry_id = asked_number(register)
    if entry_id is not None:
        show_entry(register, entry_id)
    if keeps(by.authority_id) and takes_another(reads, register, notice_id, by.authority_id):
        with st.expander(translate(f"registers_page.new_{register}"), expanded=not entries):
            new_entry_form(reads, by, register, notice_id)
    foot(
        translate("registers_page.source"),
        day(reads.today),
        translate("registers_page.rule_standing"),
        translate("registers_page.rule_versions"),
    )


def keeps(authority_id: int | None) -> bool:
    """Whether this reader keeps the registers of an authority."""
    return authority_id is not None and not refusal(check, by, Right.KEEP_REGISTERS, authority_id)


def show_list(entries: int, where: RegisterFilter, asked: dict[str, Any]) -> None:
    """The entries, a page at a time; a click opens one."""
    register = asked["register"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("registers_page.click"))
        if may(by, Right.EXPORT_LEDGER):
            address = export_address(register, asked["notice_id"], where)
            st.link_button(translate("registers_page.excel"), address, icon=":material/download:")
    frame = pick_entries(reads, entries, asked)
    shown, columns = listed(frame, register)
    opened = "_".join(map(str, frame["entry_id"].iloc[[0, -1]]))
    place = table(shown, *columns, key=f"entries_{register}_{opened}_{asked_number(register)}")
    if place is not None:
        st.query_params[register] = str(frame["entry_id"].iloc[place])
        st.rerun()


def show_entry(register: Register, entry_id: int) -> None:
    """One entry with its current content, versions and actions."""
    try:
        versions = reads.scoped(versions_frame, register=register, entry_id=entry_id)
    except NotFound:
        return
    entry = {str(name): value for name, value in versions.iloc[0].items()}
    st.subheader(f"{plain(entry['authority_name'])} · {translate(f'register.{register}')}", anchor=False)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_facts(entry, register)
    with right:
        if pd.notna(entry["withdrawn_at"]):
            st.info(withdrawn_note(entry))
        elif keeps(int(entry["authority_id"])):
            entry_forms(reads, by, register, entry)
    show_versions(versions, register)


notice_id = chosen_notice(reads)
if notice_id is None:
    with top:
        heading(translate("page.registers"))
    empty(translate("registers_page.no_notice"))
else:
    show(notice_id)
