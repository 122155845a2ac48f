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
# Seconds: until a browser gets its queue position; until the file counts as no longer wanted.
PATIENCE, GIVEN_UP = 8.0, 30.0
_LOG = structlog.get_logger()


class StillWaiting(Exception):
    """Its turn has not come yet; the file keeps its place for the next request."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


class GivenUp(Exception):
    """The waiting client has not come back, so the file is not made."""


class Job:
    """One file being made, for somebody who requested it at an address."""

    def __init__(self, turn: Turn, address: str, work: Work) -> None:
        self.turn, self.address, self.work = turn, address, work
        self.asked_at = time.monotonic()

    @property
    def given_up(self) -> bool:
        """Whether nobody is asking for it any more."""
        return time.monotonic() - self.asked_at > GIVEN_UP


Waiting = tuple[Job, asyncio.Task[Response]]


class FileWork:
    """The threads that make files, and the files waiting to be requested again."""

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
        """The job of a client that was told to wait and is asking again."""
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
    """Retrieve the exception, since nobody may come back for the result."""
    if not answer.cancelled():
        answer.exception()
