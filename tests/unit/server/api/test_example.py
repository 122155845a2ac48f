"""The worked example in docs/api does what it says, run as its reader would run it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from db.store import Store
from tests.support.factories import FAIRS, FIRST_QUARTER, people
from tests.unit.server.api.conftest import Program, token_of
from tests.unit.structure import source

CLIENT = source.ROOT / "docs" / "api" / "report.py"


@pytest.fixture
def address(app: Starlette) -> Iterator[str]:
    """Where the API listens, on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        threading.Event().wait(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def run(address: str, secret: str, ledger: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TRACKER_URL": address, "TRACKER_TOKEN": secret, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, CLIENT, ledger, str(FIRST_QUARTER)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_example_reports_a_ledger_and_tells_what_is_wrong(
    store: Store, officer: Program, address: str, tmp_path: Path
):
    secret, ledger = token_of(store, people().officer), tmp_path / "ledger.csv"
    ledger.write_text(f"\ufefftask_number,progress,indicator_{FAIRS}\n1,已办四场,4\n", encoding="utf-8")
    done = run(address, secret, ledger)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 drafts kept for officer" in done.stdout
    assert officer.get("/tasks/1/updates/1").json()["progress"] == "已办四场"
    ledger.write_text(f"task_number,progress,indicator_{FAIRS}\n1,已办四场,-4\n", encoding="utf-8")
    refused = run(address, secret, ledger)
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (1, "422 内容不符合要求")
    assert f"updates.0.actuals.{FAIRS}: " in refused.stderr
