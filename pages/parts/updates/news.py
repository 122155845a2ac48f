"""What the figures and milestones of a report say as a sentence, so that it is not typed a second time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from db.updates.queries import ReportItem
from pages.shared.forms import Form
from pages.shared.wording import percent, plain, points, translate
from tracking.carrying import increments, newly_reached
from tracking.messages import amount_words
from tracking.validation import UpdateDraft

# The sentence that the form wrote last, kept beside the form draft.
_WRITTEN = "written_news"


@dataclass(frozen=True, slots=True)
class Named:
    """The name and unit of an indicator."""

    name: str
    unit: str


Indicators = Mapping[int, Named]


def news_of(item: ReportItem, draft: UpdateDraft, indicators: Indicators) -> str:
    """The figures and milestones of a report as a sentence; empty if nothing has changed."""
    said = [*_figures(item, draft, indicators), *_share(item, draft), *_steps(item, draft)]
    return translate("report.news", said=translate("report.news_mark").join(said)) if said else ""


def _figures(item: ReportItem, draft: UpdateDraft, indicators: Indicators) -> Iterator[str]:
    for key, change in increments(draft, item.last).items():
        named = indicators[key]
        yield translate(
            "report.news_figure",
            name=named.name,
            unit=named.unit,
            value=draft.actuals[key],
            change=_signed(change),
        )


def _share(item: ReportItem, draft: UpdateDraft) -> Iterator[str]:
    """What was typed as a percentage, for a task without targets and milestones."""
    moved = (draft.typed_permille or 0) - (item.last.typed_permille or 0)
    if moved:
        yield translate("report.news_share", value=percent(draft.typed_permille), change=points(moved))


def _steps(item: ReportItem, draft: UpdateDraft) -> Iterator[str]:
    titles = {step.number: step.title for step in item.planned.draft.milestones}
    for number in newly_reached(draft, item.last):
        if number in titles:
            yield translate("report.news_milestone", title=titles[number])


def _signed(change: Decimal) -> str:
    return f"{'+' if change > 0 else '−'}{amount_words(abs(change))}"


def write_news(filled: Form, item: ReportItem, draft: UpdateDraft, news: str) -> bool:
    """Let the progress say the figures while nobody has worded it; gives whether it says something else now.

    Nobody has while it repeats the last report, or says what was written here last.
    """
    begun, key = filled.draft.progress, filled.key(_WRITTEN)
    if news and draft.progress == news:
        st.session_state[key] = news  # also when found again in another session
    written = st.session_state.get(key, begun if begun == item.last.progress else None)
    wanted = news or begun
    if draft.progress == wanted or draft.progress != written:
        return False
    st.session_state[filled.key("progress")] = st.session_state[key] = wanted
    return True


def offer(filled: Form, news: str) -> None:
    """The button that puts the figures in place of what somebody has worded."""
    st.button(
        translate("report.write_news"),
        key=filled.key("write_news"),
        type="tertiary",
        icon=":material/edit_note:",
        help=plain(news),
        on_click=_write,
        args=(filled.key("progress"), news),
    )


def _write(key: str, news: str) -> None:
    st.session_state[key] = news
