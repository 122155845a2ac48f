"""The correction form: published figures beside their replacements, and the reason."""

import streamlit as st

from db.corrections.actions import propose_correction
from db.identity import SignedIn
from db.updates.queries import ReportItem, report_item_of
from pages.parts.updates.form import Typed, field_labels, read_update, value_fields
from pages.parts.updates.sheet import names_of_indicators
from pages.shared.components import empty, heading
from pages.shared.faults import error_summary
from pages.shared.forms import Form
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import message_text, percent, plain, points, translate
from tracking.corrections import check_may_correct
from tracking.messages import Message, refusal
from tracking.permissions import Right, check
from tracking.validation import completion_of_draft
from tracking.vocabulary import UpdateStatus


def correction_form(reads: Reads, by: SignedIn, notice_id: int, update_id: int) -> None:
    """The form for an update in reach, or why it cannot be corrected. Raises `NotFound`."""
    item = reads.scoped(report_item_of, update_id=update_id)
    title = translate("correction.title", number=item.planned.number, title=plain(item.planned.draft.title))
    wrong = refusal(check, by, Right.PROPOSE_CORRECTION, item.task.authority_id) or _not_now(item, update_id)
    if wrong:
        heading(title)
        empty(message_text(wrong), page="corrections", label=translate("correction.back"))
        return
    heading(title, translate("correction.form_sentence", completion=percent(_published(item))))
    page_link("task", translate("report.to_task"), task=item.task.id)
    _fields(reads, by, item, notice_id)


def _not_now(item: ReportItem, update_id: int) -> Message | None:
    newest = item.update is not None and item.update.id == update_id
    status = item.update.status if item.update and newest else UpdateStatus.RETURNED
    return refusal(check_may_correct, update=status, period=item.period_status, open_request=False)


def _published(item: ReportItem) -> int:
    return item.update.completion_permille if item.update else 0


def _fields(reads: Reads, by: SignedIn, item: ReportItem, notice_id: int) -> None:
    indicators = names_of_indicators(reads, notice_id)
    filled = Form.under_way(f"correct_{item.task.id}", row_version=item.row_version, draft=item.draft)
    error_summary(
        filled.refused, {**field_labels(item, indicators), "reason": translate("correction.reason")}
    )
    value_fields(filled, item, indicators)
    filled.area("reason", translate("correction.reason"), "", height=96)
    typed = read_update(filled, item)
    _consequence(item, typed)
    if st.button(translate("correction.propose_act"), type="primary", key=filled.key("save")):
        _save(by, filled, typed, item)


def _consequence(item: ReportItem, typed: Typed) -> None:
    corrected = completion_of_draft(typed.draft, item.facts)
    published = _published(item)
    st.markdown(
        translate(
            "correction.consequence",
            published=percent(published),
            corrected=percent(corrected),
            change=points(corrected - published),
        )
    )


def _save(by: SignedIn, filled: Form, typed: Typed, item: ReportItem) -> None:
    if typed.wrong:
        filled.refuse(typed.wrong)
    filled.perform(
        propose_correction,
        done=translate("correction.proposed"),
        by=by,
        update_id=item.update.id if item.update else 0,
        figures=typed.draft,
        reason=filled.typed("reason", ""),
    )
