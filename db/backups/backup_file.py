"""The backup file: a zip of database, evidence and anchors, with a sealed manifest.

The seal is made with the key of the audit chain, which is in no backup: keep `audit.key` (or `AUDIT_KEY`)
apart from it. So a file that somebody changed, or that another installation made, is refused before anything
of it is used.
"""

import hashlib
import hmac
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from db.audit.chain import fingerprint
from tracking.messages import Message, Refusal

KIND = "work-progress-backup"
FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """The contents of a backup: its schema revision, the audit event of its creation, each file's SHA-256."""

    made_at: str
    database: str
    revision: str
    event_number: int
    event_hash: str
    key: str = ""
    files: dict[str, str] = field(default_factory=dict)
    kind: str = KIND
    format: int = FORMAT
    seal: str = ""


def pack(file: Path, manifest: Manifest, content: Mapping[str, Path], key: bytes) -> Manifest:
    """Write the named files and the manifest listing them as one archive; returns the manifest.

    The archive appears under its name only once complete, and only its owner may read it.
    """
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, source in content.items():
            archive.write(source, name)
        files = {name: sha256_of(source) for name, source in content.items()}
        listed = replace(manifest, files=files, key=fingerprint(key))
        sealed = replace(listed, seal=_seal(listed, key))
        archive.writestr(MANIFEST, json.dumps(asdict(sealed), ensure_ascii=False, indent=1))
    part.replace(file)
    return sealed


def read_manifest(file: Path, key: bytes) -> Manifest:
    """The manifest of a backup. Raises `Refusal` for a foreign, newer or altered file, or a different key."""
    found = _read(file)
    if found.get("kind") != KIND:
        raise Refusal(Message("backup.foreign"))
    if found.get("format") != FORMAT:
        raise Refusal(Message("backup.newer"))
    if found.get("key") != fingerprint(key):
        raise Refusal(Message("backup.other_key"))
    manifest = Manifest(**found)
    if not hmac.compare_digest(manifest.seal, _seal(manifest, key)):
        raise Refusal(Message("backup.changed"))
    return manifest


def unpack(file: Path, manifest: Manifest, folder: Path) -> None:
    """Write every file of the manifest into a folder. Raises `Refusal` for one that differs from its seal."""
    with zipfile.ZipFile(file) as archive:
        for name, expected in manifest.files.items():
            try:
                archive.extract(name, folder)
            except (KeyError, zipfile.BadZipFile):
                raise Refusal(Message("backup.changed")) from None
            if sha256_of(folder / name) != expected:
                raise Refusal(Message("backup.changed"))


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _read(file: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(file) as archive, archive.open(MANIFEST) as opened:
            found = json.loads(opened.read(LARGEST_MANIFEST))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _seal(manifest: Manifest, key: bytes) -> str:
    content = json.dumps(asdict(replace(manifest, seal="")), ensure_ascii=False, sort_keys=True)
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()
