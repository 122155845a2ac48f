"""The forms about an extension: asked for, signed or sent back, withdrawn, granted or refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import streamlit as st

from db.requests import actions as requests
from db.requests.queries import NEAR, AskedTask, last_request, standing_of
from db.identity import SignedIn
from db.store import NotFound
from db.tables import TaskRequest
from pages.parts.requests.lights import show_lights
from pages.shared.components import empty
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.small_forms import small_form
from pages.shared.wording import day, lines, message_text, plain, translate
from tracking.requests import LIMIT, Asked, check_may_ask
from tracking.messages import refusal
from tracking.permissions import Right, may_act
from tracking.vocabulary import RequestStatus

OPEN = (RequestStatus.DRAFT, RequestStatus.REQUESTED)
AT_FIRST = timedelta(30)


def ask_link(by: SignedIn, reads: Reads, task_id: int, *, near_only: bool = False) -> None:
    """The way from a task to its request: to the one under way, or to the form while it may be asked for."""
    standing = reads.scoped(standing_of, task_id=task_id)
    task, last = standing.task, reads.scoped(last_request, task_id=task_id)
    if last is not None and last.status in OPEN:
        page_link("extensions", translate("extension_page.to_request"), show="waiting", request=last.id)
        return
    if not may_act(by, Right.MAKE_REQUEST, task.authority_id) or refusal(
        check_may_ask, task, reads.today
    ):
        return
    if not near_only or (task.due_on or date.max) <= reads.today + NEAR:
        page_link("extensions", translate("extension_page.to_ask"), show="waiting", ask=task_id)


def ask_panel(by: SignedIn, reads: Reads, task_id: int) -> None:
    """The form that asks for a later due date, begun with the words of the last request that came to nothing."""
    try:
        standing = reads.scoped(standing_of, task_id=task_id)
    except NotFound:
        empty(translate("store.not_found"))
        return
    task, last = standing.task, reads.scoped(last_request, task_id=task_id)
    open_request = last is not None and last.status in OPEN
    st.subheader(
        translate("extension_page.ask_title", number=task.number, title=plain(standing.title)), anchor=False
    )
    page_link("task", translate("report.to_task"), task=task_id)
    refused = refusal(check_may_ask, task, reads.today, open_request=open_request)
    if refused or task.due_on is None:
        st.info(message_text(refused) if refused else translate("extension.not_in_force"))
        if open_request and last is not None:
            page_link("extensions", translate("extension_page.to_request"), show="waiting", request=last.id)
        return
    _ask_form(by, reads, standing, task.due_on, last)


def _ask_form(
    by: SignedIn, reads: Reads, standing: AskedTask, due_on: date, last: TaskRequest | None
) -> None:
    if last is not None and last.ruling and last.status is not RequestStatus.GRANTED:
        st.warning(translate("extension_page.last_ruling", ruling=lines(last.ruling)))
    form = small_form(f"ask_{standing.task.id}")
    st.caption(translate("extension_page.ask_note", due_on=day(due_on)))
    requested = form.day("requested_due_on", translate("extension_page.requested_due_on"), due_on + AT_FIRST)
    before = "" if last is None or last.status is RequestStatus.GRANTED else last.reason
    reason = form.area("reason", translate("extension_page.reason"), value=before, max_chars=LIMIT)
    before = "" if not before or last is None else last.progress
    progress = form.area("progress", translate("extension_page.progress"), value=before, max_chars=LIMIT)
    show_lights(reads, standing, requested)
    form.save(
        translate("extension_page.ask"),
        requests.make_request,
        done=translate("extension_page.asked"),
        primary=True,
        by=by,
        task_id=standing.task.id,
        asked=Asked(requested, reason, progress),
    )


def request_forms(by: SignedIn, reads: Reads, row: Any, standing: AskedTask) -> None:
    """What this person may do with a request (a row of `db.requests.queries`) as it stands."""
    acts: dict[RequestStatus, tuple[tuple[Right, Callable[..., None]], ...]] = {
        RequestStatus.DRAFT: ((Right.SIGN_REQUEST, _sign), (Right.MAKE_REQUEST, _withdraw)),
        RequestStatus.REQUESTED: ((Right.RULE_REQUEST, _rule), (Right.MAKE_REQUEST, _withdraw)),
    }
    for right, act in acts.get(row.status, ()):
        if may_act(by, right, int(row.authority_id)):
            act(by, reads, row, standing)


def _sign(by: SignedIn, reads: Reads, row: Any, standing: AskedTask) -> None:
    """Signed, it is sent; or it goes back with the reason."""
    late = refusal(check_may_ask, standing.task, reads.today)
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


def _withdraw(by: SignedIn, _reads: Reads, row: Any, _standing: AskedTask) -> None:
    small_form(f"withdraw_{row.request_id}").save(
        translate("extension_page.withdraw"),
        requests.withdraw_request,
        done=translate("extension_page.withdrawn_done"),
        consequence=translate("extension_page.withdraw_consequence"),
        by=by,
        request_id=int(row.request_id),
    )


def _rule(by: SignedIn, reads: Reads, row: Any, standing: AskedTask) -> None:
    """A day within what was asked, whose light is told before it is fixed; or a refusal with its reason."""
    form = small_form(f"grant_{row.request_id}")
    granted = form.day("granted_due_on", translate("extension_page.granted_due_on"), row.requested_due_on)
    if granted != row.requested_due_on:
        show_lights(reads, standing, granted)
    ruling = form.area("ruling", translate("extension_page.ruling_words"), max_chars=LIMIT)
    form.save(
        translate("extension_page.grant"),
        requests.grant_request,
        done=translate("extension_page.granted_done", day=day(granted)),
        consequence=translate("extension_page.grant_consequence", day=day(granted)),
        primary=True,
        by=by,
        request_id=int(row.request_id),
        granted_due_on=granted,
        ruling=ruling,
    )
    with st.expander(translate("extension_page.refuse")):
        _refuse(by, int(row.request_id))


def _refuse(by: SignedIn, request_id: int) -> None:
    form = small_form(f"refuse_{request_id}")
    reason = form.area("reason", translate("extension_page.refuse_reason"), max_chars=LIMIT)
    form.save(
        translate("extension_page.refuse"),
        requests.refuse_request,
        done=translate("extension_page.refused_done"),
        by=by,
        request_id=request_id,
        reason=reason,
    )
