"""Reporting periods: created, opened, closed, reopened and frozen, and who is told."""

from datetime import date

import pytest

from db import clock
from db.home.queries import notifications_frame
from db.periods import actions as periods
from db.periods.queries import current_period, period_asked, periods_frame, year_in_hand
from db.store import NotFound, Store
from db.tables import ReportingPeriod, SummaryCell
from tests.support.factories import (
    FIRST_QUARTER,
    SECOND_QUARTER,
    YEAR,
    accepted,
    at,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
    third_quarter,
)
from tests.support.trail import everything, last_event, refusal_of, row
from tracking.messages import text
from tracking.period_years import dates_of_year
from tracking.vocabulary import Language, PeriodStatus

TODAY = date(YEAR, 3, 20)
NEXT_YEAR = dates_of_year(YEAR + 1, "quarter")


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


@pytest.fixture
def member():
    return people().member


@pytest.fixture
def upcoming(store) -> int:
    """The third quarter, not opened yet."""
    return third_quarter(store)


def _status(store: Store, period_id: int) -> PeriodStatus:
    return row(store, ReportingPeriod, period_id).status


def test_periods_stand_newest_first(store, upcoming):
    frame = periods_frame(store, notice_id=1)
    assert list(frame["number"]) == [3, 2, 1]
    assert list(frame["status"]) == [PeriodStatus.UPCOMING, PeriodStatus.OPEN, PeriodStatus.OPEN]
    assert periods_frame(store, notice_id=2).empty


def test_the_current_period_is_the_latest_that_has_begun(store):
    for day, number in ((date(YEAR, 3, 31), 1), (date(YEAR, 4, 1), 2), (date(YEAR + 5, 1, 1), 2)):
        with at(day):
            assert current_period(store, notice_id=1).number == number
    with at(date(YEAR - 1, 12, 31)):
        assert current_period(store, notice_id=1) is None


def test_the_old_year_is_in_hand_until_the_first_period_of_the_new_one(store, member):
    def years(notice_id: int = 1) -> list[int]:
        days = (date(YEAR, 12, 31), date(YEAR + 1, 1, 1), date(YEAR + 1, 3, 31))
        return [year_in_hand(store, notice_id=notice_id, on=day) for day in days]

    assert years() == [YEAR, YEAR, YEAR]
    periods.create_year_of_periods(store, by=member, notice_id=1, year=YEAR + 1, cycle="quarter")
    assert years() == [YEAR, YEAR + 1, YEAR + 1]
    assert years(2) == [YEAR, YEAR + 1, YEAR + 1], "without any period it is the day's own"


def test_a_year_of_periods_is_created_at_once(store, member):
    ids = periods.create_year_of_periods(store, by=member, notice_id=1, year=YEAR + 1, cycle="month")
    assert len(ids) == 12
    created = row(store, ReportingPeriod, ids[-1])
    assert (created.number, created.cycle, created.ends_on) == (12, "month", date(YEAR + 1, 12, 31))
    assert created.status is PeriodStatus.UPCOMING
    assert last_event(store).action == "create_period"
    assert last_event(store).detail["ends_on"] == f"{YEAR + 1}-12-31"


def test_a_year_with_periods_of_its_own_is_left_as_it_is(store, member):
    before = everything(store)
    refused = refusal_of(periods.create_year_of_periods, store, by=member, notice_id=1, year=YEAR)
    assert "number" in refused.fields
    assert everything(store) == before


def test_a_cycle_there_is_not_and_a_notice_there_is_not_are_refused(store, member):
    asked = {"by": member, "year": YEAR + 1}
    refused = refusal_of(periods.create_year_of_periods, store, notice_id=1, cycle="week", **asked)
    assert refused.fields == ("cycle",)
    with pytest.raises(NotFound):
        periods.create_year_of_periods(store, notice_id=9, **asked)


def test_every_fault_of_the_days_of_a_period_is_told_at_once(store, member, upcoming):
    days = {name: getattr(NEXT_YEAR[0], name) for name in ("starts_on", "ends_on", "opens_on")}
    asked = {"by": member, "period_id": upcoming, "closes_on": date(YEAR, 1, 1)}
    refused = refusal_of(periods.change_period_dates, store, **asked, **days)
    assert set(refused.fields) >= {"starts_on", "closes_on"}


def test_a_year_or_a_closing_far_off_is_refused(store, member):
    refused = refusal_of(periods.create_year_of_periods, store, by=member, notice_id=1, year=2100)
    assert refused.fields == ("year",)
    asked = {"by": member, "period_id": FIRST_QUARTER, "closes_on": date.max}
    assert refusal_of(periods.extend_period, store, **asked).fields == ("closes_on",)
    periods.close_period(store, by=member, period_id=FIRST_QUARTER)
    refused = refusal_of(periods.reopen_period, store, **asked, reason="补报")
    assert refused.messages[0].key == "validation.day_far_off"


def test_a_period_that_began_in_the_past_has_its_figures_at_once(store, member):
    filed_plan(store)
    with store.upkeep() as session:
        session.delete(session.get_one(SummaryCell, (FIRST_QUARTER, 1, 1)))
        session.flush()
        for period_id in (FIRST_QUARTER, SECOND_QUARTER):
            session.delete(session.get_one(ReportingPeriod, period_id))
    created, *_ = periods.create_year_of_periods(store, by=member, notice_id=1, year=YEAR)
    assert row(store, SummaryCell, (created, 1, 1)).tasks == 1


def test_the_days_of_an_upcoming_period_may_be_moved(store, member, upcoming):
    days = {
        "starts_on": date(YEAR, 7, 1),
        "ends_on": date(YEAR, 9, 30),
        "opens_on": date(YEAR, 9, 1),
        "closes_on": date(YEAR, 10, 31),
    }
    periods.change_period_dates(store, by=member, period_id=upcoming, **days)
    assert row(store, ReportingPeriod, upcoming).closes_on == date(YEAR, 10, 31)
    assert last_event(store).detail["changes"]["closes_on"] == {
        "before": f"{YEAR}-10-15",
        "after": f"{YEAR}-10-31",
    }
    refused = refusal_of(
        periods.change_period_dates,
        store,
        by=member,
        period_id=upcoming,
        **{**days, "starts_on": date(YEAR, 6, 1)},
    )
    assert refused.messages[0].key == "period_action.overlaps"


def test_the_days_of_an_open_period_stand_but_for_its_closing(store, member):
    days = {name: getattr(NEXT_YEAR[0], name) for name in ("starts_on", "ends_on", "opens_on", "closes_on")}
    refused = refusal_of(periods.change_period_dates, store, by=member, period_id=FIRST_QUARTER, **days)
    assert refused.messages[0].key == "workflow.not_allowed"
    periods.extend_period(store, by=member, period_id=FIRST_QUARTER, closes_on=date(YEAR, 4, 30))
    assert row(store, ReportingPeriod, FIRST_QUARTER).closes_on == date(YEAR, 4, 30)


def test_a_period_cannot_be_extended_into_the_past_nor_before_it_is_open(store, member, upcoming):
    asked = {"by": member, "closes_on": date(YEAR, 3, 19)}
    refused = refusal_of(periods.extend_period, store, period_id=FIRST_QUARTER, **asked)
    assert refused.fields == ("closes_on",)
    refused = refusal_of(periods.extend_period, store, period_id=upcoming, **asked)
    assert refused.messages[0].key == "workflow.not_allowed"


def test_opening_a_period_tells_the_reporting_officers_and_nobody_else(store, member, upcoming):
    periods.open_period(store, by=member, period_id=upcoming)
    assert _status(store, upcoming) is PeriodStatus.OPEN
    cast = people()
    for by, told in ((cast.officer, 1), (cast.southerner, 1), (cast.signatory, 0), (member, 0)):
        assert len(notifications_frame(store, by=by)) == told
    (line,) = notifications_frame(store, by=cast.officer).itertuples()
    assert line.link == "report"
    assert text(line.message, Language.ZH_CN, **line.details) == (
        f"{YEAR}年第三季度填报已开放，请于 {YEAR}-10-15 前报送。"
    )
    assert "Q3" in text(line.message, Language.EN, **line.details)


def test_a_period_whose_window_is_over_is_not_opened(store, member, upcoming):
    with at(date(YEAR, 10, 16)):
        refused = refusal_of(periods.open_period, store, by=member, period_id=upcoming)
    assert refused.messages[0].key == "period_action.closes_in_past"
    assert _status(store, upcoming) is PeriodStatus.UPCOMING


def test_a_closed_period_is_reopened_with_a_reason_and_a_day(store, member):
    periods.close_period(store, by=member, period_id=FIRST_QUARTER)
    assert _status(store, FIRST_QUARTER) is PeriodStatus.CLOSED
    asked = {"by": member, "period_id": FIRST_QUARTER}
    refused = refusal_of(periods.reopen_period, store, closes_on=date(YEAR, 5, 1), reason=" ", **asked)
    assert refused.fields == ("reason",)
    refused = refusal_of(periods.reopen_period, store, closes_on=date(YEAR, 3, 1), reason="补报", **asked)
    assert refused.fields == ("closes_on",)
    periods.reopen_period(store, closes_on=date(YEAR, 5, 1), reason="补报", **asked)
    assert _status(store, FIRST_QUARTER) is PeriodStatus.OPEN
    assert last_event(store).detail["reason"] == "补报"
    assert notifications_frame(store, by=people().officer)["message"].tolist() == [
        "notification.period_reopened"
    ]


def test_freezing_waits_until_every_update_is_reviewed(store, member):
    (task_id,) = filed_plan(store)
    reported(store, task_id, fairs_held(1))
    periods.close_period(store, by=member, period_id=FIRST_QUARTER)
    refused = refusal_of(periods.freeze_period, store, by=member, period_id=FIRST_QUARTER)
    assert refused.messages[0].values == {"count": 1}
    assert _status(store, FIRST_QUARTER) is PeriodStatus.CLOSED


def test_a_frozen_period_says_when_and_stays_frozen(store, member):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(1))
    periods.close_period(store, by=member, period_id=FIRST_QUARTER)
    periods.freeze_period(store, by=member, period_id=FIRST_QUARTER)
    frozen = row(store, ReportingPeriod, FIRST_QUARTER)
    assert (frozen.status, frozen.frozen_at is not None) == (PeriodStatus.FROZEN, True)
    for action, asked in (
        (periods.open_period, {}),
        (periods.close_period, {}),
        (periods.reopen_period, {"closes_on": date(YEAR, 5, 1), "reason": "补报"}),
        (periods.freeze_period, {}),
    ):
        refused = refusal_of(action, store, by=member, period_id=FIRST_QUARTER, **asked)
        assert refused.messages[0].key == "workflow.not_allowed"


@pytest.mark.parametrize("action", [periods.open_period, periods.freeze_period])
def test_a_period_takes_no_step_out_of_turn(store, member, action):
    refused = refusal_of(action, store, by=member, period_id=SECOND_QUARTER)
    assert refused.messages[0].key == "workflow.not_allowed"


def test_the_period_that_is_asked_for_is_the_latest_begun_where_none_is_named(store: Store):
    with at(date(YEAR, 5, 1)):
        assert (period_asked(store, None).id, period_asked(store, FIRST_QUARTER).id) == (
            SECOND_QUARTER,
            FIRST_QUARTER,
        )
    with at(date(YEAR - 1, 5, 1)):
        assert refusal_of(period_asked, store, None).messages[0].key == "period.none_begun"
    assert refusal_of(period_asked, store, 99).messages[0].key == "store.not_found"


def test_a_period_closed_early_says_the_day_on_which_it_was_closed(store: Store):
    member = people().member
    (task_id,) = filed_plan(store)
    periods.close_period(store, by=member, period_id=FIRST_QUARTER)
    assert row(store, ReportingPeriod, FIRST_QUARTER).closed_on == clock.today()
    refused = refusal_of(reported, store, task_id, fairs_held(1))
    assert str(refused) == "该报告期已于 2026-03-20 截止填报；确需补报的，请联系工作组重新开放。"
    again = {"closes_on": date(YEAR, 4, 30), "reason": "补报"}
    periods.reopen_period(store, by=member, period_id=FIRST_QUARTER, **again)
    assert row(store, ReportingPeriod, FIRST_QUARTER).closed_on is None
