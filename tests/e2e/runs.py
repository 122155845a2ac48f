"""The runs of its script that a page has asked for and not seen the end of, as its websocket tells them.

Right after a click nothing on the page tells a run that is on its way from one that has ended.
"""

from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_OUTSTANDING: WeakKeyDictionary[Page, bool] = WeakKeyDictionary()


def follow(context: BrowserContext) -> None:
    """From now on the runs of every page of this profile are known."""
    context.on("page", lambda page: page.on("websocket", lambda opened: _listen(page, opened)))


def outstanding(page: Page) -> bool:
    """Whether the page has asked for a run that has not ended."""
    return _OUTSTANDING.get(page, False)


def _listen(page: Page, websocket: WebSocket) -> None:
    _OUTSTANDING[page] = False
    websocket.on("framesent", lambda frame: _sent(page, frame))
    websocket.on("framereceived", lambda frame: _received(page, frame))


def _sent(page: Page, frame: str | bytes) -> None:
    if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
        _OUTSTANDING[page] = True


def _received(page: Page, frame: str | bytes) -> None:
    message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
    kind = message.WhichOneof("type")
    if kind == "new_session":  # a run that was asked for while another ran, whose end is not its own
        _OUTSTANDING[page] = True
    elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
        _OUTSTANDING[page] = False
