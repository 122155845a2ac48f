"""One request beside the list: what it says, the lights it would give, and what to do."""

from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.requests.queries import OPEN, request_of, standing_of
from db.store import NotFound
from pages.parts.moves.table import task_moves
from pages.parts.requests.acts import request_acts
from pages.parts.requests.lights import show_lights
from pages.shared.choices import named_of
from pages.shared.components import empty
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import day, lines, moment, plain, translate
from tracking.vocabulary import RequestKind


def request_sheet(by: SignedIn, reads: Reads, request_id: int) -> None:
    """The request of the address, wherever it has got to since."""
    try:
        row = reads.scoped(request_of, request_id=request_id)
        asked = reads.scoped(standing_of, task_id=int(row.task_id))
    except NotFound:
        empty(translate("store.not_found"))
        return
    with st.container(key="subject"):
        with st.container(horizontal=True, vertical_alignment="center"):
            title = f"{plain(row.authority_name)} {row.task_number}　{plain(row.title)}"
            st.subheader(title, anchor=False, width="stretch")
            page_link("task", translate("report.to_task"), task=row.task_id)
        words = (translate(f"request_kind.{row.kind}"), translate(f"request_status.{row.status}"))
        st.caption(named_of(reads, " · ".join(words), row.notice_id))
    _show_request(row)
    if row.status in OPEN:
        show_lights(reads, asked, RequestKind(row.kind), row.requested_due_on)
    request_acts(by, reads, row, asked)
    task_moves(reads, int(row.task_id))


def _show_request(row: Any) -> None:
    """What is asked, why, how far the task has come, and who has had it in hand."""
    said = {
        **_days(row),
        "reason": plain(row.reason),
        "progress": plain(row.progress),
        "written": _hand(row.author, row.written_at),
        "signed": _hand(row.signatory, row.requested_at),
        "granted_due_on": day(row.granted_due_on) if row.granted_due_on else "",
        "ruled": _hand(row.ruled_by, row.ruled_at),
    }
    facts = [
        f"| {translate(f'extension_page.fact_{name}')} | {value} |" for name, value in said.items() if value
    ]
    with st.container(key="facts"):
        st.markdown("\n".join(["| | |", "|---|---|", *facts]))
    if row.ruling:
        st.info(translate("extension_page.ruling", ruling=lines(row.ruling)))


def _days(row: Any) -> dict[str, str]:
    """The due date in force and the one asked for; only an extension has them."""
    if row.kind != RequestKind.EXTENSION:
        return {}
    days = (row.requested_due_on - row.due_on).days
    later = translate("extension_page.later", day=day(row.requested_due_on), days=days)
    return {"due_on": day(row.due_on), "requested_due_on": later}


def _hand(name: Any, at: Any) -> str:
    """Who and when; nothing while it has not happened."""
    if moment(at) == "—":
        return ""
    return f"{plain(name)} {moment(at)}" if isinstance(name, str) else moment(at)
