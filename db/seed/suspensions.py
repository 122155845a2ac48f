"""How sample tasks came to stand still: suspended as was asked, and what waits to be signed or ruled on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import Deck, Draw, draws
from db.seed.reports import Reports
from db.seed.stories import Fate
from db.seed.tasks import SampleTask
from db.seed.texts import phrase
from db.tables import TaskRequest
from tracking.vocabulary import RequestKind, RequestStatus

# Pending requests to suspend a stuck task, and to resume a suspended one.
WAITING: Mapping[RequestKind, Mapping[RequestStatus | None, int]] = {
    RequestKind.SUSPENSION: {RequestStatus.REQUESTED: 2, RequestStatus.DRAFT: 1},
    RequestKind.RESUMPTION: {RequestStatus.REQUESTED: 1, RequestStatus.DRAFT: 1, None: 2},
}
Waiting = Mapping[RequestKind, Deck[RequestStatus | None]]


def waiting_decks() -> Waiting:
    """The decks of pending requests, from a random source of their own."""
    return {kind: Deck(draws("suspensions", kind), copies) for kind, copies in WAITING.items()}


def add_suspension(build: Build, task: SampleTask, reports: Reports, waiting: Waiting) -> None:
    """Add the requests in a task's story: a suspension was requested; a stuck task requests one now.

    Tasks of a past year have nothing pending.
    """
    asked = {Fate.SUSPENDED: RequestKind.RESUMPTION, Fate.STUCK: RequestKind.SUSPENSION}.get(task.story.fate)
    if asked is None:
        return
    draw = task.draws("suspensions")
    if task.story.fate is Fate.SUSPENDED:
        _add_granted(build, draw, task, reports)
    if task.year == build.year:
        _add_waiting(build, draw, task, asked, waiting[asked].deal())


def _add_granted(build: Build, draw: Draw, task: SampleTask, reports: Reports) -> None:
    stopped = reports.log.suspend()
    build.rows.add(
        TaskRequest,
        kind=RequestKind.SUSPENSION,
        status=RequestStatus.GRANTED,
        reason=stopped.reason,
        ruled_at=stopped.at,
        ruled_by_id=stopped.by_id,
        ruling=phrase(draw, "suspension_granted"),
        **_made(task, stopped.at - timedelta(2)),
    )


def _add_waiting(
    build: Build, draw: Draw, task: SampleTask, kind: RequestKind, status: RequestStatus | None
) -> None:
    if status is None:
        return
    made = _made(task, moment(draw, build.today - timedelta(3)))
    if status is RequestStatus.DRAFT:
        made = {name: made[name] for name in ("task_id", "written_at", "written_by_id")}
    build.rows.add(TaskRequest, kind=kind, status=status, reason=phrase(draw, f"{kind}_reason"), **made)


def _made(task: SampleTask, requested_at: datetime) -> Mapping[str, Any]:
    return {
        "task_id": task.id,
        "written_at": requested_at - timedelta(hours=20),
        "written_by_id": task.staff.reporter.id,
        "requested_at": requested_at,
        "signed_off_by_id": task.staff.signatory.id,
    }
