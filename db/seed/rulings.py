"""Extensions of sample tasks: asked for and ruled on."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import Draw
from db.seed.stories import Fate
from db.seed.tasks import SampleTask
from db.seed.texts import phrase
from db.tables import TaskRequest
from tracking.vocabulary import RequestKind, RequestStatus

EXTENSIONS: Mapping[Fate, RequestStatus] = {
    Fate.EXTENDED: RequestStatus.GRANTED,
    Fate.CARRIED_OVER: RequestStatus.GRANTED,
    Fate.EXTENSION_REQUESTED: RequestStatus.REQUESTED,
    Fate.EXTENSION_REFUSED: RequestStatus.REFUSED,
}
RULED = {
    RequestStatus.GRANTED: "extension_granted",
    RequestStatus.REFUSED: "extension_refused",
}
# Out of three pending requests, this one is still with the signatory.
UNSIGNED = 1
# Out of two granted extensions, one asked for this many days more.
CUT_SHORT = timedelta(15)


def add_extension(build: Build, draw: Draw, task: SampleTask) -> None:
    """Add the extension in a task's story, if any: requested before the due date, ruled on soon after."""
    story, status = task.story, EXTENSIONS.get(task.story.fate)
    if status is None:
        return
    requested_on = min(story.due_on - timedelta(12), build.today - timedelta(4))
    said: dict[str, Any] = {
        "task_id": task.id,
        "kind": RequestKind.EXTENSION,
        "due_on": story.due_on,
        "requested_due_on": _requested(task),
        "reason": phrase(draw, "extension_reason"),
        "progress": phrase(draw, "extension_progress"),
        "written_by_id": task.staff.reporter.id,
    }
    requested_at = moment(draw, requested_on)
    ruling = _ruling(build, draw, status, requested_on + timedelta(2))
    if status is RequestStatus.REFUSED:
        _add_withdrawn(build, said, requested_at - timedelta(5))
    if status is RequestStatus.REQUESTED and task.id % 3 == UNSIGNED:
        build.rows.add(TaskRequest, status=RequestStatus.DRAFT, written_at=requested_at, **said)
        return
    build.rows.add(
        TaskRequest,
        status=status,
        written_at=requested_at - timedelta(hours=1),
        requested_at=requested_at,
        signed_off_by_id=task.staff.signatory.id,
        granted_due_on=story.extended_to,
        **said,
        **ruling,
    )


def _requested(task: SampleTask) -> date:
    if task.story.extended_to is None:
        return task.story.due_on + timedelta(30)
    return task.story.extended_to + CUT_SHORT * (task.id % 2)


def _add_withdrawn(build: Build, said: Mapping[str, Any], written_at: datetime) -> None:
    """Add the first attempt at a request, which its writer withdrew and then made again."""
    build.rows.add(
        TaskRequest,
        status=RequestStatus.WITHDRAWN,
        written_at=written_at,
        withdrawn_at=written_at + timedelta(days=1),
        **said,
    )


def _ruling(build: Build, draw: Draw, status: RequestStatus, on: date) -> Mapping[str, object]:
    if status not in RULED:
        return {}
    return {
        "ruled_at": moment(draw, on),
        "ruled_by_id": build.member(draw),
        "ruling": phrase(draw, RULED[status]),
    }
