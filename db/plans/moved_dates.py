"""The register of moved dates and smaller goals: written in the transaction that moves them, and rebuilt from history.

What counts as a move is `tracking.moves.comparison`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import delete, func, or_
from sqlmodel import Session, col

from db.figures.lineage import continued
from db.plans.drafts import final_targets, planned_tasks
from db.sql import Statement, select
from db.tables import DateMove, Indicator, Milestone, PlanRevision, Target, Task, TaskRequest, TaskRevision
from tracking.moves.comparison import Dates, Goals, Move, Part, moves_between, reductions_between
from tracking.vocabulary import MoveKind, RequestStatus


def note_amendment(session: Session, revision: PlanRevision) -> None:
    """Note what a revision, just filed, moves against the one filed before it; the baseline moves nothing.

    A task that goes on for one of an earlier year is first compared with what was filed of that.
    """
    filed_at = cast("datetime", revision.filed_at)
    session.flush()
    before = _filed_before(session, revision)
    heirs = continued(session, col(Task.plan_id) == revision.plan_id)
    old = _dates_left_behind(session, heirs, filed_at)
    old |= _dates(session, before.id) if before else {}
    new = _dates(session, revision.id)
    granted = _granted(session, new, heirs, by=filed_at)
    cause = {"moved_at": filed_at, "plan_revision_id": revision.id}
    for task_id in sorted(old.keys() & new.keys()):
        moves = moves_between(old[task_id], new[task_id], granted=granted[task_id])
        _keep(session, task_id, moves, **cause)
    for task_id, move in reductions_of(session, revision):
        _keep(session, task_id, [move], **cause)


def reductions_of(session: Session, revision: PlanRevision) -> list[tuple[int, Move]]:
    """The tasks whose goals a revision makes smaller than the one filed before it, and how."""
    before = _filed_before(session, revision)
    if before is None:
        return []
    old, new = _goals(session, before.id), _goals(session, revision.id)
    return [(key, move) for key in sorted(old) for move in reductions_between(old[key], new.get(key))]


def note_extension(session: Session, extension: TaskRequest) -> None:
    """Record the due date move of a newly granted extension."""
    if extension.due_on is not None and extension.granted_due_on is not None:
        move = Move(MoveKind.DUE, "", extension.due_on, extension.granted_due_on)
        _keep(session, extension.task_id, [move], moved_at=extension.ruled_at, request_id=extension.id)


def rebuild(session: Session) -> None:
    """Rebuild the register from filed revisions and granted extensions; needed after bulk loads."""
    session.execute(delete(DateMove))
    for revision in session.scalars(_amendments()).all():
        note_amendment(session, revision)
    granted = select(TaskRequest).where(TaskRequest.status == RequestStatus.GRANTED).order_by(TaskRequest.id)
    for extension in session.scalars(granted).all():
        note_extension(session, extension)
    session.flush()


def fill(session: Session) -> None:
    """Build the register for a store that predates it."""
    if session.scalar(select(DateMove.id).limit(1)) is None:
        rebuild(session)


def _amendments() -> Statement:
    """Every filed revision but the first of its plan, and that too where tasks go on in it; oldest first."""
    filed = col(PlanRevision.filed_at).is_not(None)
    first = select(PlanRevision.plan_id, func.min(PlanRevision.number).label("number")).where(filed)
    baseline = first.group_by(col(PlanRevision.plan_id)).subquery()
    going_on = select(Task.plan_id).where(col(Task.continues_id).is_not(None))
    meant = or_(baseline.c.number < PlanRevision.number, col(PlanRevision.plan_id).in_(going_on))
    rows = select(PlanRevision).join(baseline, baseline.c.plan_id == PlanRevision.plan_id)
    return rows.where(filed, meant).order_by(PlanRevision.filed_at, PlanRevision.id)


def _filed_before(session: Session, revision: PlanRevision) -> PlanRevision | None:
    earlier = (
        PlanRevision.plan_id == revision.plan_id,
        PlanRevision.number < revision.number,
        col(PlanRevision.filed_at).is_not(None),
    )
    rows = select(PlanRevision).where(*earlier).order_by(col(PlanRevision.number).desc()).limit(1)
    found: PlanRevision | None = session.scalars(rows).first()
    return found


def _dates(session: Session, plan_revision_id: int) -> dict[int, Dates]:
    """Task → the dates that a revision gives it."""
    milestones, targets = _milestones(session, plan_revision_id), _targets(session, plan_revision_id)
    rows = select(TaskRevision).where(TaskRevision.plan_revision_id == plan_revision_id)
    return {
        said.task_id: Dates(said.starts_on, said.due_on, milestones[said.id], targets[said.id])
        for said in session.scalars(rows)
    }


def _dates_left_behind(session: Session, heirs: Mapping[int, int], filed_at: datetime) -> dict[int, Dates]:
    """Task → the dates last filed of the task that it goes on for."""
    found = {}
    rows = (
        select(Task.id, func.max(PlanRevision.id).label("revision_id"))
        .join(PlanRevision, PlanRevision.plan_id == Task.plan_id)
        .where(col(Task.id).in_(heirs), col(PlanRevision.filed_at) <= filed_at)
        .group_by(col(Task.id))
        .order_by(Task.id)
    )
    for task_id, revision_id in session.execute(rows).all():
        found[heirs[task_id]] = _dates(session, revision_id)[task_id]
    return found


def _goals(session: Session, plan_revision_id: int) -> dict[int, Goals]:
    """Task → what a revision asks of it in the end."""
    names = {row.id: (row.name, row.unit) for row in session.execute(select(*_INDICATOR))}
    return {
        task.task_id: Goals(
            {names[indicator]: value for indicator, value in final_targets(task.draft).items()},
            [step.title for step in task.draft.milestones],
        )
        for task in planned_tasks(session, plan_revision_id)
    }


_INDICATOR = (Indicator.id, Indicator.name, Indicator.unit)


def _milestones(session: Session, plan_revision_id: int) -> Mapping[int, Sequence[Part]]:
    rows = (
        select(Milestone.task_revision_id, Milestone.title, Milestone.due_on)
        .join(TaskRevision, TaskRevision.id == Milestone.task_revision_id)
        .where(TaskRevision.plan_revision_id == plan_revision_id)
        .order_by(Milestone.task_revision_id, Milestone.number)
    )
    return _gathered(session.execute(rows))


def _targets(session: Session, plan_revision_id: int) -> Mapping[int, Sequence[Part]]:
    """Interim targets by indicator, value and unit; an indicator's latest day is left out."""
    rows = (
        select(Target.task_revision_id, Target.due_on, Target.value, Target.indicator_id, Indicator.name)
        .add_columns(col(Indicator.unit))
        .join(TaskRevision, TaskRevision.id == Target.task_revision_id)
        .join(Indicator, Indicator.id == Target.indicator_id)
        .where(TaskRevision.plan_revision_id == plan_revision_id)
        .order_by(Target.task_revision_id, Target.indicator_id, Target.due_on)
    )
    found = session.execute(rows).all()
    last = {(row.task_revision_id, row.indicator_id): row.due_on for row in found}
    return _gathered(
        (row.task_revision_id, f"{row.name} {row.value.normalize():f} {row.unit}", row.due_on)
        for row in found
        if row.due_on < last[row.task_revision_id, row.indicator_id]
    )


def _gathered(rows: Iterable[Any]) -> Mapping[int, Sequence[Part]]:
    parts: dict[int, list[Part]] = defaultdict(list)
    for revision_id, name, due_on in rows:
        parts[revision_id].append((name, due_on))
    return parts


def _granted(
    session: Session, task_ids: Iterable[int], heirs: Mapping[int, int], *, by: datetime
) -> Mapping[int, list[date]]:
    days: dict[int, list[date]] = defaultdict(list)
    ruled = (col(TaskRequest.task_id).in_([*task_ids, *heirs]), col(TaskRequest.ruled_at) <= by)
    granted = col(TaskRequest.granted_due_on).is_not(None)
    for task_id, day in session.execute(
        select(TaskRequest.task_id, TaskRequest.granted_due_on).where(*ruled, granted)
    ):
        days[heirs.get(task_id, task_id)].append(day)
    return days


def _keep(session: Session, task_id: int, moves: Iterable[Move], **cause: Any) -> None:
    session.add_all(
        DateMove(
            task_id=task_id,
            kind=move.kind,
            part=move.part,
            from_on=move.from_on,
            to_on=move.to_on,
            days=move.days,
            **cause,
        )
        for move in moves
    )
