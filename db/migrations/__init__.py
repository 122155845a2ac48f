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
from sqlmodel import Session

from db.engine import ALONE, WRITES, without_hurry
from db.statistics import gather_statistics
from db.store import Store
from db.store_lock import PATIENCE, alone

FOLDER = Path(__file__).parent


@cache
def head() -> str:
    """The newest revision this code knows, a four-digit number."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def revision_of(store: Store) -> str | None:
    """The revision of a database, None for an empty one."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(store: Store) -> bool:
    """Whether the database has exactly the tables of this code."""
    return revision_of(store) == head()


def upgrade(store: Store, goal: str = "head") -> None:
    """Migrate the database to a revision, by default the newest; does nothing if it is there already.

    Raises `Refusal` if a migration is needed while somebody uses it.
    """
    before = revision_of(store)
    if before == head():
        return
    engine = store.engine.execution_options(**{WRITES: ALONE})
    with (
        alone(store, patience=PATIENCE),
        engine.connect() as connection,
        _rebuilding(connection),
        connection.begin(),
    ):
        without_hurry(connection)
        command.upgrade(_config(connection), goal)
        _check_references(connection)
        if before is not None:  # a table that was replaced by a copy is known to the planner no more
            gather_statistics(Session(connection))


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Suspend foreign keys: SQLite alters a table by replacing it with a copy, which references would forbid."""
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
    """Check all references at once before commit, since rows were not checked. Raises `RuntimeError`."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"rows refer to what is not there: {broken[:5]}")


def draft(store: Store, message: str, folder: Path = FOLDER / "versions") -> Path:
    """Draft the revision from this up-to-date database to `db.tables`, to be reviewed and tidied."""
    number = f"{int(head()) + 1:04}"
    with store.engine.connect() as connection:
        config = _config(connection)
        config.set_main_option("version_locations", f"{FOLDER / 'versions'}\n{folder}")
        command.revision(config, message, autogenerate=True, rev_id=number, version_path=str(folder))
    return next(folder.glob(f"{number}_*.py"))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
