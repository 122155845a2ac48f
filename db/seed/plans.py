"""The work plans of a sample: their revisions from draft to filed, amended or returned, and the reviews."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.seed.build import Build
from db.seed.days import Days, lived, year_of
from db.seed.draws import Deck, Draw, draws
from db.seed.notices import tell_unit
from db.seed.officers import Staff
from db.seed.passings import add_passing, checked_by, stages_of
from db.seed.reviews import add_review
from db.seed.stories import Fate, story
from db.seed.tasks import SampleTask, add_task, add_task_revision
from db.seed.templates import chosen
from db.seed.texts import phrase
from db.tables import PlanRevision, WorkPlan
from tracking.vocabulary import Decision, PlanStatus

DRAFT, HANDED_OVER, SIGNED_OFF = PlanStatus.DRAFT, PlanStatus.HANDED_OVER, PlanStatus.SIGNED_OFF
CHECKING, SUBMITTED = PlanStatus.CHECKING, PlanStatus.SUBMITTED
RETURNED, FILED = PlanStatus.RETURNED, PlanStatus.FILED

# What `unit_profile.csv` calls a plan → the status of each of its revisions.
REVISIONS: Mapping[str, Sequence[PlanStatus]] = {
    "draft": (DRAFT,),
    "signed_off": (SIGNED_OFF,),
    "submitted": (SUBMITTED,),
    "returned": (RETURNED,),
    "filed": (FILED,),
    "amended": (FILED, FILED),
    "amending": (FILED, DRAFT),
    "amendment_handed_over": (FILED, HANDED_OVER),
    "amendment_submitted": (FILED, SUBMITTED),
    "amendment_returned": (FILED, RETURNED),
    "amendment_checking": (FILED, CHECKING),
}
SIGNED_STAGES = ("created_at", "sign_off_requested_at", "signed_off_at")
STAGES: Mapping[PlanStatus, Sequence[str]] = {
    DRAFT: ("created_at",),
    HANDED_OVER: SIGNED_STAGES[:2],
    SIGNED_OFF: SIGNED_STAGES,
    CHECKING: (*SIGNED_STAGES, "submitted_at"),
    SUBMITTED: (*SIGNED_STAGES, "submitted_at"),
    RETURNED: (*SIGNED_STAGES, "submitted_at", "returned_at"),
    FILED: (*SIGNED_STAGES, "submitted_at", "filed_at"),
}
# An amendment moves the due dates of this many of the tasks due before the end of the year.
MOVED_TASKS = 3
MOVED_DAYS = 30


@dataclass(frozen=True)
class SamplePlan:
    """A plan's tasks, and whether any revision of it is in force."""

    id: int
    tasks: Sequence[SampleTask]
    filed: bool


@dataclass(frozen=True, slots=True)
class _Revision:
    """Which revision of which plan."""

    plan_id: int
    year: int
    number: int
    status: PlanStatus


def add_plan(build: Build, staff: Staff, year: int, fates: Deck[Fate], revisions: str) -> SamplePlan:
    """Add the plan of a year with its tasks and revisions, as defined by `REVISIONS`."""
    draw = draws("plan", staff.authority.code, year)
    plan_id = build.rows.add(
        WorkPlan, notice_id=build.catalogue.notice_id, authority_id=staff.authority.id, year=year
    )
    tasks = list(_tasks(build, draw, staff, fates, plan_id=plan_id, year=year))
    for number, status in enumerate(REVISIONS[revisions], 1):
        revision = _Revision(plan_id, year, number, status)
        revision_id = _add_revision(build, draw, staff, revision, len(tasks))
        _add_tasks_of(build, revision_id, tasks, amended=number > 1)
    return SamplePlan(plan_id, tasks, FILED in REVISIONS[revisions])


def _tasks(build: Build, draw: Draw, staff: Staff, fates: Deck[Fate], **plan: int) -> Iterator[SampleTask]:
    """Add the tasks of a plan, given by `plan_id` and `year`."""
    profile, year = staff.authority.profile, plan["year"]
    count = profile.tasks_current if year == build.year else profile.tasks_previous
    measures = sorted(build.catalogue.measures.keys() - profile.gaps)
    for number, template in enumerate(chosen(draw, measures, count), 1):
        told = story(draw, fates.deal(), year, build.today, profile.pace_permille)
        yield add_task(build, draw, staff, template, told, number=number, **plan)


def _span(build: Build, founded_on: date | None, revision: _Revision) -> Days:
    """When a revision is written: plans in the December before, amendments well into the year, open ones recently."""
    before = revision.year - 1
    if revision.status is not FILED:
        return Days(build.yesterday - timedelta(12), build.yesterday)
    if revision.number == 1:
        return _first_span(founded_on, before)
    so_far = build.past(date(before, 12, 21), year_of(revision.year).last)
    return Days(so_far.part(400), so_far.part(550))


def _first_span(founded_on: date | None, before: int) -> Days:
    """The December before; of a new unit its first weeks."""
    if founded_on and founded_on.year > before:
        return Days(founded_on, founded_on + timedelta(25))
    return Days(date(before, 11, 20), date(before, 12, 20))


def _add_revision(build: Build, draw: Draw, staff: Staff, revision: _Revision, tasks: int) -> int:
    checking = revision.status is CHECKING
    stages = stages_of(staff.authority, STAGES[revision.status], checking=checking)
    life = lived(draw, _span(build, staff.authority.founded_on, revision), stages)
    returned_at = life.pop("returned_at", None)
    key = build.rows.add(
        PlanRevision,
        plan_id=revision.plan_id,
        number=revision.number,
        status=revision.status,
        goals=phrase(draw, "goals", place=staff.authority.short_name, tasks=tasks),
        reason=phrase(draw, "amendment_reason") if revision.number > 1 else "",
        created_by_id=staff.reporter.id,
        signed_off_by_id=staff.signatory.id if "signed_off_at" in life else None,
        **life,
        **checked_by(staff.authority, life, checking=checking),
    )
    add_passing(build, staff.authority, life, plan_revision_id=key)
    if returned_at:
        add_review(build, draw, Decision.RETURNED, returned_at, plan_revision_id=key)
        tell_unit(build, staff, "plan_returned", "work_plan", returned_at, year=revision.year)
    if filed_at := life.get("filed_at"):
        add_review(build, draw, Decision.FILED, filed_at, plan_revision_id=key)
        tell_unit(build, staff, "plan_filed", "work_plan", filed_at, year=revision.year)
    return key


def _add_tasks_of(build: Build, revision_id: int, tasks: Sequence[SampleTask], *, amended: bool) -> None:
    moved = {task.id for task in _movable(tasks)[:MOVED_TASKS]} if amended else set()
    for task in tasks:
        due_on = task.story.due_on
        if task.id in moved:
            due_on = min(due_on + timedelta(MOVED_DAYS), year_of(task.year).last)
        add_task_revision(build, task, revision_id, due_on)


def _movable(tasks: Sequence[SampleTask]) -> list[SampleTask]:
    return [task for task in tasks if task.story.due_on < year_of(task.year).last]
