"""Updates awaiting someone, as list lines and one opened beside them."""

from collections.abc import Callable, Collection
from dataclasses import replace

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.store import NotFound
from db.typed_rows import rows_as
from db.updates.queries import ReportItem, report_item_of
from db.updates.queues import queued_frame
from db.updates.rows import QueueRow
from pages.parts.updates.several import Several
from pages.shared.filters import asked_number
from pages.shared.paging import shown_part
from pages.shared.reads import Reads
from pages.shared.wording import percent, plain, translate
from pages.shared.worklist import WorkItem, group


def queue(
    name: str,
    title: str,
    frame: pd.DataFrame,
    reads: Reads,
    *,
    by: SignedIn,
    chosen: int | None,
    several: Several | None = None,
    line: Callable[[QueueRow], WorkItem] | None = None,
    marked: Callable[[pd.DataFrame], Collection[int]] | None = None,
) -> None:
    """The updates of a queue as a group of lines, paged if long; an empty queue is left out.

    What is said is read of those that are shown. `marked` finds those that are unusual, which their lines say.
    """
    if frame.empty:
        return
    listed, pages = st.container(), st.container()
    with pages:
        part = shown_part(frame, name)
    said = reads.scoped(queued_frame, update_ids=tuple(part["update_id"].tolist()))
    lines = [(line or own_line)(row) for row in rows_as(QueueRow, said)]
    unusual = marked(part) if marked else ()
    lines = [_marked(item) if item.key in unusual else item for item in lines]
    names = {item.key: item.name for item in lines if item.key in unusual}
    bulk = several.bulk(by, names) if several else None
    with listed:
        group(name, title, lines, param="update", chosen=chosen, bulk=bulk, total=len(frame))


def _marked(item: WorkItem) -> WorkItem:
    return replace(item, note=translate("list.unusual") + item.note)


def own_line(row: QueueRow) -> WorkItem:
    """An update within its own authority: the old and the new completion."""
    return WorkItem(
        key=row.update_id,
        name=translate("list.task", number=row.task_number),
        label=f"{row.task_number}　{plain(row.title)}",
        note=f":gray[{percent(row.last_permille)} →] {percent(row.completion_permille)}",
    )


def placed_line(row: QueueRow) -> WorkItem:
    """The same for a list with several authorities."""
    line = own_line(row)
    return replace(line, label=f"{plain(row.authority_name)} {line.label}")


def opened_item(reads: Reads, update_id: int) -> ReportItem | None:
    """The update in the address, in whatever stage it is now; None if it does not exist."""
    try:
        return reads.scoped(report_item_of, update_id=update_id)
    except NotFound:
        return None


def following(frame: pd.DataFrame, update_id: int) -> int | None:
    """The next update in a queue; the first, once this one has left it."""
    keys = frame["update_id"].tolist()
    later = keys[keys.index(update_id) + 1 :] if update_id in keys else keys
    return next(iter(later), None)


def opened(updates: pd.DataFrame, plans: pd.DataFrame) -> tuple[int | None, int | None]:
    """The update or plan revision in the address, else the first one waiting; it stays open."""
    update_id, revision_id = asked_number("update"), asked_number("revision")
    if update_id is None and revision_id is None:
        update_id = next(iter(updates["update_id"].tolist()), None)
    if update_id is None and revision_id is None:
        revision_id = next(iter(plans["revision_id"].tolist()), None)
    for name, key in (("update", update_id), ("revision", revision_id)):
        if key is not None:
            st.query_params[name] = str(key)
    return update_id, revision_id
