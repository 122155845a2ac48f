"""A cell of an .ods workbook: its value, and what of its text is struck out; runs only in the limited process."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from tracking.documents.grids import as_percent
from tracking.documents.ods_styles import OdsStyles
from tracking.documents.workbook_limits import LONGEST_TEXT

# What stands in a cell and is not its text: notes, pictures and their captions.
_ASIDE = {"annotation", "frame", "custom-shape", "g", "rect", "ellipse", "line", "control"}
_SIGNS = {"tab": "\t", "line-break": "\n"}
_TIME = re.compile(r"PT(\d+)H(\d+)M([\d.]+)S")
_HOURS = 24
_NUMBERS = {"float", "currency", "percentage"}


class OdsCell:
    """A cell, as its tags are walked past; what it is can be asked once it is closed.

    `struck` says that its text strikes itself out, `percent` that its format shows a number as a percentage.
    """

    value: Any = None
    fault: str | None = None
    struck = percent = filled = False

    def __init__(self, about: Mapping[str, str], styles: OdsStyles) -> None:
        self.about, self._styles = about, styles
        self._shown: list[str] = []
        self._kept: list[str] = []
        # Whether each span that is open strikes out.
        self._spans: list[bool] = []
        self._aside = self._paragraphs = 0
        self._within = False

    def start(self, name: str, about: Mapping[str, str]) -> None:
        """An element begins."""
        if name in _ASIDE:
            self._aside += 1
        elif name == "p" and not self._aside:
            self._paragraphs += 1
            self._within = True
            if self._paragraphs > 1:
                self._add("\n")
        elif name == "span":
            self._spans.append(self._styles.strikes("text", about.get("text:style-name")))
        elif name == "s":
            self.text(" " * min(int(about.get("text:c", 1)), LONGEST_TEXT))
        elif name in _SIGNS:
            self.text(_SIGNS[name])

    def text(self, words: str) -> None:
        """What stands between two tags."""
        if self._within and not self._aside:
            self._add(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _ASIDE:
            self._aside -= 1
        elif name == "p" and not self._aside:
            self._within = False
        elif name == "span" and self._spans:
            self._spans.pop()

    def _add(self, words: str) -> None:
        self._shown.append(words)
        if not any(self._spans):
            self._kept.append(words)

    def close(self) -> None:
        """Tell it from what was walked past. Raises ValueError."""
        shown, kept = "".join(self._shown), "".join(self._kept)
        self.value = self._value(shown, kept.strip("\n"))
        self.fault = self._fault(shown)
        self.struck = bool(shown.strip()) and not kept.strip()
        self.percent = self.about.get("office:value-type") == "percentage"
        self.filled = self.value is not None or self.fault is not None

    def _value(self, shown: str, kept: str) -> Any:
        """Its value without what is struck out, all of it if nothing else is there."""
        kind = self.about.get("office:value-type")
        if kind in _NUMBERS:
            number = float(self.about["office:value"])
            return as_percent(number) if kind == "float" and shown.endswith("%") else number
        if kind == "date":
            return _day(self.about["office:date-value"])
        if kind == "time":
            return _time(self.about["office:time-value"])
        if kind == "boolean":
            return self.about.get("office:boolean-value") == "true"
        return kept or shown or None

    def _fault(self, shown: str) -> str | None:
        """The error it shows, "" for a formula that was never computed."""
        if self.about.get("calcext:value-type") == "error":
            return shown
        formula = "table:formula" in self.about and "office:value-type" not in self.about
        return "" if formula and not self._paragraphs else None


def _day(told: str) -> date | datetime:
    return datetime.fromisoformat(told) if "T" in told else date.fromisoformat(told)


def _time(told: str) -> time | timedelta:
    """A time of day, or a length of a day and more."""
    found = _TIME.fullmatch(told)
    if found is None:
        raise ValueError(told)
    hours, minutes, seconds = int(found[1]), int(found[2]), float(found[3])
    if hours < _HOURS:
        return time.fromisoformat(f"{hours:02}:{minutes:02}:{int(seconds):02}")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
