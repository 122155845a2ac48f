"""A still picture of bars as plain HTML: the same marks at the same places, there before the code that draws charts."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from plotly.graph_objects import Figure

# Pixels that plotly leaves below the bars for the percentages.
_BELOW = 28


def still_of(plot: Figure) -> str:
    """The picture of `completion_bars` for the eye alone, "" if it is empty; the live chart says it in words too.

    Titles, labels, bars, strokes and values are those of the figure; where they stand is told in percent of its axes.
    """
    drawn = plot.to_plotly_json()
    layout = drawn["layout"]
    if not drawn["data"]:
        return ""
    margin, subtitle = layout["margin"], layout["title"].get("subtitle", {}).get("text", "")
    place = f"left:{margin['l']}px;right:{margin['r']}px;bottom:{_BELOW}px"
    marks = "".join(_marks(drawn["data"], layout))
    return (
        f'<div class="still" aria-hidden="true" style="height:{layout["height"]}px"><b>{layout["title"]["text"]}</b>'
        f'<small>{escape(subtitle)}</small><div class="still-marks" style="{place}">{marks}</div></div>'
    )


def _marks(traces: Any, layout: Mapping[str, Any]) -> Iterator[str]:
    low, high = layout["yaxis"]["range"]
    for tick, words in zip(layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"], strict=True):
        yield f'<i class="tick" style="left:{tick}%">{words}</i>'
    for label in layout["annotations"]:
        place = f"top:{_down(label['y'], low, high)};left:{label['xshift']}px"
        font = f"font-size:{label['font']['size']}px;color:{label['font']['color']}"
        yield f'<i class="label" style="{place};{font}">{escape(label["text"])}</i>'
    for trace in traces:
        yield from _trace(trace, low, high)


def _trace(trace: Mapping[str, Any], low: float, high: float) -> Iterator[str]:
    for row, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if x is None:
            continue
        top = f"top:{_down(y, low, high)}"
        if trace["type"] == "bar":
            colour = _one(trace["marker"]["color"], row)
            thick = trace["width"] / (high - low) * 100
            yield f'<i class="bar" style="{top};height:{thick:.2f}%;width:{x}%;background:{colour}"></i>'
        elif trace["mode"] == "markers":
            line = trace["marker"]["line"]
            yield f'<i class="stroke" style="{top};left:{x}%;width:{line["width"]}px;background:{line["color"]}"></i>'
        else:
            inside = trace["textposition"][row] == "middle left"
            side = f"right:{100 - x:.1f}%" if inside else f"left:{x}%"
            colour = _one(trace["textfont"]["color"], row)
            yield f'<i class="value" style="{top};{side};color:{colour}">{escape(trace["text"][row])}</i>'


def _down(y: float, low: float, high: float) -> str:
    return f"{(high - y) / (high - low) * 100:.2f}%"


def _one(colours: str | list[str], row: int) -> str:
    return colours if isinstance(colours, str) else colours[row]
