"""The read pages as of a past day and as published: the figures of that vintage, said to be, and kept from page to page."""

from datetime import date, timedelta

import pandas as pd
import pytest

from db import clock
from db.authorities.scope import NATION
from db.figures.past import keep_past_day
from db.figures.queries import cells_frame
from db.periods.queries import periods_frame
from db.store import Store
from db.tasks.past_tasks import task_frame_at
from pages.shared.wording import percent
from tests.app.acting import press, words
from tests.app.conftest import Open
from tracking.figures.vintages import NEWEST, Vintage

DAY = clock.today() - timedelta(60)
LEADER = "leadership"


def _period(sample: Store, *, frozen: bool = False) -> int:
    """The period of the day, or the last one that is frozen and was corrected since."""
    periods = periods_frame(sample, notice_id=1)
    if frozen:
        return int(periods[periods["frozen_at"].notna()]["period_id"].iloc[0])
    return int(periods[periods["starts_on"] <= DAY]["period_id"].iloc[0])


def _completion(cells: pd.DataFrame) -> str:
    units = cells.groupby("unit_id")[["done", "weight_tenths"]].sum()
    return percent((units["done"] / units["weight_tenths"]).mean())


def _shown(seen) -> str:
    return str(seen.metric[0].value)


@pytest.mark.parametrize("page", ["overview", "measure", "region", "ledger"])
def test_a_page_of_a_past_day_says_so_and_leads_back(open_page: Open, page):
    seen = open_page(page, LEADER, as_of=DAY.isoformat())
    assert [error.message for error in seen.exception] == []
    assert f"截至 {DAY} 所掌握的情况" in words(seen)
    seen = press(seen, "回到最新数据")
    assert "所掌握的情况" not in words(seen)
    assert "as_of" not in seen.query_params


def test_the_overview_of_a_past_day_has_the_figures_of_that_day(open_page: Open, sample: Store):
    seen = open_page("overview", LEADER, as_of=DAY.isoformat())
    keep_past_day(sample, notice_id=1, year=DAY.year, known_on=DAY)
    then = cells_frame(sample, NATION, period_id=_period(sample), vintage=Vintage(known_on=DAY))
    assert _shown(seen) == _completion(then)
    assert _shown(open_page("overview", LEADER)) != _shown(seen)


def test_the_tasks_of_a_past_day_stand_as_they_stood(open_page: Open, sample: Store):
    seen = open_page("region", LEADER, unit="11", as_of=DAY.isoformat())
    tasks = task_frame_at(sample, NATION, known_on=DAY, notice_id=1, year=DAY.year, unit_id=11)
    shown = seen.dataframe[-1].value
    assert shown["completion_permille"].tolist() == (tasks["completion_permille"] / 10).tolist()


@pytest.mark.parametrize("given", ["2999-01-01", "gestern", date.max.isoformat()])
def test_a_day_that_is_none_or_to_come_counts_as_not_given(open_page: Open, given):
    seen = open_page("overview", LEADER, as_of=given)
    assert "所掌握的情况" not in words(seen)
    assert [error.message for error in seen.exception] == []


def test_before_anything_was_planned_the_page_says_that_there_is_nothing(open_page: Open):
    seen = open_page("overview", LEADER, as_of=f"{DAY.year - 1}-01-02")
    assert [error.message for error in seen.exception] == []
    seen = open_page("overview", LEADER, as_of="1999-01-01")
    assert "尚无" in words(seen) or "没有" in words(seen)


def test_a_frozen_period_is_shown_as_corrected_or_as_published(open_page: Open, sample: Store):
    period = _period(sample, frozen=True)
    corrected = cells_frame(sample, NATION, period_id=period, vintage=NEWEST)
    published = cells_frame(sample, NATION, period_id=period, vintage=Vintage(published=True))
    assert corrected["done"].sum() < published["done"].sum()
    seen = open_page("measure", LEADER, period=str(period), figures="published")
    assert "以下为冻结公布时的数据" in words(seen)
    assert "其后更正 2 项" in words(seen)
    assert "以下为冻结公布时的数据" not in words(open_page("measure", LEADER, period=str(period)))
    # What is not frozen was not published.
    assert "以下为冻结公布时的数据" not in words(open_page("measure", LEADER, figures="published"))


def test_a_task_of_a_past_day_does_not_tell_what_came_later(open_page: Open, sample: Store):
    tasks = task_frame_at(sample, NATION, known_on=DAY, notice_id=1, year=DAY.year)
    asked = {"task": str(tasks["task_id"].iloc[0]), "as_of": DAY.isoformat()}
    seen = open_page("task", LEADER, **asked)
    assert [error.message for error in seen.exception] == []
    assert f"截至 {DAY} 所掌握的情况" in words(seen)
    seen = open_page("task", LEADER, **{**asked, "as_of": f"{DAY.year - 1}-01-02"})
    assert "没有找到要看的内容" in words(seen)
