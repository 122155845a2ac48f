"""A member's pages while somebody writes ten times a second: every write changes what they show."""

import asyncio
from collections.abc import Mapping, Sequence
from time import perf_counter

from db.store import Store
from tests.bench.people import Person, ReviewDesk
from tests.support.servers import Server

PAGES = ("overview", "measure", "submissions", "review")
EVERY = 0.1  # seconds between two writes
ROUNDS = 15


def pages_under_writes(
    server: Server, store: Store, pages: Sequence[str] = PAGES, rounds: int = ROUNDS
) -> Mapping[str, Sequence[float]]:
    """Page → milliseconds of each visit; "write" → those of each write."""
    return asyncio.run(_under_writes(server, store, pages, rounds))


async def _under_writes(
    server: Server, store: Store, pages: Sequence[str], rounds: int
) -> Mapping[str, Sequence[float]]:
    member, desk = Person(server, "member"), ReviewDesk(server, store)
    await member.sign_in()
    await member.open()
    taken: dict[str, list[float]] = {page: [] for page in (*pages, "write")}
    for page in pages:  # imports and catalogues
        await member.visit(page)
    done = asyncio.Event()

    async def write() -> None:
        while not done.is_set():
            began = perf_counter()
            taken["write"].append(await desk.rule())
            await asyncio.sleep(max(0.0, EVERY - (perf_counter() - began)))

    writing = asyncio.create_task(write())
    for _ in range(rounds):
        for page in pages:
            await asyncio.sleep(EVERY * 1.5)  # so that a write lies between
            taken[page].append(await member.visit(page))
    done.set()
    await writing
    await member.leave()
    return taken
