"""The letter of an urging slip: kept as it is issued, and who may take it out."""

from functools import partial
from typing import Any

from db import clock
from db.authorities.scope import NATION, scope_of
from db.identity import SignedIn
from db.papers.keeping import keep_paper, language_of
from db.row_changes import key_of
from db.store import Store, Transaction
from db.tables import UrgingSlip
from db.urging.queries import slip_details
from tracking import permissions
from tracking.documents.urging_notice import urging_notice
from tracking.permissions import Right
from tracking.vocabulary import PaperKind


def export_slip(store: Store, *, by: SignedIn, slip_id: int) -> dict[str, Any]:
    """Export the slip as returned by `slip_sheet`; audited.

    Raises `Refusal`, `NotFound` if out of reach.
    """
    scope = scope_of(store, by)
    with store.write(by) as tx:
        permissions.check(by, Right.EXPORT_LEDGER)
        slip = slip_details(tx.session, scope, slip_id=slip_id)
        row = tx.load(UrgingSlip, slip_id)
        tx.audit("export_slip", row, slip["authority_id"], paper_sha256=keep_letter(tx, row))
    return slip


def keep_letter(tx: Transaction, slip: UrgingSlip) -> str:
    """Archive the letter of an issued slip, unless already archived, and return its SHA-256."""
    details = slip_details(tx.session, NATION, slip_id=key_of(slip))
    issued_on = clock.day_of(slip.issued_at)
    make = partial(urging_notice, details, issued_on=issued_on, on=tx.today)
    language = language_of(tx, slip.issued_by_id)
    return keep_paper(tx, PaperKind.URGING_NOTICE, key_of(slip), language, make)
