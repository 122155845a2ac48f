"""Writers of the embedded store take turns in the order they came, and are told once what they wrote is on the disk."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from time import sleep

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from db.store import Store
from db.tables import Notice
from db.writers import Flush, NoTurn, Queue
from tests.support.patience import PAUSE_MS, SECONDS


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        sleep(PAUSE_MS / 1000)


def _asking(
    queue: Queue, pool: ThreadPoolExecutor, do: Callable[[], object], *, ahead: int
) -> "Future[object]":
    """Somebody who waits behind so many others."""

    def ask() -> object:
        with queue.turn(SECONDS):
            return do()

    asked = pool.submit(ask)
    _until(lambda: len(queue._waiting) > ahead)
    return asked


def test_whoever_came_first_writes_first():
    queue, order = Queue(), list[int]()
    with ThreadPoolExecutor(4) as pool:
        with queue.turn(0):
            asked = [_asking(queue, pool, lambda at=at: order.append(at), ahead=at) for at in range(4)]
        for one in asked:
            one.result(SECONDS)
    assert order == [0, 1, 2, 3]


def test_whoever_has_no_time_leaves_the_queue_and_holds_nobody_up():
    queue = Queue()
    with queue.turn(0), pytest.raises(NoTurn), queue.turn(0.01):
        pass
    with queue.turn(0):
        pass


def test_a_turn_that_comes_in_the_moment_of_giving_up_is_taken():
    queue = Queue()
    queue._give_up(queue._lock)  # called already: it stands in no queue
    with queue.turn(0):
        pass


def test_a_turn_that_failed_passes_on_too():
    queue = Queue()
    with pytest.raises(ZeroDivisionError), queue.turn(0):
        raise ZeroDivisionError
    with queue.turn(0):
        pass


class Door:
    """A lock that tells who has come to it."""

    def __init__(self) -> None:
        self.lock, self.came = Lock(), list[int]()

    def __enter__(self) -> None:
        self.came.append(1)
        self.lock.acquire()

    def __exit__(self, *_how: object) -> None:
        self.lock.release()


def test_one_flush_serves_all_that_were_written_before_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "log").touch()
    flush, door, flushes = Flush(tmp_path / "log"), Door(), list[int]()
    monkeypatch.setattr(os, "fsync", flushes.append)
    monkeypatch.setattr(flush, "_one_at_a_time", door)
    with ThreadPoolExecutor(4) as pool:
        with door.lock:  # a flush is going on, which began before the four have written
            waiting = [pool.submit(flush.wait) for _ in range(4)]
            _until(lambda: len(door.came) == 4)
        for one in waiting:
            one.result(SECONDS)
    assert len(flushes) == 1
    flush.wait()
    assert len(flushes) == 2


def test_a_log_that_is_gone_was_brought_into_the_file(tmp_path: Path):
    Flush(tmp_path / "none").wait()


def test_a_disk_that_cannot_flush_is_told_and_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "log").touch()
    flush = Flush(tmp_path / "log")

    def fail(_file: int) -> None:
        raise OSError("full")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(OperationalError, match="full"):
            flush.wait()
    flush.wait()


def test_every_write_of_many_writers_is_kept(store: Store):
    def add(number: int) -> None:
        with store.write(None) as tx:
            tx.audit("add_notice", tx.add(Notice(number=str(number), title="通知", issued_by="部")))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    with store.read() as session:
        assert len(session.exec(select(Notice.id)).all()) == 40
