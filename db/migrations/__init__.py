"""Owns how the database comes to have the tables: revisions, applied in order, each in a transaction.

What the tables are is `db.tables`; a test holds the two together on both databases.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.engine import WRITES
from db.store import Store

FOLDER = Path(__file__).parent


def head() -> str:
    """The newest revision this code knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None, "the folder of revisions is empty"  # noqa: S101 -- a broken installation
    return revision


def revision_of(store: Store) -> str | None:
    """The revision a database stands at, None for an empty one."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(store: Store) -> bool:
    """Whether the database has exactly the tables of this code."""
    return revision_of(store) == head()


def upgrade(store: Store) -> None:
    """Bring the database to the newest revision, in one transaction; does nothing if it is there."""
    with store.engine.execution_options(**{WRITES: True}).begin() as connection:
        command.upgrade(_config(connection), "head")


def draft(store: Store, message: str, folder: Path = FOLDER / "versions") -> Path:
    """Write the revision that takes a current database to what `db.tables` says now, to be tidied by hand."""
    with store.engine.connect() as connection:
        config = _config(connection)
        script = command.revision(config, message, autogenerate=True, version_path=str(folder))
    return Path(script.path)  # type: ignore[union-attr]  # one message gives one script


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    config.attributes["connection"] = connection
    return config
