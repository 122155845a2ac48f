"""What may be done with a request: signed or sent back, withdrawn, granted or refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.requests import actions as requests
from db.requests.queries import AskedTask
from pages.parts.requests.lights import show_lights
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import day, message_text, translate
from tracking.messages import refusal
from tracking.permissions import Right, may_act
from tracking.requests import LIMIT, check_may_ask
from tracking.vocabulary import RequestKind, RequestStatus


def request_acts(by: SignedIn, reads: Reads, row: Any, asked: AskedTask) -> None:
    """What this person may do with a request (a row of `db.requests.queries`) as it stands."""
    acts: dict[RequestStatus, tuple[tuple[Right, Callable[..., None]], ...]] = {
        RequestStatus.DRAFT: ((Right.SIGN_REQUEST, _sign), (Right.MAKE_REQUEST, _withdraw)),
        RequestStatus.REQUESTED: ((Right.RULE_REQUEST, _rule), (Right.MAKE_REQUEST, _withdraw)),
    }
    for right, act in acts.get(row.status, ()):
        if may_act(by, right, int(row.authority_id)):
            act(by, reads, row, asked)


def _sign(by: SignedIn, reads: Reads, row: Any, asked: AskedTask) -> None:
    """Signed, it is sent; or it goes back with the reason."""
    late = refusal(check_may_ask, RequestKind(row.kind), asked.task, reads.today)
    if late:
        st.warning(message_text(late))
    else:
        small_form(f"sign_{row.request_id}").save(
            translate("extension_page.sign"),
            requests.sign_request,
            done=translate("extension_page.signed_done"),
            primary=True,
            by=by,
            request_id=int(row.request_id),
        )
    with st.expander(translate("extension_page.send_back")):
        form = small_form(f"send_back_{row.request_id}")
        reason = form.area("reason", translate("extension_page.send_back_reason"), max_chars=LIMIT)
        form.save(
            translate("extension_page.send_back"),
            requests.send_back_request,
            done=translate("extension_page.sent_back_done"),
            by=by,
            request_id=int(row.request_id),
            reason=reason,
        )


def _withdraw(by: SignedIn, _reads: Reads, row: Any, _asked: AskedTask) -> None:
    small_form(f"withdraw_{row.request_id}").save(
        translate("extension_page.withdraw"),
        requests.withdraw_request,
        done=translate("extension_page.withdrawn_done"),
        consequence=translate("extension_page.withdraw_consequence"),
        by=by,
        request_id=int(row.request_id),
    )


def _rule(by: SignedIn, reads: Reads, row: Any, asked: AskedTask) -> None:
    """Granted, an extension to a day within what was asked, whose light is told before it is fixed; or refused."""
    form = small_form(f"grant_{row.request_id}")
    granted = _granted_day(form, reads, row, asked) if row.kind == RequestKind.EXTENSION else None
    said = {} if granted is None else {"day": day(granted)}
    ruling = form.area("ruling", translate("extension_page.ruling_words"), max_chars=LIMIT)
    form.save(
        translate(f"{row.kind}_page.grant"),
        requests.grant_request,
        done=translate(f"{row.kind}_page.granted_done", **said),
        consequence=translate(f"{row.kind}_page.grant_consequence", **said),
        primary=True,
        by=by,
        request_id=int(row.request_id),
        granted_due_on=granted,
        ruling=ruling,
    )
    with st.expander(translate(f"{row.kind}_page.refuse")):
        _refuse(by, row)


def _granted_day(form: Form, reads: Reads, row: Any, asked: AskedTask) -> date:
    granted = form.day("granted_due_on", translate("extension_page.granted_due_on"), row.requested_due_on)
    if granted != row.requested_due_on:
        show_lights(reads, asked, RequestKind.EXTENSION, granted)
    return granted


def _refuse(by: SignedIn, row: Any) -> None:
    form = small_form(f"refuse_{row.request_id}")
    reason = form.area("reason", translate("extension_page.refuse_reason"), max_chars=LIMIT)
    form.save(
        translate(f"{row.kind}_page.refuse"),
        requests.refuse_request,
        done=translate(f"{row.kind}_page.refused_done"),
        by=by,
        request_id=int(row.request_id),
        reason=reason,
    )
