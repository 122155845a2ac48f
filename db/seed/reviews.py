"""The working group's reviews in a sample, of plans and of updates alike."""

from datetime import datetime

from db.seed.build import Build
from db.seed.draws import Draw
from db.seed.texts import phrase
from db.tables import Review
from tracking.vocabulary import Decision


def add_review(build: Build, draw: Draw, decision: Decision, at: datetime, **subject: int) -> None:
    """Add a decision on a plan revision or an update (`plan_revision_id` or `update_id`), with a reason if negative."""
    build.rows.add(
        Review,
        **subject,
        decision=decision,
        reason=_reason(draw, decision, next(iter(subject))),
        reviewed_at=at,
        reviewed_by_id=build.member(draw),
    )


def _reason(draw: Draw, decision: Decision, subject: str) -> str:
    if decision in {Decision.ACCEPTED, Decision.FILED}:
        return ""
    return phrase(draw, f"{subject.removesuffix('_id')}_{decision}")
