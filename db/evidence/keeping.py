"""Which evidence an update has: the name of a file with each version, its bytes once (`db.kept_files`)."""

from collections.abc import Iterable

from db.store import Transaction
from db.tables import EvidenceFile, ProgressUpdate


def carry_evidence(tx: Transaction, update: ProgressUpdate, files: Iterable[EvidenceFile]) -> None:
    """Attach these files to an update as well."""
    tx.session.add_all(
        EvidenceFile(**{**file.model_dump(exclude={"id"}), "update_id": update.id}) for file in files
    )
