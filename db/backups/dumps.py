"""Copying a live database into one file, and restoring it."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pysqlite3
from sqlalchemy import inspect

from db.settings import SQLITE_FILE
from db.store import Store
from tracking.messages import Message, Refusal

POSTGRESQL_FILE = "database.sql"
LOG_FILES = ("-wal", "-shm")
# Ignores the caller's settings, stops at the first error, and runs as one transaction.
AS_ONE = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction")


def dump_name(store: Store) -> str:
    """The name of the copy: a SQLite file, or a script for PostgreSQL."""
    return SQLITE_FILE if store.engine.dialect.name == "sqlite" else POSTGRESQL_FILE


def dump(store: Store, file: Path) -> None:
    """Copy a snapshot of the database. Raises `Refusal` if PostgreSQL's own tools are missing or fail."""
    if store.engine.dialect.name == "sqlite":
        _copy_sqlite(Path(str(store.engine.url.database)), file)
    else:
        _run(store, "pg_dump", "--no-owner", "--no-privileges", f"--file={file}")


def put_back(store: Store, file: Path) -> None:
    """Restore the database from the copy, replacing all tables; consumes the file."""
    if store.engine.dialect.name == "sqlite":
        _replace_sqlite(store, file)
        return
    tables = inspect(store.engine).get_table_names()
    store.engine.dispose()
    drop = [f"--command=DROP TABLE {', '.join(tables)} CASCADE"] if tables else []
    _run(store, "psql", *AS_ONE, *drop, f"--file={file}")


def _copy_sqlite(database: Path, file: Path) -> None:
    with closing(pysqlite3.connect(database)) as source, closing(pysqlite3.connect(file)) as target:
        source.backup(target)
        # The copy is a single file that needs no log beside it.
        target.execute("PRAGMA journal_mode = DELETE")


def _replace_sqlite(store: Store, file: Path) -> None:
    """Replace the file along with its logs, which would corrupt a different file beside them."""
    database = Path(str(store.engine.url.database))
    store.engine.dispose()
    for suffix in LOG_FILES:
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    file.replace(database)


def _run(store: Store, tool: str, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise Refusal(Message("backup.tool_missing", tool=tool))
    url = store.engine.url
    address = url.set(drivername="postgresql", password=None).render_as_string()
    # The password goes through the environment: any user of the machine can read arguments.
    environment = {**os.environ, "PGPASSWORD": str(url.password or "")}
    command = [program, *arguments, f"--dbname={address}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- no shell, and nothing a person typed
    if done.returncode:
        raise Refusal(Message("backup.tool_failed", tool=tool, error=done.stderr.strip()))
