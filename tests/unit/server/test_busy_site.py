"""Sixty downloads of one officer at a time: health, sign-in and everybody else's files do not wait for them."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import httpx
import pytest

from db.identity import SignedIn
from db.store import Store
from db.tables import Upload
from db.uploads import actions as uploads
from tests.support.databases import SqliteFiles
from tests.support.factories import at, filed_plan, people
from tests.support.ledgers import filled, form_of
from tests.support.patience import SECONDS
from tests.support.servers import Server, start_server
from tests.unit.server.conftest import HTML, peopled_store, session_of

MANY, ENOUGH = 60, 10
# Between two looks, so that it is the files that keep the server busy.
BREATH = 0.05
LATER = datetime(2126, 1, 1, tzinfo=UTC)
CAST = people()


def busy_store(store: Store) -> None:
    """A country with a plan to report on."""
    peopled_store(store)
    with at(date(2026, 3, 20)):
        filed_plan(store)


def uploaded(store: Store, by: SignedIn) -> str:
    """The address of an uploaded workbook with its problems marked."""
    with at(date(2026, 3, 20)):
        content = filled(form_of(store, CAST.officer), {("actual.1", 0): "约三场"})
        upload_id = uploads.upload_ledger(store, by=by, name="台账.xlsx", content=content)
    with store.write(None) as tx:
        row = tx.load(Upload, upload_id)
        row.expires_at = LATER
        tx.audit("plant", row)
    return f"/ledger-marked.xlsx?upload={upload_id}"


@pytest.fixture
def site(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Store]:
    """The store of the server."""
    store = sqlite_files.fresh(busy_store, tmp_path / "data")
    yield store
    store.engine.dispose()


@pytest.fixture
def running(site: Store) -> Iterator[Server]:
    """The product, with the threads and the browsers of one machine."""
    server = start_server(site.settings.data_dir)
    yield server
    server.stop()


def download(server: Server, address: str, cookies: dict[str, str]) -> tuple[int, float]:
    """What a browser gets in the end, which comes back when it is told its place, and when."""
    with httpx.Client(base_url=server.url, cookies=cookies, headers=HTML, timeout=SECONDS) as browser:
        while True:
            answer = browser.get(address)
            if answer.status_code != 429 or "refresh" not in answer.headers:
                return answer.status_code, time.monotonic()
            assert "排在第" in answer.text
            time.sleep(int(answer.headers["refresh"]))


def ask_until(done: Event, server: Server) -> list[float]:
    """Ask for health, for the store's and for the sign-in page, again and again; gives when all three had answered."""
    answered = []
    with httpx.Client(base_url=server.url, headers=HTML, timeout=SECONDS) as browser:
        while not done.is_set():
            asked = [browser.get(path).status_code for path in ("/_stcore/health", "/healthz", "/login")]
            assert asked == [200, 200, 200]
            answered.append(time.monotonic())
            time.sleep(BREATH)
    return answered


def test_nobody_waits_for_the_files_of_one_officer(site: Store, running: Server):
    mine, other = uploaded(site, CAST.officer), uploaded(site, CAST.southerner)
    cookies = session_of(site, sign_in_name="north", officer_id=CAST.officer.officer_id)
    others = session_of(site, sign_in_name="south", officer_id=CAST.southerner.officer_id)
    done = Event()
    with ThreadPoolExecutor(MANY + 2) as threads:
        asking = threads.submit(ask_until, done, running)
        try:
            backlog = [threads.submit(download, running, mine, cookies) for _ in range(MANY)]
            first_of(backlog)
            status, at_last = download(running, other, others)
            got = [one.result() for one in backlog]
        finally:
            done.set()
        answered = asking.result()
    served = sorted(when for code, when in got if code == 200)
    assert {code for code, _ in got} == {200, 429}
    assert len(served) >= 2 + 20  # two at a time and those that may wait; the rest is told to come later
    assert status == 200
    assert at_last < served[-1]
    assert sum(when < served[-1] for when in answered) >= ENOUGH


def first_of(backlog: list[Future[tuple[int, float]]]) -> None:
    """Until one of them has been answered, the others wait."""
    while not any(one.done() for one in backlog):
        time.sleep(BREATH)
