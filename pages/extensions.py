"""Requests for a later due date, to suspend a task or to resume it, what can be done with them; and moved dates."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from db.authorities.delegation import own_scope
from db.requests.queries import near_due_frame, open_requests_frame, past_requests_frame, suspended_frame
from pages.parts.moves.register import show_register
from pages.parts.remits.whose import narrowed_reads
from pages.parts.requests.form import ask_panel
from pages.parts.requests.list import ask_lines, opened, request_lines
from pages.parts.requests.sheet import request_sheet
from pages.parts.supplied.list import show_supplied
from pages.parts.support.contests import show_contests
from pages.shared.access import require
from pages.shared.choices import chosen_notice
from pages.shared.components import empty, foot, heading
from pages.shared.filters import switch
from pages.shared.reads import reads_for
from pages.shared.wording import day, moment, translate
from pages.shared.worklist import group
from tracking.permissions import Right, may
from tracking.vocabulary import RequestKind, RequestStatus

by = require("extensions")
reads = reads_for(by)
own = replace(reads, scope=own_scope(by))
ACTS = (Right.MAKE_REQUEST, Right.SIGN_REQUEST, Right.RULE_REQUEST)
OPEN = (RequestStatus.REQUESTED, RequestStatus.DRAFT)
VIEWS = ("waiting", "register", "contests", "supplied")
top = st.container()


def show_waiting() -> None:
    """The requests in groups on the left; on the right, one of them or the request form."""
    waiting = narrowed_reads(by, reads).scoped(open_requests_frame)
    over = reads.scoped(past_requests_frame)
    tasks = askable()
    with top:
        heading(translate("page.extensions"), waiting_sentence(waiting, tasks), scrolls=True)
    asks = [(kind, int(task_id)) for kind, frame in tasks.items() for task_id in frame["task_id"]]
    request_id, ask = opened(waiting["request_id"].tolist(), asks, over["request_id"].tolist())
    if request_id is None and ask is None:
        empty(translate("extension_page.nothing"))
        return
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        for status in OPEN:
            show_group(str(status), waiting[waiting["status"] == status], request_id)
        for kind, frame in tasks.items():
            ask_lines(reads, kind, frame, chosen=ask)
        show_group("over", over, request_id)
    with right:
        if request_id is not None:
            request_sheet(by, reads, request_id)
        elif ask is not None:
            ask_panel(by, own, ask)


def askable() -> dict[RequestKind, pd.DataFrame]:
    """One's own tasks likely to need a request, by kind; empty for those who make none."""
    if not may(by, Right.MAKE_REQUEST):
        return {}
    likely = {RequestKind.EXTENSION: near_due_frame, RequestKind.RESUMPTION: suspended_frame}
    return {kind: own.scoped(frame) for kind, frame in likely.items()}


def show_group(name: str, frame: pd.DataFrame, chosen: int | None) -> None:
    """One group of the list; empty ones are left out."""
    if not frame.empty:
        title = translate(f"extension_page.group_{name}")
        group(name, title, request_lines(reads, frame), param="request", chosen=chosen)


def waiting_sentence(waiting: pd.DataFrame, tasks: dict[RequestKind, pd.DataFrame]) -> str:
    """How many requests wait for whom, since when, and how many tasks are nearly due or suspended."""
    asked, unsigned = (waiting[waiting["status"] == status] for status in OPEN)
    sentence = translate("extension_page.sentence", to_rule=len(asked))
    if by.authority_id is not None:
        sentence += translate("extension_page.to_sign", to_sign=len(unsigned))
    if not asked.empty:
        sentence += translate("extension_page.oldest", oldest=moment(asked["requested_at"].min()))
    counts = {kind: len(frame) for kind, frame in tasks.items() if not frame.empty}
    likely = (translate(f"extension_page.likely_{kind}", tasks=count) for kind, count in counts.items())
    return sentence + "".join(likely)


notice_id = chosen_notice(reads)
acts = any(may(by, right) for right in ACTS)
views = VIEWS if acts else ("register", "waiting", "contests", "supplied")
view = switch("show", {name: translate(f"extension_page.view_{name}") for name in views})
if view == "contests":
    show_contests(by, narrowed_reads(by, reads), top)
elif view == "supplied":
    show_supplied(by, narrowed_reads(by, reads), notice_id, top)
elif view == "register" and notice_id is not None:
    show_register(by, reads, notice_id, top)
else:
    show_waiting()
    rules = [translate(f"extension_page.rule_{name}") for name in ("ask", "light", "suspend")]
    foot(translate("extension_page.source"), day(reads.today), *rules)
