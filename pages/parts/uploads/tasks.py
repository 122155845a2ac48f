"""The tasks that the rows of an uploaded ledger may be of."""

from db.authorities.delegation import writing_scope
from db.identity import SignedIn
from db.tables import Upload
from db.uploads.tasks import ledger_tasks_of
from pages.shared.reads import Reads
from tracking.ledgers.rows import LedgerTask


def tasks_for(by: SignedIn, reads: Reads, upload: Upload) -> list[LedgerTask]:
    """Those of one's own authority and of all beneath it, for the period of the upload."""
    within = sorted(writing_scope(by).authority_ids or ())
    return reads.scoped(ledger_tasks_of, authority_ids=within, period_id=upload.period_id)
