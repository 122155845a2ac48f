"""The key of the audit chain: known by its fingerprint, so that a second or a lost one breaks nothing."""

from pathlib import Path

import pytest
from sqlalchemy import text

from db.audit.chain import fingerprint
from db.audit.queries import verify_chain
from db.settings import Settings
from db.store import Store
from db.tables import AuditHead
from tests.support.trail import everything, refusal_of


def note_something(store: Store) -> None:
    with store.write(None) as tx:
        tx.audit("plant", tx.load(AuditHead, 1))


def elsewhere(store: Store, folder: Path) -> Store:
    """A second server on the same database with a folder of its own, as a second machine has it."""
    settings = Settings(data_dir=folder, database_url=store.settings.database_url)
    return Store(store.engine, settings)


def head_of(store: Store) -> AuditHead:
    with store.read() as session:
        return session.get_one(AuditHead, 1)


@pytest.fixture
def written(store: Store) -> Store:
    """A store with a chain of one event."""
    note_something(store)
    return store


def test_the_first_write_notes_the_key(written: Store):
    assert head_of(written).key_fingerprint == fingerprint(written.settings.chain_key)


def test_nothing_is_written_with_a_second_key_and_none_is_made(written: Store, tmp_path: Path):
    before, other = everything(written), elsewhere(written, tmp_path / "other")
    for use in (note_something, Store.settle_key, verify_chain):
        assert refusal_of(use, other).messages[0].key == "store.key_missing"
    assert not (tmp_path / "other" / "audit.key").exists()
    other.settings.first_chain_key()
    for use in (note_something, Store.settle_key, verify_chain):
        assert refusal_of(use, other).messages[0].key == "store.key_other"
    assert everything(written) == before
    assert verify_chain(written).intact


def test_a_key_that_is_lost_stops_writing_until_it_is_back(written: Store, tmp_path: Path):
    file = written.settings.data_dir / "audit.key"
    kept = file.read_bytes()
    file.unlink()
    after_restart = elsewhere(written, written.settings.data_dir)
    assert str(file) in str(refusal_of(note_something, after_restart))
    file.write_bytes(kept)
    note_something(after_restart)
    assert verify_chain(after_restart).events == 2


def test_a_chain_from_before_takes_the_key_that_sealed_its_newest_event(written: Store, tmp_path: Path):
    with written.upkeep() as session:
        session.execute(text("UPDATE audit_head SET key_fingerprint = ''"))
    other = elsewhere(written, tmp_path / "other")
    other.settings.first_chain_key()
    for use in (note_something, Store.settle_key):
        assert refusal_of(use, other).messages[0].key == "store.key_other"
    assert head_of(written).key_fingerprint == ""
    written.settle_key()
    assert head_of(written).key_fingerprint == fingerprint(written.settings.chain_key)
    assert verify_chain(written).intact


def test_a_site_without_events_has_its_key_from_the_start(store: Store, tmp_path: Path):
    store.settle_key()
    assert (
        refusal_of(Store.settle_key, elsewhere(store, tmp_path / "other")).messages[0].key
        == "store.key_missing"
    )
    note_something(store)
    assert verify_chain(store).intact
