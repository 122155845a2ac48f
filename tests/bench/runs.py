"""Timing runs of a page's script over a websocket of its own, so that no browser's drawing delays the clock."""

import socket
from collections.abc import Mapping
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


class Runs:
    """A visit to a page, held open; `cookies` are those of whoever is signed in."""

    def __init__(self, url: str, page: str, cookies: Mapping[str, str]) -> None:
        self.page = page
        self._hash = ""
        self._socket = connect(
            f"ws{url.removeprefix('http')}/_stcore/stream",
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
            max_size=None,
        )
        self.milliseconds("")

    def milliseconds(self, query: str) -> float:
        """From asking for a run, with this query in the address, to the frame that says it has finished."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = self.page
        asked.rerun_script.page_script_hash = self._hash
        started = perf_counter()
        self._socket.send(asked.SerializeToString())
        while not self._finished():
            pass
        return (perf_counter() - started) * 1000

    def close(self) -> None:
        """End the visit."""
        self._socket.close()

    def _finished(self) -> bool:
        # Acknowledged at once: a plain Streamlit holds frames back until then, up to 40 ms now and then.
        self._socket.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        frame = ForwardMsg.FromString(self._socket.recv(timeout=60))
        if frame.HasField("new_session"):
            self._hash = frame.new_session.page_script_hash
        if frame.HasField("delta") and frame.delta.new_element.HasField("exception"):
            raise RuntimeError(frame.delta.new_element.exception.message)
        return frame.HasField("script_finished")
