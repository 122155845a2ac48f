"""Many authorities at once: the file, what each line would do, and one button that takes them all."""

from typing import Any

import pandas as pd
import streamlit as st

from db.hierarchy.list_actions import judge_list, take_list
from db.identity import SignedIn
from pages.parts.hierarchy.changing import when_and_why
from pages.parts.hierarchy.list import kind_names
from pages.shared.faults import error_summary
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import message_text, translate
from tracking.messages import Refusal
from tracking.unit_lists import HEADS, MOST_LINES, JudgedLine, ListChange


def many_form(reads: Reads, by: SignedIn) -> None:
    """Upload a list, look at what it would do, take it."""
    heads = translate("access.list").join(known[0] for known in HEADS.values())
    kinds = translate("access.list").join(kind_names().values())
    st.caption(translate("unit_list.note", heads=heads, kinds=kinds, most=MOST_LINES))
    given = st.file_uploader(translate("unit_list.file"), key="unit_list_file")
    if given is None:
        return
    form = small_form(f"unit_list_{given.file_id}")
    when = when_and_why(form, reads.today)
    asked: dict[str, Any] = {"by": by, "content": given.getvalue(), **when}
    try:
        judged = _judged(reads, given.file_id, asked)
    except Refusal as refused:
        error_summary(refused)
        return
    _show(form, judged, asked)


def _judged(reads: Reads, file_id: str, asked: dict[str, Any]) -> list[JudgedLine]:
    """What the lines would do, judged again only for another file, day or store."""
    kept = st.session_state.get("unit_list_judged")
    key = (file_id, asked["starts_on"], reads.store.data_version())
    if kept is None or kept[0] != key:
        kept = (key, judge_list(reads.store, **asked))
        st.session_state["unit_list_judged"] = kept
    judged: list[JudgedLine] = kept[1]
    return judged


def _show(form: Form, judged: list[JudgedLine], asked: dict[str, Any]) -> None:
    counts = {change: sum(one.change is change for one in judged) for change in ListChange}
    st.markdown(translate("unit_list.sentence", **{str(change): count for change, count in counts.items()}))
    shown = sorted(judged, key=lambda one: (one.change is not ListChange.REFUSED, one.line))
    plain_table(
        pd.DataFrame(
            {
                "line": [str(one.line) for one in shown],
                "code": [one.code for one in shown],
                "authority_name": [one.name for one in shown],
                "list_change": [translate(f"unit_list.change.{one.change}") for one in shown],
                "why": [" ".join(map(message_text, one.reasons)) for one in shown],
            }
        ),
        height=360 if len(shown) > 9 else None,
    )
    form.save(
        translate("unit_list.take"),
        take_list,
        done=translate("unit_list.taken"),
        consequence=translate(
            "unit_list.consequence", new=counts[ListChange.NEW], changed=counts[ListChange.CHANGED]
        ),
        primary=True,
        disabled=bool(counts[ListChange.REFUSED]) or not counts[ListChange.NEW] + counts[ListChange.CHANGED],
        **asked,
    )
