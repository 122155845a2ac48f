"""The door to SQL expressions: SQLAlchemy's `select`, typed by what it selects.

SQLModel gives a class attribute the type of its value (`Task.id` is an `int`), where SQLAlchemy's own stubs
want columns. So the clauses of a `Query` take anything, which keeps the queries free of casts, and its rows have
types: of an entity that entity, of columns their values.

To build a statement and to find its compiled form costs many times what the database needs to run it. What every write
runs is therefore built once, with `bound` values, and run by `fetch`.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

import sqlalchemy
from sqlalchemy import BindParameter, ColumnElement, Connection, Result, bindparam
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, SQLModel

from db.direct import ask

if TYPE_CHECKING:
    from typing import Self, TypeVarTuple

    Columns = TypeVarTuple("Columns")

    class Query(sqlalchemy.Select[*Columns]):
        """A statement whose rows have these column types."""

        def where(self, *clauses: Any) -> Self: ...
        def join(
            self, target: Any, onclause: Any = None, *, isouter: bool = False, full: bool = False
        ) -> Self: ...
        def order_by(self, *clauses: Any) -> Self: ...
        def group_by(self, *clauses: Any) -> Self: ...
        def having(self, *clauses: Any) -> Self: ...
        def select_from(self, *sources: Any) -> Self: ...
        def limit(self, limit: Any) -> Self: ...
        def offset(self, offset: Any) -> Self: ...
        def distinct(self, *columns: Any) -> Self: ...
        def with_for_update(self, **how: Any) -> Self: ...
        def add_columns(self, *columns: Any) -> "Statement": ...
        def with_only_columns(self, *columns: Any, **how: Any) -> "Statement": ...

else:
    Query = sqlalchemy.Select

# For statements of many columns: rows are read by column name.
Statement: TypeAlias = "Query[*tuple[Any, ...]]"
Rows: TypeAlias = "Result[*tuple[Any, ...]]"
Entity = TypeVar("Entity", bound=SQLModel)
Value = TypeVar("Value")


@overload
def select(entity: type[Entity], /) -> "Query[Entity]": ...
@overload
def select(column: SQLCoreOperations[Value], /) -> "Query[Value]": ...
@overload
def select(column: Value, /) -> "Query[Value]": ...
@overload
def select(*columns: Any) -> Statement: ...
def select(*columns: Any) -> Any:
    """`sqlalchemy.select`."""
    return sqlalchemy.select(*columns)


def bound(name: str, kind: Any = None) -> BindParameter[Any]:
    """A value that a statement is given each time it runs."""
    return bindparam(name, type_=kind)


def among(column: Any, name: str) -> ColumnElement[bool]:
    """The condition for a column to be among values that a statement is given each time it runs."""
    found: ColumnElement[bool] = column.in_(bindparam(name, expanding=True))
    return found


@lru_cache(maxsize=256)
def narrowed(statement: Statement, *conditions: ColumnElement[bool]) -> Statement:
    """The statement where these hold too: for conditions that are made once, one that is made once."""
    return statement.where(*conditions)


def fetch(session: Session, statement: "Query[*Columns]", **values: Any) -> "Result[*Columns]":
    """The rows of a statement of columns, with the values bound in it.

    It goes past the identity map, which holds no columns, and past SQLAlchemy: see `db.direct`.
    """
    return ask(flushed(session), statement, values)


def flushed(session: Session) -> Connection:
    """The connection of the session's transaction, after what was changed there."""
    if session.autoflush:
        session.flush()
    return session.connection()
