"""The worked example in docs/api does what it says, run as its reader would run it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from db.plans import actions as plans
from db.store import Store
from tests.support.factories import FAIRS, FIRST_QUARTER, TOWN, draft_plan, fair_task, hand_in, people
from tests.support.patience import PAUSE_MS, SECONDS
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
        time.sleep(PAUSE_MS / 1000)
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
        timeout=SECONDS,
    )


def filed_for_town(store: Store) -> None:
    """The plan of the city beneath, written and signed by the province."""
    cast = people()
    revision_id = draft_plan(store, replace(cast.officer, authority_id=TOWN), fair_task())
    hand_in(store, cast, revision_id)
    plans.file_plan(store, by=cast.member, revision_id=revision_id)


def test_the_example_reports_a_ledger_and_tells_what_is_wrong(
    store: Store, officer: Program, address: str, tmp_path: Path
):
    filed_for_town(store)
    secret, ledger = token_of(store, people().officer), tmp_path / "ledger.csv"
    heads = f"\ufeffauthority,task_number,progress,indicator_{FAIRS}"
    ledger.write_text(f"{heads}\n,1,已办四场,4\n北省一市,1,市里办了一场,1\n", encoding="utf-8")
    done = run(address, secret, ledger)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 drafts kept for officer" in done.stdout
    assert officer.get("/tasks/1/updates/1").json()["progress"] == "已办四场"
    (beneath,) = officer.get("/reports", params={"authority_id": TOWN}).json()["items"]
    assert beneath["progress"] == "市里办了一场"
    ledger.write_text(f"task_number,progress,indicator_{FAIRS}\n1,已办四场,-4\n", encoding="utf-8")
    refused = run(address, secret, ledger)
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (1, "422 内容不符合要求")
    assert f"updates.0.actuals.{FAIRS}: " in refused.stderr
