"""What the form of a report does with the sentence of its figures: write it, or offer it beside what was worded."""

import streamlit as st

from db.updates.queries import ReportItem
from pages.parts.updates.news import Indicators
from pages.parts.updates.news_words import is_ours, without_ours
from pages.shared.forms import Form
from pages.shared.wording import plain, translate
from tracking.validation import UpdateDraft

# The text that nobody has worded in this form, kept beside the form draft.
_UNWORDED = "unworded"


def write_news(filled: Form, item: ReportItem, draft: UpdateDraft, news: str, indicators: Indicators) -> bool:
    """Let the progress say the figures while nobody has worded it; gives whether it says something else now.

    Nobody has while it repeats the last report since this form was opened, or is a sentence of ours.
    """
    key, last = filled.key(_UNWORDED), item.last.progress
    if key not in st.session_state:
        st.session_state[key] = last if draft.progress == last and not news else None
    wanted, ours = news or last, is_ours(draft.progress, item, indicators)
    if draft.progress == wanted or not (ours or draft.progress == st.session_state[key]):
        return False
    st.session_state[filled.key("progress")] = st.session_state[key] = wanted
    return True


def offers(filled: Form, item: ReportItem, draft: UpdateDraft, news: str, indicators: Indicators) -> None:
    """The buttons under the progress: the figures before what somebody has worded, or what was said last instead of them."""
    said, last = draft.progress, item.last.progress
    own = without_ours(said, item, indicators)
    if news and not said.startswith(news):
        wanted = translate("report.news_before", news=news, said=own) if own else news
        _offer(filled, "write_news", wanted, news)
    if said == news and last and not is_ours(last, item, indicators):
        _offer(filled, "last_text_again", last, last)


def _offer(filled: Form, name: str, wanted: str, note: str) -> None:
    st.button(
        translate(f"report.{name}"),
        key=filled.key(name),
        type="tertiary",
        icon=":material/edit_note:",
        help=plain(note),
        on_click=_write,
        args=(filled.key("progress"), wanted),
    )


def _write(key: str, text: str) -> None:
    st.session_state[key] = text
