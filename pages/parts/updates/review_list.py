"""Lines of the review queue: whose, how long they have waited, and who answers for them."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from db.clock import day_of
from db.reference.queries import authority_names
from db.updates.queues import queued_frame
from db.updates.rows import QueueRow
from pages.shared.choices import named_of
from pages.shared.filters import asked_number, pick, with_all
from pages.shared.reads import Reads
from pages.shared.wording import moment, percent, plain, translate
from pages.shared.worklist import WorkItem

# Noted in the session by the filters of the page when one of them was changed.
FILTERED = "review_filtered"


def _plain_names(reads: Reads) -> dict[int, str]:
    return {key: plain(name) for key, name in reads.common(authority_names).items()}


def pick_authority(reads: Reads, *waiting: pd.DataFrame) -> int | None:
    """The picker of authorities with listed items; None means all."""
    known = reads.made(_plain_names)
    names = {key: known[key] for frame in waiting for key in frame["authority_id"].unique().tolist()}
    chosen: int | None = pick("unit", with_all(names, "unit"), note=FILTERED)
    return chosen


def oldest_of(reads: Reads, updates: pd.DataFrame) -> str:
    """When the first of a queue was submitted."""
    first = tuple(updates["update_id"].tolist()[:1])
    return moment(reads.scoped(queued_frame, update_ids=first)["submitted_at"].min())


def narrowed(reads: Reads, updates: pd.DataFrame, plans: pd.DataFrame | None = None) -> list[pd.DataFrame]:
    """The updates, and the plans if there are any to list, of the chosen authority; nothing else stays open.

    What has just been ruled on does, until something else is chosen.
    """
    listed = {"update": updates} if plans is None else {"update": updates, "revision": plans}
    authority_id, changed = pick_authority(reads, *listed.values()), st.session_state.pop(FILTERED, False)
    shown = {name: of_authority(frame, authority_id) for name, frame in listed.items()}
    for name, key in ((name, asked_number(name)) for name in ("update", "revision")):
        keys, all_keys = (_keys(frames.get(name), name) for frames in (shown, listed))
        if key not in keys and (changed or key in all_keys or name not in listed):
            st.query_params.pop(name, None)
    return list(shown.values())


def _keys(frame: pd.DataFrame | None, name: str) -> list[int]:
    return [] if frame is None else frame[f"{name}_id"].tolist()


def of_authority(frame: pd.DataFrame, authority_id: int | None) -> pd.DataFrame:
    """The rows of an authority; None means all."""
    if authority_id is None:
        return frame
    return frame[frame["authority_id"] == authority_id].reset_index(drop=True)


def waiting_line(reads: Reads) -> Callable[[QueueRow], WorkItem]:
    """A line of the queue: authority and task, with the days waited and the responsible officer."""
    return partial(_line, reads, "review.age")


def accepted_line(reads: Reads) -> Callable[[QueueRow], WorkItem]:
    """A line for an accepted update: the figure that counts instead of the days waited."""
    return partial(_line, reads, "review.completion")


def _line(reads: Reads, note: str, row: QueueRow) -> WorkItem:
    holder = plain(row.officer_name) if row.officer_name is not None else translate("report.vacant")
    days = (reads.today - day_of(row.received_at or row.submitted_at or row.written_at)).days
    authority = plain(row.authority_name)
    return WorkItem(
        key=row.update_id,
        name=f"{authority} {translate('list.task', number=row.task_number)}",
        label=named_of(reads, f"{authority} {row.task_number}　{plain(row.title)}", row.notice_id),
        note=translate(note, holder=holder, days=days, completion=percent(row.completion_permille)),
    )
