"""The form that begins a year: its periods, with the days they will have."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.periods import actions as acts
from pages.parts.periods.list import with_spans
from pages.shared.forms import small_form
from pages.shared.tables import plain_table
from pages.shared.wording import translate
from tracking.period_years import dates_of_year
from tracking.periods import CYCLES


def new_year_form(by: SignedIn, notice_id: int, taken: Iterable[int], today: date) -> None:
    """The form to add the periods of a year that has none, with their future days."""
    form = small_form("new_year")
    years, known = range(today.year - 1, today.year + 3), set(taken)
    free = {year: str(year) for year in years if year not in known} or {today.year: str(today.year)}
    left, right = st.columns(2)
    with left:
        year = form.choice("year", translate("periods_page.year"), free)
    with right:
        cycle = form.choice(
            "cycle", translate("periods_page.cycle"), {c: translate(f"cycle.{c}") for c in CYCLES}, "quarter"
        )
    if year in known:
        st.caption(translate("periods_page.year_taken", year=str(year)))
        return
    dates = pd.DataFrame([asdict(dates) for dates in dates_of_year(year, cycle)])
    st.caption(translate("periods_page.preview", count=len(dates)))
    plain_table(with_spans(dates), "period", "observed", "window")
    form.save(
        translate("periods_page.create"),
        acts.create_year_of_periods,
        done=translate("periods_page.created", year=str(year)),
        by=by,
        notice_id=notice_id,
        year=year,
        cycle=cycle,
    )
