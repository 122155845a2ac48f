"""What the table of checks says of a report: beside its fields while it is written, and beside its figures afterwards."""

from collections.abc import Iterable, Iterator, Sequence

import streamlit as st

from db.updates.copies import said_elsewhere
from db.updates.queries import ReportItem
from pages.shared.forms import Form
from pages.shared.reads import Reads
from pages.shared.wording import message_text, plain, translate
from tracking.checks import Finding, findings
from tracking.checks.texts import SHORTEST_COPY
from tracking.cleaning import says_something
from tracking.validation import UpdateDraft
from tracking.vocabulary import Grade


def copied_elsewhere(reads: Reads, item: ReportItem, period_id: int, text: str, news: str) -> frozenset[str]:
    """The text of a report, if another authority has said the same; what our own button wrote is nobody's."""
    if len(text) < SHORTEST_COPY or text in {news, item.last.progress}:
        return frozenset()
    asked = {"authority_id": item.task.authority_id, "period_id": period_id, "texts": (text,)}
    return reads.common(said_elsewhere, **asked)


def confirmed_in(filled: Form, found: Iterable[Finding]) -> frozenset[str]:
    """The tokens of what is ticked; a tick belongs to the values that it was set for."""
    begun: UpdateDraft = filled.draft
    asked = [one.token for one in found if one.grade is Grade.C]
    return frozenset(token for token in asked if filled.typed(_key(token), token in begun.confirmed))


def _key(token: str) -> str:
    return f"confirm.{token}"


def marks(filled: Form, found: Sequence[Finding], *fields: str) -> None:
    """What has to be confirmed of a field, each with its tick, and what is only worth knowing."""
    begun: UpdateDraft = filled.draft
    for one in found:
        said = plain(message_text(one.message))
        if one.field in fields and one.grade is Grade.C:
            label = translate("report.confirm", said=said)
            st.checkbox(label, one.token in begun.confirmed, key=filled.key(_key(one.token)), **filled.kept)
        elif one.field in fields and one.grade is Grade.D:
            st.caption(said)


def marks_of(item: ReportItem) -> dict[str, list[str]]:
    """Field → what its readers are told of it, with what its writer answered: the explanation, or that it was checked."""
    told: dict[str, list[str]] = {}
    for one in findings(item.draft, item.facts):
        if not one.private and one.grade is not Grade.A:
            told.setdefault(one.field, []).append("".join(_told(one, item.draft)))
    return told


def _told(one: Finding, draft: UpdateDraft) -> Iterator[str]:
    yield message_text(one.message)
    if one.grade is Grade.B and says_something(draft.explanation):
        yield translate("report.explained", said=draft.explanation)
    elif one.grade is Grade.C and one.token in draft.confirmed:
        yield translate("report.confirmed")
