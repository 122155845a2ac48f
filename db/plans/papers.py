"""A revision of a plan as a paper: who may take it, what it says, and the audit record."""

from datetime import datetime

from db import clock
from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.plans.files import known_for, standing_of
from db.plans.queries import plan_sheet
from db.store import Store
from db.tables import Notice, PlanRevision
from tracking import permissions
from tracking.documents.plan_paper import PlanPaper
from tracking.permissions import Right
from tracking.plans.form import PlanForm
from tracking.vocabulary import PlanStatus


def export_plan_paper(store: Store, *, by: SignedIn, revision_id: int) -> PlanPaper:
    """A revision that `by` may read, with the officers of today; audited. Raises `Refusal`, `NotFound`."""
    permissions.check(by, Right.EXPORT_LEDGER)
    sheet = plan_sheet(store, scope_of(store, by), revision_id=revision_id)
    with store.write(by) as tx:
        revision = tx.load(PlanRevision, revision_id)
        tx.audit("export_plan", revision, sheet.plan.authority_id)
        notice, today = tx.load(Notice, sheet.plan.notice_id).title, tx.today
    known = known_for(store, by, sheet, today)
    return PlanPaper(
        PlanForm(sheet.plan.id, sheet.authority_name, standing_of(sheet), known),
        notice,
        sheet.revision.number,
        sheet.revision.status,
        clock.day_of(_since(sheet.revision)),
        sheet.revision.goals,
        sheet.revision.reason,
    )


def _since(revision: PlanRevision) -> datetime:
    """When a revision came to stand as it does."""
    since = {
        PlanStatus.HANDED_OVER: revision.sign_off_requested_at,
        PlanStatus.SIGNED_OFF: revision.signed_off_at,
        PlanStatus.CHECKING: revision.received_at,
        PlanStatus.SUBMITTED: revision.submitted_at,
        PlanStatus.RETURNED: revision.submitted_at,
        PlanStatus.FILED: revision.filed_at,
    }
    return since.get(revision.status) or revision.created_at
