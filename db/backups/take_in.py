"""Importing an exported store into an empty one, row by row, with its audit chain unbroken.

Nothing is added to the trail, which would then differ from the one it was taken from.
"""

import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Table, func, insert, select, update
from sqlmodel import Session

from db import migrations
from db.audit.anchor import FILE as ANCHORS, anchor_file
from db.audit.chain import ChainReport, fingerprint
from db.audit.queries import verify_chain
from db.backups.backup_file import sha256_of
from db.backups.open_format import CSV, JSON_LINES, Values, read_rows
from db.backups.take_out import CHECKSUMS, EVIDENCE, FORMAT, KIND, MANIFEST, TABLES, files_in
from db.private_files import make_private
from db.seed.rows import move_sequences
from db.store import Store
from db.store_lock import alone
from db.tables import EXPORTED
from tracking.messages import Message, Refusal

WRITTEN_AT_ONCE = 1000
HEAD = "audit_head"


def take_in(store: Store, source: Path, *, form: str = CSV) -> ChainReport:
    """Load an export, a folder or a `.zip`, from its CSV or its JSON lines, and verify the audit chain.

    An empty database gets its tables first. All rows are loaded or none. Raises `Refusal` if it is not an
    export, was altered, has other tables or is sealed with another key, for a non-empty store, and while a
    server uses it.
    """
    with alone(store), _opened(store, source) as folder:
        manifest = _manifest(folder)
        _check_fits(store, manifest)
        _check_sums(folder)
        store.settings.data_dir.mkdir(parents=True, exist_ok=True)
        migrations.upgrade(store)
        with store.upkeep() as session:
            _check_empty(session)
            for table in EXPORTED:
                _fill(session, table, read_rows(table, folder / TABLES, form))
            move_sequences(session)
        if (folder / EVIDENCE).exists():
            shutil.copytree(folder / EVIDENCE, store.settings.evidence_dir, dirs_exist_ok=True)
        if (folder / ANCHORS).exists():
            shutil.copyfile(folder / ANCHORS, anchor_file(store))
        make_private(store)
    return verify_chain(store)


@contextmanager
def _opened(store: Store, source: Path) -> Iterator[Path]:
    """The export as a folder."""
    if source.is_dir():
        yield source
        return
    if not zipfile.is_zipfile(source):
        raise Refusal(Message("takeout.foreign"))
    store.settings.data_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=store.settings.data_dir, prefix=".import-") as name:
        with zipfile.ZipFile(source) as archive:
            archive.extractall(name)
        yield Path(name)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Refusal(Message("takeout.foreign")) from None
    if not isinstance(found, dict) or (found.get("kind"), found.get("format")) != (KIND, FORMAT):
        raise Refusal(Message("takeout.foreign"))
    return found


def _check_fits(store: Store, manifest: dict[str, Any]) -> None:
    if manifest["revision"] != migrations.head():
        raise Refusal(Message("takeout.other_revision", made=manifest["revision"], here=migrations.head()))
    if manifest["key"] != fingerprint(store.settings.chain_key):
        raise Refusal(Message("backup.other_key"))


def _check_sums(folder: Path) -> None:
    """Refuse unless the files are exactly those listed, each unaltered, with no table missing."""
    sums = folder / CHECKSUMS
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {name: path for name, path in files_in(folder) if name != CHECKSUMS}
    tables = {f"{TABLES}/{table.name}.{form}" for table in EXPORTED for form in (CSV, JSON_LINES)}
    wrong = sorted((found.keys() ^ listed.keys()) | (tables - listed.keys()))
    wrong += [name for name in sorted(found) if not wrong and sha256_of(found[name]) != listed[name]]
    if wrong:
        raise Refusal(Message("takeout.changed", file=wrong[0]))


def _check_empty(session: Session) -> None:
    for table in EXPORTED:
        rows = session.execute(select(func.count()).select_from(table)).scalar_one()
        if rows > (table.name == HEAD):
            raise Refusal(Message("takeout.not_empty"))


def _fill(session: Session, table: Table, rows: Iterator[Values]) -> None:
    if table.name == HEAD:
        session.execute(update(table).values(**next(rows)))
        return
    for some in _in_parts(rows):
        session.execute(insert(table), some)


def _in_parts(rows: Iterable[Values]) -> Iterator[list[Values]]:
    every = iter(rows)
    while some := list(islice(every, WRITTEN_AT_ONCE)):
        yield some
