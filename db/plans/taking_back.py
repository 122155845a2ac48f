"""A plan that left its writer by mistake: taken back, unless whoever it lies with has opened it."""

from db import signatures
from db.identity import SignedIn
from db.plans.actions import load_revision
from db.store import Store
from tracking import permissions, workflow
from tracking.permissions import Right
from tracking.vocabulary import PlanStatus


def open_plan(store: Store, *, by: SignedIn, revision_id: int) -> None:
    """Note that the signatory, whoever checks, or a member, has opened what lies with them: from now on it is not taken back."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, *(signatures.lies_with(revision, plan.authority_id) or (Right.REVIEW,)))
        signatures.note_opened(workflow.WORK_PLAN, revision, tx.now)
        tx.audit("open_plan", revision, plan.authority_id)


def take_back_plan(store: Store, *, by: SignedIn, revision_id: int) -> None:
    """Make a plan a draft again that was handed over or submitted by mistake and that nobody has opened."""
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        submitted = revision.status in {PlanStatus.CHECKING, PlanStatus.SUBMITTED}
        permissions.check(by, Right.SUBMIT if submitted else Right.WRITE_PLAN, plan.authority_id)
        signatures.take_back(workflow.WORK_PLAN, revision)
        tx.audit("take_back_plan", revision, plan.authority_id)
