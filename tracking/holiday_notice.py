"""Reads the State Council's yearly notice on days off, as it is pasted.

Its sentences name days and then what they are: 「2月15日（周日）至23日（周一）放假调休，共9天。2月14日、28日上班。」
A day without a month is of the month named before it; a span without a year is of the notice's year.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tracking.messages import Message, Refusal
from tracking.working_days import AnnouncedYear

LONGEST_TEXT = 8_000
LONGEST_SPAN = timedelta(days=14)
_YEAR = re.compile(r"(\d{4})年部分节假日|关于(\d{4})年")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_TOKEN = re.compile(
    rf"{_DAY}(?:[至到~～—–-]+{_DAY})?|(?P<off>放假|休息|补休)|(?P<worked>上班)|(?P<stop>[。;\n])"
)
# Month and day of the statutory holidays that never move.
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))


def year_of(notice: str) -> int | None:
    """The year that a notice says it is for."""
    named = _YEAR.search(_plain(notice))
    return int(named[1] or named[2]) if named else None


def read_notice(notice: str, year: int) -> AnnouncedYear:
    """The days off and the days worked that a notice announces for a year.

    Raises `Refusal` when a day does not exist or is both, when a span is too long to be a holiday, when a day is of
    another year, or when a holiday that every year has is missing: then only part of the notice was pasted.
    """
    off, worked = set[date](), set[date]()
    for day, works in _days(_plain(notice), year):
        (worked if works else off).add(day)
    _check(off, worked, year)
    return AnnouncedYear(frozenset(off), frozenset(worked))


def _plain(notice: str) -> str:
    return _ASIDE.sub("", re.sub(r"[ \t\u3000]", "", unicodedata.normalize("NFKC", notice)))


def _days(text: str, year: int) -> Iterator[tuple[date, bool]]:
    """Each day with whether it is worked: days are gathered until a word says what they are."""
    pending: list[date] = []
    month = 0
    for token in _TOKEN.finditer(text):
        if token["off"] or token["worked"]:
            yield from ((day, bool(token["worked"])) for day in pending)
        if token["off"] or token["worked"] or token["stop"]:
            pending.clear()
            continue
        span = _span(token, year, month)
        month = span[-1].month
        pending += span


def _span(token: re.Match[str], year: int, month: int) -> list[date]:
    first_year, first_month, first_day, last_year, last_month, last_day = token.groups()[:6]
    first = _day(token, first_year or year, first_month or month, first_day)
    if not last_day:
        return [first]
    last = _day(token, last_year or first.year, last_month or first.month, last_day)
    if not timedelta() <= last - first <= LONGEST_SPAN:
        raise Refusal(Message("working_days.odd_span", written=token[0]), fields=("notice",))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(token: re.Match[str], year: str | int, month: str | int, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Refusal(Message("working_days.no_such_day", written=token[0]), fields=("notice",)) from None


def _check(off: set[date], worked: set[date], year: int) -> None:
    earliest = date(year - 1, 12, 25)
    if both := off & worked:
        _refuse("working_days.both", both)
    if outside := [day for day in off | worked if not earliest <= day <= date(year, 12, 31)]:
        _refuse("working_days.other_year", outside, year=str(year))
    if missing := {date(year, month, day) for month, day in _ALWAYS_OFF} - off:
        _refuse("working_days.missing", missing)


def _refuse(key: str, days: Iterable[date], **values: str) -> None:
    named = "、".join(day.isoformat() for day in sorted(days))
    raise Refusal(Message(key, days=named, **values), fields=("notice",))
