"""What a mark carries: keys for a click, and hover text.

Every picture words the same figure the same way.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from tracking.charts.look import NONE, Look, percent, points
from tracking.labels import plain

# Name of a line → the columns it needs, in reading order.
LINES: Mapping[str, tuple[str, ...]] = {
    "period": ("period",),
    "completion": ("completion_permille",),
    "weighted": ("done", "weight_tenths"),
    "expected": ("expected_permille",),
    "deviation": ("deviation_permille",),
    "median": ("median_permille",),
    "units": ("units", "units_total"),
    "tasks": ("tasks",),
    "moves": ("extensions", "amendments"),
    "light": ("light",),
    "span": ("starts_on", "due_on"),
    "baseline": ("baseline_due_on",),
}


def carried(
    look: Look,
    frame: pd.DataFrame,
    names: Iterable[object],
    *,
    keys: Sequence[str],
    lines: Iterable[str],
    as_of: date | None,
) -> dict[str, Any]:
    """`customdata` and `hovertemplate` for a trace with one mark per row.

    `customdata` holds the values of `keys`, then the name, then the formatted figures. Only those `lines` are
    shown whose columns the frame has.
    """
    present = {line: LINES[line] for line in lines if set(LINES[line]) <= set(frame.columns)}
    shown = [column for columns in present.values() for column in columns]
    values = [_worded(look, frame, column) for column in shown]
    rows = zip(*(frame[key].tolist() for key in keys), map(plain, names), *values, strict=True)
    place = {column: f"%{{customdata[{len(keys) + 1 + at}]}}" for at, column in enumerate(shown)}
    words = [
        look.say(f"hover_{line}", **{column: place[column] for column in columns})
        for line, columns in present.items()
    ]
    if as_of is not None:
        words.append(look.say("hover_as_of", day=as_of.isoformat()))
    heading = f"<b>%{{customdata[{len(keys)}]}}</b>"
    return {
        "customdata": [list(row) for row in rows],
        "hovertemplate": "<br>".join([heading, *words]) + "<extra></extra>",
    }


def _worded(look: Look, frame: pd.DataFrame, column: str) -> list[str]:
    word = look.light if column == "light" else _READINGS.get(column, plain)
    return [NONE if pd.isna(value) else word(value) for value in frame[column]]


_READINGS: dict[str, Callable[[Any], str]] = {
    "completion_permille": percent,
    "expected_permille": percent,
    "median_permille": percent,
    "deviation_permille": points,
    "done": lambda value: f"{value / 10_000:.1f}",
    "weight_tenths": lambda value: f"{value / 10:.1f}",
    "units": lambda value: f"{value:.0f}",
    "units_total": lambda value: f"{value:.0f}",
    "tasks": lambda value: f"{value:.0f}",
    "extensions": lambda value: f"{value:.0f}",
    "amendments": lambda value: f"{value:.0f}",
    "starts_on": lambda value: f"{value:%Y-%m-%d}",
    "due_on": lambda value: f"{value:%Y-%m-%d}",
    "baseline_due_on": lambda value: f"{value:%Y-%m-%d}",
}
