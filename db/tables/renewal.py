"""What is held while figures are made for thresholds to come; empty at other times."""

from datetime import date

from sqlmodel import Field, SQLModel

from db.tables.types import KEPT_IN


class ComingLight(SQLModel, table=True):
    """When a task's light will turn under the thresholds to come, where that is another day than now."""

    __tablename__ = "coming_light"
    __table_args__ = {"info": KEPT_IN}
    task_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    amber_on: date | None = None
    red_on: date | None = None


class TouchedCell(SQLModel, table=True):
    """A unit's measure in a plan year whose figures were written since those to come began to be made."""

    __tablename__ = "touched_cell"
    __table_args__ = {"info": KEPT_IN}
    notice_id: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    unit_id: int = Field(primary_key=True)
    measure_id: int = Field(primary_key=True)
