"""The store itself: how it is opened, how a write commits or not, and what a connection promises."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import DateTime, text, update
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from db import clock, migrations
from db.audit import chain as audit
from db.engine import UnsafeDatabase, open_engine, require_safe
from db.settings import SQLITE_FILE, Settings
from db.site.thresholds import keep_light_rule, read_light_rule
from db.store import NotFound, Store, UnauditedWrite, open_store
from db.tables import AuditEvent, AuditHead, Notice
from db.tables.types import Amount, Instant
from tests.support.databases import SqliteFiles, write_protected
from tracking.figures.lights import LightRule
from tracking.messages import Refusal


def _notices(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.exec(select(Notice.number)))


def _add_notice(store: Store, number: str) -> None:
    with store.write(None) as tx:
        notice = tx.add(Notice(number=number, title="通知", issued_by="部"))
        tx.audit("add_notice", notice, number=number)


def test_a_write_without_an_audit_event_is_taken_back(store: Store):
    with pytest.raises(UnauditedWrite), store.write(None) as tx:
        tx.add(Notice(number="1", title="通知", issued_by="部"))
    assert _notices(store) == []


def test_a_failed_write_takes_its_audit_event_with_it(store: Store):
    def fail_after_auditing() -> None:
        with store.write(None) as tx:
            tx.audit("add_notice", tx.add(Notice(number="1", title="通知", issued_by="部")))
            raise ZeroDivisionError

    version = store.data_version()
    with pytest.raises(ZeroDivisionError):
        fail_after_auditing()
    assert (_notices(store), store.data_version()) == ([], version)


def test_once_a_file_may_be_written_again_the_store_writes_without_a_restart(
    sqlite_files: SqliteFiles, tmp_path: Path
):
    store = sqlite_files.fresh(migrations.upgrade, tmp_path / "data")
    with write_protected(tmp_path / "data" / SQLITE_FILE):
        with pytest.raises(OperationalError, match="readonly database"):
            _add_notice(store, "1")
        store.note(update(Notice).values(title="改名"))
        assert _notices(store) == []
    _add_notice(store, "1")
    assert _notices(store) == ["1"]
    store.engine.dispose()


def test_a_note_is_left_out_where_it_would_have_to_wait(sqlite_files: SqliteFiles, tmp_path: Path):
    store = sqlite_files.fresh(migrations.upgrade, tmp_path / "data")
    _add_notice(store, "1")
    renamed = update(Notice).values(title="改名")
    with store.write(None) as tx:
        store.note(renamed)
        tx.audit("wait", tx.load(Notice, 1))
    with store.read() as session:
        assert session.exec(select(Notice.title)).one() == "通知"
    store.note(renamed)
    with store.read() as session:
        assert session.exec(select(Notice.title)).one() == "改名"


def test_the_data_version_grows_with_every_write(store: Store):
    before = store.data_version()
    _add_notice(store, "1")
    assert store.data_version() == before + 1


def test_a_row_that_is_not_there_is_said_to_be_gone(store: Store):
    with pytest.raises(NotFound), store.write(None) as tx:
        tx.load(Notice, 7)


def test_the_chain_holds_and_shows_where_it_was_touched(store: Store):
    for number in "123":
        _add_notice(store, number)
    with store.read() as session:
        events = list(session.exec(select(AuditEvent).order_by(AuditEvent.number)))
        head = session.get_one(AuditHead, 1)
    key = store.settings.chain_key
    assert audit.verify(events, head, key).intact
    events[1].detail = {"number": "9"}
    assert audit.verify(events, head, key).broken_at == 2
    events[1].detail = {"number": "2"}
    assert audit.verify(events[:2], head, key).broken_at == 3
    assert audit.verify(events, head, b"another key").broken_at == 1


def test_the_key_of_the_chain_is_made_once_and_read_by_its_owner_only(tmp_path: Path):
    with pytest.raises(Refusal, match="未找到审计密钥"):
        _ = Settings(data_dir=tmp_path).chain_key
    first = Settings(data_dir=tmp_path).first_chain_key()
    assert Settings(data_dir=tmp_path).first_chain_key() == first
    assert Settings(data_dir=tmp_path).chain_key == first
    assert (tmp_path / "audit.key").stat().st_mode & 0o777 == 0o600
    assert Settings(data_dir=tmp_path).cookie_secret == Settings(data_dir=tmp_path).cookie_secret
    assert Settings(data_dir=tmp_path, audit_key="given").chain_key == b"given"


def test_addresses_name_the_driver_of_this_product(tmp_path: Path):
    assert Settings(data_dir=tmp_path).store_url == f"sqlite:///{tmp_path}/tracker.sqlite3"
    for given in ("postgres://host/name", "postgresql://host/name"):
        assert Settings(database_url=given).store_url == "postgresql+psycopg://host/name"
    assert Settings(database_url="sqlite:///x").store_url == "sqlite:///x"
    assert Settings(data_dir=tmp_path).evidence_dir == tmp_path / "evidence"


def test_the_embedded_store_opens_in_its_folder_without_being_asked_where(tmp_path: Path):
    store = open_store(data_dir=tmp_path / "new")
    with store.engine.connect() as connection:
        said = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert (tmp_path / "new" / "tracker.sqlite3").exists()


def test_without_an_address_the_environment_says_where_the_store_lies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "named"))
    assert open_store().settings.data_dir == tmp_path / "named"


def test_a_database_in_memory_needs_no_folder():
    with open_engine("sqlite://").connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_a_library_that_may_corrupt_its_log_is_refused():
    with pytest.raises(UnsafeDatabase, match=r"3\.40\.1"):
        require_safe((3, 40, 1))


def test_an_instant_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), None)  # noqa: DTZ001 -- that is the fault


@pytest.mark.parametrize("offset", [0, 8])
@pytest.mark.parametrize("microsecond", [0, 7])
def test_an_instant_is_written_as_the_type_below_would_write_it(offset: int, microsecond: int):
    instant = datetime(2026, 1, 2, 3, 4, 5, microsecond, tzinfo=timezone(timedelta(hours=offset)))
    sqlite = dialect()
    below = DateTime().dialect_impl(sqlite).bind_processor(sqlite)
    ours = Instant().bind_processor(sqlite)
    assert ours(instant) == below(instant.astimezone(UTC).replace(tzinfo=None))
    assert ours(None) is None


def test_missing_values_stay_missing():
    assert Amount().process_bind_param(None, None) is None
    assert Amount().process_bind_param(Decimal("1.005"), None) == 100


def test_a_day_ends_with_its_last_instant_in_the_offices():
    assert clock.end_of(date(2026, 1, 1)) == datetime(2026, 1, 1, 15, 59, 59, 999999, UTC)


def test_thresholds_are_the_defaults_until_others_are_kept(store: Store):
    with store.write(None) as tx:
        assert read_light_rule(tx.session) == LightRule()
        tx.audit("set_thresholds", keep_light_rule(tx.session, LightRule(50, 200, 7)))
    with store.read() as session:
        assert read_light_rule(session) == LightRule(50, 200, 7)
