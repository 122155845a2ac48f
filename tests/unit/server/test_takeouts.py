"""Everything as a download and at the command line: for whom, what comes, and that nothing of it stays behind."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from db.accounts import actions as accounts
from db.backups.take_in import take_in
from db.backups.take_out import MANIFEST
from db.store import Store, open_store
from server.routes import takeouts
from tests.support.databases import SqliteFiles
from tests.support.finding import some
from tests.support.templates import empty_store
from tests.support.trail import everything, last_event
from tests.unit.server.conftest import CHOSEN, Browser
from tests.unit.server.test_commands import run
from tracking.vocabulary import Role


@pytest.fixture
def administrator(store: Store, visitor: Browser) -> Browser:
    """The system administrator's browser."""
    roles = [Role.SYSTEM_ADMINISTRATOR]
    account = accounts.create_account(store, by=None, sign_in_name="sysadmin", name="系统", roles=roles)
    visitor.sign_in(account)
    visitor.post("/password", {"current": account.password, "password": CHOSEN, "repeated": CHOSEN})
    return visitor


def test_an_administrator_takes_everything_and_it_loads_back(
    store: Store, administrator: Browser, sqlite_files: SqliteFiles, tmp_path: Path
):
    answer = administrator.get("/everything.zip")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["content-disposition"].startswith("attachment; filename=everything-")
    assert last_event(store).action == "take_everything"
    assert last_event(store).officer_id is not None
    (tmp_path / "taken.zip").write_bytes(answer.content)
    other = sqlite_files.fresh(empty_store, tmp_path / "elsewhere")
    other.settings.audit_key = store.settings.chain_key.decode()
    assert take_in(other, tmp_path / "taken.zip").intact
    now = everything(store)
    # A sign-in's last action goes on by itself.
    assert {name: rows for name, rows in everything(other).items() if name != "sign_in"} == {
        name: rows for name, rows in now.items() if name != "sign_in"
    }
    other.engine.dispose()


def test_nothing_of_it_stays_on_the_server(store: Store, administrator: Browser):
    before = sorted(path.name for path in some(store.settings.data_dir.iterdir()))
    assert administrator.get("/everything.zip").status_code == 200
    assert sorted(path.name for path in some(store.settings.data_dir.iterdir())) == before


def test_nobody_else_takes_it(store: Store, officer: Browser):
    before = store.data_version()
    assert officer.get("/everything.zip").status_code == 403
    assert store.data_version() == before


def test_it_is_taken_once_at_a_time(store: Store, administrator: Browser):
    with takeouts._alone(store.settings.data_dir):
        assert "请等它完成" in administrator.get("/everything.zip").text
    assert administrator.get("/everything.zip").status_code == 200


def test_two_commands_carry_a_site_to_another_place(tmp_path: Path, monkeypatch):
    assert run("init", "--administrators").exit_code == 0
    away = tmp_path / "away.zip"
    done = run("export-all", str(away))
    assert (done.exit_code, "已导出" in done.stdout) == (0, True)
    before, key = everything(open_store()), open_store().settings.chain_key.decode()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("AUDIT_KEY", key)
    told = run("import-all", str(away), "--form", "jsonl", "--json")
    assert json.loads(told.stdout)["intact"]
    assert everything(open_store()) == before
    again = run("import-all", str(away))
    assert (again.exit_code, "只能载入空的系统" in again.stderr) == (1, True)


def test_a_machine_is_told_what_was_taken(tmp_path: Path):
    run("init")
    told = json.loads(run("export-all", str(tmp_path / "away.zip"), "--json").stdout)
    with zipfile.ZipFile(BytesIO((tmp_path / "away.zip").read_bytes())) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    assert (told["event"], told["rows"]) == (manifest["event_number"], sum(manifest["rows"].values()))


def test_a_chain_that_is_broken_is_told(tmp_path: Path, monkeypatch):
    run("init", "--administrators")
    store = open_store()
    with store.upkeep() as session:
        session.connection().exec_driver_sql("UPDATE audit_event SET action = 'nothing' WHERE number = 1")
    key = store.settings.chain_key.decode()
    run("export-all", str(tmp_path / "away"))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("AUDIT_KEY", key)
    told = run("import-all", str(tmp_path / "away"))
    assert (told.exit_code, "第 1 条" in told.stderr) == (1, True)
