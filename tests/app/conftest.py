"""Running a page's script as someone really signed in, on a copy of the sample."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from db import clock, migrations
from db.accounts.sign_in_actions import sign_in, token_hash
from db.seed import DEMO_PASSWORD, load_sample
from db.store import Store, open_store
from db.updates.queries import ReportItem
from pages.shared import access
from pages.shared.navigation import PAGES, SCRIPTS
from tests.app.looping import task_with
from tests.support.factories import at
from tests.support.once import made_once
from tests.support.patience import SECONDS
from tests.support.years import ORDINARY
from tracking.vocabulary import CompletionBasis

ENTRY = SCRIPTS / "shared" / "entry.py"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _one_look_at_what_is_installed() -> Iterator[None]:
    """Streamlit reads the description of every installed package at each run of a page: most of a test's time."""
    scan = manifest_scanner.scan_component_manifests
    manifest_scanner.scan_component_manifests = cache(scan)
    yield
    manifest_scanner.scan_component_manifests = scan


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[date], Path]:
    """The sample as `make run` loads it on a day, once a run; copy it, do not use it."""

    @cache
    def loaded(day: date) -> Path:
        return made_once(tmp_path_factory, f"pages-{day}", lambda folder: fill(folder, day))

    def fill(folder: Path, day: date) -> None:
        store = open_store(data_dir=folder)
        migrations.upgrade(store)
        load_sample(store, day)
        store.engine.dispose()

    return loaded


@pytest.fixture
def day() -> date:
    """The day of the sample: today, whatever day that is."""
    return clock.today()


@pytest.fixture
def ordinary_day() -> Iterator[date]:
    """For tests of what cannot be there on every day, as the values of an earlier period of the year."""
    with at(ORDINARY):
        yield ORDINARY


@pytest.fixture
def sample(
    sample_folder: Callable[[date], Path], day: date, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Store]:
    """A copy of the sample that the pages open; SQLite, since what they show does not depend on it."""
    folder = tmp_path / "sample"
    shutil.copytree(sample_folder(day), folder)
    monkeypatch.setenv("DATA_DIR", str(folder))
    st.cache_resource.clear()
    shown = st.config.get_option("client.showErrorDetails")
    st.config.set_option("client.showErrorDetails", "full")
    store = open_store(data_dir=folder)
    yield store
    store.engine.dispose()
    st.config.set_option("client.showErrorDetails", shown)
    st.cache_resource.clear()


@pytest.fixture
def open_page(sample: Store, monkeypatch: pytest.MonkeyPatch) -> Open:
    """`open_page("overview", "leadership", period="3")`: the page after its first run, as this person or nobody."""

    def opened(page: str, sign_in_name: str | None, **query: str) -> AppTest:
        session = None
        if sign_in_name:
            token, _ = sign_in(sample, sign_in_name=sign_in_name, password=DEMO_PASSWORD)
            session = token_hash(token)
        monkeypatch.setattr(access, "session_hash", lambda: session)
        test = AppTest.from_file(ENTRY, default_timeout=SECONDS)
        if page != "home":  # where everybody arrives
            test.switch_page(PAGES[page].script)
        for name, value in query.items():
            test.query_params[name] = value
        return test.run()

    return opened


@pytest.fixture
def measured(sample: Store) -> ReportItem:
    """A task with one target that its officer has not begun to report."""
    return task_with(sample, CompletionBasis.TARGETS)
