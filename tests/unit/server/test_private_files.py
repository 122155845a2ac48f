"""A running server and the command line leave nothing that another account of the machine could read."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from db.private_files import open_to_others
from db.store import open_store
from tests.support.databases import SqliteFiles
from tests.support.finding import some
from tests.support.servers import run_command, start_server
from tests.support.templates import sample_store


@pytest.fixture
def folder(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Path]:
    """A data folder of the time before, made under the usual umask of an account."""
    before = os.umask(0o022)
    data = tmp_path / "data"
    sqlite_files.fresh(sample_store, data).engine.dispose()
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    yield data
    os.umask(before)


def test_nothing_is_open_to_others_after_a_start_nor_after_any_command(folder: Path, tmp_path: Path):
    store = open_store(data_dir=folder)
    assert open_to_others(store)
    server = start_server(folder)
    assert httpx.get(f"{server.url}/healthz").json() == {"store": "ready"}
    written = tmp_path / "written"
    written.mkdir(0o755)
    (written / "ledger.csv").touch(0o644)
    for command in (
        ("backup", str(written / "site.zip")),
        ("export-all", str(written / "everything.zip")),
        ("export-all", str(written / "everything")),
        ("export-ledger", str(written / "ledger.csv")),
        ("export-ledger", str(written / "ledger.xlsx")),
        ("briefing", str(written / "briefing.docx"), "--period", "1"),
    ):
        run_command(folder, *command)
    assert len(list(written.iterdir())) == 6
    assert [path for path in some(written.rglob("*"), least=6) if path.stat().st_mode & 0o077] == []
    server.stop()
    log = folder / "server.log"  # whoever starts the server writes it
    assert [path for path in open_to_others(store) if path != log] == []
    store.engine.dispose()
