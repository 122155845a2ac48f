"""The list of extension requests, and of tasks that may still ask for one."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.filters import asked_number
from pages.shared.wording import day, plain, translate
from pages.shared.worklist import WorkItem, group


def request_lines(frame: pd.DataFrame) -> list[WorkItem]:
    """The requests of a frame of `db.requests.queries`."""
    return list(_lines(frame))


def _lines(frame: pd.DataFrame) -> Iterator[WorkItem]:
    for row in frame.itertuples(index=False):
        yield WorkItem(
            key=int(row.request_id),
            name=translate("list.task", number=row.task_number),
            label=f"{plain(row.authority_name)} {row.task_number}　{plain(row.title)}",
            note=f":gray[{translate(f'request_status.{row.status}')}]",
        )


def near_lines(near: pd.DataFrame, *, chosen: int | None) -> None:
    """The tasks that fall due soon, a click from asking."""
    lines = [_near(row) for row in near.itertuples(index=False)]
    if lines:
        group("near", translate("extension_page.group_near"), lines, param="ask", chosen=chosen)


def _near(row: Any) -> WorkItem:
    return WorkItem(
        key=int(row.task_id),
        name=translate("list.task", number=row.task_number),
        label=f"{row.task_number}　{plain(row.title)}",
        note=f":gray[{day(row.due_on)}]",
    )


def opened(waiting: Sequence[int], near: Sequence[int], over: Sequence[int]) -> tuple[int | None, int | None]:
    """The request, or the task to ask for, that the address names; else the first that waits, falls due, is over."""
    request_id, ask_id = asked_number("request"), asked_number("ask")
    if request_id is None and ask_id is None:
        request_id = next(iter(waiting), None)
    if request_id is None and ask_id is None:
        ask_id = next(iter(near), None)
    if request_id is None and ask_id is None:
        request_id = next(iter(over), None)
    for name, key in (("request", request_id), ("ask", ask_id)):
        if key is not None:
            st.query_params[name] = str(key)
    return request_id, ask_id
