"""The list of requests, and of the tasks that may still ask for something."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from db.requests.queries import OPEN
from pages.shared.choices import named_of
from pages.shared.filters import asked_number
from pages.shared.reads import Reads
from pages.shared.wording import day, plain, translate
from pages.shared.worklist import WorkItem, group
from tracking.vocabulary import RequestKind

# What is asked for a task → the name in the address under which the task stands.
ASKS: Mapping[RequestKind, str] = {
    RequestKind.EXTENSION: "ask",
    RequestKind.SUSPENSION: "suspend",
    RequestKind.RESUMPTION: "resume",
}
# What may be asked, and for which task.
Ask = tuple[RequestKind, int]


def request_lines(reads: Reads, frame: pd.DataFrame) -> list[WorkItem]:
    """The requests of a frame of `db.requests.queries`."""
    return [_request(reads, row) for row in frame.itertuples(index=False)]


def _request(reads: Reads, row: Any) -> WorkItem:
    words = [translate(f"request_kind.{row.kind}")]
    if row.status not in OPEN:  # what is open stands under its status already
        words.append(translate(f"request_status.{row.status}"))
    return WorkItem(
        key=int(row.request_id),
        name=translate("list.task", number=row.task_number),
        label=named_of(
            reads, f"{plain(row.authority_name)} {row.task_number}　{plain(row.title)}", row.notice_id
        ),
        note=f":gray[{' · '.join(words)}]",
    )


def ask_lines(reads: Reads, kind: RequestKind, tasks: pd.DataFrame, *, chosen: Ask | None) -> None:
    """The tasks for which something is likely to be asked, a click from the form; nothing where there is none."""
    lines = [_task(reads, row) for row in tasks.itertuples(index=False)]
    if lines:
        title = translate(f"extension_page.group_{kind}")
        open_key = chosen[1] if chosen and chosen[0] is kind else None
        group(str(kind), title, lines, param=ASKS[kind], chosen=open_key)


def _task(reads: Reads, row: Any) -> WorkItem:
    return WorkItem(
        key=int(row.task_id),
        name=translate("list.task", number=row.task_number),
        label=named_of(reads, f"{row.task_number}　{plain(row.title)}", row.notice_id),
        note=f":gray[{day(row.due_on)}]",
    )


def opened(waiting: Sequence[int], asks: Sequence[Ask], over: Sequence[int]) -> tuple[int | None, Ask | None]:
    """The request, or what may be asked, that the address names; else the first of what waits, may ask, is over."""
    request_id = asked_number("request")
    named = ((kind, asked_number(name)) for kind, name in ASKS.items())
    ask = next(((kind, key) for kind, key in named if key is not None), None)
    if request_id is None and ask is None:
        request_id = next(iter(waiting), None)
        ask = None if request_id is not None else next(iter(asks), None)
    if request_id is None and ask is None:
        request_id = next(iter(over), None)
    if request_id is not None:
        st.query_params["request"] = str(request_id)
    if ask is not None:
        st.query_params[ASKS[ask[0]]] = str(ask[1])
    return request_id, ask
