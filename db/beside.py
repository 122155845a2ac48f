"""Work of seconds, done in a process beside the server: it takes neither its interpreter nor its memory.

Each piece of work has a process of its own, which ends with it: whoever gives up ends the process. It is forked from
one that has imported what is needed and holds neither threads nor connections.
"""

import os
from collections.abc import Callable, Collection, Generator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from threading import Timer
from typing import Any, TypeVar, cast

from db.engine import open_engine
from db.seen import note_tables, watching
from db.settings import Settings
from db.store import Store

Result = TypeVar("Result")
Tell = Callable[..., object]
# Given the store of its process and a way to tell how far it is; a function of a module, found there by its name.
Work = Callable[..., Result]

# People are served at the same time.
NICENESS = 5
# Seconds until whoever waits is asked whether the work is wanted still.
LOOKED_AT_EVERY = 0.5
_PROCESSES = get_context("forkserver")
_ALWAYS = "db.no_main"
_PROCESSES.set_forkserver_preload([_ALWAYS])


class Lost(RuntimeError):
    """The process ended without an answer: it was killed, or there was no memory left."""


def import_ahead(modules: Collection[str], *, after: float = 0.0) -> None:
    """Have the modules imported that the work needs, so many seconds from now or with the first piece of it."""
    _PROCESSES.set_forkserver_preload([_ALWAYS, *modules])
    starting = Timer(after, forkserver.ensure_running)
    starting.daemon = True
    starting.start()


def beside(store: Store, work: Work[Result], /, *, told: Tell = lambda *_: None, **asked: Any) -> Result:
    """What `work(store, tell, **asked)` gives, done beside the server; raises what it raises, and `Lost`.

    `told` is called with what it tells, again and again, and may raise to give up. On a site without processes beside the
    server, the work is done here.
    """
    if not store.settings.work_beside:
        return work(store, told, **asked)
    with closing(tellings(store, work, **asked)) as run:
        said: tuple[Any, ...] = ()
        while True:
            try:
                said = next(run) or said
            except StopIteration as over:
                return cast(Result, over.value)
            told(*said)


def tellings(store: Store, work: Work[Result], /, **asked: Any) -> Generator[tuple[Any, ...], None, Result]:
    """What the work tells, one after the other, an empty tuple for nothing new; it ends with the result.

    To close it ends the work.
    """
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_do, args=(theirs, store.settings, work, asked), daemon=True)
    process.start()
    theirs.close()
    try:
        while True:
            if not ours.poll(LOOKED_AT_EVERY):
                yield ()
                continue
            heard = _heard(ours)
            if not isinstance(heard, _Over):
                yield heard
                continue
            note_tables(heard.tables)
            if heard.failed is not None:
                raise heard.failed
            return cast(Result, heard.result)
    finally:
        ours.close()
        process.terminate()
        process.join()


@dataclass(frozen=True, slots=True)
class _Over:
    """How the work ended, and the tables it read: what is made of its result rests on them."""

    tables: frozenset[str] = frozenset()
    result: Any = None
    failed: Exception | None = None


def _heard(ours: Connection) -> Any:
    try:
        return ours.recv()
    except EOFError:
        raise Lost("work beside the server ended without an answer") from None


def _do(theirs: Connection, settings: Settings, work: Work[Any], asked: dict[str, Any]) -> None:
    """In the process of its own."""
    os.nice(NICENESS)
    settings = settings.model_copy(update={"work_beside": False})  # it is beside already
    store = Store(open_engine(settings.store_url, settings.limits), settings)
    try:
        with watching() as seen:
            result = work(store, lambda *said: theirs.send(said), **asked)
        theirs.send(_Over(frozenset(seen.names), result))
    except Exception as failed:  # noqa: BLE001 -- whoever asked decides what it means
        theirs.send(_Over(failed=failed))
