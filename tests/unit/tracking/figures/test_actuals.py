from decimal import Decimal

import pandas as pd

from tracking.figures.actuals import indicator_totals

INDICATORS = pd.DataFrame(
    [
        (1, "参展企业", "家次", True),
        (2, "入驻企业", "家", False),
        (3, "培训", "期", True),
        (4, "园区", "个", False),
    ],
    columns=["indicator_id", "name", "unit", "additive"],
)
SPRING, SUMMER = 1, 2  # numbers of periods


def actuals(*rows):
    columns = ["authority_id", "task_id", "indicator_id", "hundredths", "period_number"]
    return pd.DataFrame(
        [(*keys, int(Decimal(value) * 100), period) for *keys, value, period in rows], columns=columns
    )


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
