"""The stores that are measured: generated once under `data/bench`, and copied before anybody writes in one."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from db import clock, migrations
from db.figures.summaries import keep_current
from db.seed import Scale, generate
from db.store import Store, open_store

FOLDER = Path("data/bench")
# How long the generation took, kept beside what it made.
TOOK = "generated-in-seconds"


def kept_store(scale: Scale) -> Store:
    """The generated store of a scale, made when it is not there, brought to today."""
    folder = FOLDER / scale.value
    store = open_store(data_dir=folder)
    if not (folder / TOOK).exists() or not migrations.is_current(store):
        store.engine.dispose()
        shutil.rmtree(folder)
        store = _generated(scale, folder)
    keep_current(store)
    return store


def generated_in(scale: Scale) -> float:
    """Seconds that the generation of a kept store took."""
    return float((FOLDER / scale.value / TOOK).read_text(encoding="ascii"))


@contextmanager
def copy_of(scale: Scale) -> Iterator[Path]:
    """A folder with a copy of the kept store, for whoever writes."""
    kept_store(scale).engine.dispose()
    with TemporaryDirectory(prefix="bench-") as folder:
        yield Path(shutil.copytree(FOLDER / scale.value, Path(folder) / scale.value))


def _generated(scale: Scale, folder: Path) -> Store:
    store = open_store(data_dir=folder)
    migrations.upgrade(store)
    began = perf_counter()
    generate(store, scale, clock.today(), _say)
    (folder / TOOK).write_text(str(perf_counter() - began), encoding="ascii")
    return store


def _say(what: str, done: int, total: int) -> None:
    print(f"\r{what} {done:,} / {total:,}      ", end="", file=sys.stderr, flush=True)
