"""Pictures of reporting: the unit × period matrix, and how long items stay in whose hands."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.grids import by_ink
from tracking.charts.look import Look, empty, figure, rows_of
from tracking.labels import plain, shortened
from tracking.messages import text
from tracking.submissions import BAND_COLUMNS, BANDS, STATE_SHAPES, SubmissionState
from tracking.vocabulary import Language, Light

_ROW, _STAGE_ROW = 24, 38  # pixels
_COUNTED = ("state", "reported", "asked")
_READ = ("unit", "period", "state", "asked", "on_time", "late", "missing", "returned", "in_work")
_STATES = {
    SubmissionState.MISSING: Light.RED,
    SubmissionState.LATE: Light.AMBER,
}


def submission_grid(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """Unit × period with the shape and word of its state, and "reported/asked".

    One row per cell, as returned by `tracking.submissions.submission_matrix`. Keys of a cell: unit_id,
    period_id.
    """
    look = Look(language, dark)
    heading = title or look.say("submissions_title")
    if frame.empty:
        return empty(look, title=heading)
    units, periods = list(dict.fromkeys(frame["unit_id"])), list(dict.fromkeys(frame["period_id"]))
    names = _labels(frame, "unit_id", "unit", 12)
    heads = [name.replace("年", "年<br>") for name in _labels(frame, "period_id", "period", 20)]
    states = {state: _said(look, state) for state in SubmissionState}
    cells = frame.assign(
        across=frame["period_id"].map({period: place for place, period in enumerate(periods)}),
        down=frame["unit_id"].map({unit: place for place, unit in enumerate(units)}),
        words=[_words(look, row, wide=len(periods) <= 4) for row in rows_of(frame, *_COUNTED)],
        ground=[_ground(look, state) for state in frame["state"]],
        unit=[*map(plain, frame["unit_name"])],
        period=[*map(plain, frame["period"])],
        state=[states[state] for state in frame["state"]],
    )
    return figure(
        look,
        _traces(look, cells, ["unit_id", "period_id"], ("submissions_hover", _READ), as_of),
        title=heading,
        subtitle=look.say("submissions_subtitle"),
        height=len(units) * _ROW + 106,
        margin={"t": 100},
        xaxis=_axis(look, heads) | {"range": [-0.5, len(heads) - 0.5], "side": "top"},
        yaxis=_axis(look, names) | {"range": [len(names) - 0.5, -0.5]},
    )


def ageing_grid(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """Stage × ageing band with report counts; columns as in `tracking.submissions.ageing`. Keys: stage, band."""
    look = Look(language, dark)
    heading = title or look.say("ageing_title")
    if frame.empty or not frame["total"].sum():
        return empty(look, title=heading, why="ageing_none")
    most = max(int(frame[name].max()) for name in BAND_COLUMNS)
    cells = pd.DataFrame(
        [
            _band_cell(look, row, down=down, across=across, most=most)
            for down, row in enumerate(rows_of(frame, "stage", *BAND_COLUMNS))
            for across in range(len(BANDS))
        ]
    )
    stages = [look_stage(look, stage) for stage in frame["stage"]]
    return figure(
        look,
        _traces(look, cells, ["key", "column"], ("ageing_hover", ("stage", "band", "number")), as_of),
        title=heading,
        subtitle=look.say("ageing_subtitle"),
        height=len(stages) * _STAGE_ROW + 96,
        margin={"t": 88},
        xaxis=_axis(look, [band_words(look.language, band) for band in range(len(BANDS))])
        | {"range": [-0.5, len(BANDS) - 0.5], "side": "top"},
        yaxis=_axis(look, stages) | {"range": [len(stages) - 0.5, -0.5]},
    )


def band_words(language: Language, band: int) -> str:
    """An ageing band in words."""
    first, last = BANDS[band]
    if last is None:
        return text("chart.ageing_band_open", language, first=first)
    return text("chart.ageing_band", language, first=first, last=last)


def look_stage(look: Look, stage: str) -> str:
    """Who holds it, in words."""
    return text(f"stage.{stage}", look.language)


def _band_cell(look: Look, row: Any, *, down: int, across: int, most: int) -> dict[str, Any]:
    number, colours = int(getattr(row, BAND_COLUMNS[across])), look.colours
    return {
        "key": str(row.stage),
        "column": BAND_COLUMNS[across],
        "stage": look_stage(look, row.stage),
        "band": band_words(look.language, across),
        "number": number,
        "across": across,
        "down": down,
        "words": str(number or ""),
        "ground": colours.completion(1000 * number / most) if number else colours.paper,
    }


def _labels(frame: pd.DataFrame, key: str, name: str, width: int) -> list[str]:
    return [shortened(label, width) for label in frame.drop_duplicates(key)[name]]


def _words(look: Look, row: Any, *, wide: bool) -> str:
    shape = STATE_SHAPES[row.state]
    if row.state == SubmissionState.NOT_ASKED:
        return shape
    counted = f"{row.reported}/{row.asked}"
    word = text(f"submission_state.{row.state}", look.language) if wide else ""
    return " ".join(part for part in (shape, word, counted) if part)


def _ground(look: Look, state: SubmissionState) -> str:
    colours = look.colours
    if state in _STATES:
        return colours.fills[_STATES[state]]
    others = {
        SubmissionState.RETURNED: colours.key_areas[2],
        SubmissionState.IN_WORK: colours.completions[3],
        # What is in order stays quiet, so that the rest stands out.
        SubmissionState.ON_TIME: colours.quiet,
    }
    return others.get(state, colours.paper)


def _said(look: Look, state: SubmissionState) -> str:
    return f"{STATE_SHAPES[state]} {text(f'submission_state.{state}', look.language)}"


def _axis(look: Look, labels: list[str]) -> dict[str, Any]:
    ticks = {"tickvals": list(range(len(labels))), "ticktext": labels, "tickangle": 0}
    return ticks | {"tickfont": {"color": look.colours.ink}}


def _traces(
    look: Look,
    cells: pd.DataFrame,
    keys: list[str],
    said: tuple[str, Sequence[str]],
    as_of: date | None,
) -> list[dict[str, Any]]:
    """The cells; `said` is the message on hover, and the columns whose values are put into it."""
    key, read = said
    places = {name: f"%{{customdata[{place}]}}" for place, name in enumerate(read, len(keys))}
    spoken = "" if as_of is None else f"<br>{look.say('hover_as_of', day=as_of.isoformat())}"
    hover = f"{look.say(key, **places)}{spoken}<extra></extra>"
    return [
        _trace(look, part, ink, [*keys, *read]) | {"hovertemplate": hover}
        for ink, part in by_ink(look, cells)
    ]


def _trace(look: Look, part: pd.DataFrame, ink: str, carried: list[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": part["across"].tolist(),
        "base": [round(place - 0.46, 2) for place in part["down"]],
        "y": [0.92] * len(part),
        "width": 0.97,
        "text": part["words"].tolist(),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "marker": {"color": part["ground"].tolist(), "line": {"width": 1, "color": look.colours.rule}},
        "textfont": {"size": 11.5, "color": ink},
        "selected": {"textfont": {"color": ink}},
        "customdata": [[*row] for row in rows_of(part, *carried)],
    }
