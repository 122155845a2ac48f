"""How reads and a ruling grow from 37 units to 3,220 authorities, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from db import clock, migrations
from db.authorities.scope import NATION
from db.figures.summaries import keep_current
from db.identity import SignedIn
from db.seed import Scale, generate
from db.store import Store, open_store
from db.submissions.queries import submissions_frame
from db.updates.reviews import reopen_progress_update
from tests.bench import reads
from tests.bench.gates import Measured
from tests.bench.kept import copy_of
from tests.bench.people import accepted, identity
from tests.bench.reads import Subject
from tests.bench.timing import seconds
from tests.support.databases import PostgresDatabases, start_postgres

ROUNDS = 30


@dataclass(frozen=True)
class Grown:
    """Milliseconds of one thing at one scale on one database."""

    what: str
    scale: Scale
    database: str
    milliseconds: float


def measured() -> Iterator[Measured]:
    """Each figure, told without a gate; `grown` gives the same for the picture."""
    for one in grown():
        yield Measured(f"{one.what} at {one.scale}, {one.database}", one.milliseconds, "ms")


def grown() -> Iterator[Grown]:
    """Every scale on SQLite, then on PostgreSQL."""
    for scale in Scale:
        with copy_of(scale) as folder:
            yield from _of(open_store(data_dir=folder), scale, "SQLite")
    server = start_postgres(mkdtemp(prefix="bench-pg-"))
    with ExitStack() as stack:
        stack.callback(server.cleanup)
        databases = PostgresDatabases(Path(mkdtemp(prefix="bench-")), server.get_uri())
        for scale in Scale:
            address = databases.create(f"bench_{scale.value.lower()}")
            yield from _of(_filled(address, scale), scale, "PostgreSQL")


def _filled(address: str, scale: Scale) -> Store:
    store = open_store(address, data_dir=Path(mkdtemp(prefix="bench-")))
    migrations.upgrade(store)
    generate(store, scale, clock.today(), lambda *_: None)
    return store


def _of(store: Store, scale: Scale, database: str) -> Iterator[Grown]:
    keep_current(store)
    subject = Subject.of(store)
    for what, way in {"overview's read": reads.overview(subject), **_ways(store)}.items():
        way()
        taken = [seconds(way) for _ in range(ROUNDS)]
        yield Grown(what, scale, database, median(taken) * 1000)
    store.engine.dispose()


def _ways(store: Store) -> dict[str, Callable[[], object]]:
    year, member = clock.today().year, identity(store, "member")
    ids = (row.id for row in accepted(store))
    return {
        "how units report": lambda: submissions_frame(store, NATION, notice_id=1, year=year),
        "a ruling": lambda: _ruling(store, member, next(ids)),
    }


def _ruling(store: Store, member: SignedIn, update_id: int) -> None:
    reopen_progress_update(store, by=member, update_id=update_id, reason="数字请核对。")
