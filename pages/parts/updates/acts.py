"""Owns what can be done with one update by whoever looks at it: signed off, submitted, accepted, given back."""

import streamlit as st

from db.identity import SignedIn
from db.updates import actions as progress, reviews
from db.updates.queries import ReportItem
from pages.parts.updates.list import stage_of
from pages.shared.components import confirm
from pages.shared.form_drafts import Filling, filling, text_area, told
from pages.shared.forms import error_summary, perform
from pages.shared.wording import say, t
from tracking import permissions
from tracking.corrections import check_may_reopen
from tracking.messages import refusal
from tracking.permissions import Right


def update_acts(by: SignedIn, item: ReportItem) -> None:
    """The buttons for the stage the update has reached, those only that this person may use."""
    if item.update is None:
        return
    acts = {
        "handed_over": (Right.SIGN_OFF, _sign),
        "signed_off": (Right.SUBMIT, _submit),
        "submitted": (Right.REVIEW, _rule),
        "accepted": (Right.REVIEW, _reopen),
    }
    right, act = acts.get(stage_of(item), (None, None))
    if right and act and may_act(by, right, item.task.authority_id):
        filled = filling(f"act_{item.update.id}", row_version=item.update.row_version, draft=None)
        with st.container(key="editor_actions"):
            error_summary(filled.refused)
            act(by, filled, item, item.update.id)


def may_act(by: SignedIn, right: Right, authority_id: int) -> bool:
    """Whether this person holds the right for this very authority."""
    return refusal(permissions.check, by, right, authority_id) is None


def _sign(by: SignedIn, filled: Filling, item: ReportItem, update_id: int) -> None:
    """Sign, or give back with a written reason."""
    _reason(filled)
    number = item.planned.number
    with st.container(horizontal=True):
        if st.button(t("update_act.sign"), type="primary", key=filled.key("sign")):
            told(
                filled,
                perform(
                    progress.sign_off_progress_updates,
                    done=t("update_act.signed", number=number),
                    token=filled.token,
                    by=by,
                    update_ids=[update_id],
                ),
            )
        _send_back(by, filled, item, update_id)


def _submit(by: SignedIn, filled: Filling, item: ReportItem, update_id: int) -> None:
    signs = may_act(by, Right.SIGN_OFF, item.task.authority_id)
    if signs:
        _reason(filled)
    with st.container(horizontal=True):
        sure = confirm(
            filled.key("submit"),
            verb=t("update_act.submit"),
            consequence=t("update_act.submit_consequence"),
            primary=True,
        )
        if sure:
            told(
                filled,
                perform(
                    progress.submit_progress_update,
                    done=t("update_act.submitted", number=item.planned.number),
                    token=filled.token,
                    by=by,
                    update_id=update_id,
                ),
            )
        if signs:
            _send_back(by, filled, item, update_id)


def _reason(filled: Filling) -> None:
    text_area(filled, "reason", t("update_act.reason"), "", height=68)


def _send_back(by: SignedIn, filled: Filling, item: ReportItem, update_id: int) -> None:
    if st.button(t("update_act.send_back"), key=filled.key("send_back")):
        told(
            filled,
            perform(
                progress.send_back_progress_update,
                done=t("update_act.sent_back", number=item.planned.number),
                token=filled.token,
                by=by,
                update_id=update_id,
                reason=filled.typed("reason", ""),
            ),
        )


def _rule(by: SignedIn, filled: Filling, item: ReportItem, update_id: int) -> None:
    """Accept, or return with a written reason."""
    _reason(filled)
    number = item.planned.number
    with st.container(horizontal=True):
        if st.button(t("update_act.accept"), type="primary", key=filled.key("accept")):
            told(
                filled,
                perform(
                    reviews.accept_progress_update,
                    done=t("update_act.accepted", number=number),
                    token=filled.token,
                    by=by,
                    update_id=update_id,
                ),
            )
        if st.button(t("update_act.return_"), key=filled.key("return")):
            told(
                filled,
                perform(
                    reviews.return_progress_update,
                    done=t("update_act.returned", number=number),
                    token=filled.token,
                    by=by,
                    update_id=update_id,
                    reason=filled.typed("reason", ""),
                ),
            )
        st.caption(t("update_act.accept_consequence"), width="content")


def _reopen(by: SignedIn, filled: Filling, item: ReportItem, update_id: int) -> None:
    frozen = refusal(check_may_reopen, item.period_status)
    if frozen:
        st.caption(say(frozen))
        return
    text_area(filled, "reason", t("update_act.reopen_reason"), "", height=68)
    sure = confirm(
        filled.key("reopen"), verb=t("update_act.reopen"), consequence=t("update_act.reopen_consequence")
    )
    if sure:
        told(
            filled,
            perform(
                reviews.reopen_progress_update,
                done=t("update_act.reopened", number=item.planned.number),
                token=filled.token,
                by=by,
                update_id=update_id,
                reason=filled.typed("reason", ""),
            ),
        )
