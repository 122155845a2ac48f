"""The reporting periods: what each observes, when it takes reports, and its way from upcoming to frozen."""

import pandas as pd
import streamlit as st

from db.periods.queries import periods_frame
from db.periods.rows import PeriodRow
from db.typed_rows import rows_as
from pages.parts.periods.acts import period_acts
from pages.parts.periods.form import new_year_form
from pages.parts.periods.list import with_spans
from pages.shared.access import require
from pages.shared.choices import chosen_notice, name_of, notice_bar
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, moment, translate
from tracking.vocabulary import PeriodStatus

by = require("periods")
reads = reads_for(by)
notice_id = chosen_notice(reads)


def sentence(periods: pd.DataFrame) -> str:
    """Which periods accept reports now, and which are still open though their window is over."""
    told = []
    for row in rows_as(PeriodRow, periods[periods["status"] == PeriodStatus.OPEN]):
        key = "periods_page.open" if row.closes_on >= reads.today else "periods_page.open_over"
        told.append(translate(key, period=name_of(row), opens=day(row.opens_on), closes=day(row.closes_on)))
    return "".join(told) or translate("periods_page.none_open")


def show_list(periods: pd.DataFrame) -> None:
    """The periods, newest first; a click opens one."""
    st.caption(translate("periods_page.click"))
    shown = with_spans(periods)
    shown = shown.assign(state=[translate(f"period_status.{status}") for status in shown["status"]])
    key = f"periods_{asked_number('period')}"
    place = table(shown, "period", "observed", "window", "state", key=key)
    if place is not None:
        open_page("periods", notice=notice_id, period=int(shown["period_id"].iloc[place]))


def show_period(period: PeriodRow) -> None:
    """One period: its days, and the actions its state allows."""
    status = translate(f"period_status.{period.status}")
    st.subheader(translate("periods_page.title", period=name_of(period), status=status), anchor=False)
    days = {name: day(getattr(period, f"{name}_on")) for name in ("starts", "ends", "opens", "closes")}
    st.markdown(translate("periods_page.dates", **days))
    if period.status == PeriodStatus.FROZEN:
        st.markdown(translate("periods_page.frozen", at=moment(period.frozen_at)))
    else:
        period_acts(by, period, reads.today)


def show(notice_id: int) -> None:
    """The page for a notice."""
    periods = reads.common(periods_frame, notice_id=notice_id)
    heading(translate("page.periods"), "" if periods.empty else sentence(periods))
    notice_bar(reads, 0)
    if periods.empty:
        empty(translate("periods_page.empty"))
    else:
        show_list(periods)
    for period in rows_as(PeriodRow, periods[periods["period_id"] == asked_number("period")]):
        show_period(period)
    with st.expander(translate("periods_page.new_year"), expanded=periods.empty):
        new_year_form(by, notice_id, periods["year"].tolist(), reads.today)
    rules = (translate("periods_page.rule_dates"), translate("periods_page.rule_freeze"))
    foot(translate("periods_page.source"), day(reads.today), *rules)


if notice_id is None:
    heading(translate("page.periods"))
    empty(translate("periods_page.no_notice"))
else:
    show(notice_id)
