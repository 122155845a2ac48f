"""The tasks of others that one's authority takes part in, and what was added to a task."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from db.authorities.delegation import with_delegated, writing_scope
from db.identity import SignedIn
from db.support.queries import contributions_frame, parts_frame
from db.support.rows import ContributionRow, PartRow
from db.typed_rows import rows_as
from pages.shared.choices import name_of
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import table, table_height
from pages.shared.wording import lines, moment, plain, translate


def as_supporter(by: SignedIn, reads: Reads) -> Reads:
    """The same reads for the authorities that this person adds something for."""
    return replace(reads, scope=writing_scope(with_delegated(reads.store, by)))


def supported_tasks(by: SignedIn, reads: Reads) -> bool:
    """What one's authority takes part in, with what is asked of it; a click opens the task. Gives whether there is any."""
    found = as_supporter(by, reads).scoped(parts_frame)
    if found.empty:
        return False
    st.header(translate("support.mine", count=found["task_id"].nunique()), anchor=False)
    columns = ["title", "led_by", "part", "goal", "due_on", "added"]
    if set(found["supporter_id"]) != {by.authority_id}:
        columns.insert(0, "supporter")
    place = table(_worded(found), *columns, key="supported", height=table_height(len(found)))
    if place is not None:
        open_page("task", task=int(found["task_id"].iloc[place]))
    return True


def _worded(found: pd.DataFrame) -> pd.DataFrame:
    rows = rows_as(PartRow, found)
    return found.assign(
        led_by=found["authority_name"],
        supporter=found["supporter_name"],
        part=[translate(f"support_role.{row.role}") for row in rows],
        added=[translate(f"support.added_{_state(row)}") for row in rows],
    )


def _state(row: PartRow) -> str:
    if row.period_id is None:
        return "not_asked"
    return "yes" if row.words else "too_late" if row.submitted else "no"


def contributions_of(reads: Reads, task_id: int, period_id: int | None = None) -> Sequence[ContributionRow]:
    """What supporting authorities added to a task, in one period or all."""
    found = reads.scoped(contributions_frame, task_id=task_id, period_id=period_id)
    return rows_as(ContributionRow, found)


def contribution_list(reads: Reads, task_id: int, period_id: int | None = None) -> None:
    """The same to be read, each with its authority and its day; nothing where there is none."""
    found = contributions_of(reads, task_id, period_id)
    if not found:
        return
    st.header(translate("support.contributions", count=len(found)), anchor=False)
    for row in found:
        with st.container(border=True):
            st.markdown(f"**{plain(row.authority_name)}** :gray[{name_of(row)}]  \n{lines(row.words)}")
            st.caption(translate("support.written", at=moment(row.written_at), name=plain(row.author or "—")))
