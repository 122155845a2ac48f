"""What the tasks of a year cover, counted by the database, and how one departure changes one cell."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.coverage.letters import export_coverage_letter
from db.coverage.queries import (
    action_cells_frame,
    incomplete_tasks_frame,
    measure_cells_frame,
    planned_units,
)
from db.officers.actions import appoint_officer, create_post, end_appointment
from db.store import NotFound, Store
from tests.support.factories import (
    FAIRS,
    NORTH,
    SOUTH,
    VISITORS,
    YEAR,
    at,
    fair_task,
    filed_plan,
    people,
    small_country,
    suspended,
    typed_task,
)
from tests.support.trail import last_event
from tracking.coverage import Cover
from tracking.permissions import Scope
from tracking.validation import TargetDraft, TermDraft

EVERYTHING, THE_SOUTH = Scope(None), Scope(frozenset({SOUTH}))
TODAY = date(YEAR, 3, 1)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def cells(store: Store, scope: Scope = EVERYTHING, on: date = TODAY) -> dict[int, tuple[int, ...]]:
    """Measure → tasks, open, overdue, vacant, targeted of the north."""
    frame = measure_cells_frame(store, scope, notice_id=1, year=YEAR, on=on)
    assert set(frame["unit_id"]) <= {NORTH}
    counts = frame[["tasks", "open_tasks", "overdue", "vacant", "targeted"]].to_numpy().tolist()
    return {line: tuple(row) for line, row in zip(frame["line_id"], counts, strict=True)}


def test_a_cell_counts_its_tasks_and_those_with_a_target(store: Store):
    filed_plan(store, fair_task(), typed_task(1), typed_task(3))
    assert cells(store) == {1: (2, 2, 0, 0, 1), 3: (1, 1, 0, 0, 0)}
    assert cells(store, THE_SOUTH) == {}


def test_a_day_that_has_passed_is_no_date_any_more(store: Store):
    filed_plan(store, fair_task(due_on=date(YEAR, 12, 31)))
    assert cells(store, on=date(YEAR, 12, 31))[1][2] == 0
    assert cells(store, on=date(YEAR + 1, 1, 1))[1][2] == 1


def test_one_cell_changes_when_one_officer_leaves(store: Store):
    cast = people()
    other = create_post(store, by=cast.officer, authority_id=NORTH, title="联络处处长")
    appointment = appoint_officer(store, by=cast.officer, post_id=other, starts_on=TODAY, name="离任者")
    filed_plan(store, fair_task(), typed_task(2, post_id=other), typed_task(3))
    before = cells(store, on=TODAY + timedelta(9))
    end_appointment(store, by=cast.officer, appointment_id=appointment, ends_on=TODAY + timedelta(7))
    assert cells(store, on=TODAY + timedelta(7)) == before
    after = cells(store, on=TODAY + timedelta(8))
    assert [measure for measure in before if after[measure] != before[measure]] == [2]
    assert (before[2], after[2]) == ((1, 1, 0, 0, 0), (1, 1, 0, 1, 0))


def test_a_suspended_task_counts_nowhere(store: Store):
    (task_id,) = filed_plan(store)
    suspended(store, task_id)
    assert cells(store) == {}


def test_a_unit_is_planned_once_a_task_of_the_year_is_filed_and_stays_so_when_it_is_suspended(store: Store):
    asked = {"notice_id": 1, "year": YEAR}
    assert planned_units(store, EVERYTHING, **asked) == frozenset()
    (task_id,) = filed_plan(store)
    suspended(store, task_id)
    assert planned_units(store, EVERYTHING, **asked) == {NORTH}
    assert planned_units(store, THE_SOUTH, **asked) == frozenset()
    assert planned_units(store, EVERYTHING, notice_id=1, year=YEAR + 1) == frozenset()
    assert planned_units(store, EVERYTHING, notice_id=2, year=YEAR) == frozenset()


def test_actions_are_counted_one_by_one_and_tasks_under_none_by_themselves(store: Store):
    filed_plan(store, fair_task(measure_action_id=1), typed_task(1), typed_task(2, measure_action_id=2))
    frame = action_cells_frame(store, EVERYTHING, notice_id=1, year=YEAR, on=TODAY, measure_id=1)
    assert frame[["unit_id", "line_id", "tasks"]].to_numpy().tolist() == [[NORTH, 0, 1], [NORTH, 1, 1]]


def test_the_tasks_that_lack_something_are_listed_with_what_it_is(store: Store):
    half = (TargetDraft(FAIRS, date(YEAR, 6, 30), Decimal(5)),)
    early = fair_task(title="早到期", due_on=date(YEAR, 7, 1), targets=half)
    filed_plan(store, fair_task(), typed_task(2), early)
    asked = {"notice_id": 1, "year": YEAR}
    frame = incomplete_tasks_frame(store, EVERYTHING, on=date(YEAR, 8, 1), unit_id=NORTH, **asked)
    found = frame[["title", "is_overdue", "is_vacant", "is_targeted"]].to_numpy().tolist()
    assert found == [["早到期", True, False, True], ["任务2", False, False, False]]
    assert incomplete_tasks_frame(store, THE_SOUTH, on=TODAY, **asked).empty


def test_a_letter_holds_the_gaps_of_one_unit_or_of_all_and_is_kept_in_the_trail(store: Store):
    filed_plan(store, fair_task(), typed_task(2))
    cast = people()
    gaps = export_coverage_letter(store, by=cast.member, notice_id=1, unit_id=NORTH)
    assert (gaps.unit, gaps.year, gaps.on) == ("北省主管部门", YEAR, TODAY)
    assert gaps.cells["cover"].tolist() == [Cover.FULL, Cover.PARTLY, Cover.EMPTY]
    event = last_event(store)
    assert (event.action, event.authority_id) == ("export_coverage_letter", NORTH)
    everybody = export_coverage_letter(store, by=cast.leader, notice_id=1)
    assert (everybody.unit, len(everybody.cells)) == ("", 6)


def test_nobody_takes_a_letter_about_a_unit_out_of_reach(store: Store):
    with pytest.raises(NotFound):
        export_coverage_letter(store, by=people().southerner, notice_id=1, unit_id=NORTH)


def test_a_task_to_which_no_indicator_of_its_measure_applies_lacks_no_target(store: Store):
    terms = tuple(TermDraft(key, exempt_because="本省无口岸") for key in (FAIRS, VISITORS))
    filed_plan(store, fair_task(targets=(), terms=terms), fair_task(targets=(), terms=terms[:1]))
    assert cells(store)[1][-1] == 1
    frame = incomplete_tasks_frame(store, EVERYTHING, notice_id=1, year=YEAR, on=TODAY)
    assert frame[~frame["is_targeted"]]["number"].tolist() == [2]
