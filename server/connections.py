"""The open pages by the sign-in they belong to, so that they can be closed with the reason.

A page whose connection is closed keeps standing in the browser with everything typed in it; our script in it
(`assets/connection.js`) reads the code and says what is the matter. From the moment a connection is ended nothing is
sent through it any more, so whatever its script has just drawn never replaces the form.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Send

# What a page is told at the end of its connection; 4000 to 4999 are for such use.
SIGNED_OUT, PASSWORD_FIRST, STORE_AWAY = 4401, 4403, 4503
# Seconds between two looks at whether the sign-in still stands: nobody has to click to hear of it.
LOOKED_AT_EVERY = 30.0

# Why the connection has to end now, else None.
Reason = Callable[[], int | None]


class Connection:
    """One open websocket; threads may end it."""

    def __init__(self, send: Send) -> None:
        self.code: int | None = None
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()

    def end(self, code: int) -> None:
        """Close it with this code; nothing more is sent."""
        self.code = code
        self._loop.call_soon_threadsafe(self._ended.set)

    async def send(self, message: Message) -> None:
        """Send for the page, unless the connection has ended."""
        if self.code is None:
            await self._send(message)

    async def watch(self, reason: Reason) -> None:
        """Close it once it is ended, from here where `reason` gives one."""
        while self.code is None:
            try:
                await asyncio.wait_for(self._ended.wait(), LOOKED_AT_EVERY)
            except TimeoutError:
                self.code = await run_in_threadpool(reason)
        await self._send({"type": "websocket.close", "code": self.code})


class Connections:
    """Those of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: defaultdict[str, set[Connection]] = defaultdict(set)

    @asynccontextmanager
    async def opened(self, session_hash: str, send: Send, reason: Reason) -> AsyncIterator[Connection]:
        """A connection of this sign-in, watched while it is open."""
        connection = Connection(send)
        with self._lock:
            self._open[session_hash].add(connection)
        watching = asyncio.create_task(connection.watch(reason))
        try:
            yield connection
        finally:
            watching.cancel()
            self._forget(session_hash, connection)

    def end(self, session_hash: str, code: int) -> bool:
        """End every connection of a sign-in; whether there is one."""
        with self._lock:
            found = list(self._open.get(session_hash, ()))
        for connection in found:
            connection.end(code)
        return bool(found)

    def _forget(self, session_hash: str, connection: Connection) -> None:
        with self._lock:
            self._open[session_hash].discard(connection)
            if not self._open[session_hash]:
                del self._open[session_hash]


CONNECTIONS = Connections()
