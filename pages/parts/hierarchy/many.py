"""Many authorities at once: the file, what each line would do, and one button that takes them all."""

from typing import Any

import streamlit as st

from db.hierarchy.list_actions import judge_list, take_list
from db.identity import SignedIn
from pages.parts.hierarchy.changing import when_and_why
from pages.parts.hierarchy.list import kind_names
from pages.shared.faults import error_summary
from pages.shared.forms import Form, small_form
from pages.shared.judged_lists import change_words, judged_once, show_judged, take_button
from pages.shared.reads import Reads
from pages.shared.wording import message_text, translate
from tracking.messages import Refusal
from tracking.unit_lists import HEADS, MOST_LINES, JudgedLine, ListChange, heads


def many_form(reads: Reads, by: SignedIn) -> None:
    """Upload a list, look at what it would do, take it."""
    kinds = tuple(kind_names().values())
    st.caption(translate("unit_list.note", heads=heads(HEADS), kinds=kinds, most=MOST_LINES))
    given = st.file_uploader(translate("unit_list.file"), key="unit_list_file")
    if given is None:
        return
    form = small_form(f"unit_list_{given.file_id}")
    when = when_and_why(form, reads.today)
    asked: dict[str, Any] = {"by": by, "content": given.getvalue(), **when}
    try:
        judged = judged_once(reads, judge_list, (given.file_id, when["starts_on"]), asked)
    except Refusal as refused:
        error_summary(refused)
        return
    _show(form, judged, asked)


def _show(form: Form, judged: list[JudgedLine], asked: dict[str, Any]) -> None:
    columns = {
        "code": [one.code for one in judged],
        "authority_name": [one.name for one in judged],
        "list_change": change_words(judged),
        "why": [" ".join(map(message_text, one.reasons)) for one in judged],
    }
    counts = show_judged(judged, columns)
    told = {"new": counts[ListChange.NEW], "changed": counts[ListChange.CHANGED]}
    take_button(
        form,
        translate("unit_list.take"),
        take_list,
        counts,
        done=translate("unit_list.taken"),
        consequence=translate("unit_list.consequence", **told),
        asked=asked,
    )
