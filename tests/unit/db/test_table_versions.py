"""What is read and what is written is seen from the statements, whatever the action; nobody has to say it."""

import pytest
from sqlalchemy import delete, insert, update
from sqlmodel import col

from db.seen import watching
from db.sql import select
from db.store import Store
from db.tables import Notice, Setting, SignIn
from tests.conftest import lend
from tests.support.action_cases import CASES, DAY, planted
from tests.support.factories import at
from tests.support.trail import everything
from tests.unit.db.test_rollback import someone
from tracking.messages import Refusal

pytestmark = pytest.mark.covers_postgresql


@pytest.fixture
def store(databases, tmp_path):
    yield from lend(databases, databases.fresh(planted, tmp_path / "data"))


def test_every_table_that_any_action_changes_has_its_next_number(store: Store):
    done, silent = 0, {}
    rows, numbers = everything(store), store.table_versions()
    for case in CASES:
        with at(DAY):
            try:
                case.action(store, by=someone(case), **case.asked)
                done += 1
            except Refusal:
                pass  # by the state it meets
        rows_now, numbers_now = everything(store), store.table_versions()
        changed = {table for table in rows if rows[table] != rows_now[table]}
        grown = {table for table in numbers_now if numbers_now[table] > numbers.get(table, 0)}
        if changed - grown:
            silent[case.action.__name__] = changed - grown
        rows, numbers = rows_now, numbers_now
    assert silent == {}
    assert done > len(CASES) // 3


def test_a_transaction_that_is_not_kept_counts_as_no_write(store: Store):
    before = store.table_versions()
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(store)
    assert store.table_versions() == before
    with store.upkeep() as session:
        session.add(Setting(key="brief", value="1"))
    grown = {name for name, number in store.table_versions().items() if number > before.get(name, 0)}
    assert grown == {"setting"}


def _fail_half_way(store: Store) -> None:
    with store.upkeep() as session:
        session.add(Setting(key="brief", value="1"))
        session.flush()
        raise ZeroDivisionError


def test_a_note_counts_as_a_write_of_its_table_alone(store: Store):
    before = store.table_versions()
    store.note(SignIn.__table__.update().values(ended_at=None))
    now = store.table_versions()
    assert {name for name in now if now[name] != before.get(name, 0)} == {"sign_in"}


def test_a_write_that_changes_no_row_counts_as_none(store: Store):
    nobody = col(Setting.key) == "never"
    for nothing in (
        delete(Setting).where(nobody),
        update(Setting).where(nobody).values(value="1"),
        insert(Setting).from_select(["key", "value"], select(Setting.key, Setting.value).where(nobody)),
    ):
        before = store.table_versions()
        store.note(nothing)
        assert store.table_versions() == before


def test_a_write_that_returns_rows_counts(store: Store):
    before = store.table_versions()
    store.note(insert(Setting).values(key="brief", value="1").returning(Setting.key))
    now = store.table_versions()
    assert {name for name in now if now[name] != before.get(name, 0)} == {"setting"}


def test_what_is_read_inside_is_told_apart_from_what_is_read_outside(store: Store):
    with watching() as outer:
        with store.read() as session:
            session.get(Notice, 1)
        with watching() as inner, store.read() as session:
            session.get(Setting, "brief")
    assert (outer.tables, inner.tables) == ({"notice"}, {"setting"})
