"""Signed-in people at a server under measurement: each holds a page open, asks for others, and reports through the API."""

import asyncio
import re
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from time import perf_counter
from typing import Any

import httpx
import websockets
from sqlmodel import col
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from db import clock
from db.accounts.queries import identity_of
from db.accounts.token_actions import issue_token
from db.identity import SignedIn
from db.seed import DEMO_PASSWORD
from db.sql import select
from db.store import Store
from db.tables import Account, ProgressUpdate, Task
from db.updates.reviews import reopen_progress_update
from tests.support.servers import Server
from tracking.vocabulary import TaskStatus, TokenScope, UpdateStatus

PATIENCE = 120  # seconds
DRAFTS, RULED_ON = 4, 5000
PAGES = {
    "member": (
        *("home", "overview", "measure", "region", "ledger"),
        *("submissions", "review", "coverage", "changes"),
    ),
    "leadership": ("overview", "overview", "measure", "region", "comparison", "ledger"),
    "officer": ("home", "report", "report", "report", "work_plan", "overview", "ledger"),
    "signatory": ("home", "sign_off", "overview"),
}
UNITS = ("zhejiang", "jiangsu", "ningbo")
PEOPLE = (
    *("member", "leadership"),
    *(f"{unit}.{part}" for unit in UNITS for part in ("officer", "officer", "signatory")),
)


class Person:
    """Somebody of the demonstration accounts; `role` decides which pages are asked for."""

    def __init__(self, server: Server, name: str) -> None:
        self.name, self.role, self._url = name, name.rpartition(".")[2], server.url
        self._cookie = ""
        self._socket: websockets.ClientConnection | None = None

    async def sign_in(self) -> None:
        """Sign in by the form, as a browser does."""
        async with httpx.AsyncClient(
            base_url=self._url, timeout=PATIENCE, headers={"Origin": self._url}
        ) as client:
            form = (await client.get("/login")).text
            fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form))
            asked = fields | {"sign_in_name": self.name, "password": DEMO_PASSWORD}
            answer = await client.post("/login", data=asked)
            if answer.status_code != httpx.codes.SEE_OTHER:
                raise RuntimeError(f"{self.name} was not signed in: {answer.status_code}")
            self._cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())

    async def open(self) -> None:
        """Open a tab, which is held open."""
        self._socket = await websockets.connect(
            f"ws{self._url.removeprefix('http')}/_stcore/stream",
            additional_headers={"Cookie": self._cookie},
            origin=websockets.Origin(self._url),
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
        )

    async def visit(self, page: str, query: str = "") -> float:
        """Ask for a page: milliseconds until its run has finished. Raises RuntimeError when it fails."""
        assert self._socket is not None
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        asked.rerun_script.page_script_hash = ""
        began = perf_counter()
        await self._socket.send(asked.SerializeToString())
        while not _finished(await asyncio.wait_for(self._socket.recv(), PATIENCE)):
            pass
        return (perf_counter() - began) * 1000

    async def leave(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()


def _finished(sent: bytes | str) -> bool:
    frame = ForwardMsg.FromString(sent if isinstance(sent, bytes) else sent.encode())
    if frame.HasField("delta") and frame.delta.new_element.HasField("exception"):
        raise RuntimeError(frame.delta.new_element.exception.message)
    return frame.HasField("script_finished")


class Desk:
    """An officer's desk in the API: drafts of what was sent back to be corrected, saved again and again."""

    def __init__(self, server: Server, store: Store, sign_in_name: str) -> None:
        by, member = (identity(store, name) for name in (sign_in_name, "member"))
        self._period_id, tasks = _reopened(store, member, by.authority_id or 0)
        self._free = deque(tasks)
        self._versions = dict.fromkeys(tasks, 0)
        self._server, self._secret = server, token_of(store, by)

    async def save(self) -> float:
        """Save the next draft: milliseconds until it is acknowledged. Raises RuntimeError when it is refused."""
        task_id = self._free.popleft()  # nobody saves the same one meanwhile
        began = perf_counter()
        try:
            self._versions[task_id] = await self._save(task_id, self._versions[task_id])
        finally:
            self._free.append(task_id)
        return (perf_counter() - began) * 1000

    async def _save(self, task_id: int, version: int) -> int:
        async with api_of(self._server, self._secret) as client:
            answer = await client.put(
                f"/tasks/{task_id}/updates/{self._period_id}",
                json={"progress": f"第{version}稿：展会筹备按计划推进。", "next_steps": "继续推进。"},
                headers={"If-Match": f'"{version}"'},
            )
        if answer.is_error:
            raise RuntimeError(f"a draft was not saved: {answer.text}")
        return int(answer.json()["row_version"])


class ReviewDesk:
    """A member's desk in the API: what was accepted is reopened, one update at a time."""

    def __init__(self, server: Server, store: Store) -> None:
        self._turns = (row.id for row in accepted(store))
        self._client = api_of(server, token_of(store, identity(store, "member")))

    async def rule(self) -> float:
        """Reopen the next update: milliseconds until it is acknowledged."""
        began = perf_counter()
        update_id = next(self._turns)
        answer = await self._client.post(
            f"/updates/{update_id}/reopen",
            json={"reason": "数字请核对。"},
            headers={"Idempotency-Key": f"reopen-{update_id}"},
        )
        if answer.is_error:
            raise RuntimeError(f"an update was not ruled on: {answer.text}")
        return (perf_counter() - began) * 1000


def identity(store: Store, sign_in_name: str) -> SignedIn:
    """Who signs in by this name."""
    with store.read() as session:
        account = select(Account).where(Account.sign_in_name == sign_in_name)
        return identity_of(session, session.execute(account).scalar_one())


def token_of(store: Store, by: SignedIn) -> str:
    """The secret of a token issued for the purpose."""
    tomorrow = clock.today() + timedelta(1)
    return issue_token(store, by=by, name="bench", scope=TokenScope.WRITE, expires_on=tomorrow).secret


def api_of(server: Server, secret: str) -> httpx.AsyncClient:
    """The API as one's own programs use it."""
    return httpx.AsyncClient(
        base_url=f"{server.url}/api/v1", timeout=PATIENCE, headers={"Authorization": f"Bearer {secret}"}
    )


def accepted(store: Store, *tasks: Any) -> Sequence[Any]:
    """Accepted updates of running tasks, newest period first, by id, task_id and period_id.

    On a period's first day nobody has reported for it, and the one before still takes reports.
    """
    rows = (
        select(ProgressUpdate.id, ProgressUpdate.task_id, ProgressUpdate.period_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .where(ProgressUpdate.status == UpdateStatus.ACCEPTED, Task.status == TaskStatus.IN_PROGRESS, *tasks)
        .order_by(col(ProgressUpdate.period_id).desc(), ProgressUpdate.id)
    )
    with store.read() as session:
        return session.execute(rows.limit(RULED_ON)).all()


def _reopened(store: Store, by: SignedIn, authority_id: int) -> tuple[int, Sequence[int]]:
    """The newest period the authority has reported for, and tasks of which a member has just reopened the update."""
    found = accepted(store, Task.authority_id == authority_id)[:DRAFTS]
    period_id = found[0].period_id
    found = [row for row in found if row.period_id == period_id]
    for row in found:
        reopen_progress_update(store, by=by, update_id=row.id, reason="数字请核对。")
    return period_id, [row.task_id for row in found]
