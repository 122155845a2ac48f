"""The three ways to the same figures: the product's, the bare rows, and everything through the ORM."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
import pysqlite3
from sqlmodel import Session, delete, select

from db import clock
from db.authorities.scope import NATION
from db.figures.past import keep_past_day
from db.figures.queries import cells_frame
from db.periods.queries import begun_period
from db.reference.queries import measures_frame, units_frame
from db.store import Store
from db.tables import (
    Authority,
    Measure,
    Notice,
    PastCell,
    PastDay,
    PastRed,
    ProgressUpdate,
    ReportingPeriod,
    Task,
)
from tracking.figures import indicators
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.figures.vintages import NEWEST, Vintage

Read = Callable[[], object]


@dataclass(frozen=True)
class Subject:
    """A store under measurement: the current period and the one before, and the catalogue pages keep anyway."""

    store: Store
    period_id: int
    previous_id: int
    axes: Axes

    @classmethod
    def of(cls, store: Store) -> "Subject":
        """The first notice of a store, as of today."""
        with store.read() as session:
            notice = session.exec(select(Notice)).first()
            assert notice is not None
            period = begun_period(session, notice.id)
            assert period is not None
            previous = session.exec(
                select(ReportingPeriod.id)
                .where(ReportingPeriod.ends_on < period.starts_on)
                .order_by(ReportingPeriod.ends_on.desc())
            ).first()
            return cls(
                store,
                period.id,
                previous or 0,
                Axes(units_frame(store), measures_frame(store, notice_id=notice.id)),
            )

    def cube(self, period_id: int, vintage: Vintage = NEWEST) -> Cube:
        return Cube.of(cells_frame(self.store, NATION, period_id=period_id, vintage=vintage), self.axes)

    @property
    def past(self) -> Vintage:
        """A week ago, within the current period or the one before."""
        return Vintage(known_on=clock.today() - timedelta(7))


def first_look(subject: Subject) -> Read:
    """The first look at a past day: its figures are read from history and kept."""

    def read() -> object:
        day = subject.past.known_on
        with subject.store.upkeep() as session:
            for table in (PastDay, PastCell, PastRed):
                session.exec(delete(table).where(table.known_on == day))
        return keep_past_day(subject.store, notice_id=1, year=day.year, known_on=day)

    return read


def past_overview(subject: Subject) -> Read:
    """The overview as of that day, once it is kept."""
    return overview(subject, subject.past)


def overview(subject: Subject, vintage: Vintage = NEWEST) -> Read:
    """Headline with its change, completion by measure and by unit, and the region × measure matrix."""

    def read() -> object:
        cube = subject.cube(subject.period_id, vintage)
        return (
            indicators.headline(cube, subject.cube(subject.previous_id, vintage)),
            indicators.completion_by_measure(cube),
            indicators.completion_by_unit(cube),
            indicators.region_measure_matrix(cube),
        )

    return read


def measure(subject: Subject) -> Read:
    """One measure's units beside their median."""
    measure_id = int(subject.axes.measure_ids[0])

    def read() -> object:
        return indicators.completion_by_unit(subject.cube(subject.period_id).under(measure_id))

    return read


def region(subject: Subject) -> Read:
    """The seven regions and the units in them."""

    def read() -> object:
        cube = subject.cube(subject.period_id)
        return indicators.completion_by_region(cube), indicators.completion_by_unit(cube)

    return read


def bare_rows(subject: Subject, *period_ids: int) -> Read:
    """The floor: the driver fetches the same summary rows, and nothing is done with them."""
    connection = pysqlite3.connect(subject.store.engine.url.database)

    def read() -> object:
        return [
            connection.execute("SELECT * FROM summary_cell WHERE period_id = ?", (period_id,)).fetchall()
            for period_id in period_ids
        ]

    return read


def naive(subject: Subject) -> Read:
    """Everything through the ORM, then pandas: region × measure of the latest accepted updates."""

    def read() -> object:
        with Session(subject.store.engine) as session:
            tasks = _frame(session, Task, "id", "unit_id", "measure_id", "weight_tenths", "in_force")
            updates = _frame(
                session, ProgressUpdate, "task_id", "period_id", "completion_permille", "accepted_at"
            )
            units = _frame(session, Authority, "id", "region_seven").rename(columns={"id": "unit_id"})
            measures = _frame(session, Measure, "id", "number").rename(columns={"id": "measure_id"})
        counted = updates[updates["accepted_at"].notna()].sort_values("period_id")
        latest = counted.groupby("task_id")["completion_permille"].last()
        rows = tasks[tasks["in_force"]].merge(units, on="unit_id").merge(measures, on="measure_id")
        rows["done"] = rows["id"].map(latest).fillna(0).clip(upper=1000) * rows["weight_tenths"]
        of_unit = rows.groupby(["region_seven", "number", "unit_id"])[["done", "weight_tenths"]].sum()
        completion = of_unit["done"] / of_unit["weight_tenths"]
        return completion.groupby(["region_seven", "number"]).mean()

    return read


def _frame(session: Session, table: type, *columns: str) -> pd.DataFrame:
    rows = session.exec(select(table)).all()
    return pd.DataFrame([[getattr(row, column) for column in columns] for row in rows], columns=list(columns))
