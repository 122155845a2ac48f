"""How reports are counted by unit and period, and in whose hands they are found, through the real actions."""

from datetime import date

import pytest

from db.authorities.scope import NATION
from db.figures.submission_cells import recount_periods
from db.figures.summaries import keep_current
from db.store import Store
from db.submissions.holdings import holdings_frame, longest_held_frame
from db.submissions.queries import submissions_frame
from db.tables import ReportingPeriod
from db.updates import actions as updates, reviews
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
    typed_task,
)
from tracking.permissions import Scope
from tracking.submissions import BAND_COLUMNS, Stage
from tracking.validation import UpdateDraft

PLACE = {"notice_id": 1, "year": YEAR}


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def _typed(permille: int) -> UpdateDraft:
    return fairs_held(0, actuals={}, typed_permille=permille)


def _counts(store: Store, period_id: int = FIRST_QUARTER, scope: Scope = NATION) -> dict[str, int]:
    frame = submissions_frame(store, scope, **PLACE)
    rows = frame[(frame["unit_id"] == NORTH) & (frame["period_id"] == period_id)]
    return {str(name): int(rows[name].iloc[0]) for name in frame.columns[2:]} if len(rows) else {}


def test_a_year_without_periods_and_a_country_without_plans_count_nothing(store: Store):
    assert submissions_frame(store, NATION, notice_id=1, year=1999).empty
    assert submissions_frame(store, NATION, **PLACE).empty


def test_on_time_late_and_missing_are_told_apart_by_the_first_submission(store: Store):
    in_time, late, _missing, later = filed_plan(
        store, fair_task(), typed_task(2), typed_task(3), typed_task(2, starts_on=date(YEAR, 5, 1))
    )
    assert _counts(store) == {"asked": 3, "reported": 0, "late": 0, "returned": 0, "handed": 0}
    with at(date(YEAR, 4, 15)):
        returned = reported(store, in_time, fairs_held(1))
    with store.write(None) as tx:
        period = tx.load(ReportingPeriod, FIRST_QUARTER)
        period.closes_on = date(YEAR, 5, 31)
        tx.audit("extend_period", period)
        recount_periods(tx.session, [FIRST_QUARTER])
    with at(date(YEAR, 5, 2)):
        reviews.return_progress_update(store, by=people().member, update_id=returned, reason="补充")
        assert _counts(store)["returned"] == 1
        accepted(store, late, _typed(200))
        reported(store, in_time, fairs_held(2))
    with store.write(None) as tx:
        period = tx.load(ReportingPeriod, FIRST_QUARTER)
        period.closes_on = date(YEAR, 4, 15)
        tx.audit("extend_period", period)
        recount_periods(tx.session, [FIRST_QUARTER])
    with at(date(YEAR, 5, 3)):
        assert _counts(store) == {"asked": 3, "reported": 2, "late": 1, "returned": 0, "handed": 0}
        keep_current(store)
        assert _counts(store, SECOND_QUARTER)["asked"] == 4
        assert _counts(store, scope=Scope(frozenset({SOUTH}))) == {}
        assert later


def _held(store: Store) -> dict[str, list[int]]:
    frame = holdings_frame(store, NATION, **PLACE)
    return {row.stage: [getattr(row, band) for band in BAND_COLUMNS] for row in frame.itertuples()}


def test_a_report_is_in_one_pair_of_hands_after_another(store: Store):
    cast = people()
    (task_id,) = filed_plan(store)
    update_id = updates.save_progress_update(
        store, by=cast.officer, task_id=task_id, period_id=FIRST_QUARTER, row_version=0, draft=fairs_held(1)
    )
    assert _held(store) == {}
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    with at(date(YEAR, 3, 23), 23):
        assert _held(store) == {Stage.SIGNING: [1, 0, 0, 0]}
        assert _counts(store)["handed"] == 1
    with at(date(YEAR, 3, 24), 0):
        assert _held(store) == {Stage.SIGNING: [0, 1, 0, 0]}
        updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    with at(date(YEAR, 4, 1)):
        assert _held(store) == {Stage.SUBMITTING: [0, 0, 1, 0]}
        updates.submit_progress_update(store, by=cast.officer, update_id=update_id)
    with at(date(YEAR, 4, 16)):
        assert _held(store) == {Stage.REVIEWING: [0, 0, 0, 1]}
        longest = longest_held_frame(store, NATION, **PLACE)
        assert longest[["task_id", "unit_id", "officer_name", "stage", "days"]].values.tolist() == [
            [task_id, NORTH, "officer", Stage.REVIEWING, 15]
        ]
        assert longest_held_frame(store, NATION, **PLACE, stage=Stage.SIGNING).empty
        assert longest_held_frame(store, NATION, **PLACE, stage=Stage.WRITING).empty
        assert longest_held_frame(store, NATION, **PLACE, unit_ids=(SOUTH,)).empty
        reviews.return_progress_update(store, by=cast.member, update_id=update_id, reason="补充")
        assert _held(store) == {Stage.RETURNED: [1, 0, 0, 0]}
    with at(date(YEAR, 4, 14)):
        # Begun again, it is still the officer's; handed over, it is the signatory's.
        again = updates.save_progress_update(
            store,
            by=cast.officer,
            task_id=task_id,
            period_id=FIRST_QUARTER,
            row_version=0,
            draft=fairs_held(2),
        )
        assert list(_held(store)) == [Stage.RETURNED]
        updates.request_update_sign_off(store, by=cast.officer, update_ids=[again])
        assert list(_held(store)) == [Stage.SIGNING]
        assert (_counts(store)["returned"], _counts(store)["handed"]) == (1, 0)
        assert holdings_frame(store, Scope(frozenset({SOUTH})), **PLACE).empty
