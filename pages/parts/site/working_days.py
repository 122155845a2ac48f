"""The working calendar: how each year is known, and the yearly notice pasted in."""

import streamlit as st

from db.identity import SignedIn
from db.site.actions import announce_year, forget_year
from db.site.queries import working_days
from pages.shared.faults import field_errors
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.holiday_notice import LONGEST_TEXT, read_notice, year_of
from tracking.messages import Refusal
from tracking.working_days import CalendarSource, WorkingDays


def working_days_form(reads: Reads, by: SignedIn) -> None:
    """This year and the next, and a field for a notice; what is pasted is shown as read before it is kept."""
    st.subheader(translate("working_days.title"), anchor=False)
    st.caption(translate("working_days.help"))
    calendar = reads.common(working_days)
    for year in sorted({reads.today.year, reads.today.year + 1, *calendar.entered}):
        _year(by, calendar, year)
    with st.expander(translate("working_days.paste"), expanded=calendar.is_estimated(reads.today.year + 1)):
        _notice(reads, by)


def _year(by: SignedIn, calendar: WorkingDays, year: int) -> None:
    source = calendar.source(year)
    with st.expander(translate(f"working_days.source_{source}", year=str(year))):
        _shown(calendar, year)
        if source is CalendarSource.ENTERED:
            small_form(f"forget_{year}").save(
                translate("working_days.forget"),
                forget_year,
                done=translate("working_days.forgotten", year=str(year)),
                consequence=translate("working_days.forget_consequence", year=str(year)),
                by=by,
                year=year,
            )


def _shown(calendar: WorkingDays, year: int) -> None:
    off, worked = calendar.words(year)
    st.markdown(translate("working_days.off", days=off))
    st.markdown(translate("working_days.worked", days=worked))


def _notice(reads: Reads, by: SignedIn) -> None:
    form = small_form("announce_year")
    notice = form.area(
        "notice",
        translate("working_days.notice"),
        height=160,
        max_chars=LONGEST_TEXT,
        placeholder=translate("working_days.example"),
    )
    year = year_of(notice) or form.whole(
        "year", translate("working_days.year"), reads.today.year + 1, min_value=2000, max_value=2100
    )
    if not notice.strip():
        return
    try:
        announced = read_notice(notice, year)
    except Refusal as refused:
        field_errors(refused, "notice")
        return
    st.markdown(translate("working_days.as_read", year=str(year)))
    _shown(WorkingDays({year: announced}), year)
    form.save(
        translate("working_days.keep", year=str(year)),
        announce_year,
        done=translate("working_days.kept", year=str(year)),
        primary=True,
        by=by,
        year=year,
        notice=notice,
    )
