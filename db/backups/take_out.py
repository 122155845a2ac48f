"""Exporting the whole store in open formats, as of one instant.

Unlike a backup it can be read without this product, and goes into either kind of database. Like one it holds every
secret of the store (digests of passwords and tokens among them): keep it as you keep a backup.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlmodel import Session

from db import clock, migrations
from db.audit.anchor import FILE as ANCHORS, anchor_file
from db.audit.chain import fingerprint
from db.audit.queries import snapshots
from db.audit.sample import sample_loaded
from db.backups.backup_file import sha256_of
from db.backups.dictionary import write_dictionary
from db.backups.open_format import write_rows
from db.private_files import make_folder_private
from db.store import Store
from db.tables import EXPORTED, AuditHead
from tracking.messages import Message, Refusal

KIND = "work-progress-open-export"
FORMAT = 1
MANIFEST, CHECKSUMS, DICTIONARY, NOTE = "manifest.json", "SHA256SUMS", "dictionary.csv", "README.txt"
TABLES, EVIDENCE = "tables", "evidence"
READ_AT_ONCE = 2000


@dataclass(frozen=True)
class Taken:
    """The contents of an export: its schema revision, the last audit event, the row count of each table."""

    made_at: str
    database: str
    revision: str
    event_number: int
    event_hash: str
    key: str
    rows: dict[str, int]
    kind: str = KIND
    format: int = FORMAT


def take_out(store: Store, target: Path) -> Taken:
    """Write everything to a new folder, or to one archive if the name ends in `.zip`.

    Auditing it is up to `db.backups.takeouts`. Raises `Refusal` if the target already exists.
    """
    if target.exists() and (target.is_file() or any(target.iterdir())):
        raise Refusal(Message("takeout.place_in_use", place=str(target)))
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".export-") as name:
        folder = Path(name) / "export"
        folder.mkdir()
        taken = _fill(store, folder)
        if target.suffix == ".zip":
            _pack(folder, target)
        else:
            shutil.copytree(folder, target, dirs_exist_ok=True)
            make_folder_private(target)
    return taken


def files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder by its relative name, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _fill(store: Store, folder: Path) -> Taken:
    tables = folder / TABLES
    tables.mkdir()
    with Session(snapshots(store)) as session:
        head = session.execute(select(AuditHead)).scalar_one()
        rows = {}
        for table in EXPORTED:
            found = session.execute(
                select(table).order_by(*table.primary_key).execution_options(yield_per=READ_AT_ONCE)
            )
            rows[table.name] = write_rows(table, found, tables)
        taken = Taken(
            made_at=clock.now().isoformat(timespec="seconds"),
            database=store.engine.dialect.name,
            revision=migrations.head(),
            event_number=head.number,
            event_hash=head.hash,
            key=fingerprint(store.settings.chain_key),
            rows=rows,
        )
    _add_files(store, folder)
    write_dictionary(folder / DICTIONARY)
    (folder / NOTE).write_text(_note(store), encoding="utf-8")
    (folder / MANIFEST).write_text(json.dumps(asdict(taken), indent=1), encoding="utf-8")
    sums = [f"{sha256_of(path)}  {name}\n" for name, path in files_in(folder)]
    (folder / CHECKSUMS).write_text("".join(sums), encoding="utf-8")
    return taken


def _note(store: Store) -> str:
    """A note on what the export is, starting with a warning if its data is invented."""
    sample = [str(Message("sample.note"))] if sample_loaded(store) else []
    return "\n\n".join([*sample, str(Message("takeout.note"))])


def _add_files(store: Store, folder: Path) -> None:
    """Add the evidence after the tables: whatever they refer to has been written by then."""
    if store.settings.evidence_dir.exists():
        shutil.copytree(store.settings.evidence_dir, folder / EVIDENCE)
    if anchor_file(store).exists():
        shutil.copyfile(anchor_file(store), folder / ANCHORS)


def _pack(folder: Path, target: Path) -> None:
    """Pack the archive, which appears under its name only once complete and only its owner may read."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in files_in(folder):
            archive.write(path, name)
    part.replace(target)
