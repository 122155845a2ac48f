"""A file that is sent while it is being made: to disk at the maker's pace, from there at the asker's."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from tempfile import TemporaryFile

from starlette.responses import StreamingResponse

PART = 256 * 1024
LOOKED_AT_EVERY = 0.05


class Unfinished(RuntimeError):
    """The rest of a file could not be made; breaking off the connection tells the browser."""


class GrowingResponse(StreamingResponse):
    """A response whose parts are still being made, by `write_all` in another thread."""

    def __init__(
        self, parts: Iterator[bytes], headers: Mapping[str, str], media_type: str | None = None
    ) -> None:
        super().__init__(self._sent(), headers=headers, media_type=media_type)
        self.parts = parts
        self._file = TemporaryFile()  # noqa: SIM115 -- it lives as long as the answer
        self._written = 0
        self._ended = self._whole = self._left = False

    def write_all(self) -> None:
        """Make the parts, unless the client has left."""
        try:
            for part in self.parts:
                if self._left:
                    return
                self._file.write(part)
                self._file.flush()
                self._written += len(part)
            self._whole = True
        finally:
            self._ended = True
            getattr(self.parts, "close", lambda: None)()

    async def _sent(self) -> AsyncIterator[bytes]:
        sent = 0
        try:
            while True:
                # Checked before the size: once writing has ended, the size is final.
                ended = self._ended
                if sent < self._written:
                    part = os.pread(self._file.fileno(), PART, sent)
                    sent += len(part)
                    yield part
                elif ended:
                    break
                else:
                    await asyncio.sleep(LOOKED_AT_EVERY)
            if not self._whole:
                raise Unfinished("a file could not be made to its end")
        finally:
            self._left = True
