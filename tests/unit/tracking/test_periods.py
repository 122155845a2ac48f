from datetime import date

import pytest

from tracking.messages import Refusal, text
from tracking.periods import CYCLES, check_open, figures_as_of, period_name, taken_until
from tracking.vocabulary import Language, PeriodStatus

OPENS, CLOSES = date(2026, 9, 25), date(2026, 10, 15)


def name_of(cycle, number, language):
    message = period_name(year=2026, number=number, cycle=cycle)
    return text(message.key, language, **message.values)


@pytest.mark.parametrize(
    ("cycle", "number", "chinese", "english"),
    [
        ("quarter", 3, "2026年第三季度", "2026 Q3"),
        ("month", 11, "2026年11月", "November 2026"),
        ("half_year", 1, "2026年上半年", "2026 H1"),
        ("year", 1, "2026年", "2026"),
        ("ten_days", 5, "2026年第5期", "2026, period 5"),
        ("quarter", 5, "2026年第5期", "2026, period 5"),
    ],
)
def test_periods_are_named_by_their_cycle(cycle, number, chinese, english):
    assert name_of(cycle, number, Language.ZH_CN) == chinese
    assert name_of(cycle, number, Language.EN) == english


def test_every_period_of_every_cycle_has_a_name_of_its_own():
    for language in Language:
        names = [
            name_of(cycle, number, language)
            for cycle, most in CYCLES.items()
            for number in range(1, most + 1)
        ]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("today", [OPENS, date(2026, 10, 1), CLOSES])
def test_an_open_period_takes_reports_from_its_first_to_its_last_day(today):
    check_open(status=PeriodStatus.OPEN, today=today, opens_on=OPENS, closes_on=CLOSES)


@pytest.mark.parametrize(
    ("status", "today", "sentence"),
    [
        (PeriodStatus.OPEN, date(2026, 9, 24), "自 2026-09-25 起填报"),
        (PeriodStatus.OPEN, date(2026, 10, 16), "已于 2026-10-15 截止"),
        (PeriodStatus.UPCOMING, date(2026, 10, 1), "尚未开放填报"),
        (PeriodStatus.CLOSED, date(2026, 10, 1), "已于 2026-10-15 截止填报"),
        (PeriodStatus.FROZEN, date(2026, 10, 1), "已冻结"),
    ],
)
def test_any_other_day_and_any_other_status_is_refused_with_what_to_do(status, today, sentence):
    with pytest.raises(Refusal, match=sentence):
        check_open(status=status, today=today, opens_on=OPENS, closes_on=CLOSES)


def test_the_figures_of_a_period_are_those_of_today_and_at_last_of_its_last_day():
    ends_on = date(2026, 9, 30)
    assert figures_as_of(ends_on=ends_on, today=date(2026, 9, 8)) == date(2026, 9, 8)
    assert figures_as_of(ends_on=ends_on, today=date(2026, 11, 23)) == ends_on


@pytest.mark.parametrize(
    ("closed_on", "until"), [(None, CLOSES), (OPENS, OPENS), (date(2026, 12, 1), CLOSES)]
)
def test_a_period_takes_reports_until_its_window_ends_or_it_is_closed(closed_on, until):
    assert taken_until(CLOSES, closed_on) == until
