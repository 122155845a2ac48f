"""API reads of figures: cells, the overview's roll-ups, and the state of reporting."""

from datetime import date
from typing import Any

import pandas as pd
from fastapi import APIRouter, Depends

from db.difficulties.queries import DifficultyFilter, difficulties_frame
from db.figures.queries import cells_frame, day_of_cells
from db.reference.queries import measures_frame, units_frame
from db.site.thresholds import read_light_rule
from db.submissions.queries import submissions_frame
from db.tables import ReportingPeriod
from server.api.calls import (
    Asking,
    AsOf,
    Call,
    Country,
    Cursor,
    Figures,
    Id,
    Limit,
    OfNotice,
    Page,
    country_given,
    fresh,
    page_of,
    period_of,
    rows_as,
    vintage_of,
)
from server.api.figure_shapes import (
    Cell,
    Difficulty,
    Figures as Sums,
    MeasureFigures,
    Overview,
    Submission,
    UnitFigures,
)
from tracking.difficulties import DifficultyCause
from tracking.figures import indicators
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube

ROUTER = APIRouter(tags=["figures"], dependencies=[Depends(fresh)])


@ROUTER.get("/figures/cells")
def list_cells(
    call: Asking,
    *,
    period_id: Id | None = None,
    notice_id: OfNotice = None,
    as_of: AsOf = None,
    figures: Figures = "newest",
    unit_id: Id | None = None,
    measure_id: Id | None = None,
) -> Page[Cell]:
    """Every cell unit × measure of a period, in one page."""
    cells = _cells(call, period_of(call, period_id, notice_id), as_of, figures)
    for name, key in (("unit_id", unit_id), ("measure_id", measure_id)):
        cells = cells if key is None else cells[cells[name] == key]
    days = [date.fromordinal(day) for day in cells["as_of_day"]]
    return Page(items=rows_as(Cell, cells.assign(as_of_on=pd.Series(days, cells.index, object))))


@ROUTER.get("/figures/overview")
def show_overview(
    call: Asking,
    *,
    period_id: Id | None = None,
    notice_id: OfNotice = None,
    as_of: AsOf = None,
    figures: Figures = "newest",
) -> Overview:
    """What the overview shows for a period, over the units the caller may read."""
    period = period_of(call, period_id, notice_id)
    cells = _cells(call, period, as_of, figures)
    as_of_on = day_of_cells(cells) or as_of or period.ends_on
    units = _units(call, period.notice_id, as_of_on)
    measures = measures_frame(call.store, notice_id=period.notice_id, year=period.year)
    cube = Cube.of(cells[cells["unit_id"].isin(units["unit_id"])], Axes(units, measures))
    overall: Any = indicators.headline(cube, None)
    lights = {str(light): count for light, count in overall.lights.items()}
    with call.store.read() as session:
        band = read_light_rule(session).amber_behind_permille
    return Overview(
        period_id=period.id,
        as_of_on=as_of_on,
        band_permille=band,
        overall=Sums.model_validate(
            {name: getattr(overall, name, lights.get(name)) for name in Sums.model_fields}
        ),
        without_plan=list(overall.without_plan),
        measures=rows_as(MeasureFigures, indicators.completion_by_measure(cube)),
        units=rows_as(UnitFigures, indicators.completion_by_unit(cube)),
    )


@ROUTER.get("/submissions")
def list_submissions(
    call: Asking, period_id: Id | None = None, limit: Limit = 1000, notice_id: OfNotice = None
) -> Page[Submission]:
    """How far each unit has got with reporting a period."""
    period = period_of(call, period_id, notice_id)
    frame = submissions_frame(call.store, call.scope, notice_id=period.notice_id, year=period.year)
    return Page(items=rows_as(Submission, frame[frame["period_id"] == period.id].head(limit)))


@ROUTER.get("/difficulties")
def list_difficulties(
    call: Asking,
    *,
    unit_id: Id | None = None,
    measure_id: Id | None = None,
    cause: DifficultyCause | None = None,
    country: Country = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[Difficulty]:
    """The difficulties open now, oldest first; their text can be read on the page only."""
    frame = difficulties_frame(
        call.store,
        call.scope,
        standing=DifficultyFilter.OPEN,
        unit_id=unit_id,
        measure_id=measure_id,
        cause=cause,
        country=country_given(country),
    )
    return page_of(Difficulty, frame, "difficulty_id", limit, cursor)


def _cells(call: Call, period: ReportingPeriod, as_of: Any, figures: str) -> pd.DataFrame:
    vintage = vintage_of(call, period, as_of, figures)
    return cells_frame(call.store, call.scope, period_id=period.id, vintage=vintage)


def _units(call: Call, notice_id: int, on: Any) -> pd.DataFrame:
    """The units in reach that a notice addresses; columns of `units_frame`."""
    units = units_frame(call.store, on=on, notice_id=notice_id)
    reached = [call.scope.covers(unit_id) for unit_id in units["unit_id"]]
    return units[units["reports"].to_numpy(bool) & reached]
