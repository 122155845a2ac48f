"""Figures in the API's answers, with the names and units of `server.api.shapes`."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel

from tracking.difficulties import DifficultyCause
from tracking.vocabulary import DifficultyStatus


class Cell(BaseModel):
    """The figures of one unit, measure and period; `done` and `expected` are sums of weight × permille."""

    period_id: int
    unit_id: int
    measure_id: int
    as_of_on: date
    tasks: int
    weight_tenths: int
    done: int
    expected: int
    reported: int
    accepted: int
    suspended: int
    red: int
    amber: int
    green: int
    blue: int
    grey: int


class Figures(BaseModel):
    """Rolled-up figures; permille values are null if no unit has a task.

    `tasks` are in force, without the `suspended` ones. Of `units_total` units, `units` have tasks,
    `units_reported` have reported at least one task, and `units_complete` all.
    """

    tasks: int
    suspended: int
    completion_permille: float | None
    expected_permille: float | None
    units: int
    units_reported: int
    units_complete: int
    units_total: int
    red: int
    amber: int
    green: int
    blue: int
    grey: int


class UnitFigures(Figures):
    """The figures of one unit."""

    unit_id: int
    short_name: str


class MeasureFigures(Figures):
    """The figures of one measure."""

    measure_id: int
    number: int
    short_title: str


class Overview(BaseModel):
    """What the overview shows for a period: all units in reach together, each measure, each unit.

    A task counts as behind or ahead of schedule from `band_permille`. `without_plan` are the units for which no task
    is filed, in official order.
    """

    period_id: int
    as_of_on: date
    band_permille: int
    overall: Figures
    without_plan: list[int]
    measures: list[MeasureFigures]
    units: list[UnitFigures]


class Difficulty(BaseModel):
    """A difficulty that was raised to the working group and is open."""

    difficulty_id: int
    task_id: int
    notice_id: int
    authority_id: int
    measure_number: int
    status: DifficultyStatus
    raised_at: datetime
    cause: DifficultyCause | None
    countries: list[str]


class Submission(BaseModel):
    """How many tasks of a unit are due in a period, and how they were reported."""

    unit_id: int
    period_id: int
    asked: int
    reported: int
    late: int
    returned: int
    handed: int


class CountryCounts(BaseModel):
    """How much is under way with a country; what names several countries counts in each of them."""

    code: str
    tasks: int
    entries: int
    warnings: int
    difficulties: int


class CountryResult(BaseModel):
    """The sum of a field of a register over the entries that name a country and give it; an amount with its currency."""

    register_key: str
    field: str
    value: Decimal
    currency: str
    entries: int


class CountrySheet(CountryCounts):
    """One country with its names and results; its tasks are `GET /tasks?country=`."""

    name: str
    name_en: str
    results: list[CountryResult]
