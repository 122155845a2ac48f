"""The trend: key areas over the reporting periods of a year."""

from datetime import date
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.hover import carried
from tracking.charts.look import PERCENT_TICKS, Look, empty, figure, number, percent, rows_of
from tracking.labels import columns_of, shortened
from tracking.vocabulary import Language

# End of the scale: room above 100 % for the name of the current period.
_TOP = 112
_NAMED = 4  # periods beside each other, so that their names do not touch
_LINE = 18  # half-width characters of a direct label


def trend_lines(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
    present: str | None = None,
) -> go.Figure:
    """One line per key area over the periods, expected progress dashed, the current period marked.

    One row per key area and period; periods appear in the order of their first row. `present` names the
    current one, by default the last. Columns: period, key_area_id, key_area_number, key_area_title,
    completion_permille, expected_permille; optionally period_id, units and units_total. Keys of a point:
    key_area_id, then period_id if present.
    """
    look = Look(language, dark)
    heading = title or look.say("trend_title")
    if frame.empty:
        return empty(look, title=heading)
    periods = list(dict.fromkeys(frame["period"]))
    frame = frame.assign(at=[periods.index(period) for period in frame["period"]])
    areas = [area for _, area in frame.sort_values("at").groupby("key_area_number")]
    return figure(
        look,
        [*(_expected(look, area) for area in areas), *(_completion(look, area, as_of) for area in areas)],
        title=heading,
        subtitle=look.say("trend_subtitle"),
        height=330,
        margin={"r": 116},
        xaxis=_period_axis(periods),
        yaxis=PERCENT_TICKS | {"range": [0, _TOP], "showgrid": True},
        shapes=[_band(look, periods.index(present) if present in periods else len(periods) - 1)],
        annotations=_labels(look, areas),
    )


def _period_axis(periods: list[str]) -> dict[str, Any]:
    edge, last = 0.25 if len(periods) > 1 else 0.75, len(periods) - 1
    named = range(last, -1, -ceil(len(periods) / _NAMED))
    return {
        "range": [-edge, last + edge],
        "tickvals": list(named),
        "ticktext": [
            shortened(periods[place], 16).replace("年", "年<br>").replace(" ", "<br>") for place in named
        ],
        "tickangle": 0,
    }


def _expected(look: Look, area: pd.DataFrame) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines" if len(area) > 1 else "markers",
        "x": area["at"].tolist(),
        "y": [number(value) for value in area["expected_permille"]],
        "line": {"color": _colour(look, area), "width": 1.2, "dash": "dash"},
        "marker": {"symbol": "line-ew-open", "size": 10},
        "hoverinfo": "skip",
    }


def _completion(look: Look, area: pd.DataFrame, as_of: date | None) -> dict[str, Any]:
    keys = [key for key in ("key_area_id", "period_id") if key in area]
    lines = ("period", "completion", "expected", "units")
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": area["at"].tolist(),
        "y": [number(value) for value in area["completion_permille"]],
        "line": {"color": _colour(look, area), "width": 2.5},
        "marker": {"size": 8},
    }
    return line | carried(look, area, area["key_area_title"], keys=keys, lines=lines, as_of=as_of)


def _colour(look: Look, area: pd.DataFrame) -> str:
    return look.colours.key_area(area["key_area_number"].iloc[0])


def _band(look: Look, place: int) -> dict[str, Any]:
    return {
        "type": "rect",
        "layer": "below",
        "x0": place - 0.25,
        "x1": place + 0.25,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"width": 0},
        "fillcolor": look.colours.quiet,
        "label": {
            "text": look.say("present"),
            "textposition": "top center",
            "font": {"size": 12, "color": look.colours.second},
        },
    }


def _labels(look: Look, areas: list[pd.DataFrame]) -> list[dict[str, Any]]:
    """The last figure and title of each key area next to the end of its line, without overlaps."""
    ends = [end for area in areas for end in _known(area)[-1:]]
    ends.sort(key=lambda end: end.completion_permille)
    lines = 2 if len(ends) <= 4 else 1
    levels = _apart([float(end.completion_permille) / 10 for end in ends], gap=7.0 * (lines + 1))
    return [_label(look, end, level, lines) for end, level in zip(ends, levels, strict=True)]


def _known(area: pd.DataFrame) -> list[Any]:
    """The periods of a key area in which its completion is known."""
    rows = rows_of(area, "completion_permille", "key_area_title", "key_area_number")
    return [row for row in rows if not pd.isna(row.completion_permille)]


def _apart(levels: list[float], *, gap: float) -> list[float]:
    """Label heights at least a gap apart and below the top: pushed up from below, then down from above."""
    for place in range(1, len(levels)):
        levels[place] = max(levels[place], levels[place - 1] + gap)
    ceiling = _TOP - gap / 2
    for place in reversed(range(len(levels))):
        levels[place] = round(min(levels[place], ceiling), 1)
        ceiling = levels[place] - gap
    return levels


def _label(look: Look, row: Any, level: float, lines: int) -> dict[str, Any]:
    title = shortened(row.key_area_title, lines * _LINE)
    half = (len(title) + 1) // 2
    words = title if columns_of(title) <= _LINE else f"{title[:half]}<br>{title[half:]}"
    return {
        "text": f"<b>{percent(row.completion_permille)}</b><br>{words}",
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "align": "left",
        "y": level,
        "showarrow": False,
        "font": {"size": 12, "color": look.colours.key_area(row.key_area_number)},
    }
