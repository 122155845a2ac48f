"""The lock of a store: shared by all who use it, had alone by whoever replaces its tables, gone with its holder."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from db import migrations, store_lock
from db.backups.backup import restore
from db.backups.take_in import take_in
from db.store import Store, open_store
from db.store_lock import alone, share
from tests.support.servers import ROOT
from tests.support.trail import refusal_of

pytestmark = pytest.mark.covers_postgresql

HOLDER = """
import sys
from pathlib import Path
from db.store import open_store
from db.store_lock import share
lock = share(open_store(sys.argv[1], data_dir=Path(sys.argv[2])))
print("held", flush=True)
sys.stdin.read()
"""


def again(store: Store) -> Store:
    """The same store as another process would open it."""
    return open_store(
        store.engine.url.render_as_string(hide_password=False), data_dir=store.settings.data_dir
    )


def test_many_share_it_and_nobody_then_has_it_alone(store: Store):
    first, second = share(store), share(again(store))
    with pytest.raises(Exception, match="停止服务"), alone(store):
        pytest.fail("it is shared")
    first.release()
    with pytest.raises(Exception, match="停止服务"), alone(again(store)):
        pytest.fail("it is still shared")
    second.release()
    with alone(store), alone(store):
        assert refusal_of(share, again(store), patience=0).messages[0].key == "store.being_replaced"
    share(again(store)).release()


def test_a_share_is_waited_for_as_long_as_it_may_come(store: Store, monkeypatch):
    def look(_seconds: float) -> None:
        held.__exit__(None, None, None)

    held = alone(again(store))
    held.__enter__()
    monkeypatch.setattr(store_lock.time, "sleep", look)
    share(store).release()


def test_what_replaces_tables_is_refused_while_somebody_uses_them(store: Store, tmp_path):
    store.settle_key()
    lock = share(again(store))
    for replacing in (restore, take_in):
        assert refusal_of(replacing, store, tmp_path / "any").messages[0].key == "store.in_use"
    lock.release()
    assert refusal_of(restore, store, tmp_path / "any").messages[0].key == "backup.foreign"


def test_tables_are_brought_up_to_date_only_while_nobody_uses_them(store: Store, monkeypatch):
    monkeypatch.setattr(migrations, "PATIENCE", 0)
    lock = share(again(store))
    migrations.upgrade(store)  # there already: nothing to replace
    with store.upkeep() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert refusal_of(migrations.upgrade, store).messages[0].key == "store.in_use"
    lock.release()


def test_the_end_of_its_holder_frees_it_however_it_ends(store: Store):
    url = store.engine.url.render_as_string(hide_password=False)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url, str(store.settings.data_dir)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(Exception, match="停止服务"), alone(store):
        pytest.fail("another process shares it")
    holder.kill()
    holder.wait()
    with alone(store, patience=5):
        pass


def test_a_share_that_the_database_has_dropped_is_taken_again(store: Store):
    lock = share(store)
    lock.renew()
    if store.engine.dialect.name == "postgresql":
        _end_sessions_with_locks(store)
        with alone(again(store)):
            assert refusal_of(lock.renew).messages[0].key == "store.being_replaced"
    lock.renew()
    with pytest.raises(Exception, match="停止服务"), alone(again(store)):
        pytest.fail("it is shared again")
    lock.release()


def _end_sessions_with_locks(store: Store) -> None:
    ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'"
    with store.engine.connect() as connection:
        connection.execute(text(ended))
