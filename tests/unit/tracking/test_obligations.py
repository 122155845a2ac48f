"""When an obligation of the notice is met, worked out by hand, and the rates over the units."""

from datetime import date

import pandas as pd
import pytest

from tests.unit.charts import frames
from tracking.obligations import Obligation, Rate, obligation_cells, rates, unit_sums

SINCE = date(2026, 2, 1)
FACTS = {
    "unit_id": 1,
    "short_name": "北省",
    "mechanism_recorded": True,
    "mechanism_on": SINCE,
    "mechanism_number": "1号",
    "plan_filed_on": SINCE,
    "goals_filed_on": None,
    "tasks": 3,
    "open_tasks": 2,
    "held_tasks": 1,
    "held_since_on": SINCE,
    "cooperation": 0,
    "cooperation_since_on": None,
    "publicity": 2,
    "publicity_since_on": SINCE,
}


def cell(obligation: Obligation, **changed) -> tuple:
    """Whether it is met, since when, and by what."""
    cells = obligation_cells(pd.DataFrame([FACTS | changed])).set_index("obligation")
    found = cells.loc[obligation]
    return bool(found["present"]), found["since_on"], found["evidence"]


@pytest.mark.parametrize(
    ("obligation", "changed", "found"),
    [
        (Obligation.COORDINATION_MECHANISM, {}, (True, SINCE, "1号")),
        (Obligation.COORDINATION_MECHANISM, {"mechanism_recorded": False}, (False, None, "")),
        (Obligation.WORK_PLAN, {}, (True, SINCE, "")),
        (Obligation.GOALS, {}, (False, None, "")),
        (Obligation.RESPONSIBLE_OFFICER, {}, (False, None, "1/2")),
        (Obligation.RESPONSIBLE_OFFICER, {"held_tasks": 2}, (True, SINCE, "2/2")),
        (Obligation.RESPONSIBLE_OFFICER, {"tasks": 0, "open_tasks": 0, "held_tasks": 0}, (False, None, "")),
        (Obligation.RESPONSIBLE_OFFICER, {"open_tasks": 0, "held_tasks": 0}, (True, SINCE, "")),
        (Obligation.COOPERATION_MECHANISMS, {}, (False, None, "")),
        (Obligation.PUBLICITY, {}, (True, SINCE, "2")),
    ],
)
def test_an_obligation_is_met_by_what_the_unit_has(obligation, changed, found):
    assert cell(obligation, **changed) == found


def test_rates_count_the_units_and_the_least_kept_obligation_is_named():
    """Of two units one has everything: each rate is 1 of 2, 50.0 %."""
    cells = frames.obligations()
    assert set(rates(cells).values()) == {Rate(1, 2)}
    assert Rate(1, 2).permille == 500
    sums = unit_sums(cells)
    assert (sums.units, sums.meeting_all, sums.present) == (2, 1, 6)
    assert (sums.least, sums.missing) == (Obligation.COORDINATION_MECHANISM, 1)


def test_where_nothing_is_missing_nothing_is_named():
    cells = frames.obligations()
    assert unit_sums(cells[cells["unit_id"] == 1]).least is None
