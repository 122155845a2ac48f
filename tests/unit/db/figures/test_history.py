"""Any past day is a query, and what is kept equals what history says, whatever was done in whatever order."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlmodel import select

from db import clock, migrations
from db.authorities.scope import NATION
from db.corrections import actions as corrections
from db.figures import summaries
from db.figures.chosen import chosen_tasks
from db.figures.history import histories_of, history_of
from db.figures.past import keep_past_day
from db.figures.queries import cells_frame, trend_frame
from db.periods import actions as periods
from db.plans import actions as plans
from db.requests import actions as requests
from db.site.actions import change_setting
from db.store import Store
from db.tables import ProgressUpdate, Task, TaskStatusChange
from db.updates import actions as updates, reviews
from tests.conftest import lend
from tests.support.databases import Databases
from tests.support.factories import (
    FIRST_QUARTER,
    SECOND_QUARTER,
    YEAR,
    accepted,
    amended,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    requested,
    resumed,
    small_country,
    suspended,
    typed_task,
)
from tests.support.trail import row
from tracking.figures.cells import cells_of
from tracking.figures.lights import LightRule
from tracking.figures.task_facts import facts_at
from tracking.figures.vintages import NEWEST, Vintage
from tracking.messages import Refusal
from tracking.validation import UpdateDraft
from tracking.vocabulary import TaskStatus
from tracking.workflow import TASK

START = date(YEAR, 3, 1)


def three_tasks(store: Store) -> None:
    """A country with three tasks in force from the first of March on."""
    migrations.upgrade(store)
    with at(START):
        small_country(store)
        change_setting(store, by=people().administrator, key="evidence_rule", value="never")
        filed_plan(store, fair_task(), typed_task(2), typed_task(1, weight_tenths=25))


@pytest.fixture
def store(databases, tmp_path):
    yield from lend(databases, databases.fresh(three_tasks, tmp_path / "data"))


def _cells_as_of(store: Store, day: date) -> pd.DataFrame:
    """The cells of the first quarter as they were known at the end of a day."""
    with store.read() as session:
        history = history_of(session, Task.year == YEAR, known_at=clock.end_of(day))
    facts = facts_at(history, number=1, as_of_on=day, rule=LightRule())
    cells = cells_of(facts, as_of_on=day)
    return cells.rename(columns={"as_of_on": "as_of_day"}).assign(as_of_day=day.toordinal())


def test_a_past_day_shows_what_was_known_then_whatever_came_later(store: Store):
    shown = {}
    for days, act in enumerate((_accept_three, _return_to_nothing, _suspend_second, _amend), start=1):
        day = START + timedelta(days)
        with at(day):
            summaries.keep_current(store)
            act(store)
            shown[day] = cells_frame(store, NATION, period_id=FIRST_QUARTER).drop(columns="period_id")
    for day, cells in shown.items():
        pd.testing.assert_frame_equal(
            _cells_as_of(store, day),
            cells.sort_values(["unit_id", "measure_id"], ignore_index=True),
            check_dtype=False,
        )


def test_several_instants_read_at_once_say_what_each_says_by_itself(store: Store):
    days = [START + timedelta(number) for number in range(-1, 5)]
    for day, act in zip(days[2:], (_accept_three, _return_to_nothing, _suspend_second, _amend), strict=True):
        with at(day):
            act(store)
    instants = [clock.end_of(day) for day in days]
    with store.read() as session:
        together = list(histories_of(session, chosen_tasks(session, Task.year == YEAR), instants))
        alone = [history_of(session, Task.year == YEAR, known_at=instant) for instant in instants]
    assert [len(history.updates["update_id"]) for history in together] == [0, 0, 1, 0, 0, 0]
    for one, other in zip(together, alone, strict=True):
        pd.testing.assert_frame_equal(pd.DataFrame(one.tasks), pd.DataFrame(other.tasks))
        pd.testing.assert_frame_equal(pd.DataFrame(one.updates), pd.DataFrame(other.updates))
        assert one.lines == other.lines


def test_before_anything_was_filed_there_is_nothing(store: Store):
    assert _cells_as_of(store, START - timedelta(1)).empty


def _accept_three(store: Store) -> None:
    accepted(store, 1, fairs_held(3))


def _return_to_nothing(store: Store) -> None:
    reviews.reopen_progress_update(store, by=people().member, update_id=1, reason="数字有误")


def _suspend_second(store: Store) -> None:
    suspended(store, 2)


def _amend(store: Store) -> None:
    revision_id = plans.revise_plan(store, by=people().officer, plan_id=1, reason="调整")
    plans.request_plan_sign_off(store, by=people().officer, revision_id=revision_id)
    plans.sign_off_plan(store, by=people().signatory, revision_id=revision_id)
    plans.submit_plan(store, by=people().officer, revision_id=revision_id)
    plans.file_plan(store, by=people().member, revision_id=revision_id)


TASKS = st.sampled_from((1, 2, 3))
PERIODS = st.sampled_from((FIRST_QUARTER, SECOND_QUARTER))
STEPS = st.one_of(
    st.tuples(st.just("save"), TASKS, PERIODS, st.integers(0, 12), st.booleans()),
    st.tuples(st.sampled_from(("sign_off", "submit", "accept", "return", "reopen")), TASKS, PERIODS),
    st.tuples(st.sampled_from(("suspend", "resume", "extend", "amend")), TASKS),
    st.tuples(st.just("correct"), TASKS, PERIODS, st.integers(0, 12)),
    st.tuples(st.just("freeze"), st.just(1), PERIODS),
    st.tuples(st.just("wait"), st.integers(1, 40)),
)


@settings(max_examples=12)
@given(steps=st.lists(STEPS, min_size=5, max_size=25))
def test_the_summaries_equal_their_recomputation_after_any_sequence_of_actions(databases, tmp_path, steps):
    for store in _lent(databases, tmp_path):
        today = START
        for name, *asked in steps:
            if name == "wait":
                today += timedelta(asked[0])
                continue
            with at(today):
                summaries.keep_current(store)
                _try(store, name, *asked)
        with at(today):
            summaries.keep_current(store)
            with store.read() as session:
                assert summaries.differences(session, known_at=clock.now()).empty


@settings(max_examples=8)
@given(steps=st.lists(STEPS, min_size=5, max_size=25))
def test_a_past_day_keeps_showing_what_it_showed_after_any_sequence_of_actions(databases, tmp_path, steps):
    for store in _lent(databases, tmp_path):
        today, shown = START, {}
        for name, *asked in [*steps, ("wait", 1)]:
            with at(today):
                summaries.keep_current(store)
                if name == "wait":
                    shown[today] = _trend(store, NEWEST)
                    today += timedelta(asked[0])
                else:
                    _try(store, name, *asked)
        with at(today):
            for day, cells in shown.items():
                keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
                pd.testing.assert_frame_equal(_trend(store, Vintage(known_on=day)), cells)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=10, max_size=40))
def test_every_logged_change_of_status_is_in_the_table_and_ends_in_what_the_task_says(
    databases, tmp_path, steps
):
    changes = {(before, after) for before, after, _ in TASK.changes}
    for store in _lent(databases, tmp_path):
        for name, *asked in steps:
            if name != "wait":
                with at(START):
                    _try(store, name, *asked)
        for task_id, status in _log(store).items():
            assert set(pairwise((TASK.start, *status))) <= changes
            assert row(store, Task, task_id).status is status[-1]


def _log(store: Store) -> dict[int, list[TaskStatus]]:
    """Task → every status it came to, in order."""
    logged: dict[int, list[TaskStatus]] = {}
    with store.read() as session:
        for change in session.exec(select(TaskStatusChange).order_by(TaskStatusChange.id)):
            logged.setdefault(change.task_id, []).append(change.status)
    return logged


def test_a_first_report_that_asks_for_completion_leads_back_when_it_is_returned(store: Store):
    with at(START):
        for name in ("save", "sign_off", "submit", "suspend", "resume", "return", "suspend", "resume"):
            _try(store, name, 2, FIRST_QUARTER, 12, True)
    asked, idle, stopped = TaskStatus.COMPLETION_REQUESTED, TaskStatus.NOT_STARTED, TaskStatus.SUSPENDED
    assert _log(store)[2] == [asked, stopped, asked, idle, stopped, idle]
    assert row(store, Task, 2).status is idle


def _trend(store: Store, vintage: Vintage) -> pd.DataFrame:
    cells = trend_frame(store, NATION, notice_id=1, year=YEAR, vintage=vintage)
    return cells.sort_values(["period_id", "unit_id", "measure_id"], ignore_index=True)


def _lent(databases: Databases, folder: Path) -> Iterator[Store]:
    """A store of its own for each example."""
    name = f"walk-{datetime.now().timestamp()}"  # noqa: DTZ005 -- only a name of its own
    return lend(databases, databases.fresh(three_tasks, folder / name))


def _try(
    store: Store, name: str, task_id: int, period_id: int = 0, value: int = 0, finished: bool = False
) -> None:
    """The step, where the rules let it be taken just now."""
    cast = people()
    update = _newest(store, task_id, period_id)
    ids = [update.id] if update else []
    said: dict[str, Any] = {"explanation": "更正", "completion_requested": finished}
    draft = (
        fairs_held(value, **said)
        if task_id == 1
        else UpdateDraft(typed_permille=value * 80, progress="推进", **said)
    )
    steps = {
        "save": lambda: updates.save_progress_update(
            store,
            by=cast.officer,
            task_id=task_id,
            period_id=period_id,
            row_version=update.row_version if update and update.returned_at is None else 0,
            draft=draft,
        ),
        "sign_off": lambda: _sign_off(store, ids),
        "submit": lambda: updates.submit_progress_updates(store, by=cast.officer, update_ids=ids),
        "accept": lambda: reviews.accept_progress_updates(store, by=cast.member, update_ids=ids),
        "return": lambda: reviews.return_progress_update(
            store, by=cast.member, update_id=ids[0], reason="补充"
        ),
        "reopen": lambda: reviews.reopen_progress_update(
            store, by=cast.member, update_id=ids[0], reason="更正"
        ),
        "suspend": lambda: suspended(store, task_id),
        "resume": lambda: resumed(store, task_id),
        "extend": lambda: _extend(store, task_id),
        "amend": lambda: amended(store, 1, fair_task(due_on=date(YEAR, 11, 30)), number=1),
        "freeze": lambda: _freeze(store, period_id),
        "correct": lambda: _correct(store, ids[0], draft),
    }
    if ids or name in {"save", "suspend", "resume", "extend", "amend", "freeze"}:
        try:
            steps[name]()
        except Refusal:
            return


def _sign_off(store: Store, update_ids: list[int]) -> None:
    updates.request_update_sign_off(store, by=people().officer, update_ids=update_ids)
    updates.sign_off_progress_updates(store, by=people().signatory, update_ids=update_ids)


def _extend(store: Store, task_id: int) -> None:
    """A month more, in one go."""
    later = date(YEAR + 1, 1, 31)
    requests.grant_request(
        store, by=people().member, request_id=requested(store, task_id, later), granted_due_on=later
    )


def _freeze(store: Store, period_id: int) -> None:
    periods.close_period(store, by=people().member, period_id=period_id)
    periods.freeze_period(store, by=people().member, period_id=period_id)


def _correct(store: Store, update_id: int, figures: UpdateDraft) -> None:
    cast = people()
    correction_id = corrections.propose_correction(
        store, by=cast.officer, update_id=update_id, figures=figures, reason="更正"
    )
    corrections.sign_correction(store, by=cast.signatory, correction_id=correction_id)
    corrections.approve_correction(store, by=cast.member, correction_id=correction_id)


def _newest(store: Store, task_id: int, period_id: int) -> ProgressUpdate | None:
    with store.read() as session:
        return session.exec(
            select(ProgressUpdate)
            .where(ProgressUpdate.task_id == task_id, ProgressUpdate.period_id == period_id)
            .order_by(ProgressUpdate.version.desc())
        ).first()
