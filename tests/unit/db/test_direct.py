"""Statements that are run on the driver itself say and do what they would through SQLAlchemy."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, insert, literal, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from db import direct
from db.seen import watching
from db.sql import among, bound, fetch, select
from db.store import Store
from db.tables import Authority, ReportingPeriod, Setting, SignIn
from db.tables.types import Instant
from tests.support.factories import FIRST_QUARTER, NORTH, small_country
from tests.support.statements import counted

PERIODS = (
    select(
        ReportingPeriod.id,
        ReportingPeriod.starts_on,
        ReportingPeriod.status,
        literal(datetime(2026, 1, 2, tzinfo=UTC), Instant),
        func.count(),
    )
    .where(among(ReportingPeriod.id, "ids"), ReportingPeriod.starts_on >= bound("since"))
    .where(col(ReportingPeriod.number).in_((1, 2)))
    .group_by(ReportingPeriod.id)
    .order_by(ReportingPeriod.id)
)
KEYS = select(Authority.id).where(among(Authority.id, "ids")).order_by(Authority.id)
NAMED = insert(Setting)
RENAMED = update(Setting).where(col(Setting.key) == bound("of_key")).values(value=bound("to_value"))


@pytest.fixture
def country(store: Store) -> Store:
    small_country(store)
    return store


def test_values_are_given_and_read_as_by_sqlalchemy(country: Store):
    with country.read() as session:
        for ids in ([FIRST_QUARTER], {FIRST_QUARTER, FIRST_QUARTER + 1}, [], range(1, 200)):
            asked = {"ids": list(ids), "since": date(2000, 1, 1)}
            found = direct.ask(session.connection(), PERIODS, asked)
            due = session.connection().execute(PERIODS, asked)
            assert tuple(found.keys()) == tuple(due.keys())
            rows = found.all()
            assert rows == due.all()
            assert [type(value) for row in rows for value in row].count(datetime) == len(rows)
    assert rows


def test_what_is_not_asked_for_keeps_no_statement_open(country: Store, monkeypatch):
    monkeypatch.setattr(direct, "ROWS_AT_ONCE", 1)
    with country.read() as session:
        found = fetch(session, select(Authority.id).order_by(Authority.id))
        first = found.scalars().first()
    assert first == NORTH
    assert found.raw.cursor.close() is None
    with pytest.raises(Exception, match=r"closed"):
        found.raw.cursor.fetchone()


def test_rows_are_fetched_as_they_are_asked_for(country: Store, monkeypatch):
    monkeypatch.setattr(direct, "ROWS_AT_ONCE", 1)
    with country.read() as session:
        keys = fetch(session, select(Authority.id).order_by(Authority.id)).scalars()
        assert next(keys) < next(keys)
        assert [len(part) for part in fetch(session, KEYS, ids=[1, 2, 3]).partitions(2)] == [2, 1]
        assert fetch(session, KEYS, ids=[NORTH]).scalar_one() == NORTH


def test_what_is_read_is_seen_and_still_there_to_be_fetched(country: Store):
    with watching({}) as seen, country.read() as session:
        assert fetch(session, KEYS, ids=[NORTH]).scalars().all() == [NORTH]
    assert {"authority", "authority.id"} <= seen.names
    assert len(seen.answers) == 1


def test_what_is_changed_is_counted_and_has_its_next_number(store: Store):
    before = store.table_versions()
    with store.upkeep() as session:
        rows = [{"key": key, "value": {"名": key}} for key in "abc"]
        assert direct.change(session.connection(), NAMED, rows) == 3
        changes = [{"of_key": key, "to_value": [1]} for key in ("a", "b", "no such key")]
        assert direct.change(session.connection(), RENAMED, changes) == 2
        assert direct.change(session.connection(), RENAMED, [{"of_key": "no such key", "to_value": 1}]) == 0
    grown = {name for name, number in store.table_versions().items() if number > before.get(name, 0)}
    assert grown == {"setting", "setting.value"}
    with store.read() as session:
        kept = {row.key: row.value for row in session.scalars(select(Setting).where(col(Setting.key) <= "c"))}
    assert kept == {"a": [1], "b": [1], "c": {"名": "c"}}


def test_listeners_are_told_and_errors_are_those_of_sqlalchemy(store: Store):
    twice = [{"key": "a", "value": 1}] * 2
    with counted(store) as told, pytest.raises(IntegrityError) as refused, store.upkeep() as session:
        direct.change(session.connection(), NAMED, twice)
    assert any(statement.startswith("INSERT INTO setting") for statement in told)
    assert refused.value.hide_parameters
    with store.read() as session:
        assert session.get(Setting, "a") is None
        assert session.scalars(select(SignIn)).all() == []
