"""Thresholds to come: the former hold until the figures are made, and what is written meanwhile is in them."""

import os
import signal
from collections.abc import Callable
from datetime import date, timedelta
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from structlog.testing import capture_logs

from db import clock
from db.beside import Lost, beside
from db.figures import renewal, summaries
from db.figures.renewal import percent_made, renew, renew_once, rule_to_come
from db.figures.to_come import claim
from db.site.queries import thresholds
from db.store import Store
from db.tables import AuditEvent, ComingLight, PastDay, SummaryCell, Task, TouchedCell
from db.thresholds import actions
from db.thresholds.actions import set_thresholds
from tests.conftest import beginning
from tests.support.factories import (
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
)
from tests.support.patience import SECONDS
from tests.support.templates import empty_store
from tests.support.trail import last_event, row, rows
from tracking.figures.lights import LightRule

DAY = date(YEAR, 3, 20)
STRICT, STRICTER = LightRule(20, 50, 14), LightRule(10, 20, 30)


def two_in_force(store: Store) -> None:
    """Two tasks in force, one of which was reported on."""
    empty_store(store)
    with at(DAY):
        small_country(store)
        first, _ = filed_plan(store, fair_task(), fair_task())
        accepted(store, first, fairs_held(1))


store = beginning(two_in_force)


@pytest.fixture(autouse=True)
def _today(store: Store):
    with at(DAY):
        yield


@pytest.fixture
def tasks() -> list[int]:
    """The keys of the two."""
    return [1, 2]


@pytest.fixture
def nobody_renews(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thresholds that are set stay to come."""
    monkeypatch.setattr(actions, "renew", lambda _: None)


def _set(store: Store, rule: LightRule) -> None:
    set_thresholds(store, by=people().member, rule=rule)


def _lights(store: Store) -> list[Any]:
    return [(task.id, task.amber_on, task.red_on) for task in rows(store, Task)]


def _is_whole(store: Store) -> bool:
    """Whether every figure and light is what making all anew would give, and nothing is left of the making."""
    lights = _lights(store)
    with store.upkeep() as session:
        right = summaries.differences(session, known_at=clock.now()).empty
        summaries.rebuild(session, known_at=clock.now())
    left = [*rows(store, ComingLight), *rows(store, TouchedCell)]
    return right and lights == _lights(store) and not left and rule_to_come(store) is None


def _once(act: Callable[[], object]) -> Callable[..., None]:
    """Something that is done while figures are made, at the first word of it."""
    left = [act]

    def told(*_: object) -> None:
        while left:
            left.pop()()

    return told


@pytest.mark.usefixtures("tasks", "nobody_renews")
def test_until_the_figures_are_made_the_former_thresholds_hold(store: Store):
    cell, lights = row(store, SummaryCell, (1, 1, 1)), _lights(store)
    _set(store, STRICT)
    assert (thresholds(store), rule_to_come(store)) == (LightRule(), STRICT)
    assert (row(store, SummaryCell, (1, 1, 1)).red, _lights(store)) == (cell.red, lights)
    assert last_event(store).action == "set_thresholds"
    renew(store)
    assert thresholds(store) == STRICT
    assert row(store, SummaryCell, (1, 1, 1)).red > cell.red
    assert _lights(store) != lights
    event = last_event(store)
    assert (event.action, event.detail["after"]["red_behind_permille"]) == ("thresholds_in_force", 50)
    assert _is_whole(store)


@pytest.mark.usefixtures("nobody_renews")
@pytest.mark.parametrize("rounds", [0, 1, renewal.ROUNDS])
def test_what_is_accepted_meanwhile_is_in_the_new_figures(
    store: Store, tasks: list[int], rounds: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(renewal, "ROUNDS", rounds)
    _set(store, STRICT)
    assert not renew_once(store, _once(lambda: accepted(store, tasks[1], fairs_held(4))))
    assert row(store, SummaryCell, (1, 1, 1)).accepted == 2
    assert thresholds(store) == STRICT
    assert _is_whole(store)


@pytest.mark.usefixtures("tasks", "nobody_renews")
def test_of_two_changes_the_later_one_wins(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(renewal, "_note", _once(lambda: _set(store, STRICTER)))
    _set(store, STRICT)
    renew(store)
    assert thresholds(store) == STRICTER
    first, second = rows(store, AuditEvent, action="set_thresholds")
    assert second.detail["before"] == first.detail["after"]
    assert len(rows(store, AuditEvent, action="thresholds_in_force")) == 1
    written = store.data_version()
    renew(store)
    assert store.data_version() == written
    assert _is_whole(store)


@pytest.mark.usefixtures("tasks", "nobody_renews")
def test_a_day_that_begins_meanwhile_makes_it_begin_again(store: Store):
    _set(store, STRICT)
    with at(DAY + timedelta(1)):
        assert renew_once(store, _once(lambda: summaries.keep_current(store)))
        assert thresholds(store) == LightRule()
        renew(store)
        assert thresholds(store) == STRICT
        assert _is_whole(store)


@pytest.mark.usefixtures("tasks", "nobody_renews")
def test_what_another_process_makes_or_has_made_is_left_to_it(store: Store):
    def claimed() -> None:
        with store.upkeep() as session:
            claim(session, "another")

    _set(store, STRICT)
    assert not renew_once(store, _once(claimed))
    assert (thresholds(store), rule_to_come(store)) == (LightRule(), STRICT)
    assert not renew_once(store, _once(lambda: renew_once(store, lambda *_: None)))
    assert thresholds(store) == STRICT
    assert _is_whole(store)


def die(store: Store, _tell: Callable[..., object]) -> None:
    """As the system ends a process when there is no memory left: in the middle, with lights laid ready."""
    renew_once(store, lambda percent: percent and os.kill(os.getpid(), signal.SIGKILL))


@pytest.mark.usefixtures("tasks", "nobody_renews")
def test_a_process_that_dies_leaves_the_former_and_the_next_begins_again(store: Store):
    _set(store, STRICT)
    store.settings.work_beside = True
    with pytest.raises(Lost):
        beside(store, die)
    assert (thresholds(store), rule_to_come(store)) == (LightRule(), STRICT)
    store.settings.work_beside = False
    renew(store)
    assert thresholds(store) == STRICT
    assert _is_whole(store)


@pytest.mark.usefixtures("tasks", "nobody_renews")
def test_if_the_process_is_lost_the_server_makes_them(store: Store, monkeypatch: pytest.MonkeyPatch):
    def lost(*_: object, **__: object) -> None:
        raise Lost

    monkeypatch.setattr(renewal, "beside", lost)
    _set(store, STRICT)
    with capture_logs() as logs:
        renew(store)
    assert {said["event"] for said in logs} == {"renewal_lost"}
    assert thresholds(store) == STRICT


@pytest.mark.usefixtures("tasks")
def test_how_far_they_are_is_told_while_they_are_made(store: Store, monkeypatch: pytest.MonkeyPatch):
    told: list[int | None] = []

    def bring_in(*made: Any) -> None:
        told.append(percent_made(store))
        summaries.bring_in(*made)

    monkeypatch.setattr(renewal, "bring_in", bring_in)
    _set(store, STRICT)
    assert (told, percent_made(store)) == ([100], None)


@pytest.mark.usefixtures("tasks")
def test_beside_the_server_nobody_waits_for_them(store: Store):
    store.settings.work_beside = True
    _set(store, STRICT)
    for thread in enumerate_threads():
        if thread.name == "renewal":
            thread.join(SECONDS)
    assert (thresholds(store), rule_to_come(store), percent_made(store)) == (STRICT, None, None)
    renew(store)
    assert not [thread for thread in enumerate_threads() if thread.name == "renewal"]


def test_a_store_that_is_away_meanwhile_is_logged(store: Store, monkeypatch: pytest.MonkeyPatch):
    def away(_: Store) -> None:
        raise OSError

    monkeypatch.setattr(renewal, "_until_done", away)
    with capture_logs() as logs:
        renewal._unheard(store)
    assert [said["event"] for said in logs] == ["renewal_failed"]


@pytest.mark.usefixtures("tasks", "nobody_renews")
def test_past_days_are_read_anew_under_the_new_thresholds(store: Store):
    with store.upkeep() as session:
        session.add(PastDay(known_on=DAY - timedelta(1), notice_id=1, year=YEAR))
    _set(store, STRICT)
    assert rows(store, PastDay)
    renew(store)
    assert not rows(store, PastDay)
