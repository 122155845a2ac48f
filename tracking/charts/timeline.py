"""The timeline of a plan: tasks over the year, with the baseline behind."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.hover import carried
from tracking.charts.look import Look, empty, figure, percent, rows_of
from tracking.labels import plain, shortened
from tracking.vocabulary import Language, Light

_LINES = ("completion", "expected", "deviation", "light", "span", "baseline")
_ROW = 42  # pixels
_ABOVE, _BELOW = -0.24, 0.2  # rows: the line of text and the bar below it
_EDGE = timedelta(days=4)
_DAY = 86_400_000  # milliseconds, the unit of a bar's length on an axis of dates
# Plans of more quarters than this are ruled by year.
_QUARTERS = 9


def plan_timeline(
    frame: pd.DataFrame,
    *,
    language: Language,
    today: date,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """One bar per task from start to due date, filled to its completion, over its baseline; milestones as diamonds.

    Columns: task_id, number, title, starts_on, due_on, baseline_due_on (or None), completion_permille, light,
    milestones (tuples of due_on, title, reached; empty where there are none). `today` is drawn as a line and
    is the day the figures are as of. Keys of a bar and of a diamond: task_id.
    """
    look = Look(language, dark)
    heading = title or look.say("timeline_title")
    if frame.empty:
        return empty(look, title=heading, why="timeline_empty")
    frame, rows = _dated(frame), list(range(len(frame)))
    return figure(
        look,
        [
            _baselines(look, frame, rows),
            _spans(look, frame, rows, today),
            _done(look, frame, rows),
            _today_line(look, rows, today),
            _milestones(look, frame),
            _headings(look, frame, rows),
        ],
        title=heading,
        subtitle=look.say("timeline_subtitle"),
        height=len(frame) * _ROW + 120,
        margin={"t": 94, "b": 26},
        xaxis=_quarter_axis(look, frame),
        xaxis2={"overlaying": "x", "range": [0, 1], "visible": False},
        yaxis=_row_axis(rows),
        annotations=[_today_name(look, today)],
    )


def _row_axis(rows: list[int]) -> dict[str, Any]:
    """Rows from top to bottom, separated by lines."""
    return {
        "range": [len(rows) - 0.5, -0.5],
        "tickvals": [row - 0.5 for row in rows],
        "showticklabels": False,
        "showgrid": True,
    }


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with plain dates, and with the due date where there is no baseline yet."""
    baseline = frame["baseline_due_on"].where(frame["baseline_due_on"].notna(), frame["due_on"])
    columns = {"starts_on": frame["starts_on"], "due_on": frame["due_on"], "baseline_due_on": baseline}
    return frame.assign(**{name: pd.to_datetime(days).dt.date for name, days in columns.items()})


def _bar(
    starts: Iterable[date], lengths: Iterable[float], rows: list[int], width: float, marker: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [day.isoformat() for day in starts],
        "x": [round(days * _DAY) for days in lengths],
        "y": [round(row + _BELOW, 2) for row in rows],
        "width": width,
        "marker": marker,
        "hoverinfo": "skip",
    }


def _days(starts: pd.Series, ends: pd.Series) -> list[int]:
    """Lengths from the first to the last day, both included."""
    return [(end - start).days + 1 for start, end in zip(starts, ends, strict=True)]


def _baselines(look: Look, frame: pd.DataFrame, rows: list[int]) -> dict[str, Any]:
    marker = {"color": look.colours.quiet, "line": {"color": look.colours.rule, "width": 1}}
    return _bar(frame["starts_on"], _days(frame["starts_on"], frame["baseline_due_on"]), rows, 0.42, marker)


def _spans(look: Look, frame: pd.DataFrame, rows: list[int], today: date) -> dict[str, Any]:
    lengths = _days(frame["starts_on"], frame["due_on"])
    bar = _bar(frame["starts_on"], lengths, rows, 0.22, {"color": look.colours.completions[3]})
    del bar["hoverinfo"]
    names = [f"{row.number} {row.title}" for row in rows_of(frame)]
    return bar | carried(look, frame, names, keys=["task_id"], lines=_LINES, as_of=today)


def _done(look: Look, frame: pd.DataFrame, rows: list[int]) -> dict[str, Any]:
    lengths = _days(frame["starts_on"], frame["due_on"])
    shares = [min(float(value), 1000) / 1000 for value in frame["completion_permille"].fillna(0)]
    filled = [days * share for days, share in zip(lengths, shares, strict=True)]
    return _bar(frame["starts_on"], filled, rows, 0.22, {"color": look.colours.completions[8]})


def _milestones(look: Look, frame: pd.DataFrame) -> dict[str, Any]:
    """Filled once reached, hollow before."""
    steps = [
        (place, task_id, *milestone)
        for place, (task_id, milestones) in enumerate(zip(frame["task_id"], frame["milestones"], strict=True))
        for milestone in milestones
    ]
    colours = look.colours
    words = [look.say("reached" if reached else "not_reached") for *_, reached in steps]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day.isoformat() for _, _, day, _, _ in steps],
        "y": [round(place + _BELOW, 2) for place, *_ in steps],
        "marker": {
            "symbol": "diamond",
            "size": 10,
            "color": [colours.ink if reached else colours.paper for *_, reached in steps],
            "line": {"color": colours.ink, "width": 1.5},
        },
        "customdata": [
            [task_id, plain(name), day.isoformat(), word]
            for (_, task_id, day, name, _), word in zip(steps, words, strict=True)
        ],
        "hovertemplate": "<b>%{customdata[1]}</b><br>%{customdata[2]}　%{customdata[3]}<extra></extra>",
    }


def _headings(look: Look, frame: pd.DataFrame, rows: list[int]) -> dict[str, Any]:
    """Above each bar, its title at the left edge and light and completion at the right, at any screen width."""
    colours = look.colours
    titles = [f"{row.number:\u2007>2}　{shortened(row.title, 32)}" for row in rows_of(frame)]
    states = [f"{look.light(row.light)} {percent(row.completion_permille)}" for row in rows_of(frame)]
    return {
        "type": "scatter",
        "mode": "text",
        "xaxis": "x2",
        "x": [0] * len(rows) + [1] * len(rows),
        "y": [round(row + _ABOVE, 2) for row in rows] * 2,
        "text": titles + states,
        "textposition": ["middle right"] * len(rows) + ["middle left"] * len(rows),
        "textfont": {
            "color": [colours.ink] * len(rows) + [colours.lights[light] for light in frame["light"]]
        },
        "hoverinfo": "skip",
    }


def _quarter_axis(look: Look, frame: pd.DataFrame) -> dict[str, Any]:
    """Quarter names (years in long plans) centred between dividing lines."""
    first, last = frame["starts_on"].min(), max(frame["due_on"].max(), frame["baseline_due_on"].max())
    starts = [date(year, month, 1) for year in range(first.year, last.year + 2) for month in (1, 4, 7, 10)]
    inside = [day for day in starts if first - timedelta(days=60) <= day <= last]
    by_year = len(inside) > _QUARTERS
    months = 6 if by_year else 1.5
    named = [day for day in inside if day.month == 1] if by_year else inside
    return {
        "type": "date",
        "side": "top",
        "range": [(first - _EDGE).isoformat(), (last + _EDGE).isoformat()],
        "tickangle": 0,
        "tickvals": [(day + timedelta(days=months * 30.4)).isoformat() for day in named],
        "ticktext": [_quarter_name(look, day, by_year, day == named[0]) for day in named],
        "minor": {
            "tickvals": [day.isoformat() for day in named],
            "showgrid": True,
            "gridcolor": look.colours.rule,
        },
    }


def _quarter_name(look: Look, day: date, by_year: bool, leads: bool) -> str:
    year = look.say("year", year=day.year)
    if by_year:
        return year
    quarter = look.say(f"quarter_{(day.month + 2) // 3}")
    return f"{year}<br>{quarter}" if leads or day.month == 1 else f" <br>{quarter}"


def _today_line(look: Look, rows: list[int], today: date) -> dict[str, Any]:
    """A stroke through each bar that leaves the text above the bars clear."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [today.isoformat()] * 3 * len(rows),
        "y": [height for row in rows for height in (row - 0.04, row + 0.44, None)],
        "line": {"color": look.colours.lights[Light.RED], "width": 1.5},
        "hoverinfo": "skip",
    }


def _today_name(look: Look, today: date) -> dict[str, Any]:
    return {
        "text": look.say("today", day=f"{today:%m-%d}"),
        "x": today.isoformat(),
        "yref": "paper",
        "y": 0,
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 12, "color": look.colours.lights[Light.RED]},
    }
