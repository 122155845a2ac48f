"""An unfinished task beyond New Year: extended it stays reportable, carried on it goes on under its own history."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db import clock
from db.authorities.scope import NATION
from db.evidence.queries import evidence_frame
from db.figures import summaries
from db.figures.lineage import line_of, with_heirs
from db.figures.queries import cells_frame
from db.home.waiting import to_report_frame
from db.moves.queries import task_moves_frame
from db.plans import actions as plans, moved_dates as date_moves, task_actions
from db.plans.carry_actions import take_over_tasks
from db.plans.last_year import last_year_frame
from db.plans.queries import plan_sheet
from db.requests import actions as requests
from db.store import NotFound, Store
from db.tables import ReportingPeriod, Task
from db.tasks.queries import task_frame
from db.tasks.sheets import updates_frame
from db.traces.actuals import actuals_frame
from db.traces.queries import task_trace
from db.updates import actions as updates, reviews
from db.updates.queries import report_items
from db.updates.task_updates import standing_report
from tests.support.factories import (
    FAIRS,
    NORTH,
    SECOND_QUARTER,
    YEAR,
    accepted,
    amended,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    hand_in,
    people,
    requested,
    small_country,
    suspended,
)
from tests.support.next_year import NEXT, next_plan, saved_again
from tests.support.trail import refusal_of, row
from tracking.messages import Refusal
from tracking.period_years import dates_of_year
from tracking.validation import MilestoneDraft, UpdateDraft
from tracking.vocabulary import Light, PeriodStatus, TaskStatus

SPRING = date(NEXT, 3, 25)
EXTENDED = date(NEXT, 5, 31)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)


def _first_quarter(store: Store) -> int:
    """The first period of the next year, open."""
    with store.write(None) as tx:
        dates = asdict(dates_of_year(NEXT, "quarter")[0])
        period = tx.add(ReportingPeriod(notice_id=1, status=PeriodStatus.OPEN, **dates))
        tx.audit("plant", period)
        return period.id


def _extended(store: Store) -> int:
    """Three fairs of ten, and more time until May of the next year."""
    with at(date(YEAR, 6, 20)):
        (task_id,) = filed_plan(store)
        accepted(store, task_id, fairs_held(3), SECOND_QUARTER)
        request_id = requested(store, task_id, EXTENDED)
        requests.grant_request(
            store, by=people().member, request_id=request_id, granted_due_on=EXTENDED, ruling="同意"
        )
    return task_id


def _cells(store: Store, period_id: int) -> list[dict]:
    return cells_frame(store, NATION, period_id=period_id).to_dict("records")


def _check_figures(store: Store) -> None:
    """What is kept equals what history makes of it."""
    summaries.keep_current(store)
    with store.read() as session:
        assert summaries.differences(session, known_at=clock.now()).empty


def _handed_over(store: Store, task_id: int, draft: UpdateDraft, period_id: int) -> None:
    """As it stands: nothing that the checks ask is answered."""
    asked = {"task_id": task_id, "period_id": period_id, "row_version": 0, "draft": draft}
    updates.save_progress_update(store, by=people().officer, **asked, hand_over=True)


def test_a_task_extended_past_new_year_is_reported_in_the_next_years_periods(store: Store):
    task_id, period_id = _extended(store), _first_quarter(store)
    with at(SPRING):
        (item,) = report_items(store, NATION, authority_id=NORTH, period_id=period_id)
        assert item.last.actuals == {FAIRS: Decimal(3)}
        assert list(to_report_frame(store, NATION)["task_id"]) == [task_id]
        accepted(store, task_id, fairs_held(6), period_id)
        task = row(store, Task, task_id)
        assert (task.latest_permille, task.latest_period_id, task.status) == (
            600,
            period_id,
            TaskStatus.IN_PROGRESS,
        )


def test_what_is_reported_next_year_changes_no_figure_of_the_last(store: Store):
    task_id, period_id = _extended(store), _first_quarter(store)
    with at(SPRING):
        summaries.keep_current(store)
        before = _cells(store, SECOND_QUARTER)
        accepted(store, task_id, fairs_held(6), period_id)
        assert _cells(store, SECOND_QUARTER) == before
        _check_figures(store)


def test_a_plan_may_take_over_a_day_that_was_granted_beyond_its_year(store: Store):
    _extended(store)
    with at(date(YEAR, 7, 1)):
        amended(store, 1, fair_task(due_on=EXTENDED))
        with pytest.raises(Refusal) as refused:
            amended(store, 1, fair_task(due_on=date(NEXT, 6, 1)))
    assert refused.value.messages[0].key == "validation.outside_year"


def _going_on(store: Store, **changed: Any) -> tuple[int, int]:
    """Three fairs of ten at the end of the year, and the next year's plan, filed, in which the task goes on."""
    with at(date(YEAR, 6, 20)):
        (before,) = filed_plan(store)
        accepted(store, before, fairs_held(3), SECOND_QUARTER)
    with at(date(NEXT, 1, 20)):
        revision_id = next_plan(store, on=[before])
        sheet = plan_sheet(store, NATION, revision_id=revision_id)
        (planned,) = sheet.tasks
        if changed:
            saved_again(store, planned, **changed)
        hand_in(store, people(), revision_id)
        plans.file_plan(store, by=people().member, revision_id=revision_id)
    return before, planned.task_id


def test_an_unfinished_task_goes_on_with_what_was_reached(store: Store):
    before, task_id = _going_on(store)
    period_id = _first_quarter(store)
    with at(SPRING):
        task = row(store, Task, task_id)
        assert (task.year, task.continues_id) == (NEXT, before)
        assert (task.status, task.latest_permille) == (TaskStatus.IN_PROGRESS, 300)
        (item,) = report_items(store, NATION, authority_id=NORTH, period_id=period_id)
        assert item.last.actuals == {FAIRS: Decimal(3)}
        assert [update.period_id for update in item.before] == [SECOND_QUARTER]
        _check_figures(store)


def test_going_on_turns_no_light_green_and_is_told_as_a_moved_date(store: Store):
    _, task_id = _going_on(store)
    with at(SPRING):
        (line,) = task_frame(store, NATION, notice_id=1, year=NEXT).to_dict("records")
        assert (line["starts_on"], line["due_on"]) == (date(YEAR, 1, 1), date(YEAR, 12, 31))
        assert (line["baseline_due_on"], line["light"]) == (date(YEAR, 12, 31), Light.RED)
        (move,) = task_moves_frame(store, NATION, task_id=task_id).to_dict("records")
        assert (move["from_on"], move["to_on"]) == (date(YEAR, 12, 31), date(NEXT, 12, 31))
        with store.write(None) as tx:
            date_moves.rebuild(tx.session)
            tx.audit("plant", tx.load(Task, task_id))
        assert len(task_moves_frame(store, NATION, task_id=task_id)) == 1


def test_a_granted_day_goes_along_and_was_not_moved_again(store: Store):
    before = _extended(store)
    with at(date(NEXT, 1, 20)):
        revision_id = next_plan(store, on=[before])
        (planned,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
        assert planned.draft.due_on == EXTENDED
        hand_in(store, people(), revision_id)
        plans.file_plan(store, by=people().member, revision_id=revision_id)
        assert row(store, Task, planned.task_id).due_on == EXTENDED
        assert task_moves_frame(store, NATION, task_id=planned.task_id).empty


def test_what_a_later_plan_goes_on_with_is_asked_about_once(store: Store):
    before = _extended(store)
    period_id = _first_quarter(store)
    with at(date(NEXT, 3, 23)):
        accepted(store, before, fairs_held(4), period_id)
        revision_id = next_plan(store, on=[before])
        (planned,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
        hand_in(store, people(), revision_id)
        plans.file_plan(store, by=people().member, revision_id=revision_id)
    with at(SPRING):
        (item,) = report_items(store, NATION, authority_id=NORTH, period_id=period_id)
        assert (item.task.id, item.last.actuals) == (planned.task_id, {FAIRS: Decimal(4)})
        with pytest.raises(Refusal) as refused:
            _handed_over(store, before, fairs_held(5), period_id)
        assert refused.value.messages[0].key == "progress.task_not_in_force"
        accepted(store, planned.task_id, fairs_held(6), period_id)
        assert row(store, Task, planned.task_id).latest_permille == 600
        assert len(updates_frame(store, NATION, planned.task_id)) == 3
        _check_figures(store)


def test_the_next_report_is_compared_with_last_years(store: Store):
    _, task_id = _going_on(store)
    period_id = _first_quarter(store)
    with at(SPRING):
        with pytest.raises(Refusal) as refused:
            _handed_over(store, task_id, fairs_held(2), period_id)
        assert refused.value.messages[0].key == "validation.actual_fell"


def test_a_late_report_of_last_year_counts_for_the_task_that_goes_on(store: Store):
    before, task_id = _going_on(store)
    with store.write(None) as tx:
        period = tx.load(ReportingPeriod, SECOND_QUARTER)
        period.closes_on = date(NEXT, 2, 28)
        tx.audit("plant", period)
    with at(date(NEXT, 2, 1)):
        reviews.reopen_progress_update(store, by=people().member, update_id=1, reason="补报")
        assert row(store, Task, task_id).latest_permille == 0
        accepted(store, before, fairs_held(9), SECOND_QUARTER)
        assert row(store, Task, task_id).latest_permille == 900
        _check_figures(store)


def test_figures_are_traced_to_last_years_report(store: Store):
    _, task_id = _going_on(store)
    period_id = _first_quarter(store)
    with at(SPRING):
        with store.write(None) as tx:
            summaries.rebuild(tx.session)
            tx.audit("plant", tx.load(Task, task_id))
        trace = task_trace(store, NATION, task_id=task_id, period_id=period_id)
        assert (trace.fact["completion_permille"], trace.explained) == (300, True)
        values = actuals_frame(store, NATION, notice_id=1, year=NEXT, measure_id=1)
        assert values[["task_id", "hundredths"]].values.tolist() == [[task_id, 300]]
        past = actuals_frame(store, NATION, notice_id=1, year=NEXT, measure_id=1, known_on=date(NEXT, 2, 1))
        assert past[["task_id", "hundredths"]].values.tolist() == [[task_id, 300]]
        assert evidence_frame(store, NATION, task_id=task_id).empty
        assert standing_report(store, NATION, task_id=task_id).actuals == {FAIRS: Decimal(3)}


def test_a_task_goes_on_in_the_third_year_as_well(store: Store):
    before, task_id = _going_on(store)
    with at(date(NEXT + 1, 1, 20)):
        officer = people().officer
        revision_id = plans.start_plan(store, by=officer, notice_id=1, authority_id=NORTH, year=NEXT + 1)
        take_over_tasks(store, by=officer, revision_id=revision_id, on=[task_id])
        (planned,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
        hand_in(store, people(), revision_id)
        plans.file_plan(store, by=people().member, revision_id=revision_id)
        task = row(store, Task, planned.task_id)
        assert (task.latest_permille, task.baseline_due_on) == (300, date(YEAR, 12, 31))
        with store.read() as session:
            assert line_of(session, planned.task_id) == [planned.task_id, task_id, before]
            assert with_heirs(session, [before]) == {before, task_id, planned.task_id}


def test_what_was_taken_out_of_the_draft_can_go_on_again_as_the_same_task(store: Store):
    with at(date(YEAR, 6, 20)):
        (before,) = filed_plan(store)
    with at(date(NEXT, 1, 20)):
        officer = people().officer
        revision_id = next_plan(store, on=[before])
        (planned,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
        again = {"by": officer, "revision_id": revision_id, "on": [before]}
        assert refusal_of(take_over_tasks, store, **again).messages[0].key == "plan.goes_on_already"
        assert last_year_frame(store, NATION, revision_id=revision_id)["goes_on"].tolist() == [True]
        task_actions.remove_task(store, by=officer, task_revision_id=planned.task_revision_id)
        assert last_year_frame(store, NATION, revision_id=revision_id)["goes_on"].tolist() == [False]
        take_over_tasks(store, **again)
        (anew,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
        assert anew.task_id == planned.task_id


def test_only_what_runs_goes_on(store: Store):
    with at(date(YEAR, 6, 20)):
        (before,) = filed_plan(store)
        suspended(store, before)
    with at(date(NEXT, 1, 20)):
        revision_id = plans.start_plan(store, by=people().officer, notice_id=1, authority_id=NORTH, year=NEXT)
        asked = {"by": people().officer, "revision_id": revision_id}
        assert refusal_of(take_over_tasks, store, **asked, on=[before]).messages[0].key == "plan.cannot_go_on"
        with pytest.raises(NotFound):
            take_over_tasks(store, **asked, on=[99])


def test_the_measure_of_a_task_that_goes_on_is_fixed(store: Store):
    with at(date(YEAR, 6, 20)):
        (before,) = filed_plan(store)
    with at(date(NEXT, 1, 20)):
        revision_id = next_plan(store, on=[before])
        (planned,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
        with pytest.raises(Refusal) as refused:
            saved_again(store, planned, measure_id=2, targets=())
    assert refused.value.messages[0].key == "plan.measure_is_fixed"


def test_milestones_reached_and_first_dates_stand_beside_the_draft(store: Store):
    steps = (
        MilestoneDraft(1, "招展", date(YEAR, 3, 31), 500),
        MilestoneDraft(2, "开展", date(YEAR, 9, 30), 500),
    )
    task = fair_task(targets=(), milestones=steps)
    with at(date(YEAR, 6, 20)):
        (before,) = filed_plan(store, task)
        said = UpdateDraft(milestones_reached=frozenset({1}), progress="已招展")
        accepted(store, before, said, SECOND_QUARTER)
    with at(date(NEXT, 1, 20)):
        sheet = plan_sheet(store, NATION, revision_id=next_plan(store, on=[before]))
    (planned,) = sheet.tasks
    assert sheet.reached == {planned.task_id: frozenset({1})}
    assert sheet.baseline[planned.task_id].draft == task
    assert planned.draft.milestones == steps
