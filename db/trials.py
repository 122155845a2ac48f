"""Tables written on trial: on the embedded store a copy of its own, since one row written there keeps everybody waiting.

SQLite finds a temporary table before the one of the same name, and the copy is gone with the transaction. PostgreSQL
lets several write, and what is rolled back there was in nobody's way.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from db.statement_names import WRITTEN


def set_aside(connection: Connection, tables: Sequence[type[SQLModel]]) -> None:
    """Let what this transaction writes to the tables reach nobody else; the caller rolls it back."""
    if connection.dialect.name == "sqlite":
        for table in tables:
            _copy(connection, SQLModel.metadata.tables[str(table.__tablename__)])


def forget_trial(connection: Connection) -> None:
    """Let what was written on trial count as written by nobody."""
    connection.info.pop(WRITTEN, None)


def _copy(connection: Connection, table: Table) -> None:
    """Without foreign keys, which would look for the rows of other tables beside the copy."""
    made = CreateTable(table, include_foreign_key_constraints=[]).compile(connection)
    names = ", ".join(column.name for column in table.columns)
    connection.exec_driver_sql(str(made).replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1))
    connection.exec_driver_sql(
        f"INSERT INTO temp.{table.name} ({names}) SELECT {names} FROM main.{table.name}"
    )
    for index in table.indexes:
        connection.execute(CreateIndex(index))
