"""Every picture of the product: frames and plain values in, plotly figures out.

All take `language`, and `dark` for dark paper; `as_of` is the day the figures speak of, shown on hover;
`title` replaces the standing title. Completion and expected progress come in tenths of a percent,
missing ones as None or NaN. An empty frame gives a figure that says so in words. The first values of a
mark's `customdata` are its keys, so that a click can open what is behind it.
"""

from tracking.charts.changes import change_dots
from tracking.charts.config import plotly_config
from tracking.charts.counts import country_bars, difficulty_bars, slip_bars, tag_bars
from tracking.charts.grids import heat_map, tile_grid
from tracking.charts.light_bar import light_bar
from tracking.charts.look import description
from tracking.charts.maps import area_map
from tracking.charts.marks import coverage_grid, obligation_grid
from tracking.charts.measures import completion_bars
from tracking.charts.moves import move_bars
from tracking.charts.still import still_of
from tracking.charts.submissions import ageing_grid, band_words, submission_grid
from tracking.charts.timeline import plan_timeline
from tracking.charts.trend import trend_lines
from tracking.charts.units import unit_bars, unit_dots
from tracking.labels import plain

__all__ = [
    "ageing_grid",
    "area_map",
    "band_words",
    "change_dots",
    "completion_bars",
    "country_bars",
    "coverage_grid",
    "description",
    "difficulty_bars",
    "heat_map",
    "light_bar",
    "move_bars",
    "obligation_grid",
    "plain",
    "plan_timeline",
    "plotly_config",
    "slip_bars",
    "still_of",
    "submission_grid",
    "tag_bars",
    "tile_grid",
    "trend_lines",
    "unit_bars",
    "unit_dots",
]
