"""Owns putting two versions of an update side by side: what was saved meanwhile and what was typed here."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from db.queries.progress import ReportItem
from pages.shared.fillings import Filling
from pages.shared.report_form import TEXTS, Indicators
from pages.shared.words import moment, percent, plain, t
from tracking.messages import amount_words
from tracking.validation import UpdateDraft

Said = tuple[str, str]


def said(draft: UpdateDraft, indicators: Indicators) -> Iterator[Said]:
    """What an update says, field by field, in words."""
    for indicator, value in draft.actuals.items():
        named = indicators[indicator]
        yield f"{named.name}（{named.unit}）", amount_words(value)
    if draft.milestones_reached:
        yield t("report.milestones_reached"), "、".join(map(str, sorted(draft.milestones_reached)))
    if draft.typed_permille is not None and not draft.actuals and not draft.milestones_reached:
        yield t("report.typed_percent"), percent(draft.typed_permille)
    for name in (*TEXTS, "explanation"):
        yield t(f"report.{name}"), getattr(draft, name)
    yield t("report.completion_requested"), t("report.yes" if draft.completion_requested else "report.no")


def differences(stored: UpdateDraft, typed: UpdateDraft, indicators: Indicators) -> pd.DataFrame:
    """The fields in which two versions differ. Columns: worded field, what is saved, what was typed."""
    first, second = dict(said(stored, indicators)), dict(said(typed, indicators))
    names = list(dict.fromkeys([*first, *second]))
    rows = [
        (name, first.get(name, ""), second.get(name, ""))
        for name in names
        if first.get(name, "") != second.get(name, "")
    ]
    return pd.DataFrame(rows, columns=[t("report.field"), t("report.saved_version"), t("report.my_version")])


def conflict_box(filled: Filling, item: ReportItem, typed: UpdateDraft, indicators: Indicators) -> None:
    """Somebody saved the same report meanwhile: both versions, and the choice between them. Nothing is lost."""
    with st.container(border=True, key="conflict"):
        when = moment(item.update.written_at) if item.update else ""
        st.warning(t("report.conflict", author=plain(item.author), when=when))
        st.table(differences(item.draft, typed, indicators))
        with st.container(horizontal=True):
            if st.button(t("report.keep_mine"), key=filled.key("keep_mine")):
                filled.go_on(item.row_version)
                st.rerun()
            if st.button(t("report.take_theirs"), key=filled.key("take_theirs")):
                filled.begin_again()
                st.rerun()
