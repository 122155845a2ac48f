"""The urging slips of sample tasks: level upon level, and in every state that a slip can be in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import Deck, Draw
from db.seed.stories import Fate
from db.seed.tasks import SampleTask
from db.seed.texts import phrase
from db.tables import UrgingSlip
from tracking.vocabulary import SlipGround, SlipLevel, SlipStatus

FAR_BEHIND = {Fate.STUCK: SlipGround.BEHIND, Fate.OVERDUE: SlipGround.OVERDUE}
# How many of those lagging were silent once, and reported when urged.
SPOKE_UP = 0.15
DAYS_TO_ANSWER = 10
DAYS_BETWEEN = 14


@dataclass(frozen=True, slots=True)
class Urgings:
    """How many slips a task got, level by level, the outcome of the last, and its age in days.

    One older than `DAYS_TO_ANSWER` went unmet. No slips at all leaves the task to be urged.
    """

    slips: int
    last: SlipStatus = SlipStatus.ISSUED
    days: int = 6


URGINGS: Mapping[Urgings, int] = {
    Urgings(0): 2,
    Urgings(1): 1,
    Urgings(1, SlipStatus.ACKNOWLEDGED): 1,
    Urgings(1, SlipStatus.ANSWERED): 1,
    Urgings(1, SlipStatus.ISSUED, days=13): 1,
    Urgings(1, SlipStatus.MET, days=30): 1,
    Urgings(1, SlipStatus.WITHDRAWN, days=20): 1,
    Urgings(2): 1,
    Urgings(2, SlipStatus.ANSWERED, days=13): 1,
    Urgings(3): 1,
    Urgings(3, SlipStatus.ACKNOWLEDGED, days=12): 1,
}
NONE = Urgings(0)
PAST_SILENCE = Urgings(1, SlipStatus.MET, days=34)


def add_slips(build: Build, draw: Draw, task: SampleTask, urgings: Deck[Urgings]) -> None:
    """Add the urging slips of a task of this year that is behind; every earlier one went unmet."""
    if task.year < build.year:
        return
    dealt, ground = _dealt(draw, task, urgings)
    levels = enumerate(list(SlipLevel)[: dealt.slips], 1)
    issues = [(number, level, _issued_on(build, dealt, number)) for number, level in levels]
    for number, level, issued_on in (issue for issue in issues if issue[2] > task.story.starts_on):
        status = dealt.last if number == dealt.slips else SlipStatus.ESCALATED
        build.rows.add(
            UrgingSlip,
            task_id=task.id,
            level=level,
            status=status,
            ground=ground,
            issued_at=moment(draw, issued_on),
            issued_by_id=build.member(draw),
            answer_by=issued_on + timedelta(DAYS_TO_ANSWER),
            demand=phrase(draw, f"slip_demand_{ground}"),
            **_receipt(draw, task, status, issued_on),
            **_answer(draw, task, status, issued_on),
            **_closing(build, draw, status, issued_on),
        )


def _issued_on(build: Build, dealt: Urgings, number: int) -> date:
    """The day of the slip with this number: the last one `dealt.days` ago, each earlier one a step before."""
    return build.today - timedelta(dealt.days + DAYS_BETWEEN * (dealt.slips - number))


def _dealt(draw: Draw, task: SampleTask, urgings: Deck[Urgings]) -> tuple[Urgings, SlipGround]:
    """A lagging task of a unit that is to report everything afresh has just been urged, so there is one to sign for."""
    if task.story.fate in FAR_BEHIND:
        return urgings.deal(), FAR_BEHIND[task.story.fate]
    if task.story.fate is not Fate.LAGGING:
        return NONE, SlipGround.BEHIND
    if task.staff.authority.profile.reporting == "fresh":
        return Urgings(1), SlipGround.BEHIND
    return (PAST_SILENCE if draw.random() < SPOKE_UP else NONE), SlipGround.SILENT


def _receipt(draw: Draw, task: SampleTask, status: SlipStatus, issued_on: date) -> Mapping[str, Any]:
    if status in (SlipStatus.ISSUED, SlipStatus.WITHDRAWN):
        return {}
    received = moment(draw, issued_on + timedelta(2))
    return {"acknowledged_at": received, "acknowledged_by_id": task.staff.signatory.id}


def _answer(draw: Draw, task: SampleTask, status: SlipStatus, issued_on: date) -> Mapping[str, Any]:
    if status not in (SlipStatus.ANSWERED, SlipStatus.MET):
        return {}
    return {
        "answer": phrase(draw, "slip_answer"),
        "answered_at": moment(draw, issued_on + timedelta(4)),
        "answered_by_id": task.staff.reporter.id,
    }


def _closing(build: Build, draw: Draw, status: SlipStatus, issued_on: date) -> Mapping[str, Any]:
    """When a slip was closed: if escalated, on the day of the next level, else a few days after its issue."""
    if status not in (SlipStatus.MET, SlipStatus.WITHDRAWN, SlipStatus.ESCALATED):
        return {}
    after = DAYS_BETWEEN if status is SlipStatus.ESCALATED else DAYS_TO_ANSWER - 3
    closing = "" if status is SlipStatus.ESCALATED else phrase(draw, f"slip_{status}")
    return {
        "closing": closing,
        "closed_at": moment(draw, issued_on + timedelta(after)),
        "closed_by_id": build.member(draw),
    }
