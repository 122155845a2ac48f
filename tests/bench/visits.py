"""Visits of many people, and of one while others work: what the server makes them wait."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from time import perf_counter

from db import clock
from db.figures.past_days import keep_days
from db.seed import Scale
from db.store import Store, open_store
from tests.bench.busy import pages_under_writes
from tests.bench.gates import Measured
from tests.bench.holds import longest_holds, watched_server
from tests.bench.kept import copy_of
from tests.bench.people import Person
from tests.bench.sessions import burst, desks_at, load
from tests.support.servers import Server, start_server

SECONDS = 120.0
HOLD = 200.0


def measured() -> Iterator[Measured]:
    """Each part on a server of its own, with a copy of the store."""
    yield from _crowd(Scale.S)
    yield from _crowd(Scale.L)
    yield from _member_under_writes()
    yield from _holds()
    yield from _past_day()


def _crowd(scale: Scale) -> Iterator[Measured]:
    with copy_of(scale) as folder:
        server, store = start_server(folder), open_store(data_dir=folder)
        try:
            yield from (_small if scale is Scale.S else _large)(server, store)
        finally:
            server.stop()
            store.engine.dispose()


def _small(server: Server, store: Store) -> Iterator[Measured]:
    desks = desks_at(server, store)
    crowd = load(server, desks, 100, SECONDS)
    yield Measured("100 people at S, 30 s between visits: median", crowd.median / 1000, "s", 0.3)
    yield Measured("100 people at S: 95th percentile", crowd.late / 1000, "s", 1.0)
    yield Measured("100 people at S: failures", len(crowd.failures), "", 0)
    yield Measured("server CPU of a visit at S", crowd.cpu_per_visit, "ms", 50, 30)
    crowd = load(server, desks, 200, SECONDS)
    yield Measured("200 people at S: median", crowd.median / 1000, "s", None, 0.3)
    yield Measured("200 people at S: 95th percentile", crowd.late / 1000, "s", None, 1.0)
    crowd = burst(server)
    yield Measured("30 people open a page at S within 4 s: 95th percentile", crowd.late / 1000, "s", 1.5, 0.8)


def _large(server: Server, store: Store) -> Iterator[Measured]:
    desks = desks_at(server, store)
    for when in ("just started", "warm"):
        crowd = load(server, desks, 100, SECONDS)
        yield Measured(f"100 people at L, {when}: median", crowd.median / 1000, "s", 0.4, 0.3)
        yield Measured(f"100 people at L, {when}: 95th percentile", crowd.late / 1000, "s", 1.5, 1.0)
        yield Measured(f"100 people at L, {when}: failures", len(crowd.failures), "", 0)
    yield Measured("server CPU of a visit at L, warm", crowd.cpu_per_visit, "ms", 60, 30)


def _member_under_writes() -> Iterator[Measured]:
    with copy_of(Scale.L) as folder:
        server, store = start_server(folder), open_store(data_dir=folder)
        try:
            for page, taken in pages_under_writes(server, store).items():
                gates = (None, None) if page == "write" else (0.15, 0.1)
                name = "a member's ruling" if page == "write" else f"member's {page}"
                yield Measured(f"{name} at L, ten rulings a second", median(taken) / 1000, "s", *gates)
        finally:
            server.stop()
            store.engine.dispose()


def _holds() -> Iterator[Measured]:
    with copy_of(Scale.L) as folder, watched_server(folder) as server:
        for page, held in sorted(longest_holds(server).items()):
            yield Measured(f"longest hold of the interpreter at L: {page}", held, "ms", HOLD)


def _past_day() -> Iterator[Measured]:
    """The first look at a day that is over, and what a visitor meets with meanwhile."""
    with copy_of(Scale.L) as folder:
        server, store = start_server(folder), open_store(data_dir=folder)
        try:
            took, quiet, meanwhile = asyncio.run(_visited_meanwhile(server, store))
        finally:
            server.stop()
            store.engine.dispose()
    yield Measured("first look at a past day at L", took, "s", None, 1.0)
    yield Measured("overview while a past day is read ÷ quiet", meanwhile / quiet, "", 3.0, 1.5)


async def _visited_meanwhile(server: Server, store: Store) -> tuple[float, float, float]:
    person = Person(server, "member")
    await person.sign_in()
    await person.open()
    quiet = [await person.visit("overview") for _ in range(20)][5:]
    day = clock.today() - timedelta(40)
    store.settings.work_beside = True
    asking = threading.Thread(
        target=keep_days, args=[store], kwargs={"notice_id": 1, "year": day.year, "days": [day]}
    )
    began, meanwhile = perf_counter(), []
    asking.start()
    while asking.is_alive():
        meanwhile.append(await person.visit("overview"))
        await asyncio.sleep(0.1)
    await person.leave()
    return perf_counter() - began, median(quiet), median(meanwhile)
