"""Who was responsible for a task over time, and on a chosen day."""

from typing import Any

import pandas as pd
import streamlit as st

from db.officers.responsible import responsible_frame
from pages.shared.filters import pick_day
from pages.shared.reads import Reads
from pages.shared.wording import day, plain, translate


def responsible_over_time(reads: Reads, task_id: int) -> None:
    """Everybody responsible over time, and the answer for one day: the page's, or a chosen one."""
    spans = reads.scoped(responsible_frame, task_id=task_id)
    if spans.empty:
        st.caption(translate("task.responsible_none"))
        return
    st.markdown(translate("task.responsible_since", spans=_told(spans)))
    on = reads.known_on or pick_day("on")
    if on is None:
        return
    then = reads.scoped(responsible_frame, task_id=task_id, on=on)
    key = "task.nobody_on" if then.empty else "task.responsible_on"
    st.markdown(translate(key, day=day(on), **({} if then.empty else {"spans": _told(then)})))


def _told(spans: pd.DataFrame) -> str:
    return " → ".join(_span(row) for row in spans.itertuples())


def _span(row: Any) -> str:
    told = {"post": plain(row.post_title), "name": plain(row.officer_name), "since": day(row.since_on)}
    if pd.isna(row.until_on):
        return translate("task.span_open", **told)
    return translate("task.span_closed", until=day(row.until_on), **told)
