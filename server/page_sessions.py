"""What Streamlit keeps of an open page, made safe for a page that another process has drawn.

After a restart the browser reconnects with its widgets as they stand, and may click a button of a part that this
process has never drawn: Streamlit would drop that click with a line in the log. Here the page is drawn whole first,
with what stands in its widgets; then what was asked for is done, or the page says that it was not.
"""

from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import websocket_session_manager
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

# The key under which a page finds the keys of buttons that were clicked and are not there.
NOT_DONE = "clicks_not_done"
_TRIGGERS = frozenset({"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"})


class PageSession(AppSession):
    """An open page; `_asked` is what the browser asked for before the page was drawn here."""

    _drawn = False
    _asked: ClientState | None = None

    def request_rerun(self, client_state: ClientState | None) -> None:
        """Run the script as asked; first of all whole, where the browser comes with widgets from elsewhere."""
        if client_state is None or self._drawn or not client_state.widget_states.widgets:
            super().request_rerun(client_state)
            return
        first = self._asked is None
        self._asked = client_state if first or clicks(client_state) else self._with_clicks(client_state)
        if first:
            super().request_rerun(_without_clicks(client_state))

    def register_file_watchers(self) -> None:
        """What Streamlit calls when a browser comes back, too: it draws the page anew, and what it missed is left out.

        The end of a part's run whose fields it never saw would take them out of the page, and the text with them.
        """
        self._browser_queue.clear()
        super().register_file_watchers()

    def _with_clicks(self, newer: ClientState) -> ClientState:
        """What is asked for, with a click that was made before it."""
        asked = ClientState()
        asked.CopyFrom(newer)
        if self._asked is not None and clicks(self._asked):
            asked.fragment_id = self._asked.fragment_id
            asked.widget_states.widgets.extend(clicks(self._asked))
        return asked

    def _handle_scriptrunner_event_on_event_loop(
        self, sender: Any, event: ScriptRunnerEvent, *rest: Any, **more: Any
    ) -> None:
        super()._handle_scriptrunner_event_on_event_loop(sender, event, *rest, **more)
        if event is ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS and not self._drawn:
            self._drawn, asked, self._asked = True, self._asked, None
            if asked is not None:
                super().request_rerun(self._as_drawn(asked))

    def _as_drawn(self, asked: ClientState) -> ClientState:
        """What is asked for, as far as this page has it; what it has not is told."""
        known = ClientState()
        known.CopyFrom(asked)
        if not self.has_fragment(asked.fragment_id):
            known.ClearField("fragment_id")
        gone = [one.id for one in clicks(asked) if self.session_state.get_widget_metadata(one.id) is None]
        if gone:
            self.session_state[NOT_DONE] = gone
        return known


def serve_pages_of_other_processes() -> None:
    """Let Streamlit keep its pages so."""
    websocket_session_manager.AppSession = PageSession  # type: ignore[attr-defined]  # what it imports is not told as its own


def clicks(client_state: ClientState) -> list[Any]:
    """The buttons among the widgets that were clicked just now."""
    widgets = client_state.widget_states.widgets
    return [one for one in widgets if (kind := one.WhichOneof("value")) in _TRIGGERS and getattr(one, kind)]


def _without_clicks(client_state: ClientState) -> ClientState:
    """The page whole: the clicked buttons are named, so that their forms keep their token, but not clicked."""
    whole = ClientState()
    whole.CopyFrom(client_state)
    whole.ClearField("fragment_id")
    for one in clicks(whole):
        one.ClearField(one.WhichOneof("value"))
        one.trigger_value = False
    return whole
