"""What accepted updates lead to: cells, past periods, indicator values and the lines of the ledger."""

from datetime import date

import pytest

from db import clock
from db.authorities.scope import NATION, NOBODY
from db.figures import summaries
from db.figures.queries import cells_frame, trend_frame
from db.ledger.index import ledger_index
from db.ledger.queries import ledger_frame
from db.store import NotFound, Store
from db.tables import Task
from db.tasks.queries import task_frame, task_index
from db.tasks.sheets import task_sheet
from db.traces.actuals import actuals_frame
from db.updates import actions as updates
from db.updates.queries import report_item
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    NORTH_POST,
    SOUTH,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tracking.ledgers.columns import LEDGER_COLUMNS
from tracking.permissions import Scope
from tracking.phones import masked
from tracking.validation import MilestoneDraft, UpdateDraft
from tracking.vocabulary import Light, UpdateStatus

MARCH, MAY = date(YEAR, 3, 20), date(YEAR, 5, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(MARCH):
        small_country(store)
        yield


def _save(
    store: Store, task_id: int, draft: UpdateDraft, *, version: int = 0, period: int = FIRST_QUARTER
) -> int:
    return updates.save_progress_update(
        store, by=people().officer, task_id=task_id, period_id=period, row_version=version, draft=draft
    )


def test_past_periods_keep_their_figures_when_days_pass(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    with at(MAY):
        summaries.keep_current(store)
        summaries.keep_current(store)
        trend = trend_frame(store, NATION, notice_id=1, year=YEAR)
        assert trend["as_of_day"].tolist() == [date(YEAR, 3, 31).toordinal(), MAY.toordinal()]
        assert trend["done"].tolist() == [3000, 3000]
        with store.read() as session:
            assert summaries.differences(session, known_at=clock.now()).empty


def test_a_day_that_another_has_brought_the_figures_to_needs_nothing(store: Store):
    filed_plan(store)
    with at(MAY), store.upkeep() as session:
        assert summaries.bring_to_day(session, known_at=clock.now())
        assert not summaries.bring_to_day(session, known_at=clock.now())


def test_without_interim_targets_the_same_is_expected_of_every_day(store: Store):
    filed_plan(store, fair_task(targets=fair_task().targets[1:]))
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert cell["expected"] == 10 * (1000 * 78 // 364)


def test_a_task_is_expected_to_have_reached_the_milestones_that_are_due(store: Store):
    """One step by March, one by May, one at the end: after the first nothing more is asked until May."""
    steps = (
        MilestoneDraft(1, "签约", date(YEAR, 3, 15), 200),
        MilestoneDraft(2, "布展", date(YEAR, 5, 31), 400),
        MilestoneDraft(3, "常态运营", date(YEAR, 12, 31), 400),
    )
    (task_id,) = filed_plan(store, typed_task(2, milestones=steps))

    def seen(day: date) -> tuple[int, int, Light]:
        with at(day):
            summaries.keep_current(store)
            (row,) = task_frame(store, NATION, notice_id=1, year=YEAR).to_dict("records")
            (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
            with store.read() as session:
                assert summaries.differences(session, known_at=clock.now()).empty
            return row["expected_permille"], cell["expected"], Light(row["light"])

    assert seen(MARCH) == (200, 2000, Light.AMBER)
    accepted(store, task_id, UpdateDraft(milestones_reached=frozenset({1}), progress="已签约"))
    assert seen(MARCH) == (200, 2000, Light.GREEN)
    assert seen(date(YEAR, 5, 30)) == (200, 2000, Light.GREEN)
    assert seen(date(YEAR, 5, 31)) == (600, 2000, Light.RED)  # 40 points behind from the day the step is due
    with store.read() as session:
        task = session.get_one(Task, task_id)
        assert (task.amber_on, task.red_on) == (date(YEAR, 5, 31), date(YEAR, 5, 31))


def test_figures_made_by_another_rule_are_made_anew(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    with store.upkeep() as session:
        session.connection().exec_driver_sql("UPDATE summary_cell SET expected = 1")
        session.connection().exec_driver_sql("UPDATE task SET red_on = NULL")
        session.connection().exec_driver_sql("DELETE FROM setting WHERE key = 'summaries_brought_to'")
    summaries.keep_current(store)
    with store.read() as session:
        assert summaries.differences(session, known_at=clock.now()).empty
        assert session.get_one(Task, task_id).red_on is not None


def test_a_changed_cell_is_found_by_comparing_with_history(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    with store.upkeep() as session:
        session.connection().exec_driver_sql("UPDATE summary_cell SET done = done + 1")
        assert set(summaries.differences(session, known_at=clock.now())["side"]) == {
            "left_only",
            "right_only",
        }
        summaries.rebuild(session)
        assert summaries.differences(session, known_at=clock.now()).empty


def test_without_a_plan_there_is_nothing_to_compare(store: Store):
    with store.read() as session:
        assert summaries.differences(session, known_at=clock.now()).empty


def test_the_values_behind_an_indicator_are_those_that_count(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    reported_only = actuals_frame(store, NATION, notice_id=1, year=YEAR, measure_id=1)
    assert reported_only[["task_id", "hundredths"]].values.tolist() == [[task_id, 300]]


def test_the_ledger_has_one_line_a_task_with_every_column(store: Store):
    steps = (MilestoneDraft(1, "签约", date(YEAR, 5, 1), 1000),)
    first, second = filed_plan(store, fair_task(), typed_task(2, milestones=steps))
    accepted(store, first, fairs_held(3))
    ledger = ledger_frame(store, NATION, period_id=FIRST_QUARTER)
    assert list(ledger.columns) == ["task_id", *LEDGER_COLUMNS]
    line, other = ledger.to_dict("records")
    assert (line["seq"], line["task_id"], other["task_id"]) == (1, first, second)
    assert (line["completion"], line["completed_value"]) == (30.0, "展会3场")
    assert line["quarter_nodes"] == f"{YEAR}-06-30 展会5场；{YEAR}-12-31 展会10场"
    assert other["quarter_nodes"] == f"{YEAR}-05-01 签约"
    assert (line["officer"], line["post"], line["phone"]) == ("officer", "处长", masked("010-12345678"))
    assert (line["review_status"], line["submitted_on"]) == (UpdateStatus.ACCEPTED, MARCH)


def test_the_ledger_shows_nothing_that_has_not_left_its_authority(store: Store):
    (task_id,) = filed_plan(store)
    _save(store, task_id, fairs_held(3))
    (line,) = ledger_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert (line["progress"], line["review_status"], line["completed_value"]) == (None, None, "")


def test_the_ledger_respects_its_filters(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    accepted(store, first, fairs_held(3))

    def kept(**asked) -> list[int]:
        index = ledger_index(store, NATION, period_id=FIRST_QUARTER, **asked)
        return index["task_id"].tolist()

    assert kept(measure_id=2) == kept(text="任务") == [second]
    assert kept(text="已办3场") == kept(light=Light.GREEN) == [first]
    assert kept(unit_id=SOUTH) == kept(text="%") == []
    assert ledger_frame(store, NOBODY, period_id=FIRST_QUARTER).empty


def test_lists_are_narrowed_by_authority_unit_measure_and_task(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))

    def kept(**asked) -> list[int]:
        return task_frame(store, NATION, notice_id=1, year=YEAR, **asked)["task_id"].tolist()

    assert kept(authority_id=NORTH) == kept(unit_id=NORTH) == [first, second]
    assert kept(measure_id=2) == kept(task_id=second) == [second]


def test_a_list_has_an_index_of_the_same_lights_in_the_same_order(store: Store):
    first, second, _ = filed_plan(store, fair_task(), typed_task(2), typed_task(2, starts_on=MAY))
    accepted(store, first, fairs_held(3))
    with at(MAY):
        whole = task_frame(store, NATION, notice_id=1, year=YEAR)
        index = task_index(store, NATION, notice_id=1, year=YEAR, unit_id=NORTH, measure_id=None)
        columns = list(index)
        assert index.astype(object).values.tolist() == whole[columns].astype(object).values.tolist()
        narrow = task_index(store, NATION, notice_id=1, year=YEAR, unit_id=None, measure_id=1)
        assert narrow["task_id"].tolist() == [first]
        assert second not in narrow["task_id"].tolist()
    assert task_index(store, NOBODY, notice_id=1, year=YEAR, unit_id=None, measure_id=None).empty


def test_a_task_or_an_item_outside_the_scope_is_not_found(store: Store):
    (task_id,) = filed_plan(store, typed_task(2, measure_action_id=2))
    assert task_sheet(store, NATION, task_id).action_title == "行动"
    assert task_sheet(store, NATION, task_id).planned.draft.post_id == NORTH_POST
    for scope, wanted in ((NOBODY, task_id), (NATION, 999)):
        with pytest.raises(NotFound):
            task_sheet(store, scope, wanted)
        with pytest.raises(NotFound):
            report_item(store, scope, task_id=wanted, period_id=FIRST_QUARTER)


def test_cells_are_read_only_within_the_scope(store: Store):
    filed_plan(store)
    assert cells_frame(store, Scope(frozenset({SOUTH})), period_id=FIRST_QUARTER).empty
