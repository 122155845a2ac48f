"""Making the files of downloads: in threads of their own, in turn, and kept for whoever was told to wait."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import structlog
from starlette.responses import Response

from db.turns import TURNS, Turn, Turns
from server.growing import GrowingResponse

Work = Callable[[], Response]
# Seconds: until a browser is told its place; until nobody seems to ask for the file any more.
PATIENCE, GIVEN_UP = 8.0, 30.0
_LOG = structlog.get_logger()


class StillWaiting(Exception):
    """The turn has not come yet; the file keeps its place for whoever asks for it again."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


class GivenUp(Exception):
    """Whoever was told to wait has not come back: the file is not made."""


class Job:
    """One file on its way, for somebody who asked for it at an address."""

    def __init__(self, turn: Turn, address: str, work: Work) -> None:
        self.turn, self.address, self.work = turn, address, work
        self.asked_at = time.monotonic()

    @property
    def given_up(self) -> bool:
        """Whether nobody asks for it any more."""
        return time.monotonic() - self.asked_at > GIVEN_UP


Waiting = tuple[Job, asyncio.Task[Response]]


class FileWork:
    """The threads that make files, and the files that wait to be asked for again."""

    def __init__(self, turns: Turns = TURNS, patience: float = PATIENCE) -> None:
        self._turns, self._patience = turns, patience
        self._threads = ThreadPoolExecutor(turns.at_once, thread_name_prefix="files")
        self._told: list[Waiting] = []

    async def answer(self, who: int, address: str, work: Work) -> Response:
        """The answer to a download. Raises `StillWaiting`, `TooMany`, and whatever the work raises."""
        job, answer = self._asked_again(who, address) or self._begun(who, address, work)
        await asyncio.wait({asyncio.wrap_future(job.turn.begins)}, timeout=self._patience)
        place = self._turns.place(job.turn)
        if place:
            self._told.append((job, answer))
            raise StillWaiting(place)
        return await asyncio.shield(answer)

    def _asked_again(self, who: int, address: str) -> Waiting | None:
        """The job whose asker was told to wait, and now asks again."""
        self._told = [(job, answer) for job, answer in self._told if not job.given_up]
        for job, answer in self._told:
            if (job.turn.who, job.address) == (who, address):
                self._told.remove((job, answer))
                job.asked_at = time.monotonic()
                return job, answer
        return None

    def _begun(self, who: int, address: str, work: Work) -> Waiting:
        job = Job(self._turns.ask(who), address, work)
        answer = asyncio.create_task(self._made(job))
        answer.add_done_callback(_heard)
        return job, answer

    async def _made(self, job: Job) -> Response:
        await asyncio.wrap_future(job.turn.begins)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._work, job)

    def _work(self, job: Job) -> Response:
        """Make the answer; the turn lasts until all of it is made."""
        rest = None
        try:
            if job.given_up:
                raise GivenUp
            answer = job.work()
            if isinstance(answer, GrowingResponse):
                rest = self._threads.submit(answer.write_all)
                rest.add_done_callback(lambda done: self._over(job, done))
            return answer
        finally:
            if rest is None:
                self._turns.leave(job.turn)

    def _over(self, job: Job, done: Future[None]) -> None:
        self._turns.leave(job.turn)
        if error := done.exception():
            _LOG.error("file_unfinished", exc_info=error)


def _heard(answer: asyncio.Task[Response]) -> None:
    """Nobody may come back for it: then what went wrong is nobody's either."""
    if not answer.cancelled():
        answer.exception()
