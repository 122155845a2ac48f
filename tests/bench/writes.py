"""What a write costs, and how long writers wait for each other.

On copies of the store at S and of the one with 100,000 tasks of one authority, both on the disk: a write is mostly the
disk's flush, so files in memory would tell nothing.
"""

import gc
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from time import perf_counter, sleep

from sqlmodel import Session

from db import clock
from db.seed import Scale
from db.store import Store, open_store
from db.tables import ProgressUpdate
from db.updates import actions
from db.uploads.committing import commit_upload
from tests.bench import ledger_store
from tests.bench.gates import Measured
from tests.bench.kept import FOLDER, kept_store
from tests.bench.timing import interleaved, ratio, seconds
from tests.bench.writers import Writer, waiting_upload, writer_of_one, writers
from tracking.vocabulary import UpdateStatus

ROUNDS, WRITERS, SECONDS, PAUSE = 150, 8, 10.0, 0.1
# However many rows there are: they are written piece by piece, all alike.
IMPORTED = 10_000
AGAINST_BARE, WORST_OF_WRITERS, WORST_BESIDE_IMPORT = 0.6, 0.1, 1.0


def measured() -> Iterator[Measured]:
    """Each figure as it is measured."""
    for folder, measure in (
        (_small, _one_writer),
        (_small, _many_writers),
        (ledger_store.kept_store, _beside_an_import),
    ):
        with _copy_of(folder()) as store:
            yield from measure(store)


def _small() -> Path:
    kept_store(Scale.S).engine.dispose()
    return FOLDER / Scale.S.value


@contextmanager
def _copy_of(folder: Path) -> Iterator[Store]:
    with tempfile.TemporaryDirectory(dir=FOLDER) as copies:
        store = open_store(data_dir=Path(shutil.copytree(folder, Path(copies) / "store")))
        # As the server does once it has started.
        gc.freeze()
        yield store
        store.engine.dispose()


def _one_writer(store: Store) -> Iterator[Measured]:
    """Reports, each of its own task, in turn with a row that is just inserted."""
    signed, drafts = writers(store, UpdateStatus.SIGNED_OFF, 0), iter(writers(store, UpdateStatus.DRAFT, 1))
    at_hand, versions = iter(signed), count(1000)

    def bare() -> None:
        with Session(store.engine) as session:
            session.add(_row_like(signed[0], next(versions)))
            session.commit()

    ways = {
        "bare insert": bare,
        "draft saved": lambda: next(drafts).save(),
        "report submitted": lambda: next(at_hand).submit(),
    }
    taken = interleaved(ways, rounds=ROUNDS)
    for name, times in taken.items():
        yield Measured(f"a {name}", median(times) * 1000, "ms")
    yield Measured("a bare insert ÷ a draft saved", ratio(taken, "bare insert", "draft saved"))
    yield Measured(
        "a bare insert ÷ a report submitted alone", ratio(taken, "bare insert", "report submitted")
    )
    together = _by_one_click(store, bare)
    yield Measured(
        "a bare insert ÷ a report of those submitted by one click", together, "", AGAINST_BARE, at_least=True
    )


def _by_one_click(store: Store, bare: Callable[[], None]) -> float:
    """Each authority's reports, about eight, submitted at once, in turn with a row that is just inserted."""
    authorities = defaultdict[int, list[Writer]](list)
    for writer in writers(store, UpdateStatus.SIGNED_OFF, 0):
        authorities[writer.by.authority_id or 0].append(writer)
    groups = iter(authorities.values())
    reports = list[int]()

    def submit() -> None:
        group = next(groups)
        reports.append(len(group))
        keys = [writer.update_id for writer in group]
        actions.submit_progress_updates(store, by=group[0].by, update_ids=keys)

    taken = interleaved({"bare insert": bare, "click": submit}, rounds=len(authorities) - 1)
    each = zip(taken["bare insert"], taken["click"], reports[1:], strict=True)
    return median(alone * count / click for alone, click, count in each)


def _row_like(report: Writer, version: int) -> ProgressUpdate:
    now = clock.now()
    returned = {"status": UpdateStatus.RETURNED, "returned_at": now, "written_at": now}
    return ProgressUpdate(
        task_id=report.task_id, period_id=report.period_id, version=version, progress="进展" * 60, **returned
    )


def _many_writers(store: Store) -> Iterator[Measured]:
    """Reports of different authorities sent in and taken back, as fast as each writer can."""
    signed = writers(store, UpdateStatus.SIGNED_OFF, 0)
    until, waits = perf_counter() + SECONDS, list[float]()

    def write(writer: Writer) -> None:
        while perf_counter() < until:
            waits.extend(map(seconds, writer.steps))

    writing = [Thread(target=write, args=(writer,)) for writer in signed[:WRITERS]]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    yield Measured(f"writes of {WRITERS} people a second", len(waits) / SECONDS)
    yield Measured(f"one of {WRITERS} writers waits: 95th percentile", quantiles(waits, n=20)[-1], "s")
    yield Measured(f"one of {WRITERS} writers waits: worst", max(waits), "s", WORST_OF_WRITERS)


def _beside_an_import(store: Store) -> Iterator[Measured]:
    """A draft saved every tenth of a second, in another authority than the one whose ledger is being written."""
    done, waits, importer = Event(), list[float](), ledger_store.officers()[ledger_store.LARGE]
    writer = writer_of_one(store, ledger_store.officers()[ledger_store.SMALL], ledger_store.PERIOD)

    def write() -> None:
        while not done.is_set():
            waits.append(seconds(writer.save))
            sleep(PAUSE)

    upload_id = waiting_upload(store, importer, ledger_store.PERIOD, IMPORTED)
    thread = Thread(target=write)
    thread.start()
    try:
        took = seconds(lambda: commit_upload(store, by=importer, upload_id=upload_id))
    finally:
        done.set()
        thread.join()
    yield Measured(f"an import of {IMPORTED:,} rows", took, "s")
    yield Measured("a writer beside an import waits: worst", max(waits), "s", WORST_BESIDE_IMPORT)
