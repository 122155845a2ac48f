"""A server just started, as a person starts it: nothing of it is open to anybody who has not signed in."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from db.accounts import actions as accounts, sign_in_actions as sign_ins
from db.store import Store, open_store
from pages.shared.navigation import PAGES
from server.connections import SIGNED_OUT
from server.gate import OFFICER_HEADER, SESSION_HEADER
from tests.support.patience import SECONDS
from tests.support.servers import Server, start_server
from tests.unit.server.conftest import CHOSEN, HTML, peopled_store
from tracking.vocabulary import Role

SPOOFED = {OFFICER_HEADER: "1", SESSION_HEADER: "0" * 64}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server's store lies."""
    return tmp_path_factory.mktemp("fresh")


@pytest.fixture(scope="module")
def own_store(folder: Path) -> Iterator[Store]:
    """The server's store, from the side."""
    store = open_store(f"sqlite:///{folder / 'tracker.sqlite3'}", data_dir=folder)
    peopled_store(store)
    made = accounts.create_account(store, by=None, sign_in_name="leader", name="李", roles=[Role.LEADERSHIP])
    token, by = sign_ins.sign_in(store, sign_in_name="leader", password=made.password)
    accounts.change_own_password(
        store, by=by, current=made.password, password=CHOSEN, session_hash=sign_ins.token_hash(token)
    )
    yield store
    store.engine.dispose()


@pytest.fixture(scope="module")
def running(folder: Path, own_store: Store) -> Iterator[Server]:
    """The product in a process of its own, asked by nobody yet."""
    server = start_server(folder)
    yield server
    server.stop()


def stream(running: Server, **headers: str) -> ClientConnection:
    address = running.url.replace("http", "ws", 1) + "/_stcore/stream"
    return connect(address, additional_headers=headers, subprotocols=["streamlit"], max_size=None)


def cookie(store: Store) -> str:
    return f"sid={sign_ins.sign_in(store, sign_in_name='leader', password=CHOSEN)[0]}"


def run_of(websocket: ClientConnection, page: str) -> set[str]:
    """Ask for a run of a page, and give every text that reaches the browser until it ends."""
    message = BackMsg()
    message.rerun_script.page_name = page
    websocket.send(message.SerializeToString())
    texts: set[str] = set()
    while True:
        answer = ForwardMsg.FromString(websocket.recv(timeout=SECONDS))
        texts.add(str(answer))
        if answer.WhichOneof("type") == "script_finished":
            return texts


@pytest.mark.parametrize("address", ["/", "/nothing", *(f"/{name}" for name in PAGES)])
def test_no_page_is_open_to_anybody(running: Server, address):
    answer = httpx.get(running.url + address, headers=HTML | SPOOFED)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=")


@pytest.mark.parametrize("headers", [{}, SPOOFED, {"Cookie": "sid=" + "x" * 43}])
def test_no_websocket_is_open_to_anybody(running: Server, headers):
    with pytest.raises(InvalidStatus) as refused:
        stream(running, **headers)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "address", ["/media/x", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/manifest.json"]
)
def test_no_file_is_open_to_anybody(running: Server, address):
    assert httpx.get(running.url + address).status_code == 401
    assert httpx.put(running.url + address, content=b"x").status_code == 401


def test_health_and_sign_in_are_open(running: Server):
    assert httpx.get(f"{running.url}/_stcore/health").text == "ok"
    assert httpx.get(f"{running.url}/healthz").json() == {"store": "ready"}
    assert "登录" in httpx.get(f"{running.url}/login").text


def test_a_page_by_its_address_runs_the_entry_script_first(running: Server, own_store: Store):
    with stream(running, Cookie=cookie(own_store), **SPOOFED) as websocket:
        messages = "".join(run_of(websocket, "overview"))
    assert "navigation" in messages


def test_an_open_websocket_shows_nothing_after_sign_out(running: Server, own_store: Store):
    sent = cookie(own_store)
    session_hash = sign_ins.token_hash(sent.removeprefix("sid="))
    with stream(running, Cookie=sent) as websocket:
        assert "navigation" in "".join(run_of(websocket, ""))
        by = sign_ins.resolve(own_store, session_hash)
        sign_ins.sign_out(own_store, by=by, session_hash=session_hash)
        with pytest.raises(ConnectionClosedError) as closed:
            run_of(websocket, "")
    assert closed.value.rcvd.code == SIGNED_OUT
