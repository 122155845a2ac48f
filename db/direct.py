"""Statements run on the driver itself: SQLAlchemy puts them into words once, and is passed by whenever they run again.

Its own way through a statement of one row takes ten times as long as the database does. Listeners of the engine are told
before a statement as ever; after it, `db.statement_names` alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Insert, Result
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData

from db.driver import run
from db.statement_names import look

# More values than this in one statement, and it costs what its rows cost; its words are not worth keeping.
MOST_VALUES = 64
ROWS_AT_ONCE = 1000
_Process: TypeAlias = Callable[[Any], Any] | None
# The names of the values that a statement is given, each with how many they are where it is a list.
_Shape: TypeAlias = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class _Value:
    """A place for a value in the words of a statement: which one it takes, and how it is written.

    `given` is its name, None where the statement brings the value `own`; of a list it takes the one at `number`.
    """

    name: str
    given: str | None
    number: int | None
    own: Any
    process: _Process

    def of(self, values: Mapping[str, Any]) -> Any:
        """What is written there."""
        if self.given is None:
            return self.own
        value = values[self.given]
        if self.number is not None:
            value = value[self.number]
        return value if self.process is None else self.process(value)


@dataclass(frozen=True, slots=True)
class _Worded:
    """A statement in the words of a driver, with the places for its values."""

    text: str
    by_place: bool
    places: Sequence[_Value]

    def given(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        if self.by_place:
            return tuple([place.of(values) for place in self.places])
        return {place.name: place.of(values) for place in self.places}


class _Source:
    """Where rows come from, let go of with the result: a statement left open keeps SQLite reading what was then."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def _soft_close(self, **_: Any) -> None:
        self.cursor.close()


def ask(connection: Connection, statement: Any, values: Mapping[str, Any]) -> Result[Any]:
    """The rows of a statement of columns, with the values bound in it."""
    shape = _shape(values)
    if sum(count or 0 for _, count in shape) > MOST_VALUES:
        return connection.execute(statement, values)
    worded = _worded(connection.dialect, statement, shape)
    given = worded.given(values)
    cursor = run(connection, worded.text, given)
    rows = look(connection, cursor, worded.text, given)
    fetched = iter(rows) if rows is not None else _fetched(cursor)
    described = tuple([column[:2] for column in cursor.description])
    source: Any = _Source(cursor)
    return IteratorResult(_reader(connection.dialect, statement, described), fetched, source)


def change(connection: Connection, statement: Any, rows: Sequence[Mapping[str, Any]]) -> int:
    """Run a statement that gives no rows for each of these values, of the same names; returns how many rows it changed.

    An `insert` is given every column that has no value of its own in the database.
    """
    worded = _worded(connection.dialect, statement, tuple((name, None) for name in rows[0]))
    given = [worded.given(values) for values in rows]
    parameters = given[0] if len(given) == 1 else given
    cursor = run(connection, worded.text, parameters, many=len(given) > 1)
    look(connection, cursor, worded.text, parameters)
    return int(cursor.rowcount)


def _shape(values: Mapping[str, Any]) -> _Shape:
    return tuple([(name, len(value) if _is_many(value) else None) for name, value in values.items()])


def _is_many(value: Any) -> bool:
    return isinstance(value, Sized) and not isinstance(value, str)


@lru_cache(maxsize=2048)
def _worded(dialect: Dialect, statement: Any, shape: _Shape) -> _Worded:
    named = [name for name, _ in shape] if isinstance(statement, Insert) else None
    compiled: Any = statement.compile(dialect=dialect, column_keys=named)
    lists = {name: [None] * count for name, count in shape if count is not None}
    state = compiled.construct_expanded_state({**dict.fromkeys(dict(shape)), **lists})
    origins = {
        one: (name, at) for name, ones in state.parameter_expansion.items() for at, one in enumerate(ones)
    }

    def place(name: str) -> _Value:
        origin, number = origins.get(name, (name, None))
        process = compiled.binds[origin].type.dialect_impl(dialect).bind_processor(dialect)
        if origin in dict(shape):
            return _Value(name, origin, number, None, process)
        own = state.parameters[name]
        return _Value(name, None, None, own if process is None else process(own), None)

    names = state.positiontup if compiled.positional else state.parameters
    return _Worded(state.statement, compiled.positional, [place(name) for name in names])


@lru_cache(maxsize=2048)
def _reader(dialect: Dialect, statement: Any, described: Sequence[tuple[str, Any]]) -> SimpleResultMetaData:
    """How the columns of its rows are called and read."""
    kinds = (column.type.dialect_impl(dialect) for column in statement.selected_columns)
    read = [kind.result_processor(dialect, code) for kind, (_, code) in zip(kinds, described, strict=True)]
    return SimpleResultMetaData([name for name, _ in described], _processors=read)


def _fetched(cursor: Any) -> Iterator[Any]:
    """The rows as they are asked for: of a nation's history they would fill the memory."""
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield from rows
