"""When a task begins and is due, as plans write it: real dates, 6月底, 第三季度, 全年, 3月至11月.

What names no day (持续推进) or several (每季度末) is never a day in silence.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from tracking.cleaning import UNSEEN, parse_day
from tracking.documents.grids import Value
from tracking.messages import Message, Refusal

_NO_DAY = re.compile(
    r"持续|长期|常态|长效|不断|适时|随时|待定|另行|视情|ongoing|continuous|tbd", re.IGNORECASE
)
_EVERY = re.compile(r"每个?(?:年|半年|季|月|周|旬|天|日)|按[季月周]")
_BEFORE = re.compile(r"^(?:截至|截止|计划|力争|确保|预计|争取|原则上|于|在|到|至)+")
_AFTER = re.compile(r"(?:前?(?:全部|基本)?(?:完成|办结|结束|到位|建成|实现)|为止|之前|以前|前|止)+$")
# 6月前 may be the end of May or of June.
_BEFORE_WHAT = re.compile(r"(?:月|季度?)(?:之|以)?前")
_UNSURE = (
    (_EVERY, Message("plan_file.every")),
    (_NO_DAY, Message("plan_file.no_day")),
    (_BEFORE_WHAT, Message("plan_file.before_what")),
)
_WRITTEN_MONTH = re.compile(r"(?:十[一二]?|[一二三四五六七八九])(?=月)")
_ONES = "一二三四五六七八九"
_ONLY_NUMBER = re.compile(r"(?:20\d\d年)?\d{1,2}")
_YEAR = r"(?:(?P<year>20\d\d)\s*年?\s*)?"
_HALF = re.compile(_YEAR + r"(?P<half>[上下])半年[末底]?")
_QUARTER = re.compile(_YEAR + r"(?:第?(?P<named>[一二三四1-4])季度?|[Qq](?P<short>[1-4]))[末底内]?")
_MONTH = re.compile(r"(?P<year>20\d\d)\s*[./-]\s*(?P<month>1[0-2]|0?[1-9])[末底]?")
_THIRD = re.compile(_YEAR + r"(?P<month>1[0-2]|0?[1-9])月(?P<third>[上中下])旬")
_WHOLE_YEAR = re.compile(r"(?:(?P<year>20\d\d)\s*年度?|全年|当年|本年度?|年内)[内]?")
_TO = re.compile(r"\s*[—–~～至到-]+\s*")
_DAY = re.compile(r"日$|\d[-./月]\d{1,2}[-./]\d|月\d")
_DEFINITE = re.compile(r"[末底]|旬")
_LENGTHS = ((re.compile("季|[Qq]"), 3), (re.compile("半年"), 6), (re.compile(r"年度?内?$"), 12))
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_THIRDS = {"上": 10, "中": 20, "下": 31}
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000


@dataclass(frozen=True, slots=True)
class Days:
    """From when and until when, None where it is not said; `doubt` is why it is not certain."""

    starts_on: date | None = None
    due_on: date | None = None
    doubt: Message | None = None


def read_days(value: Value, year: int) -> Days:
    """The days that a cell names for a task of a year; without a day there is a doubt instead."""
    if isinstance(value, date):
        return Days(due_on=value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value, year)
    said = plain_words(str(value or ""))
    for words, doubt in _UNSURE:
        if words.search(said):
            return Days(doubt=doubt)
    due_on = day_named(said, year)
    if due_on is not None:
        return Days(due_on=due_on)
    return _span(said, year) or Days(doubt=Message("plan_file.not_a_day"))


def day_named(written: str, year: int) -> date | None:
    """The last day of what a text names, None if it names no single day, month, quarter or half."""
    said = _WRITTEN_MONTH.sub(_in_digits, plain_words(written))
    if _BEFORE_WHAT.search(said):
        return None
    said = _AFTER.sub("", _BEFORE.sub("", said)).strip()
    for pattern, last in ((_HALF, _half), (_QUARTER, _quarter), (_MONTH, _month), (_THIRD, _third)):
        if match := pattern.fullmatch(said):
            return _month_end(int(match["year"] or year), *last(match))
    if match := _WHOLE_YEAR.fullmatch(said):
        return date(int(match["year"] or year), 12, 31)
    try:
        return parse_day(said, year)
    except Refusal:
        return None


def period_named(written: str, year: int) -> tuple[date, date] | None:
    """The first and the last day of what a text names; of the end of a period, and of a day, both are that day."""
    last = day_named(written, year)
    if last is None:
        return None
    said = plain_words(written)
    return (last if _DEFINITE.search(said) else _first_day(said, last)), last


def span_named(written: str, year: int) -> tuple[date, date] | None:
    """The first and the last day of a text that names both ends."""
    found = _span(plain_words(written), year)
    return (found.starts_on, found.due_on) if found and found.starts_on and found.due_on else None


def plain_words(text: str) -> str:
    """A text in one width, without invisible characters or surrounding spaces and stops."""
    return unicodedata.normalize("NFKC", text).translate(UNSEEN).strip().rstrip("。;；,，")


def _number(value: float, year: int) -> Days:
    """A serial number, or a year and month written as one number; 2026.1 is January or October."""
    if _FIRST_SERIAL <= value <= _LAST_SERIAL and value == int(value):
        return Days(due_on=parse_day(value, year))
    of_year, _, month = f"{value:.2f}".rstrip("0").partition(".")
    if month == "1":
        return Days(doubt=Message("plan_file.january_or_october"))
    found = day_named(f"{of_year}.{month}" if month else f"{of_year}年", year)
    return Days(due_on=found) if found else Days(doubt=Message("plan_file.not_a_day"))


def _span(said: str, year: int) -> Days | None:
    """The first division of a text into two that each name a day."""
    for to in _TO.finditer(said):
        # 3—11月: the month is only written once.
        first = said[: to.start()] + ("月" if _ONLY_NUMBER.fullmatch(said[: to.start()]) else "")
        starts, ends = period_named(first, year), day_named(said[to.end() :], _year_of(first, year))
        if starts and ends:
            return Days(starts[0], ends)
    return None


def _year_of(said: str, year: int) -> int:
    match = re.match(r"20\d\d", said)
    return int(match[0]) if match else year


def _first_day(said: str, last: date) -> date:
    """The first day of a month, quarter, half or year of which `last` is the last one; a day is its own."""
    if _DAY.search(said):
        return last
    months = next((count for words, count in _LENGTHS if words.search(said)), 1)
    return last.replace(month=last.month - months + 1, day=1)


def _half(match: re.Match[str]) -> tuple[int, int]:
    return (6, 31) if match["half"] == "上" else (12, 31)


def _quarter(match: re.Match[str]) -> tuple[int, int]:
    said = match["named"] or match["short"]
    return 3 * (_NUMBERS.get(said) or int(said)), 31


def _month(match: re.Match[str]) -> tuple[int, int]:
    return int(match["month"]), 31


def _third(match: re.Match[str]) -> tuple[int, int]:
    return int(match["month"]), _THIRDS[match["third"]]


def _in_digits(match: re.Match[str]) -> str:
    ones = match[0].removeprefix("十")
    return str(10 * (ones != match[0]) + (_ONES.index(ones) + 1 if ones else 0))


def _month_end(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
