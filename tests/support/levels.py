"""Officers of its own for an authority beneath another, and its plan and reports on their way up."""

from dataclasses import dataclass

from db.accounts.actions import create_account
from db.accounts.queries import identity_of
from db.identity import SignedIn
from db.plans import actions as plans, task_actions
from db.store import Store
from db.tables import Account
from db.updates import actions as updates
from tests.support.factories import FIRST_QUARTER, NORTH_POST, YEAR, answered, fair_task
from tests.support.trail import only
from tracking.validation import TaskDraft, UpdateDraft
from tracking.vocabulary import Role


@dataclass(frozen=True)
class Staff:
    """Who writes and who signs at one authority."""

    officer: SignedIn
    signatory: SignedIn


def staffed(store: Store, authority_id: int, name: str) -> Staff:
    """A reporting officer and a signatory of this authority, who can sign in; their sign-in names begin with `name`."""
    return Staff(
        *(
            _who(
                store,
                create_account(
                    store,
                    by=None,
                    sign_in_name=f"{name}.{role.value.removeprefix('reporting_')}",
                    name=name,
                    authority_id=authority_id,
                    roles=(role,),
                ).account_id,
            )
            for role in (Role.REPORTING_OFFICER, Role.SIGNATORY)
        )
    )


def _who(store: Store, account_id: int) -> SignedIn:
    with store.read() as session:
        return identity_of(session, only(store, Account, id=account_id))


def plan_sent_up(store: Store, staff: Staff, *drafts: TaskDraft, year: int = YEAR) -> int:
    """Its plan, signed and submitted by its own people; gives the revision."""
    by = staff.officer
    revision_id = plans.start_plan(store, by=by, notice_id=1, authority_id=by.authority_id or 0, year=year)
    plans.save_goals(store, by=by, revision_id=revision_id, row_version=1, goals="目标")
    for draft in drafts or (fair_task(post_id=NORTH_POST),):
        task_actions.add_task(store, by=by, revision_id=revision_id, draft=draft)
    plans.request_plan_sign_off(store, by=by, revision_id=revision_id)
    plans.sign_off_plan(store, by=staff.signatory, revision_id=revision_id)
    plans.submit_plan(store, by=by, revision_id=revision_id)
    return revision_id


def report_sent_up(
    store: Store, staff: Staff, task_id: int, draft: UpdateDraft, period_id: int = FIRST_QUARTER
) -> int:
    """Its report, signed and submitted by its own people; gives the update."""
    asked = {"task_id": task_id, "period_id": period_id, "row_version": 0}
    said = answered(store, task_id, draft, period_id)
    update_id = updates.save_progress_update(store, by=staff.officer, **asked, draft=said, hand_over=True)
    updates.sign_off_progress_updates(store, by=staff.signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=staff.signatory, update_id=update_id)
    return update_id
