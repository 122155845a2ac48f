"""Many entries at once: the workbook, what each line would do, and one button that takes them all."""

from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.registers.queries import RegisterFilter
from db.registers.sheet_actions import judge_entries, take_entries
from pages.parts.registers.views import export_address
from pages.shared.faults import error_summary
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import message_text, translate
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
        judged = _judged(reads, given.file_id, asked)
    except Refusal as refused:
        error_summary(refused)
        return
    _show(small_form(f"register_sheet_{given.file_id}"), judged, asked)


def _judged(reads: Reads, file_id: str, asked: dict[str, Any]) -> list[JudgedEntry]:
    """What the lines would do, judged again only for another file or store."""
    kept = st.session_state.get("register_sheet_judged")
    key = (file_id, asked["register_id"], reads.store.data_version())
    if kept is None or kept[0] != key:
        kept = (key, judge_entries(reads.store, **asked))
        st.session_state["register_sheet_judged"] = kept
    judged: list[JudgedEntry] = kept[1]
    return judged


def _show(form: Form, judged: list[JudgedEntry], asked: dict[str, Any]) -> None:
    counts = {change: sum(one.change is change for one in judged) for change in ListChange}
    st.markdown(translate("unit_list.sentence", **{str(change): count for change, count in counts.items()}))
    shown = sorted(judged, key=lambda one: (one.change is not ListChange.REFUSED, one.line))
    plain_table(
        pd.DataFrame(
            {
                "line": [str(one.line) for one in shown],
                "list_change": [translate(f"unit_list.change.{one.change}") for one in shown],
                "why": [_words(one) for one in shown],
            }
        ),
        height=360 if len(shown) > 9 else None,
    )
    new, changed = counts[ListChange.NEW], counts[ListChange.CHANGED]
    form.save(
        translate("register_sheet.take"),
        take_entries,
        done=translate("register_sheet.taken"),
        consequence=translate("register_sheet.consequence", new=new, changed=changed),
        primary=True,
        disabled=bool(counts[ListChange.REFUSED]) or not new + changed,
        **asked,
    )


def _words(one: JudgedEntry) -> str:
    """The refused cells with their reasons, or the fields with what they held and will hold."""
    faults = [f"{cell}：{message_text(message)}" for cell, message in one.faults]
    changes = [f"{field}：{old or '—'} → {new or '—'}" for field, (old, new) in one.changes.items()]
    return "；".join(faults or changes)
