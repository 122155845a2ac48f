"""Statements that are built once, and run with other values each time."""

from datetime import date

from sqlmodel import col

from db.sql import among, bound, fetch, narrowed, select
from db.store import Store
from db.tables import Authority, Task
from tests.support.factories import (
    NORTH,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    small_country,
)

NAMES = select(Authority.id, Authority.short_name).where(among(Authority.id, "ids")).order_by(Authority.id)
NAMED = col(Authority.short_name) == bound("name")


def test_one_statement_answers_whatever_values_it_is_given(store: Store):
    small_country(store)
    with store.read() as session:
        everybody = fetch(session, NAMES, ids=range(1, 100)).all()
        for key, name in everybody:
            assert fetch(session, NAMES, ids=[key]).all() == [(key, name)]
            assert fetch(session, narrowed(NAMES, NAMED), ids=range(1, 100), name=name).all() == [(key, name)]
        assert fetch(session, NAMES, ids=[]).all() == []
    assert NORTH in dict(everybody)


def test_a_write_sees_what_it_has_changed_before(store: Store):
    small_country(store)
    with store.upkeep() as session:
        session.get_one(Authority, NORTH).short_name = "改名"
        assert dict(fetch(session, NAMES, ids=[NORTH]).all()) == {NORTH: "改名"}


def test_a_read_writes_nothing(store: Store):
    small_country(store)
    with store.read() as session:
        session.get_one(Authority, NORTH).short_name = "改名"
        assert dict(fetch(session, NAMES, ids=[NORTH]).all()) != {NORTH: "改名"}


def test_the_second_report_puts_no_statement_together(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        first, second = filed_plan(store, fair_task(), fair_task())
        accepted(store, first, fairs_held(1))
        made = narrowed.cache_info().misses
        accepted(store, second, fairs_held(2))
    assert narrowed.cache_info().misses == made


def test_conditions_made_anew_make_a_statement_of_their_own():
    tasks = select(Task.id)
    one, other = (col(Task.id) == key for key in (1, 2))
    assert narrowed(tasks, one) is narrowed(tasks, one)
    assert narrowed(tasks, one) is not narrowed(tasks, other)
