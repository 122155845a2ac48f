"""One sample update, version by version: its instants, its figures, its reviews and its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, auto

from db.seed.build import Build
from db.seed.draws import Draw
from db.seed.evidence import add_evidence
from db.seed.notices import tell_unit
from db.seed.passings import add_passing, checked_by, stages_of
from db.seed.reviews import add_review
from db.seed.tasks import SampleTask
from db.tables import IndicatorActual, MilestoneReached, ProgressUpdate
from tracking.scales import parts_of
from tracking.vocabulary import Decision, UpdateStatus


class Ending(Enum):
    """How far a version of an update came."""

    DRAFT = auto()
    HANDED_OVER = auto()
    SIGNED_OFF = auto()
    CHECKING = auto()
    SUBMITTED = auto()
    RETURNED = auto()
    ACCEPTED = auto()
    REOPENED = auto()


_SIGNED = ("written_at", "sign_off_requested_at", "signed_off_at")
_SUBMITTED = (*_SIGNED, "submitted_at")
STAGES: Mapping[Ending, Sequence[str]] = {
    Ending.DRAFT: ("written_at",),
    Ending.HANDED_OVER: ("written_at", "sign_off_requested_at"),
    Ending.SIGNED_OFF: _SIGNED,
    Ending.CHECKING: _SUBMITTED,
    Ending.SUBMITTED: _SUBMITTED,
    Ending.RETURNED: (*_SUBMITTED, "returned_at"),
    Ending.ACCEPTED: (*_SUBMITTED, "accepted_at"),
    Ending.REOPENED: (*_SUBMITTED, "accepted_at", "returned_at"),
}
STATUSES: Mapping[Ending, UpdateStatus] = {
    Ending.DRAFT: UpdateStatus.DRAFT,
    Ending.HANDED_OVER: UpdateStatus.HANDED_OVER,
    Ending.SIGNED_OFF: UpdateStatus.SIGNED_OFF,
    Ending.CHECKING: UpdateStatus.CHECKING,
    Ending.SUBMITTED: UpdateStatus.SUBMITTED,
    Ending.RETURNED: UpdateStatus.RETURNED,
    Ending.ACCEPTED: UpdateStatus.ACCEPTED,
    Ending.REOPENED: UpdateStatus.RETURNED,
}


def stages_for(task: SampleTask, ending: Ending) -> Sequence[str]:
    """The instants in the life of a version of a task's update."""
    return stages_of(task.staff.authority, STAGES[ending], checking=ending is Ending.CHECKING)


@dataclass(frozen=True)
class Reached:
    """How far a task has come: cumulative actuals by indicator number, milestones by number, permille of all."""

    actuals: Mapping[int, Decimal]
    milestones: frozenset[int]
    permille: int


@dataclass(frozen=True)
class Version:
    """One version of an update: its number, how far it came, when, and its content."""

    period_id: int
    number: int
    ending: Ending
    life: Mapping[str, datetime]
    reached: Reached
    completion_requested: bool
    notes: Mapping[str, str | bool]


def add_version(build: Build, draw: Draw, task: SampleTask, version: Version) -> None:
    """Store a version with everything attached to it."""
    staff, life = task.staff, version.life
    key = build.rows.add(
        ProgressUpdate,
        task_id=task.id,
        period_id=version.period_id,
        version=version.number,
        status=STATUSES[version.ending],
        completion_permille=version.reached.permille,
        completion_requested=version.completion_requested,
        written_by_id=staff.reporter.id,
        signed_off_by_id=staff.signatory.id if "signed_off_at" in life else None,
        **version.notes,
        **life,
        **checked_by(staff.authority, life, checking=version.ending is Ending.CHECKING),
    )
    add_passing(build, staff.authority, life, update_id=key)
    _add_figures(build, task, key, version.reached)
    _add_reviews(build, draw, task, key, version)
    if version.completion_requested and not build.brief:
        add_evidence(build, draw, task, key, life["written_at"])


def _add_figures(build: Build, task: SampleTask, update_id: int, reached: Reached) -> None:
    for number, value in reached.actuals.items():
        indicator = task.measure.indicators[number]
        build.rows.add(
            IndicatorActual, update_id=update_id, indicator_id=indicator.id, value=value, **parts_of(value)
        )
    for number in sorted(reached.milestones):
        build.rows.add(MilestoneReached, update_id=update_id, milestone_number=number)


def _add_reviews(build: Build, draw: Draw, task: SampleTask, update_id: int, version: Version) -> None:
    if accepted_at := version.life.get("accepted_at"):
        add_review(build, draw, Decision.ACCEPTED, accepted_at, update_id=update_id)
    if returned_at := version.life.get("returned_at"):
        decision = Decision.REOPENED if version.ending is Ending.REOPENED else Decision.RETURNED
        add_review(build, draw, decision, returned_at, update_id=update_id)
        tell_unit(build, task.staff, f"update_{decision}", "report", returned_at, task=task.number)
