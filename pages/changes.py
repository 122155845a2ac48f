"""Since the last meeting: what changed between two days, from new reds to posts that changed hands, and as a digest."""

import streamlit as st

from db.changes.queries import Changes, changes
from db.periods.queries import year_in_hand
from pages.parts.changes.views import change_figures, change_picture, show_lists
from pages.shared.access import require
from pages.shared.choices import chosen_notice, notice_bar
from pages.shared.components import empty, foot, heading
from pages.shared.filters import pick_day
from pages.shared.papers import paper_links
from pages.shared.reads import reads_for
from pages.shared.vintages import bring_back
from pages.shared.wording import day, language, message_text, plain, translate
from tracking.changes import changes_sentence
from tracking.messages import Refusal
from tracking.permissions import Right, may
from tracking.spans import Span, span_of

by = require("changes")
reads = reads_for(by)
notice_id = chosen_notice(reads)
top = st.container()


def chosen() -> Span:
    """The two days chosen. Raises `Refusal` if out of order."""
    since, until, *_ = notice_bar(reads, 3)
    with until:
        last = pick_day("until", latest=reads.today, default=reads.today)
    with since:
        usual = span_of(None, last, today=reads.today)
        first = pick_day("since", latest=reads.today, default=usual.since)
    return span_of(first, last, today=reads.today)


def found_in(notice_id: int, span: Span) -> Changes:
    """What changed; for a past day, figures are first computed from history, once."""
    year = reads.common(year_in_hand, notice_id=notice_id, on=span.until)
    days = (span.since, span.until)
    bring_back(reads.store, translate("changes.reading"), notice_id=notice_id, year=year, days=days)
    return reads.scoped(changes, notice_id=notice_id, year=year, span=span)


def show(notice_id: int, span: Span) -> None:
    """The page from the top."""
    found = found_in(notice_id, span)
    with top:
        heading(translate("page.changes"), plain(changes_sentence(span, **found.counts, language=language())))
    change_figures(found)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        change_picture(found)
    with right:
        show_digest(notice_id, span)
    show_lists(found)
    foot(
        translate("changes.source"),
        day(span.until),
        translate("changes.rule_red"),
        translate("changes.rule_silent"),
    )


def show_digest(notice_id: int, span: Span) -> None:
    """The same as a document for the meeting."""
    st.header(translate("changes.digest"), anchor=False)
    st.markdown(translate("changes.digest_note"))
    if may(by, Right.EXPORT_LEDGER):
        asked = {"notice": notice_id, "since": span.since, "until": span.until}
        paper_links(translate("changes.word"), "changes", asked, look="primary")


try:
    span = chosen()
    if notice_id is None:
        raise Refusal
    show(notice_id, span)
except Refusal as refused:
    with top:
        heading(translate("page.changes"))
    empty(
        "  \n".join(plain(message_text(message)) for message in refused.messages)
        or translate("page.no_period")
    )
