"""What we rely on in Streamlit without being promised it; a new version that fails here is not taken."""

import asyncio
import inspect
import json
import socket
import subprocess
import sys
from asyncio import base_events
from pathlib import Path

import pytest
from starlette.datastructures import Headers
from streamlit import config, file_util, net_util
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app
from streamlit.web.server.starlette import starlette_routes, starlette_server, starlette_websocket

from server import doors as addresses, shell
from server.doors import Door
from server.gate import OFFICER_HEADER, SESSION_HEADER
from server.host_config import CONFIG
from server.sockets import send_at_once
from tests.support.finding import some
from tracking.vocabulary import Language

ROOT = Path(__file__).parents[3]
LAUNCH = """
import json, socket
def refuse(*_, **__): raise SystemExit("an outside host was asked")
socket.getaddrinfo = refuse
import dashboard
from streamlit import config, net_util
from streamlit.runtime.pages_manager import PagesManager
entry = dashboard.app._resolve_script_path()
manager = PagesManager(str(entry))
print(json.dumps({
    "uses_pages_directory": manager.uses_pages_directory,
    "external_address": net_util.get_external_ip(),
    "entry": str(entry),
    "first_script": manager.get_initial_active_script("0" * 32)["script_path"],
    "cookie_secret": config.get_option("server.cookieSecret"),
    "options": {name: config.get_option(name) for name in (
        "runner.postScriptGC", "server.trustedUserHeaders", "server.enableXsrfProtection", "server.enableCORS",
        "server.maxUploadSize", "server.fileWatcherType", "server.enableAgentApi", "browser.gatherUsageStats",
        "client.showErrorDetails", "client.toolbarMode")},
}))
"""


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the launcher leaves behind in a process of its own."""
    folder = tmp_path_factory.mktemp("launched")
    environment = {"DATA_DIR": str(folder), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", LAUNCH], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]) | {"data_dir": folder}


def test_the_launcher_is_found_by_its_syntax_tree():
    assert discover_asgi_app(ROOT / "dashboard.py").import_string == "dashboard:app"


def test_no_page_runs_without_the_entry_script(launched: dict):
    assert launched["uses_pages_directory"] is False
    assert launched["entry"] == launched["first_script"] == str(ROOT / "pages" / "shared" / "entry.py")


def test_the_switch_of_the_pages_folder_is_still_one():
    assert PagesManager.uses_pages_directory in {None, False}
    assert "if PagesManager.uses_pages_directory is None" in inspect.getsource(PagesManager.__init__)


def test_no_outside_host_is_asked_for_the_address(launched: dict):
    assert launched["external_address"] == "127.0.0.1"
    assert "if _external_ip is not None" in inspect.getsource(net_util.get_external_ip)


def test_the_start_settings_are_those_that_were_measured(launched: dict):
    assert launched["options"] == {
        "runner.postScriptGC": False,
        "server.trustedUserHeaders": {OFFICER_HEADER: "officer_id", SESSION_HEADER: "session_hash"},
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.maxUploadSize": 40,
        "server.fileWatcherType": "none",
        "server.enableAgentApi": False,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
    }


def test_the_secret_of_the_cookies_outlives_the_process(launched: dict):
    assert launched["cookie_secret"] == (launched["data_dir"] / "cookie.key").read_text()


def test_a_run_collects_garbage_only_where_the_option_says_so():
    source = inspect.getsource(script_runner)
    assert source.count("gc.collect") == 1
    assert 'if config.get_option("runner.postScriptGC"):' in source


def test_trusted_headers_become_the_user(monkeypatch: pytest.MonkeyPatch):
    mapping = {OFFICER_HEADER: "officer_id", SESSION_HEADER: "session_hash"}
    monkeypatch.setattr(starlette_websocket.config, "get_option", lambda name: mapping)
    headers = Headers({OFFICER_HEADER: "7", SESSION_HEADER: "ab"})
    assert starlette_websocket.gather_user_info(headers) == {"officer_id": "7", "session_hash": "ab"}


def test_a_session_is_taken_up_again_only_by_the_same_user():
    source = inspect.getsource(AppSession.matches_user_info)
    assert "self._user_info == user_info" in source


def test_options_that_are_hidden_exist():
    assert config.get_option("runner.postScriptGC") is not None
    assert isinstance(config.get_option("server.trustedUserHeaders"), dict)


def test_of_streamlits_own_addresses_only_the_needed_are_open():
    routes = {value for name, value in vars(starlette_routes).items() if name.startswith("ROUTE_")}
    assert routes == {
        "_stcore/health",
        "_stcore/script-health-check",
        "_stcore/metrics",
        "_stcore/host-config",
    }
    doors = {route: addresses.door_of(f"/{route}") for route in routes}
    assert doors == {
        "_stcore/health": Door.EVERYBODY,
        "_stcore/host-config": Door.SIGNED_IN,
        "_stcore/metrics": Door.NOBODY,
        "_stcore/script-health-check": Door.NOBODY,
    }
    assert addresses.is_upload(f"/{starlette_routes.BASE_ROUTE_UPLOAD_FILE}/a/b")


def test_the_front_ends_page_has_the_marks_that_are_replaced():
    html = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    for mark in (
        '<html lang="en">',
        "<title>Streamlit</title>",
        'src="./static/js/index.',
        "<noscript>",
    ):
        assert html.count(mark) == 1, mark


@pytest.mark.parametrize("language", list(Language))
def test_the_shell_names_every_script_it_holds_and_no_other_host(language):
    made = shell.shell_in(language)
    assert made.html.count("<script>") == made.policy.count("'sha256-")
    assert "http:" not in made.html
    assert "https:" not in made.html
    assert "unsafe-inline" not in made.policy.partition("script-src")[2].partition(";")[0]
    assert "service-desc" not in made.html
    assert "SourceSans" not in made.html


def test_the_front_end_takes_from_its_page_where_the_server_is_and_what_that_would_tell_it():
    bundle = next(Path(file_util.get_static_dir()).rglob("index.*.js")).read_text(encoding="utf-8")
    assert "window.__streamlit" in bundle
    # With both, and an origin allowed, it connects at once and asks for its configuration meanwhile.
    for asked in (
        ".BACKEND_BASE_URL",
        ".HOST_CONFIG",
        "{allowedOrigins:t,useExternalAuthToken:n}",
        "enableBypass",
    ):
        assert asked in bundle, asked
    first = shell.shell_in(Language.EN).html.partition("<script>")[2].partition("</script>")[0]
    assert "BACKEND_BASE_URL" in first
    assert f'"metricsUrl": "{CONFIG["metricsUrl"]}"' in first


def test_the_download_of_a_table_bears_the_name_by_which_the_style_takes_it_away():
    bundle = [
        path.read_text(encoding="utf-8") for path in some(Path(file_util.get_static_dir()).rglob("*.js"))
    ]
    # One button in one place, its name in `aria-label` with what it belongs to behind it.
    assert sum(script.count("label:`Download as CSV`") for script in bundle) == 1
    assert any(
        '"data-testid":`stElementToolbarButton`' in script and '"aria-label":y(e,p)' in script
        for script in bundle
    )
    style = (ROOT / "pages" / "shared" / "style.css").read_text(encoding="utf-8")
    assert (
        '[data-testid="stElementToolbarButton"]:has([aria-label^="Download as CSV"]) { display: none' in style
    )


async def _no_delay_on_a_connection() -> int:
    listening = starlette_server._bind_socket("127.0.0.1", 0, 1)
    seen: asyncio.Queue[int] = asyncio.Queue()

    async def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        seen.put_nowait(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(note, sock=listening):
        _, writer = await asyncio.open_connection(*listening.getsockname())
        found = await seen.get()
        writer.close()
    return found


def test_streamlits_frames_would_wait_for_each_other_but_ours_do_not(monkeypatch):
    assert not asyncio.run(_no_delay_on_a_connection())
    monkeypatch.setattr(base_events, "_set_nodelay", send_at_once)
    assert asyncio.run(_no_delay_on_a_connection())


def _with_a_kept_page() -> None:
    from copy import copy

    import streamlit as st

    def shown() -> None:
        st.text("shown")

    kept = st.Page(shown, title="one")
    for _ in range(2):
        st.navigation([copy(kept)]).run()


def test_a_copy_of_a_page_is_run_and_leaves_the_kept_one_as_it_was():
    assert [line.value for line in AppTest.from_function(_with_a_kept_page).run().text] == ["shown", "shown"]
