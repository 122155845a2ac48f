"""The log of a sample task's status, written as the product would have: at each change, and by whom."""

from datetime import datetime
from typing import NamedTuple

from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import Draw
from db.seed.tasks import SampleTask
from db.seed.texts import phrase
from db.seed.updates import Ending, Version
from db.tables import TaskStatusChange
from tracking.vocabulary import TaskStatus


class Stopped(NamedTuple):
    """When a task was suspended, by whom and why."""

    at: datetime
    by_id: int
    reason: str


class StatusLog:
    """The status of a task as its updates come in."""

    def __init__(self, build: Build, draw: Draw, task: SampleTask) -> None:
        self.build = build
        self.draw = draw
        self.task = task
        self.status = TaskStatus.NOT_STARTED
        self._begun = False

    @property
    def completed(self) -> bool:
        """Whether the task is over."""
        return self.status is TaskStatus.COMPLETED

    def note(self, version: Version) -> None:
        """Record a version of an update through its life."""
        requested = version.completion_requested
        if requested and (submitted_at := version.life.get("submitted_at")):
            self._change(TaskStatus.COMPLETION_REQUESTED, submitted_at, self.task.staff.reporter.id)
        if accepted_at := version.life.get("accepted_at"):
            accepted = TaskStatus.COMPLETED if requested else TaskStatus.IN_PROGRESS
            self._change(accepted, accepted_at, self.build.member(self.draw))
        if returned_at := version.life.get("returned_at"):
            before = TaskStatus.IN_PROGRESS if self._begun else TaskStatus.NOT_STARTED
            self._change(before, returned_at, self.build.member(self.draw))
        self._begun |= version.ending is Ending.ACCEPTED

    def suspend(self) -> Stopped:
        """Suspend the task on the day its story stops."""
        stopped = Stopped(
            moment(self.draw, self.task.story.stops_on),
            self.build.member(self.draw),
            phrase(self.draw, "suspension_reason"),
        )
        self._change(TaskStatus.SUSPENDED, *stopped)
        return stopped

    def _change(self, status: TaskStatus, at: datetime, by_id: int, reason: str = "") -> None:
        if status is not self.status:
            self.status = status
            self.build.rows.add(
                TaskStatusChange,
                task_id=self.task.id,
                status=status,
                changed_at=at,
                changed_by_id=by_id,
                reason=reason,
            )
