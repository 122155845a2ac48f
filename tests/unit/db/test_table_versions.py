"""What is read and what is written is seen from the statements, whatever the action; nobody has to say it."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlmodel import col

from db.seen import watching
from db.sql import select
from db.statement_names import names_of
from db.store import Store
from db.tables import Notice, Setting, SignIn, metadata
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
        changed = set().union(*(_changed(table, rows[table], rows_now[table]) for table in rows))
        grown = {name for name in numbers_now if numbers_now[name] > numbers.get(name, 0)}
        changed = {name for name in changed if name.partition(".")[0] not in grown}
        if changed - grown:
            silent[case.action.__name__] = changed - grown
        rows, numbers = rows_now, numbers_now
    assert silent == {}
    assert done > len(CASES) // 3


def _changed(table: str, before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> set[str]:
    """The table where rows came or went, else the columns that differ."""
    columns = metadata.tables[table].columns.keys()
    keys = [columns.index(key.name) for key in metadata.tables[table].primary_key]
    then, now = ({tuple(row[key] for key in keys): row for row in rows} for rows in (before, after))
    if then.keys() != now.keys():
        return {table}
    pairs = [(then[key], now[key]) for key in then]
    return {
        f"{table}.{name}"
        for place, name in enumerate(columns)
        if any(old[place] != new[place] for old, new in pairs)
    }


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


def test_values_that_are_set_count_as_a_write_of_their_columns_alone(store: Store):
    before = store.table_versions()
    store.note(SignIn.__table__.update().values(ended_at=None))
    now = store.table_versions()
    assert {name for name in now if now[name] != before.get(name, 0)} == {"sign_in.ended_at"}


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
    assert {name.partition(".")[0] for name in outer.names} == {"notice"}
    assert inner.names == {"setting", "setting.key", "setting.value"}


@pytest.mark.parametrize(
    ("statement", "written"),
    [
        ("UPDATE setting SET value=? WHERE setting.key = ?", {"setting.value"}),
        ("UPDATE setting SET value=?", {"setting.value"}),
        ("UPDATE setting SET value=(SELECT key FROM notice WHERE 1) WHERE key = ?", {"setting"}),
        ("INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value=?", {"setting"}),
        ("DELETE FROM setting WHERE value = ?", {"setting"}),
        ("SELECT key FROM setting FOR UPDATE", set()),
        ("UPDATE elsewhere SET value=?", set()),
    ],
)
def test_what_a_statement_writes_is_seen_from_its_words(statement: str, written: set[str]):
    assert names_of(statement)[1] == written


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("SELECT count(*) FROM setting", {"setting"}),
        ("SELECT * FROM setting", {"setting", "setting.key", "setting.value"}),
        ("SELECT s.* FROM setting AS s", {"setting", "setting.key", "setting.value"}),
        ("SELECT 1 FROM setting WHERE key = ?", {"setting", "setting.key"}),
    ],
)
def test_what_a_statement_reads_is_seen_from_its_words(statement: str, read: set[str]):
    assert names_of(statement)[0] == read
