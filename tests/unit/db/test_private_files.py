"""What the product keeps is closed to the other accounts of the machine, also what was written before."""

import os
from pathlib import Path

import pytest

from db.backups.take_out import take_out
from db.private_files import keep_private, make_private, open_to_others, write_privately
from db.settings import SQLITE_FILE
from db.store import Store, open_store
from tests.support.factories import small_country


@pytest.fixture(autouse=True)
def _generous():
    before = os.umask(0o022)
    yield
    os.umask(before)


def evidence_in(store: Store) -> Path:
    """A file of evidence as an earlier release left it."""
    kept = store.settings.evidence_dir / "5e" / ("5e" * 32)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"%PDF-1.7 evidence")
    return kept


def test_what_is_open_already_is_closed_and_keeps_its_owners_rights(store: Store):
    kept, script = evidence_in(store), store.settings.data_dir / "backup.sh"
    script.touch(0o755)
    (store.settings.data_dir / "elsewhere").symlink_to("/")
    found = open_to_others(store)
    assert {kept, kept.parent, store.settings.data_dir, script} <= set(found)
    make_private(store)
    assert open_to_others(store) == []
    assert [path.stat().st_mode & 0o777 for path in (kept, kept.parent, script)] == [0o600, 0o700, 0o700]
    assert Path("/").stat().st_mode & 0o055


def test_a_database_outside_the_data_folder_is_closed_too(tmp_path: Path):
    store = open_store(f"sqlite:///{tmp_path / SQLITE_FILE}", data_dir=tmp_path / "none")
    store.engine.connect().close()
    (tmp_path / "neighbour").touch(0o644)
    assert open_to_others(store) == [tmp_path / SQLITE_FILE]
    make_private(store)
    assert open_to_others(store) == []
    assert (tmp_path / "neighbour").stat().st_mode & 0o044
    store.engine.dispose()


def test_what_goes_while_it_is_looked_at_is_left_out(store: Store, monkeypatch):
    gone = evidence_in(store)
    monkeypatch.setattr(Path, "rglob", lambda _folder, _pattern: iter([gone]))
    gone.unlink()
    assert gone not in open_to_others(store)


def test_an_export_is_closed_whatever_it_was_made_from(store: Store, tmp_path: Path):
    small_country(store)
    evidence_in(store)
    target = tmp_path / "everything"
    target.mkdir(0o755)
    take_out(store, target)
    files = [target, *target.rglob("*")]
    assert len(files) > 10
    assert [path for path in files if path.stat().st_mode & 0o077] == []


def test_a_file_that_is_there_already_is_closed_as_it_is_written_anew(tmp_path: Path):
    file = tmp_path / "ledger.csv"
    file.touch(0o644)
    with write_privately(file) as out:
        out.write(b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o600)
    with write_privately(Path("/dev/null")) as out:
        out.write(b"nothing")
    assert Path("/dev/null").stat().st_mode & 0o077


def test_what_is_written_from_now_on_is_its_owners_alone(tmp_path: Path):
    keep_private()
    (tmp_path / "new").touch()
    (tmp_path / "folder").mkdir()
    assert [(tmp_path / name).stat().st_mode & 0o077 for name in ("new", "folder")] == [0, 0]
