"""Database migrations: numbered revisions, applied in order in one transaction.

What the tables are is `db.tables`; a test holds the two together on both databases. There is no way
down: whoever must go back restores a backup.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.engine import WRITES
from db.store import Store
from db.store_lock import PATIENCE, alone

FOLDER = Path(__file__).parent


@cache
def head() -> str:
    """The newest revision this code knows, a number of four figures."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def revision_of(store: Store) -> str | None:
    """The revision a database stands at, None for an empty one."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(store: Store) -> bool:
    """Whether the database has exactly the tables of this code."""
    return revision_of(store) == head()


def upgrade(store: Store, goal: str = "head") -> None:
    """Bring the database to a revision, the newest unless told; does nothing where it is there already.

    Raises `Refusal` where it is not, and somebody uses it.
    """
    if is_current(store):
        return
    engine = store.engine.execution_options(**{WRITES: True})
    with (
        alone(store, patience=PATIENCE),
        engine.connect() as connection,
        _rebuilding(connection),
        connection.begin(),
    ):
        command.upgrade(_config(connection), goal)
        _check_references(connection)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by dropping it for a copy, which what refers to it would forbid."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _check_references(connection: Connection) -> None:
    """What was not checked row by row, all at once before it is kept. Raises `RuntimeError`."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"rows refer to what is not there: {broken[:5]}")


def draft(store: Store, message: str, folder: Path = FOLDER / "versions") -> Path:
    """Write the revision from what this current database has to what `db.tables` says, to be read and tidied."""
    number = f"{int(head()) + 1:04}"
    with store.engine.connect() as connection:
        config = _config(connection)
        config.set_main_option("version_locations", f"{FOLDER / 'versions'} {folder}")
        command.revision(config, message, autogenerate=True, rev_id=number, version_path=str(folder))
    return next(folder.glob(f"{number}_*.py"))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "space")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
