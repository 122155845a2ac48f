"""Backups: one file with the database, the evidence and the audit anchors, made while people work.

The key of the audit chain is not in it (see `db.backups.backup_file`).
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from db import migrations
from db.audit.anchor import FILE as ANCHORS, anchor_file
from db.audit.chain import ChainReport
from db.audit.queries import verify_chain
from db.backups.backup_file import Manifest, pack, read_manifest, unpack
from db.backups.dumps import dump, dump_name, put_back
from db.engine import open_engine
from db.private_files import make_private
from db.settings import SQLITE_FILE, Settings
from db.store import Store
from db.store_lock import alone
from db.tables import AuditHead
from tracking.messages import Message, Refusal

EVIDENCE = "evidence"
ASIDE = ".before-restore"


def backup(store: Store, file: Path) -> Manifest:
    """Write a backup to a file and return its contents; it is audited, so it contains its own event.

    Raises `Refusal` if PostgreSQL's tools are missing or fail.
    """
    with store.write(None) as tx:
        tx.audit("make_backup", tx.load(AuditHead, 1), file=file.name)
        made = Manifest(
            made_at=tx.now.isoformat(timespec="seconds"),
            database=store.engine.dialect.name,
            revision=migrations.head(),
            event_number=tx.head.number,
            event_hash=tx.head.hash,
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=file.parent, prefix=".backup-") as name:
        # The database before the evidence: whatever it refers to has been written by then.
        copy = Path(name) / dump_name(store)
        dump(store, copy)
        return pack(file, made, {dump_name(store): copy, **_files(store)}, store.settings.chain_key)


def restore(store: Store, file: Path, *, replace: bool = False) -> ChainReport:
    """Restore a store from a backup, migrate it to this code's tables, and verify its audit chain.

    Everything checkable is checked before anything is replaced, and the old database and anchors are kept
    beside the new ones as `….before-restore`. Raises `Refusal` for a file that is foreign, newer, altered or
    from another kind of database, for a non-empty store unless `replace` is given, and while a server uses
    it.
    """
    with alone(store):
        return _restore(store, file, replace=replace)


def _restore(store: Store, file: Path, *, replace: bool) -> ChainReport:
    manifest = read_manifest(file, store.settings.chain_key)
    _check_fits(store, manifest, replace=replace)
    store.settings.data_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=store.settings.data_dir, prefix=".restore-") as name:
        folder = Path(name)
        unpack(file, manifest, folder)
        _check_chain(store, folder)
        _set_aside(store)
        put_back(store, folder / dump_name(store))
        _move_files(store, folder)
    migrations.upgrade(store)
    with store.write(None) as tx:
        head = tx.load(AuditHead, 1)
        tx.audit(
            "restore_backup", head, file=file.name, made_at=manifest.made_at, event=manifest.event_number
        )
    return verify_chain(store)


def _files(store: Store) -> dict[str, Path]:
    """Name in the archive → file, for evidence and anchors."""
    evidence = sorted(path for path in store.settings.evidence_dir.rglob("*") if path.is_file())
    kept = [*evidence, *(file for file in (anchor_file(store),) if file.exists())]
    return {path.relative_to(store.settings.data_dir).as_posix(): path for path in kept}


def _check_fits(store: Store, manifest: Manifest, *, replace: bool) -> None:
    here = store.engine.dialect.name
    if manifest.database != here:
        raise Refusal(Message("backup.other_database", made=manifest.database, here=here))
    if int(manifest.revision) > int(migrations.head()):
        raise Refusal(Message("backup.newer"))
    if _in_use(store) and not replace:
        raise Refusal(Message("backup.store_in_use"))


def _in_use(store: Store) -> bool:
    return migrations.revision_of(store) is not None and store.data_version() > 0


def _check_chain(store: Store, folder: Path) -> None:
    """Verify a SQLite file before it is put in place, using this code's tables.

    A PostgreSQL script can only be verified afterwards.
    """
    file = folder / SQLITE_FILE
    if not file.exists():
        return
    settings = Settings(database_url="", data_dir=folder, audit_key=store.settings.chain_key.decode())
    unpacked = Store(open_engine(settings.store_url), settings)
    migrations.upgrade(unpacked)
    report = verify_chain(unpacked)
    unpacked.engine.dispose()
    if not report.intact:
        raise Refusal(Message("backup.chain_broken", number=report.broken_at))


def _set_aside(store: Store) -> None:
    if _in_use(store):
        aside = store.settings.data_dir / f"{dump_name(store)}{ASIDE}"
        aside.unlink(missing_ok=True)
        dump(store, aside)


def _move_files(store: Store, folder: Path) -> None:
    """Move the files in: existing evidence may stay, being stored by SHA-256; anchors belong to their chain."""
    if (folder / EVIDENCE).exists():
        shutil.copytree(folder / EVIDENCE, store.settings.evidence_dir, dirs_exist_ok=True)
    if anchor_file(store).exists():
        anchor_file(store).replace(store.settings.data_dir / f"{ANCHORS}{ASIDE}")
    if (folder / ANCHORS).exists():
        (folder / ANCHORS).replace(anchor_file(store))
    make_private(store)
