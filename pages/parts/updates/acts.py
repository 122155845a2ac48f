"""What can be done with one update: sign off, submit, accept, return."""

import streamlit as st

from db.identity import SignedIn
from db.signatures import lies_with
from db.updates import actions as updates, reviews, taking_back
from db.updates.queries import ReportItem
from pages.parts.updates.list import stage_of
from pages.shared.faults import error_summary
from pages.shared.forms import Form
from pages.shared.store import the_store
from pages.shared.wording import message_text, moment, translate
from tracking.corrections import check_may_reopen
from tracking.messages import refusal
from tracking.permissions import Right, may_act
from tracking.vocabulary import UpdateStatus


def update_acts(by: SignedIn, item: ReportItem) -> None:
    """The buttons for the update's stage that this person may use."""
    if item.update is None:
        return
    acts = {
        "handed_over": (Right.SIGN_OFF, _sign),
        "signed_off": (Right.SUBMIT, _submit),
        "checking": (Right.CHECK_BENEATH, _check),
        "submitted": (Right.REVIEW, _rule),
        "accepted": (Right.REVIEW, _reopen),
    }
    right, act = acts.get(stage_of(item), (None, None))
    whose = item.update.checker_id or item.task.authority_id
    if right and act and may_act(by, right, whose):
        filled = Form.under_way(f"act_{item.update.id}", row_version=item.update.row_version, draft=None)
        with st.container(key="editor_actions"):
            error_summary(filled.refused)
            act(by, filled, item, item.update.id)
        open_once(by, item)


def open_once(by: SignedIn, item: ReportItem) -> None:
    """Note that whoever the update lies with has it in front of them; its own writer is nobody else."""
    update = item.update
    if update is None or update.opened_at is not None or by.officer_id == update.written_by_id:
        return
    asked = lies_with(update, item.task.authority_id)
    if asked and may_act(by, *asked):
        taking_back.open_update(the_store(), by=by, update_id=update.id)


def take_back(by: SignedIn, item: ReportItem) -> None:
    """The button for whoever handed the update on, while nobody has opened it."""
    rights = {
        UpdateStatus.HANDED_OVER: Right.REPORT_PROGRESS,
        UpdateStatus.CHECKING: Right.SUBMIT,
        UpdateStatus.SUBMITTED: Right.SUBMIT,
    }
    update = item.update
    right = rights.get(update.status) if update else None
    if update is None or right is None or not may_act(by, right, item.task.authority_id):
        return
    if update.opened_at is not None:
        st.caption(translate("update_act.opened", when=moment(update.opened_at)))
        return
    filled = Form.under_way(f"back_{update.id}", row_version=update.row_version, draft=None)
    error_summary(filled.refused)
    filled.save(
        translate("update_act.take_back"),
        taking_back.take_back_update,
        button="take_back",
        done=translate("update_act.taken_back", number=item.planned.number),
        by=by,
        update_id=update.id,
    )


def _sign(by: SignedIn, filled: Form, item: ReportItem, update_id: int) -> None:
    """Sign, or send back with a written reason."""
    _reason(filled)
    with st.container(horizontal=True):
        filled.save(
            translate("update_act.sign"),
            updates.sign_off_progress_updates,
            button="sign",
            done=translate("update_act.signed", number=item.planned.number),
            primary=True,
            by=by,
            update_ids=[update_id],
        )
        _send_back(by, filled, item, update_id)


def _submit(by: SignedIn, filled: Form, item: ReportItem, update_id: int) -> None:
    signs = may_act(by, Right.SIGN_OFF, item.task.authority_id)
    if signs:
        _reason(filled)
    with st.container(horizontal=True):
        filled.save(
            translate("update_act.submit"),
            updates.submit_progress_update,
            button="submit",
            done=translate("update_act.submitted", number=item.planned.number),
            consequence=translate("update_act.submit_consequence"),
            primary=True,
            by=by,
            update_id=update_id,
        )
        if signs:
            _send_back(by, filled, item, update_id)


def _reason(filled: Form) -> None:
    filled.area("reason", translate("update_act.reason"), height=68)


def _send_back(by: SignedIn, filled: Form, item: ReportItem, update_id: int) -> None:
    filled.save(
        translate("update_act.send_back"),
        updates.send_back_progress_update,
        button="send_back",
        done=translate("update_act.sent_back", number=item.planned.number),
        by=by,
        update_id=update_id,
        reason=filled.typed("reason", ""),
    )


def _check(by: SignedIn, filled: Form, item: ReportItem, update_id: int) -> None:
    """Pass on, or return with a written reason."""
    _reason(filled)
    with st.container(horizontal=True):
        filled.save(
            translate("update_act.pass_on"),
            reviews.pass_on_progress_update,
            button="pass_on",
            done=translate("update_act.passed_on", number=item.planned.number),
            primary=True,
            by=by,
            update_id=update_id,
        )
        _return(by, filled, item, update_id)


def _rule(by: SignedIn, filled: Form, item: ReportItem, update_id: int) -> None:
    """Accept, or return with a written reason."""
    _reason(filled)
    with st.container(horizontal=True):
        filled.save(
            translate("update_act.accept"),
            reviews.accept_progress_update,
            button="accept",
            done=translate("update_act.accepted", number=item.planned.number),
            primary=True,
            by=by,
            update_id=update_id,
        )
        _return(by, filled, item, update_id)
        st.caption(translate("update_act.accept_consequence"), width="content")


def _return(by: SignedIn, filled: Form, item: ReportItem, update_id: int) -> None:
    filled.save(
        translate("update_act.return_"),
        reviews.return_progress_update,
        button="return",
        done=translate("update_act.returned", number=item.planned.number),
        by=by,
        update_id=update_id,
        reason=filled.typed("reason", ""),
    )


def _reopen(by: SignedIn, filled: Form, item: ReportItem, update_id: int) -> None:
    frozen = refusal(check_may_reopen, item.period_status)
    if frozen:
        st.caption(message_text(frozen))
        return
    filled.area("reason", translate("update_act.reopen_reason"), height=68)
    filled.save(
        translate("update_act.reopen"),
        reviews.reopen_progress_update,
        button="reopen",
        done=translate("update_act.reopened", number=item.planned.number),
        consequence=translate("update_act.reopen_consequence"),
        by=by,
        update_id=update_id,
        reason=filled.typed("reason", ""),
    )
