"""Reads the tasks of a plan beside those before it: what is filed of it already, else the plan of the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, or_
from sqlmodel import Session, col

from db.plans.drafts import PlannedTask, planned_tasks
from db.plans.queries import PlanSheet, plan_sheet
from db.sql import select
from db.store import Store
from db.tables import PlanRevision, Task, WorkPlan
from tracking.permissions import Scope
from tracking.vocabulary import PlanStatus


@dataclass(frozen=True)
class Beside:
    """The tasks of a revision, each beside the one before it, where there is one, and those that are not in it any more.

    `year` is that of the plan before; `completions` maps its tasks to their completion so far, in permille.
    """

    pairs: Sequence[tuple[PlannedTask, PlannedTask | None]]
    dropped: Sequence[PlannedTask] = ()
    year: int | None = None
    completions: Mapping[int, int] = field(default_factory=dict)


def tasks_beside(store: Store, scope: Scope, *, revision_id: int) -> Beside:
    """What a revision asks for beside what was asked for before. Raises `NotFound`, also for one outside the scope."""
    sheet = plan_sheet(store, scope, revision_id=revision_id)
    with store.read() as session:
        other = _filed_before(session, sheet)
        if other is None:
            return Beside([(task, None) for task in sheet.tasks])
        revision_id, plan_id, year = other
        before = planned_tasks(session, revision_id)
        rows = select(Task.id, Task.latest_permille).where(Task.plan_id == plan_id)
        completions = dict(session.execute(rows).all())
    pairs = _paired(sheet.tasks, before, same_plan=plan_id == sheet.plan.id)
    kept = {old.task_id for _, old in pairs if old}
    return Beside(pairs, [task for task in before if task.task_id not in kept], year, completions)


def _paired(
    now: Sequence[PlannedTask], before: Sequence[PlannedTask], *, same_plan: bool
) -> list[tuple[PlannedTask, PlannedTask | None]]:
    """Each task beside the one it stands for: in the same plan the same task, in another year's the one of its title."""

    def key(task: PlannedTask) -> object:
        return task.task_id if same_plan else (task.draft.measure_id, task.draft.title)

    left = {key(task): task for task in reversed(before)}
    return [(task, left.pop(key(task), None)) for task in now]


def _filed_before(session: Session, sheet: PlanSheet) -> tuple[int, int, int] | None:
    """The revision filed last before this one, its plan and its year; of the year before where this plan has none."""
    plan, number = sheet.plan, sheet.revision.number
    earlier = and_(col(PlanRevision.plan_id) == plan.id, col(PlanRevision.number) < number)
    rows = (
        select(PlanRevision.id, PlanRevision.plan_id, WorkPlan.year)
        .join(WorkPlan, WorkPlan.id == PlanRevision.plan_id)
        .where(PlanRevision.status == PlanStatus.FILED, WorkPlan.notice_id == plan.notice_id)
        .where(WorkPlan.authority_id == plan.authority_id, or_(earlier, col(WorkPlan.year) == plan.year - 1))
        .order_by(col(WorkPlan.year).desc(), col(PlanRevision.number).desc())
    )
    found = session.execute(rows).first()
    return None if found is None else (found[0], found[1], found[2])
