"""The tables are written twice, in `db.tables` and in the revisions: nothing may tell the two apart."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from db import migrations
from db.store import Store, open_store
from db.tables import AuditHead, ProgressUpdate, Register, RegisterEntry, TaskSupport, metadata
from tests.support.databases import Databases, PostgresDatabases
from tests.support.finding import some

pytestmark = pytest.mark.covers_postgresql


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
    store = databases.fresh(without_tables, tmp_path / "bare", bare=True)
    yield store
    _drop(databases, store)


@pytest.fixture
def twins(databases: Databases, tmp_path: Path):
    stores = [
        databases.fresh(fill, tmp_path / fill.__name__, bare=True) for fill in (from_metadata, from_revisions)
    ]
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
    files = sorted(path.name for path in some((migrations.FOLDER / "versions").glob("*.py")))
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


def _put(store: Store, name: str, /, **values: object) -> None:
    """A row of a table as the revision made it: what is not given is empty, zero or now, as the column asks."""
    table = Table(name, MetaData(), autoload_with=store.engine)
    empty = {int: 0, str: "", bool: False, date: date(2026, 1, 1), datetime: datetime(2026, 1, 1)}  # noqa: DTZ001  # as instants are kept
    filled = {
        column.name: empty[column.type.python_type]
        for column in table.columns
        if column.name not in {"id", *values} and not column.nullable and column.server_default is None
    }
    with store.engine.begin() as connection:
        connection.execute(table.insert(), {**filled, **values})


def _statuses(store: Store, table: str) -> dict[int, str]:
    with store.read() as session:
        return dict(session.execute(text(f"SELECT id, status FROM {table}")).all())


def _put_catalogue(bare: Store) -> None:
    _put(bare, "notice", id=1)
    _put(bare, "authority", id=1, kind="province")
    _put(bare, "key_area", id=1, notice_id=1, title_source="project")
    _put(bare, "measure", id=1, notice_id=1, key_area_id=1, title_source="project", area_source="project")


def test_what_lay_with_a_signatory_does_so_by_its_state_and_keeps_what_refers_to_it(bare):
    migrations.upgrade(bare, "0023")
    asked = datetime(2026, 3, 1, 8)  # noqa: DTZ001  # as instants are kept
    _put_catalogue(bare)
    _put(bare, "indicator", id=1, measure_id=1, source="project")
    life = [("draft", None), ("draft", asked), ("signed_off", asked)]
    for key, (status, at) in enumerate(life, 1):
        _put(bare, "work_plan", id=key, notice_id=1, authority_id=1, year=2020 + key)
        _put(bare, "plan_revision", id=key, plan_id=key, number=1, status=status, sign_off_requested_at=at)
        _put(bare, "task", id=key, plan_id=key, measure_id=1, authority_id=1, unit_id=1, status="in_progress")
        _put(bare, "reporting_period", id=key, notice_id=1, year=2020 + key, status="open")
        _put(
            bare,
            "progress_update",
            id=key,
            task_id=key,
            period_id=key,
            status=status,
            sign_off_requested_at=at,
        )
        _put(bare, "indicator_actual", update_id=key, indicator_id=1, value=key)
    migrations.upgrade(bare)
    for table in ("plan_revision", "progress_update"):
        assert _statuses(bare, table) == {1: "draft", 2: "handed_over", 3: "signed_off"}
    with bare.read() as session:
        kept = session.execute(text("SELECT update_id, value FROM indicator_actual ORDER BY update_id"))
        assert kept.all() == [(1, 1), (2, 2), (3, 3)]
    with pytest.raises(IntegrityError):
        _put(bare, "indicator_actual", update_id=9, indicator_id=1)


def test_a_corrected_report_is_dated_by_the_one_it_first_corrects(bare):
    migrations.upgrade(bare, "0028")
    _put_catalogue(bare)
    _put(bare, "work_plan", id=1, notice_id=1, authority_id=1, year=2026)
    _put(bare, "task", id=1, plan_id=1, measure_id=1, authority_id=1, unit_id=1, status="in_progress")
    _put(bare, "reporting_period", id=1, notice_id=1, year=2026, status="closed")
    sent = [datetime(2026, month, 10, 8) for month in (1, 4, 5)]  # noqa: DTZ001  # as instants are kept
    for key, at in enumerate(sent, 1):
        status = "accepted" if at is sent[-1] else "returned"
        lies = {"task_id": 1, "period_id": 1, "version": key, "status": status, f"{status}_at": at}
        _put(bare, "progress_update", id=key, submitted_at=at, **lies)
    for key in (1, 2):
        ruled = {"status": "approved", "reason": "更正", "ruled_at": sent[key]}
        _put(bare, "correction", id=key, update_id=key, corrected_update_id=key + 1, figures={}, **ruled)
    migrations.upgrade(bare)
    with bare.read() as session:
        asked = select(ProgressUpdate.reported_at).order_by(ProgressUpdate.id)
        reported = session.execute(asked).scalars().all()
    assert reported == [None, *[sent[0].replace(tzinfo=UTC)] * 2]


def _put_registers(store: Store) -> None:
    """The three registers as they were: changed, corrected, withdrawn."""
    at = datetime(2026, 3, 1, 8)  # noqa: DTZ001  # as instants are kept
    gone = {"withdrawn_at": at, "withdrawn_by_id": 1, "withdrawal_reason": "重复"}
    kept = {"authority_id": 1, "notice_id": 1, "recorded_at": at, "recorded_by_id": 1}
    mechanism = {**kept, "established_on": date(2026, 1, 5), "lead_leader": "某领导"}
    for key in (1, 2):
        _put(store, "coordination_mechanism", id=key, document_number=f"{key}号", **mechanism)
    abroad = {**kept, "partner_body": "商会", "established_on": date(2026, 2, 1)}
    _put(store, "cooperation_mechanism", id=3, partner_place="哈萨克斯坦", **abroad)
    _put(
        store, "cooperation_mechanism", id=7, partner_place="东盟", multilateral=True, corrects_id=3, **abroad
    )
    _put(store, "publicity_item", id=2, published_on=date(2026, 2, 3), title="标题", **kept, **gone)


def test_what_stood_in_the_three_registers_stands_in_the_one_that_holds_all(bare):
    migrations.upgrade(bare, "0035")
    _put_catalogue(bare)
    _put(bare, "officer", id=1, authority_id=1)
    _put(bare, "safeguard", id=1, notice_id=1, key="publicity")
    _put_registers(bare)
    migrations.upgrade(bare)
    with bare.read() as session:
        rows = session.scalars(select(RegisterEntry).order_by(RegisterEntry.id)).all()
        keys = dict(session.execute(select(Register.id, Register.key)).all())
        serves = session.scalars(select(Register.key).where(Register.safeguard_id == 1)).all()
    assert [(row.id, keys[row.register_id], row.corrects_id) for row in rows] == [
        (1, "coordination", None),
        (2, "coordination", 1),
        (5, "cooperation", None),
        (9, "cooperation", 5),
        (11, "publicity", None),
    ]
    assert rows[1].content == {
        "established_on": "2026-01-05",
        "document_number": "2号",
        "lead_leader": "某领导",
    }
    assert [row.content.get("sides") for row in rows[2:4]] == ["bilateral", "multilateral"]
    assert [(row.countries, row.words) for row in rows[2:4]] == [
        ("KZ", "哈萨克斯坦\n商会"),
        ("", "东盟\n商会"),
    ]
    assert [row.happened_on.day for row in rows] == [5, 5, 1, 1, 3]
    assert (rows[4].withdrawal_reason, serves) == ("重复", ["publicity"])
    with bare.write(None) as tx:
        again = {"register_id": 1, "authority_id": 1, "content": {}, "recorded_at": tx.now}
        assert tx.add(RegisterEntry(**again)).id == 12
        tx.audit("record_entry", rows[0])


def _put_words(store: Store) -> None:
    """Three tasks of a province whose words name another unit, itself, a department, and what two units are called."""
    named = [
        ("北省主管部门", "北省"),
        ("南市主管部门", "南市"),
        ("东城主管部门", "新区"),
        ("西城主管部门", "新区"),
    ]
    for key, (name, short_name) in enumerate(named, 1):
        _put(store, "authority", id=key, code=str(key), kind="province", name=name, short_name=short_name)
    _put(store, "key_area", id=1, notice_id=1, title_source="project")
    _put(store, "measure", id=1, notice_id=1, key_area_id=1, title_source="project", area_source="project")
    _put(store, "work_plan", id=1, notice_id=1, authority_id=1, year=2026)
    _put(store, "plan_revision", id=1, plan_id=1, number=1, status="draft")
    said = [("", ""), ("南市", "东城主管部门；南市主管部门"), ("北省", "规划处、 西城主管部门,新区")]
    for key, (lead, supporting) in enumerate(said, 1):
        _put(
            store,
            "task",
            id=key,
            number=key,
            plan_id=1,
            measure_id=1,
            authority_id=1,
            unit_id=1,
            status="in_progress",
        )
        words = {"lead_unit": lead, "supporting_units": supporting, "weight_tenths": 10}
        _put(store, "task_revision", id=key, plan_revision_id=1, task_id=key, **words)


def test_whoever_older_plans_name_beyond_doubt_takes_part_as_they_say(bare):
    migrations.upgrade(bare, "0039")
    _put(bare, "notice", id=1)
    _put_words(bare)
    migrations.upgrade(bare)
    with bare.read() as session:
        asked = select(TaskSupport.task_revision_id, TaskSupport.authority_id, TaskSupport.role)
        found = {tuple(map(str, line)) for line in session.execute(asked).all()}
    assert found == {("2", "2", "lead"), ("2", "3", "support"), ("3", "4", "support")}


def test_figures_made_before_milestones_were_steps_are_to_be_made_anew(bare):
    migrations.upgrade(bare, "0026")
    with bare.engine.begin() as connection:
        kept = "('summaries_brought_to', '\"2026-03-01\"'), ('brief', '1')"
        connection.execute(text(f"INSERT INTO setting (key, value) VALUES {kept}"))
    migrations.upgrade(bare)
    with bare.read() as session:
        assert session.execute(text("SELECT key FROM setting")).scalars().all() == ["brief"]


def test_an_upgrade_that_would_break_a_reference_is_not_kept(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'tracker.sqlite3'}")
    migrations.upgrade(store, "0023")
    with store.engine.connect() as connection:
        connection.connection.driver_connection.executescript(
            "PRAGMA foreign_keys = OFF; INSERT INTO milestone_reached VALUES (7, 1); PRAGMA foreign_keys = ON"
        )
    with pytest.raises(RuntimeError, match="milestone_reached"):
        migrations.upgrade(store)
    assert migrations.revision_of(store) == "0023"
    store.engine.dispose()


def test_a_store_elsewhere_is_opened_and_upgraded_from_its_address_alone(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'deep' / 'folder' / 'tracker.sqlite3'}")
    migrations.upgrade(store)
    assert migrations.is_current(store)
    store.engine.dispose()
