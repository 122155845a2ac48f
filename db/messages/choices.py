"""An officer's choice of what to be told outside the product."""

from collections.abc import Iterable

from db.identity import SignedIn
from db.store import Store
from db.tables import MessageChoice, Officer
from tracking.email_addresses import checked_email
from tracking.reminders import ReminderKind


def set_message_choices(
    store: Store, *, by: SignedIn, by_email: bool, email: str, muted: Iterable[str]
) -> None:
    """Choose whether and where to get the daily digest by e-mail, and which kinds to leave out. Self-service.

    Without e-mail no address is stored. The trail records the choice, never the address. Raises `Refusal`.
    """
    with store.write(by) as tx:
        officer = tx.load(Officer, by.officer_id)
        address = checked_email(email) if by_email else None
        left_out = sorted(ReminderKind(kind) for kind in muted)
        choice = MessageChoice(officer_id=officer.id, by_email=by_email, email=address, muted=left_out)
        tx.session.merge(choice)
        tx.audit("set_message_choices", officer, by.authority_id, by_email=by_email, muted=left_out)
