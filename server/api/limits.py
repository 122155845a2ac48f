"""API limits: requests per second, and size of a body."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from tracking.documents import workbook_zip
from tracking.evidence import LIMIT_MEGABYTES

LARGEST_BODY = 4 * 1024 * 1024
LARGEST_FILE = LIMIT_MEGABYTES * 1024 * 1024
# The addresses that take a file as it is.
_LARGEST = {"/evidence": LARGEST_FILE, "/workbook": workbook_zip.LIMIT_MEGABYTES * 1024 * 1024}
REMEMBERED = 10_000


@dataclass
class Limiter:
    """A bucket for each token: `burst` requests at once, refilled by `rate` a second."""

    rate: float = 20
    burst: float = 60
    now: Callable[[], float] = time.monotonic
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict)

    def wait(self, token_id: int) -> float:
        """Take one request out of a token's bucket; returns the seconds to wait if empty, else 0."""
        now = self.now()
        left, since = self._buckets.get(token_id, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.rate)
        if left < 1:
            return (1 - left) / self.rate
        if len(self._buckets) >= REMEMBERED:
            self._buckets.clear()  # full buckets again: better to let a few too many through than to fill the memory
        self._buckets[token_id] = (left - 1, now)
        return 0


def limited(receive: Receive, path: str) -> Receive:
    """The body, refused with 413 once it exceeds the address's limit; its declared length is not trusted."""
    seen, most = 0, next((size for end, size in _LARGEST.items() if path.endswith(end)), LARGEST_BODY)

    async def receive_some() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413)
        return message

    return receive_some
