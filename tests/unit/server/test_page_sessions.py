"""A page that another process has drawn: first whole, then what was asked for, or the word that it was not done."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import websocket_session_manager
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from pages.shared import reconnection
from server.page_sessions import NOT_DONE, PageSession, serve_pages_of_other_processes

BUTTON = "$$ID-5e-update_1_1:0000:save"
AREA = "$$ID-5e-update_1_1:0000:progress"


class _State(dict[str, Any]):
    """A session's state that knows these widgets."""

    def get_widget_metadata(self, widget_id: str) -> object | None:
        return self.get("known", {}).get(widget_id)


class _Page(PageSession):
    """Without a runtime around it."""

    def __init__(self) -> None:
        self.fragments: set[str] = set()
        self.state = _State()

    def __del__(self) -> None: ...

    @property
    def session_state(self) -> Any:
        return self.state

    def has_fragment(self, fragment_id: str) -> bool:
        return fragment_id in self.fragments


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[ClientState | None]:
    """What Streamlit was asked to run."""
    asked: list[ClientState | None] = []
    monkeypatch.setattr(AppSession, "request_rerun", lambda _, client_state: asked.append(client_state))
    monkeypatch.setattr(AppSession, "_handle_scriptrunner_event_on_event_loop", lambda *_, **__: None)
    return asked


def asking(*, words: str = "", fragment: str = "", click: bool = False) -> ClientState:
    state = ClientState(fragment_id=fragment)
    if words:
        state.widget_states.widgets.add(id=AREA, string_value=words)
    if click:
        state.widget_states.widgets.add(id=BUTTON, trigger_value=True)
    return state


def end_of_run(page: PageSession) -> None:
    page._handle_scriptrunner_event_on_event_loop(None, ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS)


def test_a_new_page_runs_as_streamlit_runs_it(runs: list[ClientState | None]):
    page = _Page()
    for asked in (asking(), None):
        page.request_rerun(asked)
    assert runs == [asking(), None]


def test_a_click_from_elsewhere_is_done_once_the_page_is_drawn(runs: list[ClientState | None]):
    page, click = _Page(), asking(words="已办", fragment="form", click=True)
    page.request_rerun(click)
    [whole] = runs
    assert whole is not None
    assert whole.fragment_id == ""
    assert [one.trigger_value for one in whole.widget_states.widgets if one.id == BUTTON] == [False]
    page.fragments, page.state["known"] = {"form"}, {BUTTON: object()}
    end_of_run(page)
    assert runs[1:] == [click]
    assert NOT_DONE not in page.state
    end_of_run(page)
    assert runs[1:] == [click], "a click is done once"


def test_what_comes_while_it_is_drawn_waits_and_loses_no_click(runs: list[ClientState | None]):
    page = _Page()
    page.request_rerun(asking(words="已"))
    page.request_rerun(asking(words="已办", fragment="form", click=True))
    page.request_rerun(asking(words="已办三场"))
    assert len(runs) == 1
    page.fragments, page.state["known"] = {"form"}, {BUTTON: object()}
    end_of_run(page)
    assert runs[1:] == [asking(words="已办三场", fragment="form", click=True)]
    page.request_rerun(asking(words="已办四场"))
    assert len(runs) == 3, "from then on it runs as Streamlit runs it"


def test_a_click_on_what_is_not_there_is_told(runs: list[ClientState | None]):
    page = _Page()
    page.request_rerun(asking(words="已办", fragment="dialog", click=True))
    end_of_run(page)
    assert runs[1:] == [asking(words="已办", click=True)]
    assert page.state[NOT_DONE] == [BUTTON]
    assert NOT_DONE == reconnection.NOT_DONE


def test_streamlit_makes_its_pages_by_the_name_that_is_replaced(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(websocket_session_manager, "AppSession", AppSession)
    serve_pages_of_other_processes()
    connect: Callable[..., Any] = websocket_session_manager.WebsocketSessionManager.connect_session
    assert "AppSession" in connect.__code__.co_names
    assert connect.__globals__["AppSession"] is PageSession


def test_a_browser_that_comes_back_is_not_told_the_end_of_a_run_it_did_not_see(monkeypatch):
    monkeypatch.setattr(AppSession, "register_file_watchers", lambda _: None)
    page = _Page()
    page._browser_queue = ForwardMsgQueue()
    missed = ForwardMsg(script_finished=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    page._browser_queue.enqueue(missed)
    page.register_file_watchers()
    assert page._browser_queue.is_empty()


def test_streamlit_tells_a_page_so_when_its_browser_comes_back():
    resumed = inspect.getsource(WebsocketSessionManager._resume_stored_session)
    assert "existing_session.register_file_watchers()" in resumed
