"""Issuing an urging slip as a letter: who may, and the audit record."""

from typing import Any

from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.store import Store
from db.tables import UrgingSlip
from db.urging.queries import slip_sheet
from tracking import permissions
from tracking.permissions import Right


def export_slip(store: Store, *, by: SignedIn, slip_id: int) -> dict[str, Any]:
    """The slip as `slip_sheet` gives it; that it was taken is kept. Raises `Refusal`, `NotFound` out of reach."""
    scope = scope_of(store, by)
    with store.write(by) as tx:
        permissions.check(by, Right.EXPORT_LEDGER)
        slip = slip_sheet(store, scope, slip_id=slip_id)
        tx.audit("export_slip", tx.load(UrgingSlip, slip_id), slip["authority_id"])
    return slip
