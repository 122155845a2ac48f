"""Many entries at once: the workbook, what each line would do, and one button that takes them all."""

from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.registers.queries import RegisterFilter
from db.registers.sheet_actions import judge_entries, take_entries
from pages.parts.registers.views import export_address
from pages.shared.faults import error_summary
from pages.shared.forms import Form, small_form
from pages.shared.judged_lists import change_words, judged_once, show_judged, take_button
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.messages import Refusal
from tracking.permissions import Right, may
from tracking.registers.definitions import Register
from tracking.registers.sheets import JudgedEntry
from tracking.unit_lists import MOST_LINES, ListChange


def many_entries(reads: Reads, by: SignedIn, register: Register) -> None:
    """Fetch the workbook, fill it in, look at what it would do, take it."""
    st.caption(translate("register_sheet.note", most=MOST_LINES))
    if may(by, Right.EXPORT_LEDGER):
        link = export_address(register, RegisterFilter())
        st.link_button(translate("register_sheet.fetch"), link, icon=":material/download:")
    given = st.file_uploader(translate("register_sheet.file"), key=f"register_file_{register.key}")
    if given is None:
        return
    asked: dict[str, Any] = {"by": by, "register_id": register.register_id, "content": given.getvalue()}
    try:
        judged = judged_once(reads, judge_entries, (given.file_id, register.register_id), asked)
    except Refusal as refused:
        error_summary(refused)
        return
    _show(small_form(f"register_sheet_{given.file_id}"), judged, asked)


def _show(form: Form, judged: list[JudgedEntry], asked: dict[str, Any]) -> None:
    columns = {"list_change": change_words(judged), "why": [_words(one) for one in judged]}
    counts = show_judged(judged, columns)
    told = {"new": counts[ListChange.NEW], "changed": counts[ListChange.CHANGED]}
    take_button(
        form,
        translate("register_sheet.take"),
        take_entries,
        counts,
        done=translate("register_sheet.taken"),
        consequence=translate("register_sheet.consequence", **told),
        asked=asked,
    )


def _words(one: JudgedEntry) -> str:
    """The refused cells with their reasons, or the fields with what they held and will hold."""
    faults = [translate("register_sheet.fault", cell=cell, reason=message) for cell, message in one.faults]
    changes = [
        translate("register_sheet.change", field=field, old=old or "—", new=new or "—")
        for field, (old, new) in one.changes.items()
    ]
    return translate("register_sheet.apart").join(faults or changes)
