"""How something is asked for a task: the ways there from its own pages, and the form."""

from datetime import date, timedelta

import streamlit as st

from db.identity import SignedIn
from db.requests import actions as requests
from db.requests.queries import NEAR, OPEN, AskedTask, last_request, standing_of
from db.store import NotFound
from db.tables import TaskRequest
from pages.parts.requests.lights import show_lights
from pages.parts.requests.list import ASKS, Ask
from pages.shared.components import empty
from pages.shared.forms import Form, small_form
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import day, lines, message_text, plain, translate
from tracking.messages import refusal
from tracking.permissions import Right, may_act
from tracking.requests import LIMIT, Asked, check_may_ask
from tracking.vocabulary import RequestKind, RequestStatus

AT_FIRST = timedelta(30)


def ask_links(by: SignedIn, reads: Reads, task_id: int, *, near_only: bool = False) -> None:
    """The ways from a task to its request: to the one under way, or to each form that may be filled in now."""
    task = reads.scoped(standing_of, task_id=task_id).task
    if _under_way(reads, task_id) or not may_act(by, Right.MAKE_REQUEST, task.authority_id):
        return
    far = near_only and (task.due_on or date.max) > reads.today + NEAR
    for kind, name in ASKS.items():
        if (far and kind is RequestKind.EXTENSION) or refusal(check_may_ask, kind, task, reads.today):
            continue
        page_link("extensions", translate(f"{kind}_page.to_ask"), show="waiting", **{name: task_id})


def _under_way(reads: Reads, task_id: int) -> bool:
    """Whether a request for the task is open, with the way to it."""
    last = reads.scoped(last_request, task_id=task_id)
    if last is None or last.status not in OPEN:
        return False
    label = translate("extension_page.to_request", kind=translate(f"request_kind.{last.kind}"))
    page_link("extensions", label, show="waiting", request=last.id)
    return True


def ask_panel(by: SignedIn, reads: Reads, ask: Ask) -> None:
    """The form that asks for something, begun with the words of the last such request that came to nothing."""
    kind, task_id = ask
    try:
        asked = reads.scoped(standing_of, task_id=task_id)
    except NotFound:
        empty(translate("store.not_found"))
        return
    title = {"number": asked.task.number, "title": plain(asked.title)}
    st.subheader(translate(f"{kind}_page.ask_title", **title), anchor=False)
    page_link("task", translate("report.to_task"), task=task_id)
    last = reads.scoped(last_request, task_id=task_id)
    open_request = last is not None and last.status in OPEN
    refused = refusal(check_may_ask, kind, asked.task, reads.today, open_request=open_request)
    if refused:
        st.info(message_text(refused))
        _under_way(reads, task_id)
    else:
        _ask_form(by, reads, kind, asked)


def _ask_form(by: SignedIn, reads: Reads, kind: RequestKind, asked: AskedTask) -> None:
    last = reads.scoped(last_request, task_id=asked.task.id, kind=kind)
    before = None if last is None or last.status is RequestStatus.GRANTED else last
    if before and before.ruling:
        st.warning(translate("extension_page.last_ruling", ruling=lines(before.ruling)))
    form = small_form(f"ask_{kind}_{asked.task.id}")
    st.caption(translate(f"{kind}_page.ask_note", due_on=day(asked.task.due_on)))
    said = _extension(form, asked, before) if kind is RequestKind.EXTENSION else _step(form, kind, before)
    show_lights(reads, asked, kind, said.requested_due_on)
    form.save(
        translate("extension_page.ask"),
        requests.make_request,
        done=translate("extension_page.asked"),
        primary=True,
        by=by,
        task_id=asked.task.id,
        asked=said,
    )


def _extension(form: Form, asked: AskedTask, before: TaskRequest | None) -> Asked:
    first = (asked.task.due_on or date.min) + AT_FIRST
    requested_due_on = form.day("requested_due_on", translate("extension_page.requested_due_on"), first)
    said = _step(form, RequestKind.EXTENSION, before)
    progress = form.area(
        "progress",
        translate("extension_page.progress"),
        initial=before.progress if before else "",
        max_chars=LIMIT,
    )
    return Asked(said.kind, said.reason, requested_due_on, progress)


def _step(form: Form, kind: RequestKind, before: TaskRequest | None) -> Asked:
    """What has nothing but a reason."""
    label = translate(f"{kind}_page.reason")
    return Asked(kind, form.area("reason", label, initial=before.reason if before else "", max_chars=LIMIT))
