"""The store: opened, read, and written one audited transaction at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, Executable, Select, bindparam, insert, inspect, update
from sqlmodel import Session, SQLModel

from db import clock
from db.audit.chain import Event, Head, link
from db.audit.key import key_of_chain
from db.direct import change
from db.engine import AT_ONCE, IN_TURN, PATIENCE, SOON, STORE_AWAY, WRITES, open_engine
from db.identity import SignedIn
from db.settings import Settings
from db.sql import bound, fetch, flushed, select
from db.table_versions import grow, versions, watch
from db.tables import AuditEvent, AuditHead
from db.trials import forget_trial, set_aside
from db.writers import Writers
from tracking.messages import Message, Refusal

Row = TypeVar("Row", bound=SQLModel)
_HEAD = select(AuditHead.number, AuditHead.hash, AuditHead.key_fingerprint).with_for_update()
_MOVE_HEAD = update(AuditHead).values(number=bound("to_number"), hash=bound("to_hash"))
_KEEP_EVENTS = insert(AuditEvent)


class NotFound(Refusal):
    """What was asked for does not exist (any more)."""


class Conflict(Refusal):
    """Somebody else saved the same row since it was read."""


class UnauditedWrite(RuntimeError):
    """A transaction tried to commit without an audit event: a bug, not a user error."""


class Transaction:
    """One writing transaction: rows are loaded for update, and `audit` records what was done."""

    def __init__(self, session: Session, by: SignedIn | None, head: Head, key: bytes) -> None:
        self.session = session
        self.by = by
        self.now: datetime = clock.now()
        self.today: date = clock.day_of(self.now)
        self.head = head
        self._key = key
        self._events: list[Event] = []

    def load(self, table: type[Row], key: Any) -> Row:
        """The row with this key, locked until the end of the transaction. Raises `NotFound`."""
        return self.load_each(table, [key])[0]

    def load_each(self, table: type[Row], keys: Sequence[Any]) -> list[Row]:
        """The rows with these keys, in their order, locked until the end of the transaction. Raises `NotFound`."""
        found = self.load_all(table, keys)
        if not found.keys() >= set(keys):
            raise NotFound(Message("store.not_found"))
        return [found[key] for key in keys]

    def load_all(self, table: type[Row], keys: Collection[Any]) -> dict[Any, Row]:
        """The existing rows with these keys, locked until the end of the transaction."""
        return {key: row for row, key in self.session.execute(_by_key(table), {"keys": list(keys)})}

    def add(self, row: Row) -> Row:
        """Store a new row; it has its key afterwards."""
        self.session.add(row)
        self.session.flush()
        return row

    def audit(self, action: str, subject: SQLModel, authority_id: int | None = None, **detail: Any) -> None:
        """Record that the actor did `action` to `subject`; `detail` must be plain JSON values."""
        event = Event(
            happened_at=self.now,
            officer_id=self.by.officer_id if self.by else None,
            authority_id=authority_id,
            action=action,
            subject=str(subject.__tablename__),
            subject_id=getattr(subject, "id", None),
            detail=detail,
        )
        self._events.append(link(event, self.head, self._key))

    def keep_events(self) -> None:
        """Write what was recorded. Raises `UnauditedWrite` if nothing was."""
        if not self._events:
            raise UnauditedWrite("a write left no audit event")
        connection = flushed(self.session)
        change(connection, _KEEP_EVENTS, [vars(event) for event in self._events])
        change(connection, _MOVE_HEAD, [{"to_number": self.head.number, "to_hash": self.head.hash}])


@cache
def _by_key(table: type[SQLModel]) -> Select[Any, Any]:
    key = inspect(table).primary_key[0]
    rows = select(table, key).where(key.in_(bindparam("keys", expanding=True))).with_for_update()
    return rows.execution_options(populate_existing=True)


def check_version(row: Any, row_version: int) -> None:
    """Refuse to overwrite what somebody else saved since the row was read, and increment the version.

    Raises `Conflict`.
    """
    if row.row_version != row_version:
        raise Conflict(Message("store.changed_meanwhile"))
    row.row_version += 1


class Store:
    """An open store; threads may share it."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        watch(engine)
        self.settings = settings
        # Set by `db.store_lock`: this process is replacing the tables.
        self.locked_alone = False
        self._was_away = False
        self._writers = Writers(engine)
        self._writing = {writes: engine.execution_options(**{WRITES: writes}) for writes in PATIENCE}

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read session; any changes are discarded."""
        with Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, by: SignedIn | None) -> Iterator[Transaction]:
        """One transaction, committed as a whole or not at all; `by` is None for the command line.

        Writers take turns at the head of the audit chain. Raises `UnauditedWrite` if nothing was audited, and
        `Refusal` if the key is not the chain's.
        """
        with self._begun() as session:
            head, key = self._head_and_key(session)
            transaction = Transaction(session, by, head, key)
            yield transaction
            transaction.keep_events()

    @contextmanager
    def rehearsal(self, by: SignedIn | None, *tried: type[SQLModel]) -> Iterator[Transaction]:
        """What a transaction would see, to judge by: it waits for nobody, nobody for it, and nothing of it is kept.

        The tables `tried` may be written as well, on trial.
        """
        with Session(self.engine, autoflush=bool(tried)) as session:
            connection = session.connection()
            set_aside(connection, tried)
            try:
                yield Transaction(session, by, Head(), b"")
            finally:
                forget_trial(connection)

    @contextmanager
    def upkeep(self) -> Iterator[Session]:
        """A transaction without an actor: updating summaries, storing answers."""
        with self._begun() as session:
            yield session

    @contextmanager
    def aside(self) -> Iterator[Session]:
        """A transaction without an actor that does not wait for long ones: it raises `StoreFailed` instead."""
        with self._begun(SOON) as session:
            yield session

    def settle_key(self) -> None:
        """Record at the head of the chain which key seals it. Raises `Refusal` if a different one is recorded."""
        with self._begun() as session:
            self._head_and_key(session)

    def note(self, statement: Executable) -> None:
        """Do an optional write without an actor, such as a time of last use; skipped while others write, or nobody can."""
        with suppress(*STORE_AWAY), self._turn(AT_ONCE) as engine, engine.begin() as connection:
            connection.execute(statement)
            grow(connection)

    def data_version(self) -> int:
        """A number that grows with every audited write."""
        with self.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT number FROM audit_head").scalar_one())

    def table_versions(self) -> Mapping[str, int]:
        """Table → a number that grows with rows that come and go, `table.column` → with values set; 0 where there is none."""
        return versions(self.engine)

    def _head_and_key(self, session: Session) -> tuple[Head, bytes]:
        head = Head(*fetch(session, _HEAD).one())
        known = head.key_fingerprint
        key = key_of_chain(session, head, self.settings)
        if head.key_fingerprint != known:
            session.execute(update(AuditHead).values(key_fingerprint=head.key_fingerprint))
        return head, key

    @contextmanager
    def _turn(self, writes: str) -> Iterator[Engine]:
        """The engine of a writer whose turn it is."""
        with self._writers.turn(PATIENCE[writes] / 1000):
            yield self._writing[writes]

    @contextmanager
    def _begun(self, writes: str = IN_TURN) -> Iterator[Session]:
        if self._was_away:
            # A connection that was opened while the file was read-only stays so.
            self.engine.dispose()
            self._was_away = False
        try:
            with self._turn(writes) as engine, Session(engine) as session, session.begin():
                yield session
                session.flush()
                grow(session.connection())
        except STORE_AWAY:
            self._was_away = True
            raise


def open_store(database_url: str | None = None, *, data_dir: Path | None = None) -> Store:
    """Open the store at the address, else at `DATABASE_URL`, else the embedded file under `DATA_DIR`."""
    settings = Settings()
    if data_dir is not None:
        settings.data_dir = data_dir
    if database_url is not None:
        settings.database_url = database_url
    return Store(open_engine(settings.store_url, settings.limits), settings)
