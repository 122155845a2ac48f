"""Whether a store holds the invented sample, as its audit trail tells: a store is filled once, while it holds no work."""

from sqlmodel import Session, col

from db.sql import select
from db.store import Store
from db.tables import AuditEvent

# This also recognises stores filled by earlier releases.
FILLING = ("load_sample", "generate")


def holds_sample(session: Session) -> bool:
    """Whether the sample, or a generated set, was loaded into the store."""
    filled = select(AuditEvent.number).where(col(AuditEvent.action).in_(FILLING)).limit(1)
    return session.execute(filled).first() is not None


def sample_loaded(store: Store) -> bool:
    """The same outside a transaction."""
    with store.read() as session:
        return holds_sample(session)
