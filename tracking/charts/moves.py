"""The picture of moved dates: who moves how many, and which of the moves change a light."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.hover import carried
from tracking.charts.look import Look, empty, figure
from tracking.labels import shortened
from tracking.vocabulary import Language, MoveCause

MOST = 40
# Below this many bars they do not get any wider.
_SLOTS = 12


def move_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """One bar per unit (or measure) in the order given: amendments below, extensions on top, the total above.

    Columns: key, name, extensions, amendments; at most `MOST` bars. Keys of a part: key, cause.
    """
    look = Look(language, dark)
    heading = title or look.say("moves_title")
    if frame.empty:
        return empty(look, title=heading, why="moves_empty")
    frame = frame.head(MOST)
    colours, none = look.colours, pd.Series(0, index=frame.index)
    amended, extended = (
        _hover(look, frame, cause, as_of) for cause in (MoveCause.AMENDMENT, MoveCause.EXTENSION)
    )
    return figure(
        look,
        [
            _parts(frame, "amendments", none, _hatched(look)) | amended,
            _parts(frame, "extensions", frame["amendments"], {"color": colours.primary}) | extended,
            _totals(look, frame),
        ],
        title=heading,
        subtitle=look.say("moves_subtitle"),
        height=290,
        xaxis={
            "tickvals": list(range(len(frame))),
            "ticktext": ["<br>".join(shortened(name, 8)) for name in frame["name"]],
            "range": [-0.6, max(len(frame), _SLOTS) - 0.4],
            "tickangle": 0,
            "tickfont": {"color": colours.ink},
        },
        yaxis={"visible": False, "range": [0, _most(frame) * 1.15]},
    )


def _hover(look: Look, frame: pd.DataFrame, cause: MoveCause, as_of: date | None) -> dict[str, Any]:
    keyed = frame.assign(cause=str(cause))
    return carried(look, keyed, frame["name"], keys=["key", "cause"], lines=["moves"], as_of=as_of)


def _most(frame: pd.DataFrame) -> int:
    return int((frame["extensions"] + frame["amendments"]).max())


def _parts(frame: pd.DataFrame, cause: str, base: pd.Series, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": list(range(len(frame))),
        "y": frame[cause].tolist(),
        "base": base.tolist(),
        "width": 0.7,
        "marker": marker,
    }


def _hatched(look: Look) -> dict[str, Any]:
    """Distinguished by more than colour."""
    colours = look.colours
    pattern = {"shape": "/", "size": 6, "solidity": 0.25, "fillmode": "overlay", "fgcolor": colours.paper}
    return {"color": colours.muted, "pattern": pattern}


def _totals(look: Look, frame: pd.DataFrame) -> dict[str, Any]:
    totals = (frame["extensions"] + frame["amendments"]).tolist()
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(range(len(frame))),
        "y": totals,
        "text": [str(total) for total in totals],
        "textposition": "top center",
        "textfont": {"size": 12, "color": look.colours.ink},
        "hoverinfo": "skip",
    }
