"""Files handed in: their bytes lie in the evidence folder, once by their digest, and never change."""

import hashlib
import os
import tempfile
from pathlib import Path

from db.store import Store


def kept_path(store: Store, digest: str) -> Path:
    """Where the bytes with this SHA-256 (hexadecimal) lie."""
    return store.settings.evidence_dir / digest[:2] / digest


def digest_of(content: bytes) -> str:
    """The SHA-256 of the bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep_bytes(store: Store, content: bytes) -> str:
    """Write the bytes whole or not at all, unless they lie there already; gives their SHA-256."""
    digest = digest_of(content)
    path = kept_path(store, digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    return digest
