"""Work beside the server: what it gives, tells and raises comes back, and who gives up ends it."""

import os
import runpy
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe, spawn
from pathlib import Path
from types import ModuleType

import pytest
from sqlmodel import select

from db import beside as module
from db.beside import Lost, beside, tellings
from db.seen import watching
from db.store import Store
from db.tables import Measure
from tests.support.patience import SECONDS
from tracking.messages import Message, Refusal


@pytest.fixture(autouse=True)
def _beside(store: Store) -> None:
    store.settings.work_beside = True


def count(store: Store, tell: Callable[..., object], *, upto: int) -> tuple[int, int, int]:
    """Tells each number; gives the last, the measures there are, and its process."""
    for number in range(upto):
        tell(number, upto)
    with store.read() as session:
        return upto, len(session.exec(select(Measure)).all()), os.getpid()


def refuse(_store: Store, _tell: Callable[..., object]) -> None:
    """A refusal with its field."""
    raise Refusal(Message("store.not_found"), fields=("day",))


def vanish(_store: Store, _tell: Callable[..., object]) -> None:
    """As the system ends a process when there is no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


def never_end(_store: Store, tell: Callable[..., object]) -> None:
    """Tells its process, and works on."""
    tell(os.getpid())
    time.sleep(10 * SECONDS)


def test_what_it_tells_and_gives_comes_back_and_its_reads_count(store: Store):
    told: list[tuple[int, ...]] = []
    with store.read() as session:
        all_measures = len(session.exec(select(Measure)).all())
    with watching() as seen:
        result, measures, process = beside(store, count, told=lambda *said: told.append(said), upto=3)
    assert (result, measures, process != os.getpid()) == (3, all_measures, True)
    assert list(dict.fromkeys(said for said in told if said)) == [(0, 3), (1, 3), (2, 3)]
    assert Measure.__tablename__ in seen.names


def count_beside(store: Store, _tell: Callable[..., object]) -> tuple[int, int]:
    """Work that has its own part done beside: the two processes."""
    return os.getpid(), beside(store, count, upto=0)[2]


def test_what_is_beside_already_does_the_rest_there(store: Store):
    one, other = beside(store, count_beside)
    assert one == other != os.getpid()


def test_what_it_raises_is_raised_here(store: Store):
    with pytest.raises(Refusal) as refused:
        beside(store, refuse)
    assert refused.value.fields == ("day",)
    with pytest.raises(Lost):
        beside(store, vanish)


def test_whoever_gives_up_ends_it(store: Store):
    seen: list[int] = []

    class Left(Exception):
        """The page has gone."""

    def told(*said: int) -> None:
        seen.extend(said)
        if len(seen) > 1:  # told again, though there was nothing new
            raise Left

    with pytest.raises(Left):
        beside(store, never_end, told=told)
    assert not Path(f"/proc/{seen[0]}").exists()


def test_what_is_not_heard_to_its_end_is_ended(store: Store):
    run = tellings(store, never_end)
    said = next(said for said in run if said)
    run.close()
    assert not Path(f"/proc/{said[0]}").exists()


def test_a_site_without_such_processes_works_itself(store: Store):
    store.settings.work_beside = False
    assert beside(store, count, upto=2)[2] == os.getpid()


def test_in_its_process_it_gives_way_to_people(store: Store, monkeypatch: pytest.MonkeyPatch):
    given: list[int] = []
    monkeypatch.setattr("os.nice", given.append)
    for work, asked in ((count, {"upto": 1}), (refuse, {})):
        ours, theirs = Pipe()
        module._do(theirs, store.settings, work, asked)
        heard = [ours.recv() for _ in range(ours.poll(0) + (work is count))]
        assert (heard[-1].failed is None) == (work is count)
    assert given == [module.NICENESS] * 2


def test_what_is_imported_ahead_is_there_for_the_first(store: Store):
    module.import_ahead(["db.figures.past"])
    assert beside(store, count, upto=1)[0] == 1


def test_a_page_that_is_the_main_module_is_not_run_there(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    page = ModuleType("__main__")
    page.__file__ = str(tmp_path / "entry.py")
    Path(page.__file__).write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "__main__", page)
    assert beside(store, count, upto=1)[0] == 1
    monkeypatch.setattr(spawn, "_fixup_main_from_path", pytest.fail)
    runpy.run_module("db.no_main")
    spawn._fixup_main_from_path(page.__file__)
