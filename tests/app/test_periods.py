"""The periods' page: what each state offers, and that what is final asks first."""

import pytest

from db import clock
from db.periods import actions as periods_acts
from db.periods.queries import periods_frame
from db.store import Store
from tests.app.acting import confirmed, press, words
from tests.app.conftest import Open
from tests.app.looping import MEMBER, OFFICER, every_word, period_of, person
from tests.support.trail import last_event
from tracking.vocabulary import PeriodStatus


def _period(store: Store, status: PeriodStatus) -> int:
    periods = periods_frame(store, notice_id=1)
    return int(periods[periods["status"] == status]["period_id"].iloc[0])


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (PeriodStatus.OPEN, {"延长填报时间", "截止"}),
        (PeriodStatus.CLOSED, {"重新打开", "冻结"}),
        (PeriodStatus.FROZEN, set()),
    ],
)
def test_a_period_offers_what_its_state_allows(open_page: Open, sample: Store, status, offered):
    seen = open_page("periods", "member", period=str(_period(sample, status)))
    labels = {found.label for found in seen.main.button} - {"新建报告期"}
    assert labels == offered


def test_closing_asks_once_and_then_says_what_comes_next(open_page: Open, sample: Store):
    period_id = _period(sample, PeriodStatus.OPEN)
    seen = open_page("periods", "member", period=str(period_id))
    before = sample.data_version()
    press(seen, "截止")
    assert sample.data_version() == before
    seen = confirmed(open_page("periods", "member", period=str(period_id)), "截止")
    assert "已截止填报" in words(seen)
    assert last_event(sample).action == "close_period"


def test_a_period_is_reopened_with_a_reason_in_writing_only(open_page: Open, sample: Store):
    seen = open_page("periods", "member", period=str(_period(sample, PeriodStatus.CLOSED)))
    before = sample.data_version()
    seen = press(seen, "重新打开")
    assert seen.main.error
    assert sample.data_version() == before
    seen.main.text_area[0].input("补报数据").run()
    seen = press(seen, "重新打开")
    assert "已重新开放" in words(seen)
    assert last_event(sample).detail["reason"] == "补报数据"


def test_the_periods_of_a_year_are_shown_before_they_are_created(open_page: Open, sample: Store):
    seen = open_page("periods", "member")
    year = next(box for box in seen.main.selectbox if box.label == "年度")
    next_year = clock.today().year + 1
    seen = year.select(next_year).run()
    assert len(seen.dataframe[1].value) == 4
    seen = press(seen, "新建报告期")
    assert f"{next_year}年报告期已新建" in words(seen)
    assert (periods_frame(sample, notice_id=1)["year"] == next_year).sum() == 4


def test_a_period_closed_early_says_so_in_the_list_and_to_whoever_reports(open_page: Open, sample: Store):
    period_id, today = period_of(sample), clock.today()
    periods_acts.close_period(sample, by=person(sample, MEMBER), period_id=period_id)
    shown = open_page("periods", MEMBER).dataframe[0].value
    assert shown["window"].str.contains(f"（{today.isoformat()} 提前截止）", regex=False).sum() == 1
    seen = open_page("report", OFFICER, period=str(period_id))
    assert f"填报已于 {today.isoformat()} 截止" in every_word(seen)
