"""What can be done with a whole plan: hand over, sign off, submit, file, return, revise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.plans import actions as plans, taking_back
from db.plans.queries import PlanSheet
from db.signatures import lies_with
from pages.parts.plans.unsaved import unsaved
from pages.shared.components import confirm
from pages.shared.faults import line_faults
from pages.shared.forms import Form
from pages.shared.store import the_store
from pages.shared.wording import moment, plain, translate
from tracking.permissions import Right, may_act
from tracking.vocabulary import PlanStatus

# A ruling needs room for its reason.
_RULED = (PlanStatus.CHECKING, PlanStatus.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Stand:
    """A plan before its reader, and the form draft for a reason."""

    by: SignedIn
    sheet: PlanSheet
    filled: Form

    def may(self, right: Right) -> bool:
        """Whether this person holds the right for this very authority."""
        return may_act(self.by, right, self.sheet.plan.authority_id)

    def do(self, action: Callable[..., Any], done: str, **asked: Any) -> None:
        """Perform the action and confirm."""
        told = translate(f"plan.{done}", year=self.sheet.plan.year)
        self.filled.perform(action, done=told, by=self.by, **asked)

    @property
    def revision_id(self) -> int:
        """The revision acted on."""
        return self.sheet.revision.id


def plan_acts(by: SignedIn, sheet: PlanSheet, place: Any = None) -> None:
    """The buttons for the state the plan is in, those only that this person may use; none on an older revision.

    They go to `place`, except for a ruling, which needs room for its reason.
    """
    # Not the version of the data: whatever anybody saves meanwhile would swallow the click.
    filled = Form.under_way(f"plan_{sheet.revision.id}", row_version=sheet.revision.row_version, draft=None)
    filled.touched = bool(filled.typed("reason", ""))
    stand = Stand(by, sheet, filled)
    acts = {
        PlanStatus.DRAFT: _draft,
        PlanStatus.HANDED_OVER: _handed_over,
        PlanStatus.SIGNED_OFF: _signed,
        PlanStatus.CHECKING: _checking,
        PlanStatus.SUBMITTED: _submitted,
        PlanStatus.RETURNED: _returned,
        PlanStatus.FILED: _filed,
    }
    if not sheet.is_newest:
        return
    line_faults(
        filled.refused, {str(task.number): task.task_revision_id for task in sheet.tasks}, param="task"
    )
    _reductions(sheet)
    with st.container() if place is None or sheet.revision.status in _RULED else place:
        acts[sheet.revision.status](stand)
        _take_back(stand)
    open_once(by, sheet)


def open_once(by: SignedIn, sheet: PlanSheet) -> None:
    """Note that whoever the plan lies with has it in front of them; its own writer is nobody else."""
    revision, asked = sheet.revision, lies_with(sheet.revision, sheet.plan.authority_id)
    other = by.officer_id != revision.created_by_id
    if asked and other and revision.opened_at is None and may_act(by, *asked):
        taking_back.open_plan(the_store(), by=by, revision_id=revision.id)


def _take_back(stand: Stand) -> None:
    """For whoever handed it on, while nobody has opened it."""
    revision = stand.sheet.revision
    rights = {
        PlanStatus.HANDED_OVER: Right.WRITE_PLAN,
        PlanStatus.CHECKING: Right.SUBMIT,
        PlanStatus.SUBMITTED: Right.SUBMIT,
    }
    right = rights.get(revision.status)
    if right is None or not stand.may(right):
        return
    if revision.opened_at is not None:
        st.caption(translate("update_act.opened", when=moment(revision.opened_at)))
        return
    if st.button(translate("update_act.take_back"), key=stand.filled.key("take_back")):
        stand.do(taking_back.take_back_plan, "taken_back", revision_id=stand.revision_id)


def _reductions(sheet: PlanSheet) -> None:
    """What an amendment that is not filed yet makes smaller, before whoever writes it, signs it or rules on it."""
    if not sheet.reductions or sheet.revision.status is PlanStatus.FILED:
        return
    lines = (
        translate(f"plan.reduced_{one.kind}", number=one.number, part=plain(one.part))
        for one in sheet.reductions
    )
    st.warning("  \n".join([translate("plan.reductions"), *lines]))


def _draft(stand: Stand) -> None:
    if stand.may(Right.WRITE_PLAN) and st.button(
        translate("plan.hand_over"), key=stand.filled.key("hand_over")
    ):
        if left := list(unsaved(stand.sheet)):
            stand.filled.refuse(left)
        stand.do(plans.request_plan_sign_off, "handed_over_done", revision_id=stand.revision_id)


def _handed_over(stand: Stand) -> None:
    if not stand.may(Right.SIGN_OFF):
        return
    with st.container(horizontal=True):
        if st.button(translate("update_act.sign"), type="primary", key=stand.filled.key("sign")):
            stand.do(plans.sign_off_plan, "signed_done", revision_id=stand.revision_id)
        _send_back(stand)


def _signed(stand: Stand) -> None:
    with st.container(horizontal=True):
        if stand.may(Right.SUBMIT):
            sure = confirm(
                stand.filled.key("submit"),
                verb=translate("update_act.submit"),
                consequence=translate("plan.submit_consequence"),
                primary=True,
            )
            if sure:
                stand.do(plans.submit_plan, "submitted_done", revision_id=stand.revision_id)
        if stand.may(Right.SIGN_OFF):
            _send_back(stand)


def _send_back(stand: Stand) -> None:
    with st.popover(translate("update_act.send_back")):
        stand.filled.area("reason", translate("plan.send_back_reason"), "", height=96)
        if st.button(translate("plan.send_back"), key=stand.filled.key("send_back")):
            reason = stand.filled.typed("reason", "")
            stand.do(plans.send_back_plan, "sent_back_done", revision_id=stand.revision_id, reason=reason)


def _checking(stand: Stand) -> None:
    if not may_act(stand.by, Right.CHECK_BENEATH, stand.sheet.revision.checker_id):
        return
    stand.filled.area("reason", translate("update_act.reason"), "", height=68)
    with st.container(horizontal=True):
        if st.button(translate("update_act.pass_on"), type="primary", key=stand.filled.key("pass_on")):
            stand.do(plans.pass_on_plan, "passed_on_done", revision_id=stand.revision_id)
        _return(stand)


def _return(stand: Stand) -> None:
    if st.button(translate("update_act.return_"), key=stand.filled.key("return")):
        reason = stand.filled.typed("reason", "")
        stand.do(plans.return_plan, "returned_done", revision_id=stand.revision_id, reason=reason)


def _submitted(stand: Stand) -> None:
    if not stand.may(Right.REVIEW):
        return
    grants = bool(stand.sheet.reductions) and stand.filled.switch("grant", translate("plan.grant"), False)
    stand.filled.area("reason", translate("update_act.reason"), "", height=68)
    with st.container(horizontal=True):
        sure = confirm(
            stand.filled.key("file"),
            verb=translate("plan.file"),
            consequence=translate("plan.file_consequence"),
            primary=True,
        )
        if sure:
            stand.do(plans.file_plan, "filed_done", revision_id=stand.revision_id, grant_reductions=grants)
        _return(stand)


def _returned(stand: Stand) -> None:
    if stand.may(Right.WRITE_PLAN) and st.button(
        translate("plan.revise"), type="primary", key=stand.filled.key("revise")
    ):
        stand.do(plans.revise_plan, "revised_done", plan_id=stand.sheet.plan.id)


def _filed(stand: Stand) -> None:
    """A filed plan: an amendment needs a reason before anything else."""
    if not stand.may(Right.WRITE_PLAN):
        return
    with st.popover(translate("plan.amend"), icon=":material/edit:"):
        st.markdown(translate("plan.amend_consequence"))
        stand.filled.area("reason", translate("plan.amend_reason"), "", height=96)
        if st.button(translate("plan.amend_begin"), key=stand.filled.key("amend")):
            reason = stand.filled.typed("reason", "")
            stand.do(plans.revise_plan, "amended_done", plan_id=stand.sheet.plan.id, reason=reason)
