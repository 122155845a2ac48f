"""The pictures of a selection, cached until the data change; what `drawn` returns must not be modified."""

from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd
from plotly.graph_objects import Figure

from db.reference.maps import approved_map
from db.reference.queries import units_frame
from pages.parts.figures.extract import (
    Extract,
    cube_of,
    headline_of,
    measure_figures,
    trend_axes_of,
    trend_of,
    unit_figures,
)
from pages.shared.choices import begun_periods
from pages.shared.pictures import dark
from pages.shared.reads import Reads
from pages.shared.wording import language, percent
from tracking import charts
from tracking.figures import indicators
from tracking.maps import MapLevel
from tracking.messages import text
from tracking.validation.days import FIRST_DAY
from tracking.vocabulary import Language

Drawing = TypeVar("Drawing", Figure, str)
Draw = Callable[[Reads, Extract, Language, bool], Drawing]


def drawn(reads: Reads, draw: Draw[Drawing], extract: Extract) -> Drawing:
    """A picture in the reader's language and theme."""
    return reads.made(draw, extract, language(), dark())


def measure_bars(reads: Reads, extract: Extract, language: Language, dark: bool) -> Figure:
    """The completion of each measure with expected progress and median."""
    frame = measure_figures(reads, extract)
    return charts.completion_bars(frame, language=language, as_of=extract.choice.as_of, dark=dark)


def measure_bars_still(reads: Reads, extract: Extract, language: Language, dark: bool) -> str:
    """The same as a still picture."""
    return charts.still_of(reads.made(measure_bars, extract, language, dark))


def lights(reads: Reads, extract: Extract, language: Language, dark: bool) -> Figure:
    """All tasks by light."""
    return charts.light_bar(headline_of(reads, extract).lights, language=language, dark=dark)


def heat(reads: Reads, extract: Extract, language: Language, dark: bool) -> Figure:
    """Region × measure."""
    frame = indicators.region_measure_matrix(cube_of(reads, extract))
    return charts.heat_map(frame, language=language, as_of=extract.choice.as_of, dark=dark)


def tiles(reads: Reads, extract: Extract, language: Language, dark: bool) -> Figure:
    """The units on the approved map, if one is installed, else on the tile grid."""
    frame = indicators.unit_tiles(cube_of(reads, extract))
    base = reads.common(approved_map, level=MapLevel.UNITS)
    if base is not None:
        shown: dict[str, Any] = {"as_of": extract.choice.as_of, "language": language, "dark": dark}
        title = text("chart.units_map_title", language)
        return charts.area_map(_areas(reads, frame), base.areas, base.review_number, title=title, **shown)
    return charts.tile_grid(frame, language=language, as_of=extract.choice.as_of, dark=dark)


def _areas(reads: Reads, frame: pd.DataFrame) -> pd.DataFrame:
    """The units as `charts.area_map` takes them."""
    codes = reads.common(units_frame, since=FIRST_DAY).set_index("unit_id")["code"]
    done = frame["completion_permille"].astype(float)
    said = [percent(value) for value in done]
    return frame.assign(
        key=frame["unit_id"],
        code=frame["unit_id"].map(codes),
        name=frame["short_name"],
        value=done,
        said=said,
    )


def trend(reads: Reads, extract: Extract, language: Language, dark: bool) -> Figure:
    """One line per key area over the periods of the year."""
    frame = indicators.trend_by_area(trend_of(reads, extract), trend_axes_of(reads, extract))
    periods = begun_periods(reads, extract.choice.notice_id)
    names = dict(zip(periods["period_id"], periods["name"], strict=True))
    frame = frame.assign(period=frame["period_id"].map(names))
    return charts.trend_lines(frame, language=language, as_of=extract.choice.as_of, dark=dark)


def unit_bars(reads: Reads, extract: Extract, language: Language, dark: bool) -> Figure:
    """The units side by side, with the median across them."""
    frame = unit_figures(reads, extract)
    return charts.unit_bars(
        frame,
        language=language,
        as_of=extract.choice.as_of,
        dark=dark,
        median_permille=measure_figures(reads, extract)["median_permille"].median(),
    )
