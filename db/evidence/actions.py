"""Evidence: attached to a draft, and taken off while it is one."""

from sqlmodel import col

from db import signatures
from db.identity import SignedIn
from db.kept_files import digest_of, keep_bytes
from db.periods.queries import check_period
from db.sql import select
from db.store import Store, Transaction
from db.tables import EvidenceFile, ProgressUpdate, ReportingPeriod, Task
from tracking import permissions, workflow
from tracking.evidence import CheckedFile, checked_file, checked_link
from tracking.messages import Message, Refusal
from tracking.permissions import Right


def attach_evidence(store: Store, *, by: SignedIn, update_id: int, name: str, content: bytes) -> int:
    """Keep a file as evidence of a draft and give its id.

    Raises `Refusal` for a file that is none of the kinds allowed, too large, or attached already. An update
    handed to the signatory comes back by it.
    """
    return _attach(store, by, update_id, checked_file(name, content))


def attach_link(store: Store, *, by: SignedIn, update_id: int, address: str) -> int:
    """Keep the address of a page as evidence of a draft, by the same rules, and give its id."""
    return _attach(store, by, update_id, checked_link(address))


def _attach(store: Store, by: SignedIn, update_id: int, file: CheckedFile) -> int:
    with store.write(by) as tx:
        update, task = _draft(tx, by, update_id)
        digest = digest_of(file.content)
        same = select(col(EvidenceFile.id)).where(
            EvidenceFile.update_id == update_id, EvidenceFile.sha256 == digest
        )
        if tx.session.execute(same).first():
            raise Refusal(Message("evidence.attached_already"), fields=("evidence",))
        keep_bytes(store, file.content)
        row = tx.add(
            EvidenceFile(
                update_id=update.id,
                name=file.name,
                media_type=file.media_type,
                size=len(file.content),
                sha256=digest,
                uploaded_at=tx.now,
                uploaded_by_id=by.officer_id,
            )
        )
        tx.audit("attach_evidence", row, task.authority_id, task_id=task.id, name=file.name, sha256=digest)
        return row.id


def remove_evidence(store: Store, *, by: SignedIn, evidence_id: int) -> None:
    """Take a file off a draft. Its bytes stay: an earlier version of the update may name them as well."""
    with store.write(by) as tx:
        file = tx.load(EvidenceFile, evidence_id)
        _, task = _draft(tx, by, file.update_id)
        tx.audit("remove_evidence", file, task.authority_id, task_id=task.id, name=file.name)
        tx.session.delete(file)


def _draft(tx: Transaction, by: SignedIn, update_id: int) -> tuple[ProgressUpdate, Task]:
    """The update and its task, if this person may change it now; sign-off must be asked anew."""
    update = tx.load(ProgressUpdate, update_id)
    task = tx.load(Task, update.task_id)
    permissions.check(by, Right.REPORT_PROGRESS, task.authority_id)
    check_period(tx, tx.load(ReportingPeriod, update.period_id))
    signatures.back_to_draft(workflow.PROGRESS_UPDATE, update, "edit")
    return update, task
