"""Files are made in threads of their own: who must wait long is told the place and keeps it, who waits gets the file."""

import asyncio
import inspect
from threading import Event

import pytest
from starlette.responses import Response
from starlette.routing import Route

from db.turns import TooMany, Turns
from server import file_work
from server.file_work import FileWork, StillWaiting
from server.growing import GrowingResponse
from server.routes import ROUTES
from tests.support.patience import SECONDS
from tests.unit.server.conftest import Browser
from tracking.messages import Message, Refusal

NORTH, SOUTH = 1, 2


def work(name: str, until: Event | None = None, made: list[str] | None = None):
    """A file that is made when it may be."""

    def make() -> Response:
        if until is not None:
            assert until.wait(SECONDS)
        (made if made is not None else []).append(name)
        return Response(name)

    return make


async def told(files: FileWork, who: int, address: str, made) -> int | bytes:
    """The place that is told, or the file."""
    try:
        return bytes((await files.answer(who, address, made)).body)
    except StillWaiting as waiting:
        return waiting.place


def test_a_place_is_told_and_kept_for_whoever_asks_again():
    done, made = Event(), []

    async def story() -> None:
        files = FileWork(Turns(at_once=1, of_one=1), patience=0.05)
        first = asyncio.create_task(told(files, NORTH, "/1", work("1", done, made)))
        await asyncio.sleep(0)
        assert await told(files, NORTH, "/2", work("2", made=made)) == 1
        assert await told(files, NORTH, "/3", work("3", made=made)) == 2
        assert await told(files, NORTH, "/2", work("never", made=made)) == 1
        done.set()
        assert await first == b"1"
        assert await told(files, NORTH, "/3", work("never", made=made)) == b"3"
        assert await told(files, NORTH, "/2", work("never", made=made)) == b"2"
        assert made == ["1", "2", "3"]

    asyncio.run(story())


def test_what_nobody_comes_back_for_is_not_made():
    done, made = Event(), []

    async def story() -> None:
        files = FileWork(Turns(at_once=1, of_one=1), patience=0.01)
        first = asyncio.create_task(told(files, NORTH, "/1", work("1", done, made)))
        await asyncio.sleep(0)
        assert await told(files, NORTH, "/2", work("2", made=made)) == 1
        (waiting,) = [job for job, _ in files._told]
        waiting.asked_at -= file_work.GIVEN_UP + 1
        done.set()
        assert await first == b"1"
        assert await told(files, NORTH, "/3", work("3", made=made)) == b"3"
        assert made == ["1", "3"]

    asyncio.run(story())


def test_what_is_refused_reaches_whoever_asked_and_frees_the_turn():
    def refuse() -> Response:
        raise Refusal(Message("store.not_found"))

    async def story() -> None:
        files = FileWork(Turns(at_once=1, of_one=1, waiting=1))
        for _ in range(3):
            with pytest.raises(Refusal):
                await files.answer(NORTH, "/", refuse)
        assert await told(files, NORTH, "/", work("1")) == b"1"

    asyncio.run(story())


async def sent(answer: GrowingResponse) -> bytes:
    return b"".join([part async for part in answer.body_iterator])


def growing(parts) -> GrowingResponse:
    return GrowingResponse(parts, {}, "text/csv")


def test_a_file_is_sent_while_it_grows_and_has_its_turn_until_it_is_whole():
    more = Event()

    def parts():
        yield b"head,"
        assert more.wait(SECONDS)
        yield b"x" * 600_000

    async def story() -> None:
        files = FileWork(Turns(at_once=1, of_one=1), patience=0.01)
        answer = await files.answer(NORTH, "/1", lambda: growing(parts()))
        body = answer.body_iterator
        assert await anext(body) == b"head,"
        assert await told(files, NORTH, "/2", work("2")) == 1
        more.set()
        assert len(await sent(answer)) == 600_000
        assert await told(files, NORTH, "/2", work("2")) == b"2"

    asyncio.run(story())


def test_a_file_that_cannot_be_finished_breaks_off_and_one_that_nobody_takes_ends():
    made = []

    def broken():
        yield b"1"
        raise ValueError("half-way")

    def endless():
        while True:
            made.append(1)
            yield b"1"

    async def story() -> None:
        files = FileWork(Turns(at_once=1, of_one=1))
        answer = await files.answer(NORTH, "/1", lambda: growing(broken()))
        with pytest.raises(RuntimeError, match="to its end"):
            await sent(answer)
        answer = await files.answer(NORTH, "/2", lambda: growing(endless()))
        await anext(answer.body_iterator)
        await answer.body_iterator.aclose()
        assert await told(files, NORTH, "/3", work("3")) == b"3"

    asyncio.run(story())


def test_every_route_of_a_file_makes_it_in_turn():
    files = [route for route in ROUTES if isinstance(route, Route) and "." in route.path.rpartition("/")[2]]
    made = [route for route in files if not route.path.startswith(("/favicon", "/assets"))]
    assert len(made) >= 12
    assert [route.path for route in made if inspect.iscoroutinefunction(inspect.unwrap(route.endpoint))] == []


def test_a_browser_is_told_the_place_and_asks_again(officer: Browser, monkeypatch):
    async def wait(*_asked: object) -> Response:
        raise StillWaiting(4)

    async def refuse(*_asked: object) -> Response:
        raise TooMany(Message("turns.too_many", most=20))

    monkeypatch.setattr(FileWork, "answer", wait)
    answer = officer.get("/ledger-form.xlsx?period=1")
    assert (answer.status_code, answer.headers["refresh"], answer.headers["retry-after"]) == (429, "3", "3")
    assert "排在第 4 位" in answer.text
    monkeypatch.setattr(FileWork, "answer", refuse)
    answer = officer.get("/ledger-form.xlsx?period=1")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
    assert "您已有 20 个文件在排队" in answer.text
