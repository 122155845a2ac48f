"""How reports count, and how long what is in whose hands: hand-worked numbers."""

from datetime import date, timedelta

import pandas as pd
import pytest

from tracking.submissions import (
    BAND_COLUMNS,
    HOLDING_COLUMNS,
    Reports,
    Stage,
    SubmissionState,
    ageing,
    ageing_by_unit,
    band_of,
    side_by_side,
    state_of,
    states_of_period,
    submission_matrix,
    with_writing,
)

OPENS, CLOSES = date(2026, 3, 22), date(2026, 4, 15)
RUNNING, OVER = date(2026, 4, 15), date(2026, 4, 16)


@pytest.mark.parametrize(
    ("reports", "running", "over"),
    [
        (Reports(), "not_asked", "not_asked"),
        (Reports(asked=4), "in_work", "missing"),
        (Reports(asked=4, reported=3), "in_work", "missing"),
        (Reports(asked=4, reported=3, returned=1), "returned", "returned"),
        (Reports(asked=4, reported=2, returned=1), "returned", "missing"),
        (Reports(asked=4, reported=4, late=1), "late", "late"),
        (Reports(asked=4, reported=4), "on_time", "on_time"),
    ],
)
def test_a_unit_stands_as_the_worst_of_its_tasks(reports: Reports, running: str, over: str):
    days = {"opens_on": OPENS, "closes_on": CLOSES}
    assert state_of(reports, today=RUNNING, **days) == running
    assert state_of(reports, today=OVER, **days) == over
    assert state_of(reports, today=OPENS - timedelta(1), **days) == "not_asked"


def test_what_is_neither_reported_nor_returned_is_open_and_what_is_not_handed_over_is_unwritten():
    reports = Reports(asked=10, reported=6, late=2, returned=1, handed=2)
    assert (reports.on_time, reports.open, reports.unwritten) == (4, 3, 1)


@pytest.mark.parametrize(
    ("days", "band"), [(0, 0), (3, 0), (4, 1), (7, 1), (8, 2), (14, 2), (15, 3), (400, 3)]
)
def test_a_band_holds_its_first_and_its_last_day(days: int, band: int):
    assert band_of(days) == BAND_COLUMNS[band]


UNITS = pd.DataFrame({"unit_id": [1, 2], "short_name": ["北", "南"], "name": ["北省", "南市"]})
PERIODS = pd.DataFrame(
    {
        "period_id": [11, 12],
        "name": ["一季度", "二季度"],
        "opens_on": [OPENS, date(2026, 6, 21)],
        "closes_on": [CLOSES, date(2026, 7, 15)],
    }
)
COUNTS = pd.DataFrame(
    [(1, 11, 5, 3, 1, 0, 1), (1, 12, 5, 2, 0, 1, 1), (2, 12, 4, 4, 0, 0, 0)],
    columns=["unit_id", "period_id", "asked", "reported", "late", "returned", "handed"],
)
TODAY = date(2026, 6, 30)


def matrix(today: date = TODAY) -> pd.DataFrame:
    return submission_matrix(COUNTS, UNITS, PERIODS, today=today)


def test_the_matrix_has_a_cell_for_every_unit_and_period():
    found = matrix().set_index(["unit_id", "period_id"])
    cell = found.loc[(1, 11)]
    assert (cell["state"], cell["on_time"], cell["late"], cell["missing"], cell["in_work"]) == (
        "missing",
        2,
        1,
        2,
        0,
    )
    cell = found.loc[(1, 12)]
    assert (cell["state"], cell["returned"], cell["missing"], cell["in_work"], cell["unwritten"]) == (
        "returned",
        1,
        0,
        2,
        1,
    )
    assert found.loc[(2, 11)]["state"] == "not_asked"
    assert found.loc[(2, 12)]["state"] == "on_time"
    assert states_of_period(matrix(), 12) == dict.fromkeys(SubmissionState, 0) | {
        SubmissionState.RETURNED: 1,
        SubmissionState.ON_TIME: 1,
    }


def test_before_the_window_opens_nothing_is_asked_for():
    assert matrix(date(2026, 4, 20)).set_index(["unit_id", "period_id"]).loc[(1, 12)]["asked"] == 0


def _holdings() -> pd.DataFrame:
    rows = [
        (1, Stage.SIGNING, 1, 0, 2, 0, date(2026, 6, 20)),
        (2, Stage.REVIEWING, 0, 0, 0, 4, date(2026, 5, 1)),
        (9, Stage.REVIEWING, 1, 0, 0, 0, date(2026, 6, 29)),
    ]
    return pd.DataFrame(rows, columns=list(HOLDING_COLUMNS))


def test_what_is_unwritten_is_held_by_the_officer_since_the_window_opened():
    held = with_writing(_holdings(), matrix(), PERIODS, today=TODAY)
    written = held[held["stage"] == Stage.WRITING]
    assert written[["unit_id", "band_8", "oldest_on"]].values.tolist() == [[1, 1, date(2026, 6, 21)]]
    nothing = with_writing(_holdings().head(0), matrix().head(0), PERIODS, today=TODAY)
    assert nothing.empty


def test_holdings_add_up_by_stage_and_by_unit():
    held = with_writing(_holdings(), matrix(), PERIODS, today=TODAY)
    stages = ageing(held).set_index("stage")
    assert stages["total"].tolist() == [1, 0, 3, 0, 0, 5]
    assert stages.loc[Stage.REVIEWING, "band_15"] == 4
    assert stages.loc[Stage.REVIEWING, "oldest_on"] == date(2026, 5, 1)
    assert stages.loc[Stage.RETURNED, "oldest_on"] is None or pd.isna(stages.loc[Stage.RETURNED, "oldest_on"])
    rows = ageing_by_unit(held, UNITS)
    assert rows[["unit", "stage", "total"]].values.tolist() == [
        ["南", "reviewing", 4],
        ["北", "signing", 3],
        ["北", "writing", 1],
    ]
    assert ageing_by_unit(held.head(0), UNITS).empty


def test_a_long_matrix_is_cut_between_units_and_a_short_one_stays_whole():
    assert len(side_by_side(matrix(), 2)) == 1
    units = pd.DataFrame({"unit_id": range(1, 12), "short_name": "市", "name": "市"})
    parts = side_by_side(submission_matrix(COUNTS, units, PERIODS, today=TODAY), 2)
    assert [part["unit_id"].nunique() for part in parts] == [6, 5]
