"""The actions on reporting periods, as cases for every role."""

from datetime import date

from db.periods import actions as periods
from tests.support.cases import of
from tests.support.factories import FIRST_QUARTER, SECOND_QUARTER, YEAR
from tracking.permissions import Right

_DATES = {
    "starts_on": date(YEAR, 7, 1),
    "ends_on": date(YEAR, 9, 30),
    "opens_on": date(YEAR, 7, 1),
    "closes_on": date(YEAR, 10, 15),
}
_LATE = date(YEAR, 5, 19)

PERIODS = of(
    Right.MANAGE_PERIODS,
    (periods.create_year_of_periods, {"notice_id": 1, "year": YEAR + 1}),
    (
        periods.change_period_dates,
        {"period_id": SECOND_QUARTER, **_DATES},
    ),
    (periods.extend_period, {"period_id": FIRST_QUARTER, "closes_on": _LATE}),
    (periods.open_period, {"period_id": FIRST_QUARTER}),
    (periods.close_period, {"period_id": FIRST_QUARTER}),
    (
        periods.reopen_period,
        {"period_id": FIRST_QUARTER, "closes_on": _LATE, "reason": "说明"},
    ),
    (periods.freeze_period, {"period_id": FIRST_QUARTER}),
    bound=False,
)
