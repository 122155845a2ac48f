"""Charts as pictures for Word files: crisp on paper, small and plain, with Chinese text.

Drawn without a window or a global state, so that several threads may draw at once.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from tracking.documents.fonts import picture_fonts
from tracking.labels import shortened
from tracking.messages import text
from tracking.palette import LIGHT_PALETTE
from tracking.vocabulary import Language

DOTS_PER_INCH = 200
_WIDTH, _ROW, _EDGES = 6.1, 0.42, 1.15  # inches
_NAME_COLUMNS = 36  # half-width characters
_FULL = 100
_VALUES = 103  # where the values go, clear of every bar and mark


def completion_picture(bars: Sequence[Mapping[str, Any]], *, language: Language) -> bytes:
    """A PNG with one bar per row, its value at the end and a tick for expected progress.

    Bars have name, completion and expected, both in permille.
    """
    colours = LIGHT_PALETTE
    figure = Figure(figsize=(_WIDTH, _EDGES + _ROW * len(bars)), dpi=DOTS_PER_INCH, facecolor=colours.paper)
    FigureCanvasAgg(figure)
    axes: Any = figure.add_subplot()
    font = FontProperties(family=picture_fonts(), size=11)
    places = range(len(bars))
    done = [bar["completion"] / 10 for bar in bars]
    axes.barh(places, done, height=0.52, color=colours.primary)
    axes.vlines(
        [bar["expected"] / 10 for bar in bars],
        [place - 0.36 for place in places],
        [place + 0.36 for place in places],
        color=colours.ink,
        linewidth=1.4,
    )
    for place, bar in zip(places, done, strict=True):
        axes.text(_VALUES, place, f"{bar:.1f}%", va="center", color=colours.ink, fontproperties=font)
    names = [shortened(bar["name"], _NAME_COLUMNS) for bar in bars]
    axes.set_yticks(list(places), names, fontproperties=font, color=colours.ink)
    _dress(axes, font, text("briefing.picture_axis", language))
    figure.tight_layout()
    out = BytesIO()
    figure.savefig(out, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return out.getvalue()


def _dress(axes: Any, font: FontProperties, axis: str) -> None:
    """A 0–100 % axis at the top, with few grid lines."""
    colours = LIGHT_PALETTE
    axes.invert_yaxis()
    axes.set_xlim(0, _FULL * 1.14)
    ticks = range(0, _FULL + 1, 25)
    axes.set_xticks(list(ticks), [f"{tick}%" for tick in ticks], fontproperties=font, color=colours.second)
    axes.set_xlabel(axis, fontproperties=font, color=colours.second)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    axes.xaxis.grid(visible=True, color=colours.rule, linewidth=0.6)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(colours.rule)
