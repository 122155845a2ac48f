"""A rule is one table: it says the same of one thing, of columns of things, and in the database."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Boolean, Date, delete, literal, select
from sqlmodel import col

from db import clock
from db.cases import band_of_age, word_of
from db.figures.lights import is_red, light_facts
from db.store import Store
from db.tables import Task, WorkPlan
from db.tables.types import Instant
from tests.support.factories import NORTH, YEAR, small_country
from tracking.figures.cells import light_column
from tracking.figures.lights import LIGHT, light_of
from tracking.handovers.state import HANDOVER_STATE, HandoverFacts
from tracking.oversight import AGE_BANDS
from tracking.submissions import BAND_COLUMNS, BANDS, band_of
from tracking.vocabulary import HandoverState, Light, TaskStatus

TODAY = date(YEAR, 6, 30)
NAMES = ("status", "starts_on", "amber_on", "red_on", "completion_permille")
near = st.dates(TODAY - timedelta(2), TODAY + timedelta(2))
tasks = st.tuples(
    st.sampled_from(TaskStatus), near, st.none() | near, st.none() | near, st.sampled_from((0, 1, 999, 1000))
)
RANDOM = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def country(store: Store) -> Store:
    small_country(store)
    with store.upkeep() as session:
        session.add(WorkPlan(id=1, notice_id=1, authority_id=NORTH, year=YEAR))
    return store


def _in_the_database(store: Store, rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, bool]]:
    """The light of each task, and whether it is red, as the database finds them."""
    place = {"plan_id": 1, "measure_id": 1, "authority_id": NORTH, "unit_id": NORTH, "year": YEAR}
    with store.upkeep() as session:
        for number, (status, starts_on, amber_on, red_on, permille) in enumerate(rows, 1):
            days = {"starts_on": starts_on, "amber_on": amber_on, "red_on": red_on}
            standing = {"status": status, "latest_permille": permille, **days}
            session.add(Task(number=number, weight_tenths=10, in_force=True, **standing, **place))
        session.flush()
        light = word_of(LIGHT, light_facts(TODAY))
        red = select(Task.id).where(is_red(TODAY))
        asked = select(light, col(Task.id).in_(red)).order_by(col(Task.number))
        found = [(word, bool(red)) for word, red in session.execute(asked)]
        session.execute(delete(Task))
    return found


@RANDOM
@given(st.lists(tasks, min_size=1, max_size=20))
def test_a_light_is_the_same_of_one_task_of_columns_and_in_the_database(country: Store, rows):
    one_by_one = [light_of(today=TODAY, **dict(zip(NAMES, row, strict=True))) for row in rows]
    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    assert list(light_column(today=TODAY, **columns)) == one_by_one
    assert _in_the_database(country, rows) == [(light, light is Light.RED) for light in one_by_one]


def _said(store: Store, *expressions: Any) -> list[Any]:
    with store.read() as session:
        return list(session.execute(select(*expressions)).one())


@RANDOM
@given(day=near, cancelled=st.booleans())
def test_the_state_of_a_handover_is_the_same_in_the_database(store: Store, day: date, cancelled: bool):
    facts = HandoverFacts(literal(cancelled, Boolean), literal(day, Date) > literal(TODAY, Date))
    (found,) = _said(store, word_of(HANDOVER_STATE, facts))
    assert found == HANDOVER_STATE.of(HandoverFacts(cancelled, day > TODAY))
    assert (found == HandoverState.CANCELLED) is cancelled


@RANDOM
@given(minutes=st.integers(0, 60 * 24 * 60))
def test_an_age_falls_into_the_band_of_its_table(store: Store, minutes: int):
    since = clock.end_of(TODAY) - timedelta(minutes=minutes)
    days = (TODAY - clock.day_of(since)).days
    instant = literal(since, Instant())
    age = band_of_age(instant, [(str(band), last) for band, last in AGE_BANDS], TODAY)
    stage = band_of_age(instant, [(place, last) for place, (_, last) in enumerate(BANDS)], TODAY)
    by_hand = "fresh" if days <= 7 else "weeks" if days <= 30 else "long"
    found, place = _said(store, age, stage)
    assert (found, BAND_COLUMNS[place]) == (by_hand, band_of(days))
