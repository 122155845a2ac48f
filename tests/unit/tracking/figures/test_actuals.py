from datetime import date
from decimal import Decimal

import pandas as pd

from tracking.figures.actuals import indicator_totals, latest_by_authority

INDICATORS = pd.DataFrame(
    [
        (1, "参展企业", "家次", True),
        (2, "入驻企业", "家", False),
        (3, "培训", "期", True),
        (4, "园区", "个", False),
    ],
    columns=["indicator_id", "name", "unit", "additive"],
)
SPRING, SUMMER = date(2026, 3, 31), date(2026, 6, 30)


def actuals(*rows):
    frame = pd.DataFrame(rows, columns=["authority_id", "task_id", "indicator_id", "value", "reported_on"])
    return frame.assign(value=[Decimal(value) for value in frame["value"]])


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
    assert (row["value"], row["additive_total"]) == (Decimal("149.50"), Decimal("149.50"))
    assert (row["authorities"], row["lowest"], row["highest"]) == (2, Decimal("49.50"), Decimal(100))
    assert row["latest_on"] == SUMMER


def test_any_other_indicator_is_never_added_up_but_shown_by_its_middle():
    row = indicator_totals(ACTUALS, INDICATORS).iloc[1]
    assert row["additive_total"] is None
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


def test_each_authority_has_one_value_an_indicator():
    frame = latest_by_authority(ACTUALS, INDICATORS)
    assert [tuple(row) for row in frame.itertuples(index=False)] == [
        (1, 10, Decimal("49.50"), SUMMER),
        (1, 20, Decimal(100), SPRING),
        (2, 10, Decimal(80), SUMMER),
        (2, 20, Decimal(21), SPRING),
        (2, 30, Decimal(7), SPRING),
        (2, 40, Decimal(8), SPRING),
    ]
