from decimal import Decimal

import pandas as pd

from tracking.figures.actuals import indicator_totals

INDICATORS = pd.DataFrame(
    [
        (1, "参展企业", "家次", True, "count"),
        (2, "入驻企业", "家", False, "count"),
        (3, "培训", "期", True, "count"),
        (4, "园区", "个", False, "count"),
    ],
    columns=["indicator_id", "name", "unit", "additive", "kind"],
)
SPRING, SUMMER = 1, 2  # numbers of periods


def actuals(*rows):
    columns = ["authority_id", "task_id", "indicator_id", "hundredths", "period_number"]
    return pd.DataFrame(
        [(*keys, int(Decimal(value) * 100), period) for *keys, value, period in rows], columns=columns
    ).assign(numerator=0, denominator=0)


ACTUALS = actuals(
    (10, 100, 1, "30", SPRING),
    (10, 100, 1, "45.50", SUMMER),  # cumulative: stands for the 30 as well
    (10, 101, 1, "4", SPRING),
    (20, 200, 1, "100", SPRING),
    (10, 100, 2, "80", SUMMER),
    (10, 101, 2, "90", SPRING),  # older, so not the authority's state
    (20, 200, 2, "20", SPRING),
    (20, 201, 2, "21", SPRING),  # of one day the larger
    (30, 300, 2, "7", SPRING),
    (40, 400, 2, "8", SPRING),
)


def test_an_additive_indicator_adds_up_the_latest_value_of_every_task():
    row = indicator_totals(ACTUALS, INDICATORS).iloc[0]
    assert row["value"] == Decimal("149.50")
    assert (row["authorities"], row["lowest"], row["highest"]) == (2, Decimal("49.50"), Decimal(100))


def test_any_other_indicator_is_never_added_up_but_shown_by_its_middle():
    row = indicator_totals(ACTUALS, INDICATORS).iloc[1]
    assert (row["value"], row["authorities"]) == (Decimal("14.50"), 4)  # of 80, 21, 7 and 8
    assert (row["lowest"], row["highest"]) == (Decimal(7), Decimal(80))


def test_one_authority_shows_its_own_latest_state():
    own = ACTUALS[ACTUALS["authority_id"] == 10]
    assert indicator_totals(own, INDICATORS).iloc[1]["value"] == Decimal(80)


def test_an_indicator_nobody_has_reported_says_so():
    rows = indicator_totals(ACTUALS, INDICATORS).iloc[2:]
    assert rows["authorities"].tolist() == [0, 0]
    assert rows["value"].tolist() == [None, None]


def test_no_actuals_at_all_leave_every_indicator_open():
    assert indicator_totals(actuals(), INDICATORS)["authorities"].tolist() == [0, 0, 0, 0]


def test_a_middle_between_two_hundredths_is_rounded_up():
    own = actuals((10, 100, 2, "0.01", SPRING), (20, 200, 2, "0.02", SPRING))
    assert indicator_totals(own, INDICATORS).iloc[1]["value"] == Decimal("0.02")


def rates(*rows):
    columns = ["authority_id", "task_id", "period_number", "numerator", "denominator"]
    frame = pd.DataFrame(rows, columns=columns).assign(indicator_id=5)
    return frame.assign(hundredths=frame["numerator"] * 10_000 // frame["denominator"].clip(lower=1))


RATE = pd.DataFrame(
    [(5, "处置率", "%", False, "rate")], columns=["indicator_id", "name", "unit", "additive", "kind"]
)


def test_a_rate_is_the_sum_of_numerators_over_the_sum_of_denominators_and_never_a_mean():
    said = rates((10, 100, SPRING, 100, 200), (10, 100, SUMMER, 100, 100), (20, 200, SPRING, 0, 900))
    (row,) = indicator_totals(said, RATE).itertuples()
    assert (row.value, row.value.parts) == (Decimal(10), (Decimal(1), Decimal(10)))
    assert row.authorities == 2


def test_a_rate_of_nothing_over_nothing_has_no_value_but_was_reported():
    (row,) = indicator_totals(rates((10, 100, SPRING, 0, 0)), RATE).itertuples()
    assert (row.value, row.authorities) == (None, 1)


def test_of_a_yes_or_no_it_is_told_how_many_say_yes_of_those_asked():
    answers = INDICATORS[:1].assign(indicator_id=1, kind="yes_no", additive=False)
    said = actuals((10, 100, 1, "0", SPRING), (10, 100, 1, "1", SUMMER), (20, 200, 1, "0", SPRING))
    asked = pd.DataFrame(
        [(1, 10, 0), (1, 20, 0), (1, 30, 0), (1, 30, 1), (1, 40, 1), (2, 50, 0)],
        columns=["indicator_id", "authority_id", "exempt"],
    )
    (row,) = indicator_totals(said, answers, asked).itertuples()
    assert (row.value, row.authorities, row.asked, row.exempt) == (1, 2, 3, 1)
