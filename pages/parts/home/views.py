"""The home page: what waits for the officer, their tasks to report, and their messages."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from db.authorities.delegation import with_delegated, writing_scope
from db.home.queries import Waiting, notifications_frame, waiting
from db.home.waiting import to_report_frame
from db.identity import SignedIn
from db.notifications.actions import read_notifications
from pages.shared.choices import named_of, with_notice
from pages.shared.forms import small_form
from pages.shared.navigation import open_page, page_link
from pages.shared.reads import Reads
from pages.shared.tables import table, table_height
from pages.shared.wording import day, language, moment, plain, translate
from tracking.messages import text

SHOWN = 5


def waiting_for(reads: Reads, by: SignedIn) -> list[Waiting]:
    """What waits for this officer, most pressing first."""
    return reads.scoped(waiting, by=by)


def desk_sentence(by: SignedIn, lines: Sequence[Waiting]) -> str:
    """How much is waiting, and since when."""
    if not lines:
        return translate("desk.nothing", name=plain(by.name))
    oldest = min((line.oldest_on for line in lines if line.oldest_on), default=None)
    said = translate(
        "desk.waiting",
        name=plain(by.name),
        count=sum(line.count for line in lines),
        kinds=len({line.kind for line in lines}),
    )
    return said + (translate("sentence.stop") if oldest is None else translate("desk.since", day=day(oldest)))


def waiting_list(reads: Reads, lines: Sequence[Waiting]) -> None:
    """One line per kind: how many, what, since when, and a link to deal with it."""
    with st.container(key="waiting"):
        for line in lines:
            count, what, since, way = st.columns([1, 6, 3, 2], vertical_alignment="center")
            count.markdown(f"**{line.count}**")
            said = translate(f"waiting.{line.kind}")
            what.markdown(said if line.notice_id is None else named_of(reads, said, line.notice_id))
            since.caption("" if line.oldest_on is None else translate("desk.oldest", day=day(line.oldest_on)))
            with way:
                page_link(line.page, translate("desk.go"), **line.query)


def tasks_to_report(reads: Reads, by: SignedIn) -> None:
    """All that this officer has still to report, of those beneath too; a click opens the form."""
    desk = replace(reads, scope=writing_scope(with_delegated(reads.store, by)))
    tasks = desk.scoped(to_report_frame)
    if tasks.empty:
        return
    st.header(translate("desk.to_report", count=len(tasks)), anchor=False)
    columns = ["number", "measure_short_title", "title", "update_status", "due_on"]
    if set(tasks["authority_id"]) != {by.authority_id}:
        columns.insert(0, "authority_name")
    if tasks["reason"].notna().any():
        columns.append("reason")
    status = tasks["update_status"].mask(tasks["sent_back"].astype(bool), "sent_back")
    shown = tasks.assign(update_status=status)
    shown, shown_columns = with_notice(desk, shown, *columns)
    place = table(shown, *shown_columns, key="to_report", height=table_height(len(tasks)))
    if place is not None:
        chosen = tasks.iloc[place]
        beneath = None if chosen["authority_id"] == by.authority_id else chosen["authority_id"]
        open_page("report", task=chosen["task_id"], period=chosen["period_id"], authority=beneath)


def news(reads: Reads, by: SignedIn) -> None:
    """The officer's notifications not dismissed yet."""
    told = reads.common(notifications_frame, by=by)
    if told.empty:
        return
    st.header(translate("desk.news", count=len(told)), anchor=False)
    with st.container(key="news"):
        for row in told.head(SHOWN).to_dict("records"):
            st.markdown(plain(text(str(row["message"]), language(), **row["details"])))
            st.caption(moment(row["created_at"]))
    _lay_aside(by, told)


def _lay_aside(by: SignedIn, told: pd.DataFrame) -> None:
    form = small_form("news")
    if st.button(translate("desk.lay_aside"), key=form.key("save"), type="tertiary"):
        form.perform(
            read_notifications,
            done=translate("desk.laid_aside"),
            by=by,
            notification_ids=told["notification_id"].tolist(),
        )
