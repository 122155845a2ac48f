"""How often each table was written: what pages keep of a table stands until its number has grown."""

from sqlmodel import Field, SQLModel

from db.tables.types import KEPT_IN


class TableVersion(SQLModel, table=True):
    """A table, or a column as `table.column`, and the number of transactions that have written it."""

    __tablename__ = "table_version"
    __table_args__ = {"info": KEPT_IN}
    name: str = Field(primary_key=True, max_length=63)
    number: int
