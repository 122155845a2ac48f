"""What can be done with an urging slip: acknowledged and answered by its authority, closed or escalated by the group."""

from functools import partial
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.urging import actions as acts
from db.urging.queries import Urging, urging_of
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import message_text, translate
from tracking.messages import refusal
from tracking.permissions import Right, may_act
from tracking.urging import check_can_issue, usual_answer_by
from tracking.vocabulary import SlipStatus
from tracking.workflow import URGING_SLIP, allows

LONGEST = 1000


def slip_acts(reads: Reads, by: SignedIn, slip: dict[str, Any]) -> None:
    """The forms allowed by the slip's state and this person's rights."""
    status = SlipStatus(slip["status"])
    if may_act(by, Right.ACKNOWLEDGE_SLIP, slip["authority_id"]):
        _reply(by, slip, status)
    if may_act(by, Right.URGE, slip["authority_id"]):
        if allows(URGING_SLIP, status, "meet"):
            _close(by, slip)
        _follow(reads, by, slip)


def _reply(by: SignedIn, slip: dict[str, Any], status: SlipStatus) -> None:
    slip_id = slip["slip_id"]
    if allows(URGING_SLIP, status, "acknowledge"):
        form = small_form(f"acknowledge_{slip_id}")
        st.caption(translate("urging_page.acknowledge_note"))
        form.save(
            translate("verb.acknowledge"),
            acts.acknowledge_slips,
            done=translate("urging_page.acknowledged"),
            primary=True,
            by=by,
            slip_ids=[slip_id],
        )
    elif allows(URGING_SLIP, status, "answer"):
        form = small_form(f"answer_{slip_id}")
        answer = form.area("answer", translate("urging_page.answer"), max_chars=LONGEST)
        st.caption(translate("urging_page.answer_note"))
        form.save(
            translate("verb.answer"),
            acts.answer_slip,
            done=translate("urging_page.answered"),
            primary=True,
            by=by,
            slip_id=slip_id,
            answer=answer,
        )


def _close(by: SignedIn, slip: dict[str, Any]) -> None:
    """Confirm that it was met, or withdraw it with a reason."""
    slip_id = slip["slip_id"]
    form = small_form(f"meet_{slip_id}")
    note = form.area("note", translate("urging_page.note"), max_chars=LONGEST)
    form.save(
        translate("verb.meet"),
        acts.meet_slips,
        done=translate("urging_page.met"),
        primary=True,
        by=by,
        slip_ids=[slip_id],
        note=note,
    )
    with st.expander(translate("verb.withdraw")):
        form = small_form(f"withdraw_{slip_id}")
        reason = form.area("reason", translate("urging_page.reason"), max_chars=LONGEST)
        form.save(
            translate("verb.withdraw"),
            acts.withdraw_slip,
            done=translate("urging_page.withdrawn"),
            by=by,
            slip_id=slip_id,
            reason=reason,
        )


def _follow(reads: Reads, by: SignedIn, slip: dict[str, Any]) -> None:
    """The next slip for this task, or why it is not allowed."""
    urging = reads.scoped(urging_of, task_id=slip["task_id"])
    st.markdown(f"**{translate('urging_page.next')}**")
    issue_form(by, urging, reads)


def issue_form(by: SignedIn, urging: Urging, reads: Reads) -> None:
    """Issue the next slip for one task; if none may be issued, a disabled button with the rule's reason."""
    check = partial(check_can_issue, urging.task, urging.last, today=reads.today, window=urging.window)
    why = refusal(check)
    if why:
        st.button(translate("urging_page.issue_next"), disabled=True, key=f"issue_{urging.task.id}")
        st.caption(message_text(why))
        return
    level, ground = check()
    form = small_form(f"issue_{urging.task.id}")
    st.caption(translate("urging_page.may_issue", slip_level=level, slip_ground=ground))
    answer_by, demand = demand_fields(form, reads)
    form.save(
        translate("urging_page.issue_level", slip_level=level),
        acts.issue_slips,
        done=translate("urging_page.issued", count=1),
        consequence=translate("urging_page.issue_consequence", count=1),
        by=by,
        task_ids=[urging.task.id],
        answer_by=answer_by,
        demand=demand,
    )


def demand_fields(form: Form, reads: Reads) -> tuple[Any, str]:
    """The fields for the demand and the answer date."""
    answer_by = form.day("answer_by", translate("urging_page.answer_by"), usual_answer_by(reads.today))
    demand = form.area(
        "demand",
        translate("urging_page.demand"),
        initial=translate("urging_page.usual_demand"),
        max_chars=LONGEST,
    )
    return answer_by, demand
