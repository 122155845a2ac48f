"""Finds oversight work waiting for an officer: slips to acknowledge, answer and close; difficulties; corrections."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col

from db import clock
from db.authorities.delegation import own_scope
from db.identity import SignedIn
from db.sql import Statement, select
from db.tables import Correction, Difficulty, DifficultyEvent, ProgressUpdate, Task, UrgingSlip
from db.tasks.queries import tasks_within
from db.urging.queries import IS_OPEN
from tracking.permissions import Scope
from tracking.vocabulary import CorrectionStatus, DifficultyStatus, SlipStatus


def slips_to_acknowledge(_scope: Scope, by: SignedIn) -> Statement:
    """Issued to one's own authority and not signed for."""
    return _slips(own_scope(by), UrgingSlip.issued_at, UrgingSlip.status == SlipStatus.ISSUED)


def slips_to_answer(_scope: Scope, by: SignedIn) -> Statement:
    """Signed for by one's own authority and not answered."""
    return _slips(own_scope(by), UrgingSlip.acknowledged_at, UrgingSlip.status == SlipStatus.ACKNOWLEDGED)


def slips_answered(scope: Scope, _by: SignedIn) -> Statement:
    """Answered, but not yet judged by the working group."""
    return _slips(scope, UrgingSlip.answered_at, UrgingSlip.status == SlipStatus.ANSWERED)


def slips_unmet(scope: Scope, _by: SignedIn) -> Statement:
    """Open past the answer date: to be closed as met or escalated."""
    return _slips(scope, UrgingSlip.answer_by, IS_OPEN, col(UrgingSlip.answer_by) < clock.today())


def _slips(scope: Scope, since: Any, *conditions: Any) -> Statement:
    rows = select(UrgingSlip.id, col(since).label("since")).join(Task, Task.id == UrgingSlip.task_id)
    return rows.where(*tasks_within(scope), *conditions)


def difficulties_to_assign(scope: Scope, _by: SignedIn) -> Statement:
    """Raised and not assigned to anybody in the working group."""
    return _difficulties(scope, Difficulty.status == DifficultyStatus.RAISED)


def difficulties_to_answer(scope: Scope, by: SignedIn) -> Statement:
    """Assigned to this very officer and not answered."""
    mine = (Difficulty.status == DifficultyStatus.ASSIGNED, Difficulty.handler_id == by.officer_id)
    return _difficulties(scope, *mine)


def difficulties_to_confirm(_scope: Scope, by: SignedIn) -> Statement:
    """One's own authority's, answered by the working group."""
    return _difficulties(own_scope(by), Difficulty.status == DifficultyStatus.ANSWERED)


def _difficulties(scope: Scope, *conditions: Any) -> Statement:
    """Difficulties, each since its last event."""
    last = select(func.max(DifficultyEvent.happened_at)).where(DifficultyEvent.difficulty_id == Difficulty.id)
    rows = select(Difficulty.id, last.scalar_subquery().label("since"))
    return rows.join(Task, Task.id == Difficulty.task_id).where(*tasks_within(scope), *conditions)


def corrections_to_sign(_scope: Scope, by: SignedIn) -> Statement:
    """Corrections to published figures not yet signed by the signatory."""
    return _corrections(own_scope(by), CorrectionStatus.DRAFT, Correction.written_at)


def corrections_to_rule(scope: Scope, _by: SignedIn) -> Statement:
    """Corrections to published figures awaiting the working group."""
    return _corrections(scope, CorrectionStatus.REQUESTED, Correction.requested_at)


def _corrections(scope: Scope, status: CorrectionStatus, since: Any) -> Statement:
    return (
        select(Correction.id, col(since).label("since"))
        .join(ProgressUpdate, ProgressUpdate.id == Correction.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .where(Correction.status == status, *tasks_within(scope))
    )
