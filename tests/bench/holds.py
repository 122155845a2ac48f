"""How long the run of a page holds the interpreter, so that everybody else waits: the longest gap between two heartbeats."""

import asyncio
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.people import PAGES, Person
from tests.support.servers import Server, start_server

HEARTBEAT = Path(__file__).parent / "heartbeat"
# Of the last beat before the answer, the gap is written down a moment later.
SETTLES = 0.1


@contextmanager
def watched_server(data_dir: Path, database_url: str = "") -> Iterator[Server]:
    """The product with a heartbeat; its gaps are kept beside its store."""
    for old in data_dir.glob("*.beats"):
        old.unlink()
    before = {name: os.environ.get(name) for name in ("PYTHONPATH", "HEARTBEAT")}
    os.environ |= {"PYTHONPATH": str(HEARTBEAT), "HEARTBEAT": str(data_dir)}
    try:
        server = start_server(data_dir, database_url)
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            os.environ |= {name: value} if value is not None else {}
    try:
        yield server
    finally:
        server.stop()


def longest_holds(server: Server, people: Mapping[str, Sequence[str]] = PAGES) -> Mapping[str, float]:
    """Page → milliseconds of the longest hold in the second of two runs, and in the first, whichever role asked."""
    return asyncio.run(_longest_holds(server, people))


async def _longest_holds(server: Server, people: Mapping[str, Sequence[str]]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for name, pages in people.items():
        person = Person(
            server, name if "." in name or name in {"member", "leadership"} else f"zhejiang.{name}"
        )
        await person.sign_in()
        await person.open()
        await person.visit("inbox")  # imports
        for page in dict.fromkeys(pages):
            began = time.monotonic()
            await person.visit(page)
            ended = time.monotonic()
            await asyncio.sleep(SETTLES)
            found[page] = max(found.get(page, 0.0), held_between(server, began, ended) * 1000)
        await person.leave()
    return found


def held_between(server: Server, began: float, ended: float) -> float:
    """Seconds of the longest gap between two beats of the server itself that lies in this span."""
    told = (server.data_dir / f"{server.process.pid}.beats").read_text(encoding="ascii").splitlines()
    beats = [tuple(map(float, line.split())) for line in told if len(line.split()) == 2]
    return max((gap for at, gap in beats if at + gap > began and at < ended), default=0.0)
