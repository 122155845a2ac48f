"""Many people at once: a hundred who read and report with pauses, and thirty who come within four seconds."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median, quantiles
from time import perf_counter

from db.store import Store
from tests.bench.people import PAGES, PEOPLE, UNITS, Desk, Person
from tests.support.servers import Server

THINK = 30.0  # seconds between two visits, on average
SIGNED_IN_AT_ONCE = 4
WRITES_ONE_IN = 5
BURST, WITHIN = 30, 4.0


@dataclass(frozen=True)
class Load:
    """What a number of people met with; times in milliseconds."""

    visits: Sequence[float]
    saves: Sequence[float]
    failures: Sequence[str]
    cpu_per_visit: float

    @property
    def median(self) -> float:
        """Half of the visits were answered sooner."""
        return median(self.visits)

    @property
    def late(self) -> float:
        """The 95th percentile of the visits."""
        return quantiles(self.visits, n=20)[-1]


def load(server: Server, desks: Sequence[Desk], people: int, seconds: float) -> Load:
    """So many signed-in people for so long; one in five visits ends with a draft saved at one of the desks."""
    return asyncio.run(_load(server, desks, people, seconds))


def desks_at(server: Server, store: Store) -> list[Desk]:
    """A desk for each of the officers; what they report is reopened, so they are made once for a store."""
    return [Desk(server, store, f"{unit}.officer") for unit in UNITS]


def burst(server: Server) -> Load:
    """Thirty people, signed in already, open a tab each within four seconds, and wait for its page."""
    return asyncio.run(_burst(server))


async def _gathered(server: Server, number: int) -> list[Person]:
    """People signed in, a few at a time."""
    people = [Person(server, name) for name in islice(cycle(PEOPLE), number)]
    for start in range(0, number, SIGNED_IN_AT_ONCE):
        await asyncio.gather(*(one.sign_in() for one in people[start : start + SIGNED_IN_AT_ONCE]))
    return people


async def _load(server: Server, desks: Sequence[Desk], number: int, seconds: float) -> Load:
    chance = random.Random(number)
    people = await _gathered(server, number)
    for one in people:
        await one.open()
        await one.visit("home")
    visits: list[float] = []
    saves: list[float] = []
    failures: list[str] = []

    async def live(person: Person, until: float) -> None:
        await asyncio.sleep(chance.random() * THINK)
        while perf_counter() < until:
            try:
                visits.append(await person.visit(chance.choice(PAGES[person.role])))
                if chance.randrange(WRITES_ONE_IN) == 0:
                    saves.append(await chance.choice(desks).save())
            except Exception as failed:  # noqa: BLE001 -- counted and told, whatever it is
                failures.append(f"{person.name}: {failed!r}"[:200])
            await asyncio.sleep(min(chance.expovariate(1 / THINK), 3 * THINK))

    used = server.cpu_seconds()
    ends = perf_counter() + seconds
    await asyncio.gather(*(live(one, ends) for one in people))
    used = server.cpu_seconds() - used
    await asyncio.gather(*(one.leave() for one in people))
    return Load(visits, saves, failures, used * 1000 / len(visits))


async def _burst(server: Server) -> Load:
    chance = random.Random(BURST)
    people = await _gathered(server, BURST)
    for page in {page for pages in PAGES.values() for page in pages[:1]}:  # what is kept is made already
        await people[0].open()
        await people[0].visit(page)
        await people[0].leave()

    async def come(person: Person) -> float:
        await asyncio.sleep(chance.random() * WITHIN)
        began = perf_counter()
        await person.open()
        await person.visit(chance.choice(PAGES[person.role]))
        return (perf_counter() - began) * 1000

    used = server.cpu_seconds()
    visits = await asyncio.gather(*(come(one) for one in people))
    used = server.cpu_seconds() - used
    await asyncio.gather(*(one.leave() for one in people))
    return Load(visits, [], [], used * 1000 / len(visits))
