"""Permission to export the whole store, and the audit record of it."""

from db.identity import SignedIn
from db.store import Store
from db.tables import AuditHead
from tracking import permissions
from tracking.permissions import Right


def note_takeout(store: Store, *, by: SignedIn | None) -> None:
    """Record in the trail that everything is being exported; the export then contains this event.

    On the command line nobody is signed in: whoever runs it has the store anyway. Needs `TAKE_EVERYTHING`.
    """
    with store.write(by) as tx:
        if by is not None:
            permissions.check(by, Right.TAKE_EVERYTHING)
        tx.audit("take_everything", tx.load(AuditHead, 1))
