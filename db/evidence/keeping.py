"""How evidence is kept: its bytes once by digest, its name with each version of an update."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from db.store import Store, Transaction
from db.tables import EvidenceFile, ProgressUpdate


def evidence_path(store: Store, digest: str) -> Path:
    """Where the bytes with this SHA-256 (hexadecimal) lie."""
    return store.settings.evidence_dir / digest[:2] / digest


def keep_file(path: Path, content: bytes) -> None:
    """Write the bytes whole or not at all; a file under its digest never changes."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def carry_evidence(tx: Transaction, update: ProgressUpdate, files: Iterable[EvidenceFile]) -> None:
    """Attach these files to an update as well."""
    tx.session.add_all(
        EvidenceFile(**{**file.model_dump(exclude={"id"}), "update_id": update.id}) for file in files
    )
