"""What the working group decided on a plan's revision or an update, kept with who, when and why."""

from db.identity import SignedIn
from db.store import Transaction
from db.tables import PlanRevision, ProgressUpdate, Review
from tracking.vocabulary import Decision


def keep_review(
    tx: Transaction,
    by: SignedIn,
    reviewed: PlanRevision | ProgressUpdate,
    decision: Decision,
    reason: str = "",
) -> None:
    """Record who decided what, and why."""
    of_plan = isinstance(reviewed, PlanRevision)
    tx.session.add(
        Review(
            plan_revision_id=reviewed.id if of_plan else None,
            update_id=None if of_plan else reviewed.id,
            decision=decision,
            reason=reason,
            reviewed_at=tx.now,
            reviewed_by_id=by.officer_id,
        )
    )
