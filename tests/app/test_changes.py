"""What changed since the last meeting: two days from the address, lists that lead on, and days that cannot be."""

from datetime import timedelta

import pytest

from db import clock
from db.authorities.scope import NATION
from db.changes.queries import changes
from db.figures.past import keep_past_day
from db.periods.queries import year_in_hand
from db.store import Store
from tests.app.acting import words
from tests.app.conftest import Open
from tracking.spans import Span

TODAY = clock.today()
SPAN = Span(TODAY - timedelta(40), TODAY - timedelta(5))


def _asked(span: Span = SPAN) -> dict[str, str]:
    return {"since": span.since.isoformat(), "until": span.until.isoformat()}


def test_the_sentence_and_the_figures_count_what_changed(open_page: Open, sample: Store):
    seen = open_page("changes", "leadership", **_asked())
    assert [error.message for error in seen.exception] == []
    year = year_in_hand(sample, notice_id=1, on=SPAN.until)
    for day in (SPAN.since, SPAN.until):
        keep_past_day(sample, notice_id=1, year=year, known_on=day)
    counts = changes(sample, NATION, notice_id=1, year=year, span=SPAN).counts
    assert counts["new"]
    assert counts["cleared"]
    assert f"新增滞后任务 {counts['new']} 项" in words(seen).replace("\\", "")
    shown = [str(metric.value) for metric in seen.metric]
    assert shown[:2] == [f"{counts['new']} 项", f"{counts['cleared']} 项"]


def test_without_days_it_is_the_last_month(open_page: Open):
    said = words(open_page("changes", "member")).replace("\\", "")
    assert f"{TODAY - timedelta(30)} 至 {TODAY}" in said


def test_a_unit_sees_its_own_changes_only(open_page: Open):
    seen = open_page("changes", "zhejiang.officer", **_asked())
    units = {name for frame in seen.dataframe for name in frame.value.get("unit_name", [])}
    assert units <= {"浙江"}


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [(0, 5, "起始日期须早于截止日期"), (10, 10, "起始日期须早于截止日期")],
)
def test_days_out_of_order_are_told_and_nothing_else_is_shown(open_page: Open, since, until, said):
    days = {"since": TODAY - timedelta(since), "until": TODAY - timedelta(until)}
    seen = open_page("changes", "member", **{name: day.isoformat() for name, day in days.items()})
    assert said in words(seen)
    assert not seen.metric
