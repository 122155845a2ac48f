"""One update opened beside its queue: its task, its changes since the last one, and the actions."""

import streamlit as st

from db.identity import SignedIn
from pages.parts.attestations.links import period_page_link
from pages.parts.difficulties.acts import raise_part
from pages.parts.support.list import contribution_list
from pages.parts.tasks.head import task_head, why_back
from pages.parts.updates.acts import take_back, update_acts
from pages.parts.updates.list import stage_of
from pages.parts.updates.queue import opened_item
from pages.parts.updates.sheet import names_of_indicators, update_sheet
from pages.shared.choices import period_names
from pages.shared.components import empty
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate


def update_queue_sheet(by: SignedIn, reads: Reads, update_id: int, *, after: int | None) -> None:
    """The update of the address; `after` is the next in the queue."""
    item = opened_item(reads, update_id)
    if item is None or item.update is None:
        empty(translate("store.not_found"))
        return
    authority = plain(item.authority_name)
    title = f"{authority} {item.planned.number}　{plain(item.planned.draft.title)}"
    with st.container(key="subject"):
        task_head(reads, item, title=title, following=("update", after), linked=True)
        period = period_names(reads)[item.update.period_id]
        st.caption(
            translate("update_act.stage", period=period, stage=translate(f"report.stage_{stage_of(item)}"))
        )
    why_back(item)
    update_sheet(item, names_of_indicators(reads))
    contribution_list(reads, item.task.id, item.update.period_id)
    raise_part(reads, by, item)
    take_back(by, item)
    update_acts(by, item)
    period_page_link(by, item.task.authority_id, item.update.period_id)
