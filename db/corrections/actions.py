"""Correcting the published figures of a frozen period: proposed, signed, and approved or refused.

Approving puts a new version in the place of the update and leaves that as it was published; the cells that
were published stay as they are, those known now are recomputed.
"""

from sqlmodel import col

from db.corrections.queries import UNDER_WAY
from db.evidence.keeping import carry_evidence
from db.evidence.queries import evidence_of
from db.identity import SignedIn
from db.kept_reviews import keep_review
from db.notifications.sending import notify_authority, notify_role, notify_writers
from db.row_changes import key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Correction, ProgressUpdate, ReportingPeriod, Task
from db.tasks.status import refresh_tasks
from db.texts import required_reason
from db.updates.drafts import next_version, say, write_parts
from db.updates.standing import facts_of_update, update_draft
from tracking import permissions, workflow
from tracking.checks import findings
from tracking.cleaning import clean_text
from tracking.corrections import check_differs, check_may_correct, corrected_draft, figures_of
from tracking.permissions import Right
from tracking.validation import UpdateDraft, completion_of_draft, refuse_all
from tracking.validation.problems import text_problems
from tracking.vocabulary import Decision, Grade, Role, UpdateStatus

LIMIT = 1000
_LINK = "corrections"


def propose_correction(
    store: Store, *, by: SignedIn, update_id: int, figures: UpdateDraft, reason: str
) -> int:
    """Propose other figures for a published update and return the correction's id; it awaits the signatory.

    Only actuals, milestones and the typed percentage of `figures` count. Raises `Refusal` with every fault.
    """
    with store.write(by) as tx:
        update = tx.load(ProgressUpdate, update_id)
        task, period = tx.load(Task, update.task_id), tx.load(ReportingPeriod, update.period_id)
        permissions.check(by, Right.PROPOSE_CORRECTION, task.authority_id)
        asked = select(Correction.id).where(
            Correction.update_id == update_id, col(Correction.status).in_(UNDER_WAY)
        )
        open_request = tx.session.scalar(asked) is not None
        check_may_correct(update=update.status, period=period.status, open_request=open_request)
        published, facts = update_draft(tx.session, update), facts_of_update(tx.session, update)
        corrected = corrected_draft(published, figures_of(figures), clean_text(reason))
        reasons = text_problems("reason", reason, required=True, limit=LIMIT)
        # The reason stands as the explanation, and its texts stay those that were published: only faults are mended.
        found = [finding for finding in findings(corrected, facts) if finding.grade is Grade.A]
        faults = [fault for fault in found if fault.field != "explanation"]
        refuse_all([*reasons, *faults])
        check_differs(corrected, published)
        correction = tx.add(
            Correction(
                update_id=update_id,
                figures=figures_of(corrected),
                published_permille=update.completion_permille,
                corrected_permille=completion_of_draft(corrected, facts),
                reason=corrected.explanation,
                written_at=tx.now,
                written_by_id=by.officer_id,
            )
        )
        _audit(tx, "propose_correction", correction, task)
        return key_of(correction)


def sign_correction(store: Store, *, by: SignedIn, correction_id: int) -> None:
    """Sign a proposal and send it to the working group."""
    with store.write(by) as tx:
        correction, task = _take_step(tx, by, Right.SIGN_REQUEST, correction_id, "sign_off")
        correction.requested_at, correction.signed_off_by_id = tx.now, by.officer_id
        _audit(tx, "sign_correction", correction, task)
        notify_role(tx, Role.MEMBER, "notification.correction_requested", _LINK, task=task.number)


def send_back_correction(store: Store, *, by: SignedIn, correction_id: int, reason: str) -> None:
    """Give a proposal back to its writer unsigned, with the reason; the next one begins anew."""
    with store.write(by) as tx:
        correction, task = _take_step(tx, by, Right.SIGN_REQUEST, correction_id, "send_back")
        correction.ruling = required_reason(reason)
        _audit(tx, "send_back_correction", correction, task)
        notify_writers(tx, task.authority_id, "notification.correction_sent_back", _LINK, task=task.number)


def withdraw_correction(store: Store, *, by: SignedIn, correction_id: int) -> None:
    """Withdraw a proposal before it is ruled on."""
    with store.write(by) as tx:
        correction, task = _take_step(tx, by, Right.PROPOSE_CORRECTION, correction_id, "withdraw")
        _audit(tx, "withdraw_correction", correction, task)


def approve_correction(store: Store, *, by: SignedIn, correction_id: int, ruling: str = "") -> None:
    """Approve corrected figures: they count from now on, alongside the published ones."""
    with store.write(by) as tx:
        correction, task = _load(tx, by, Right.APPROVE_CORRECTION, correction_id)
        status = workflow.step(workflow.CORRECTION, correction.status, "approve")
        refuse_all(list(text_problems("ruling", ruling, limit=LIMIT)))
        corrected_id = _replace(tx, by, correction)
        correction.status, correction.corrected_update_id = status, corrected_id
        _rule(tx, by, correction, clean_text(ruling))
        _audit(tx, "approve_correction", correction, task)
        refresh_tasks(tx, by, [task.id])
        notify_authority(tx, task.authority_id, "notification.correction_approved", _LINK, task=task.number)


def refuse_correction(store: Store, *, by: SignedIn, correction_id: int, reason: str) -> None:
    """Refuse a correction with a written reason; the published figures stay."""
    with store.write(by) as tx:
        correction, task = _take_step(tx, by, Right.APPROVE_CORRECTION, correction_id, "refuse")
        _rule(tx, by, correction, required_reason(reason))
        _audit(tx, "refuse_correction", correction, task)
        notify_authority(tx, task.authority_id, "notification.correction_refused", _LINK, task=task.number)


def _load(tx: Transaction, by: SignedIn, right: Right, correction_id: int) -> tuple[Correction, Task]:
    correction = tx.load(Correction, correction_id)
    task = tx.load(Task, tx.load(ProgressUpdate, correction.update_id).task_id)
    permissions.check(by, right, task.authority_id)
    return correction, task


def _take_step(
    tx: Transaction, by: SignedIn, right: Right, correction_id: int, verb: str
) -> tuple[Correction, Task]:
    correction, task = _load(tx, by, right, correction_id)
    correction.status = workflow.step(workflow.CORRECTION, correction.status, verb)
    return correction, task


def _replace(tx: Transaction, by: SignedIn, correction: Correction) -> int:
    """Replace the published version with one that has the corrected figures; returns its id."""
    update = tx.load(ProgressUpdate, correction.update_id)
    said = corrected_draft(update_draft(tx.session, update), correction.figures, correction.reason)
    update.status = workflow.step(workflow.PROGRESS_UPDATE, update.status, "correct")
    update.returned_at = tx.now
    tx.session.flush()
    version = next_version(tx, update.task_id, update.period_id, update)
    say(version, said, correction.corrected_permille)
    tx.session.flush()
    carry_evidence(tx, version, evidence_of(tx.session, [update.id])[update.id])
    write_parts(tx, {version.id: said})
    version.status = UpdateStatus.ACCEPTED
    version.written_by_id, version.signed_off_by_id = correction.written_by_id, correction.signed_off_by_id
    version.sign_off_requested_at, version.signed_off_at = correction.written_at, correction.requested_at
    version.submitted_at = version.accepted_at = tx.now
    version.reported_at = update.reported_at or update.submitted_at
    keep_review(tx, by, update, Decision.CORRECTED, correction.reason)
    keep_review(tx, by, version, Decision.ACCEPTED)
    return key_of(version)


def _rule(tx: Transaction, by: SignedIn, correction: Correction, ruling: str) -> None:
    correction.ruled_at, correction.ruled_by_id, correction.ruling = tx.now, by.officer_id, ruling


def _audit(tx: Transaction, action: str, correction: Correction, task: Task) -> None:
    changed = {"before": correction.published_permille, "after": correction.corrected_permille}
    detail = {"task_id": task.id, "changes": {"completion_permille": changed}, "reason": correction.reason}
    tx.audit(action, correction, task.authority_id, **detail)
