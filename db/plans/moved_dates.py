"""The register of moved dates: written in the transaction that moves them, and rebuilt from history.

What counts as a move is `tracking.moves.comparison`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col

from db.sql import Statement, select
from db.tables import DateMove, Indicator, Milestone, PlanRevision, Target, TaskRequest, TaskRevision
from tracking.moves.comparison import Dates, Move, Part, moves_between
from tracking.vocabulary import MoveKind, RequestStatus


def note_amendment(session: Session, revision: PlanRevision) -> None:
    """Record the dates a newly filed revision moves relative to the previously filed one; the baseline moves none."""
    before = _filed_before(session, revision)
    if before is None or revision.filed_at is None:
        return
    session.flush()
    old, new = _dates(session, before.id), _dates(session, revision.id)
    granted = _granted(session, new, by=revision.filed_at)
    for task_id in sorted(old.keys() & new.keys()):
        moves = moves_between(old[task_id], new[task_id], granted=granted[task_id])
        _keep(session, task_id, moves, moved_at=revision.filed_at, plan_revision_id=revision.id)


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
    """Every filed revision but the first of its plan, oldest first."""
    filed = col(PlanRevision.filed_at).is_not(None)
    first = select(PlanRevision.plan_id, func.min(PlanRevision.number).label("number")).where(filed)
    baseline = first.group_by(col(PlanRevision.plan_id)).having(func.count() > 1).subquery()
    later = (baseline.c.plan_id == PlanRevision.plan_id) & (baseline.c.number < PlanRevision.number)
    return select(PlanRevision).join(baseline, later).where(filed).order_by(PlanRevision.id)


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


def _granted(session: Session, task_ids: Iterable[int], *, by: datetime) -> Mapping[int, list[date]]:
    days: dict[int, list[date]] = defaultdict(list)
    ruled = (col(TaskRequest.task_id).in_(list(task_ids)), col(TaskRequest.ruled_at) <= by)
    granted = col(TaskRequest.granted_due_on).is_not(None)
    for task_id, day in session.execute(
        select(TaskRequest.task_id, TaskRequest.granted_due_on).where(*ruled, granted)
    ):
        days[task_id].append(day)
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
