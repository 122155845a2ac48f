"""plotly in the browser: one button, and the words of the chosen language."""

from functools import cache
from typing import Any

from babel import Locale

from tracking.messages import text
from tracking.vocabulary import Language

# Plotly has English built in; the names given here are read by d3, whose weeks start on Sunday.
_TAGS = {Language.ZH_CN: "zh-CN", Language.EN: "en"}
_DAYS = (6, 0, 1, 2, 3, 4, 5)
_BUTTON = "Download plot as a PNG"
_BUSY = "Taking snapshot - this may take a few seconds"


@cache
def plotly_config(language: Language) -> dict[str, Any]:
    """The `config` of `st.plotly_chart`: only "download picture" on hover, month and day names in `locales`.

    Returns the same object on every call; do not modify it.
    """
    tag = _TAGS[language]
    return {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "scrollZoom": False,
        "doubleClick": False,
        "showAxisDragHandles": False,
        "locale": tag,
        "locales": {tag: {"dictionary": _dictionary(language), "format": _formats(language)}},
        "toImageButtonOptions": {
            "format": "png",
            "scale": 2,
            "filename": text("chart.file_name", language),
        },
    }


def _dictionary(language: Language) -> dict[str, str]:
    return {
        _BUTTON: text("chart.download", language),
        _BUSY: text("chart.download_busy", language),
        "Snapshot succeeded": text("chart.download_done", language),
        "Sorry, there was a problem downloading your snapshot!": text("chart.download_failed", language),
    }


def _formats(language: Language) -> dict[str, Any]:
    locale = Locale.parse(language)
    months, days = locale.months["stand-alone"], locale.days["stand-alone"]
    return {
        "days": [days["wide"][day] for day in _DAYS],
        "shortDays": [days["abbreviated"][day] for day in _DAYS],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
        "date": "%Y-%m-%d",
    }
