"""Which months a header or the name of a sheet speaks of, and whether they are those of a reporting period."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

_NUMERALS = {sign: at for at, sign in enumerate("一二三四五六七八九十", start=1)} | {"十一": 11, "十二": 12}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERAL = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_TO = r"\s*[-—–~至到]\s*"
_SPAN = re.compile(
    rf"(?:(?<![0-9])(?P<since>{_NUMERAL})月?{_TO})?(?<![0-9])(?P<month>{_NUMERAL})月"
    rf"|(?:第?(?P<after>[一二三四1-4])(?:季度)?{_TO})?(?:(?P<up_to>前)|第)?(?P<quarter>[一二三四1-4])个?季度?"
    r"|(?<![a-z])(?:q(?P<q>[1-4])|h(?P<h>[12]))(?![0-9a-z])|(?P<half>[上下])半年"
    r"|(?<![a-z])(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_UP_TO = re.compile(r"截[至止]|累计至|year to date|ytd|as of")
_ELSEWHERE = re.compile(
    r"(?<![以线网海路])[上下]一?(?:期|季|月|年)|[去往历]年|同期|(?:previous|prior|last|next) (?:period|quarter|month|year)"
)
_WHOLE = (1, 12)


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a year from `first` to `last`; `year` is None where none is named."""

    first: int
    last: int
    year: int | None = None


class Fit(IntEnum):
    """How well named months are those of a period: not, only its end, wider ones or none, exactly."""

    ELSEWHERE = 0
    PART = 1
    WIDER = 2
    EXACT = 3


def months_between(starts_on: date, ends_on: date) -> Months:
    """The months of a reporting period."""
    return Months(starts_on.month, ends_on.month, ends_on.year)


def months_of(text: str) -> Months | None:
    """The months that a text names, those of its lowest header row where there are several; None if it names none."""
    said = unicodedata.normalize("NFKC", text).casefold()
    found, years = list(_SPAN.finditer(said)), set(_YEAR.findall(said))
    # Of several years together, none is meant.
    year = int(years.pop()) if len(years) == 1 else None
    if not found and year is None:
        return None
    first, last = _ends(found[-1]) if found else _WHOLE
    return Months(1 if _UP_TO.search(said) else first, last, year)


def _ends(match: re.Match[str]) -> tuple[int, int]:
    if match["month"]:
        return _number(match["since"] or match["month"]), _number(match["month"])
    if match["name"]:
        month = _MONTHS.index(match["name"][:3]) + 1
        return month, month
    if half := match["half"] or match["h"]:
        return (1, 6) if half in {"上", "1"} else (7, 12)
    quarter = _number(match["quarter"] or match["q"])
    since = 1 if match["up_to"] else _number(match["after"] or str(quarter))
    return since * 3 - 2, quarter * 3


def _number(text: str) -> int:
    return _NUMERALS.get(text) or int(text)


def is_bound(text: str) -> bool:
    """Whether a text speaks of months less than a year."""
    months = months_of(text)
    return months is not None and (months.first, months.last) != _WHOLE


def fit_of(text: str, period: Months | None) -> Fit:
    """How well what a text says of months is the period."""
    if period is None:
        return Fit.WIDER
    if _ELSEWHERE.search(unicodedata.normalize("NFKC", text).casefold()):
        return Fit.ELSEWHERE
    months = months_of(text)
    if months is None:
        return Fit.WIDER
    if months.year not in {None, period.year}:
        return Fit.ELSEWHERE
    return _fit(months, period)


def _fit(months: Months, period: Months) -> Fit:
    if months.last == period.last and months.first in {1, period.first}:
        return Fit.EXACT
    if months.first <= period.first and months.last >= period.last:
        return Fit.WIDER
    return Fit.PART if months.last == period.last else Fit.ELSEWHERE
