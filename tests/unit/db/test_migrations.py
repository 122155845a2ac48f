"""The tables are written twice, in `db.tables` and in the revisions: nothing may tell the two apart."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlmodel import SQLModel

from db import migrations
from db.store import Store, open_store
from db.tables import AuditHead, metadata
from tests.support.databases import Databases, PostgresDatabases


def without_tables(store: Store) -> None:
    """An empty database."""


def from_metadata(store: Store) -> None:
    """What `db.tables` says, without any revision."""
    SQLModel.metadata.create_all(store.engine)


def from_revisions(store: Store) -> None:
    """What the revisions make."""
    migrations.upgrade(store)


@pytest.fixture
def bare(databases: Databases, tmp_path: Path):
    store = databases.fresh(without_tables, tmp_path / "bare")
    yield store
    _drop(databases, store)


@pytest.fixture
def twins(databases: Databases, tmp_path: Path):
    stores = [databases.fresh(fill, tmp_path / fill.__name__) for fill in (from_metadata, from_revisions)]
    yield stores
    for store in stores:
        _drop(databases, store)


def _drop(databases: Databases, store: Store) -> None:
    if isinstance(databases, PostgresDatabases):
        databases.drop(store)
    store.engine.dispose()


def _shape(store: Store) -> dict[str, object]:
    """Every table with its columns, keys, checks and indexes, as the database itself tells them."""
    inspector = inspect(store.engine)
    return {
        table: {
            "columns": [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)],
            "primary key": inspector.get_pk_constraint(table),
            "foreign keys": _by_name(inspector.get_foreign_keys(table)),
            "unique": _by_name(inspector.get_unique_constraints(table)),
            "checks": _by_name(inspector.get_check_constraints(table)),
            "indexes": _by_name(inspector.get_indexes(table)),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _by_name(parts: object) -> list[object]:
    return sorted(
        ({**part, "dialect_options": _plain(part)} for part in parts), key=lambda part: part["name"]
    )


def _plain(part: dict) -> dict:
    return {name: str(value) for name, value in part.get("dialect_options", {}).items()}


def test_the_revisions_make_what_the_tables_say_checks_and_partial_indexes_included(twins):
    said, made = (_shape(store) for store in twins)
    assert made == said
    assert any("where" in str(table).lower() for table in made.values())


def test_every_check_of_the_tables_is_in_the_database(twins):
    named = {str(check.name) for table in metadata.tables.values() for check in table.constraints}
    made = _shape(twins[1])
    checks = {check["name"] for table in made.values() for check in table["checks"]}
    assert checks
    assert checks == {name for name in named if name.startswith("ck_")}


def test_alembic_finds_nothing_left_to_do(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_empty_database_is_not_current_until_it_is_upgraded(bare):
    assert migrations.revision_of(bare) is None
    assert not migrations.is_current(bare)
    migrations.upgrade(bare)
    assert migrations.revision_of(bare) == migrations.head()
    assert migrations.is_current(bare)


def test_a_second_upgrade_changes_nothing(store):
    before = _shape(store)
    migrations.upgrade(store)
    assert _shape(store) == before


def test_an_upgrade_that_fails_leaves_nothing_behind(bare):
    with bare.upkeep() as session:
        session.execute(text("CREATE TABLE audit_event (number INTEGER)"))
    with pytest.raises(Exception, match="audit_event"):
        migrations.upgrade(bare)
    assert inspect(bare.engine).get_table_names() == ["audit_event"]


def test_the_head_of_the_audit_chain_is_there_before_the_first_write(store):
    with store.read() as session:
        head = session.execute(select(AuditHead)).scalar_one()
    assert (head.id, head.number, head.hash) == (1, 0, "")


def test_the_revisions_are_numbered_without_a_gap():
    files = sorted(path.name for path in (migrations.FOLDER / "versions").glob("*.py"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    assert migrations.head() == files[-1][:4]


def test_a_drafted_revision_holds_only_what_changed(store, tmp_path):
    with store.upkeep() as session:
        session.execute(text("DROP TABLE summary_cell"))
    script = migrations.draft(store, "Keep cells", tmp_path).read_text()
    assert f'down_revision = "{migrations.head()}"' in script.replace("'", '"')
    assert re.findall(r"op\.create_table\(\s*.(\w+)", script) == ["summary_cell"]
    assert "sa.BigInteger()" in script


def test_a_drafted_revision_names_plain_column_types(store, tmp_path):
    with store.upkeep() as session:
        session.execute(text("DROP TABLE urging_slip"))
    script = migrations.draft(store, "Keep slips", tmp_path).read_text()
    assert "sa.String(length=40)" in script
    assert "sa.DateTime()" in script
    assert "db.tables" not in script


def test_a_store_elsewhere_is_opened_and_upgraded_from_its_address_alone(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'deep' / 'folder' / 'tracker.sqlite3'}")
    migrations.upgrade(store)
    assert migrations.is_current(store)
    store.engine.dispose()
