"""Targets as plans write them: 不少于500家次, 3场以上, 约1.2亿元, in the units of a measure's indicators."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tracking.messages import Message, amount_words
from tracking.plans.days import plain_words
from tracking.plans.known import KnownIndicator

_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_SCALED = re.compile(r"(百万|千万|亿|万|千|百)(?=.)")
_DIGITS = "零一二三四五六七八九"
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?|(?<![数几])[一二两三四五六七八九十][零一二两三四五六七八九十百千]*)"
_AROUND = re.compile(r"(?:大?约|近|左右|上下)$")
# A rate, a change against another year, its figure, a limit or a range is not what is to be reached in this one.
_RELATIVE = re.compile(
    r"每[个家年季月周场次期人]|各$|平均|[人场家]均|增加|增长|提高|提升|减少|同比|上年|去年|[较比](?:年初|同期)"
    r"|不超过|不多于|不高于|(?<!不)[低少]于|[\d余多百千万亿]\s*[-—–~～至到]\s*$"
)
_HALF = 0.5
_YEAR = re.compile(r"20\d\d(?=年)")
_CLAUSE = re.compile(r"[,，;；。、\n]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (without 万, 亿); `words` come before it in its clause, `after` behind its unit."""

    value: Decimal
    unit: str
    words: str
    after: str
    around: bool = False
    relative: bool = False


@dataclass(frozen=True, slots=True)
class TargetRead:
    """A quantity as the value of an indicator, None if it is not certain of which; and what is to be said of it.

    `perhaps` is an indicator for which only the unit speaks.
    """

    indicator_id: int | None
    value: Decimal
    written: str
    doubt: Message | None = None
    perhaps: int | None = None


def read_targets(text: str, indicators: Sequence[KnownIndicator], year: int) -> list[TargetRead]:
    """The quantities of a text that are in the unit of one of these indicators, each with what it is the value of.

    What is said of another year than the plan's is not to be reached in it.
    """
    quantities = list(quantities_of(text, [base_unit(one.unit)[0] for one in indicators]))
    read = [_target(_in_year(quantity, year), indicators) for quantity in quantities]
    taken = Counter(one.indicator_id for one in read if one.indicator_id is not None)
    return [_once(one, one.indicator_id is not None and taken[one.indicator_id] > 1) for one in read]


def quantities_of(text: str, units: Sequence[str]) -> Iterator[Quantity]:
    """The quantities in these units, in the order of the text."""
    said = plain_words(text)
    named = "|".join(sorted(map(re.escape, set(units)), key=len, reverse=True))
    if not named:
        return
    pattern = re.compile(
        _NUMBER + r"\s*(?P<more>[余多])?\s*(?P<scale>百万|千万|亿|万|千|百)?\s*(?P<many>[余多])?\s*个?"
        rf"(?P<unit>{named})(?!次)"
    )
    for match in pattern.finditer(said):
        before = _CLAUSE.split(said[: match.start()])[-1]
        after = _CLAUSE.split(said[match.end() :])[0]
        yield Quantity(
            value=_number(match["number"]) * _SCALES.get(match["scale"] or "", 1),
            unit=match["unit"],
            words=before,
            after=after,
            around=bool(_AROUND.search(before) or match["more"] or match["many"])
            or after.startswith(("左右", "上下")),
            relative=_RELATIVE.search(before) is not None or after.startswith(("以内", "以下")),
        )


def base_unit(unit: str) -> tuple[str, int]:
    """A unit without its scale, and the scale: 万美元 is 美元 and 10,000."""
    match = _SCALED.match(unit)
    return (unit[match.end() :], _SCALES[match[1]]) if match else (unit, 1)


def _in_year(quantity: Quantity, year: int) -> Quantity:
    others = {int(named) for named in _YEAR.findall(quantity.words)} - {year}
    return replace(quantity, relative=True) if others else quantity


def _number(written: str) -> Decimal:
    if written[0].isdecimal():
        return Decimal(written.replace(",", ""))
    total = digit = 0
    for sign in written.replace("两", "二"):
        if sign in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[sign], 0
        else:
            digit = _DIGITS.index(sign)
    return Decimal(total + digit)


def _target(quantity: Quantity, indicators: Sequence[KnownIndicator]) -> TargetRead:
    in_unit = [one for one in indicators if base_unit(one.unit)[0] == quantity.unit]
    named = [one for one in in_unit if _is_named(one, quantity)]
    written = f"{amount_words(quantity.value)} {quantity.unit}"
    sure = named[0] if len(named) == 1 else in_unit[0] if len(in_unit) == 1 else None
    if sure is None or quantity.relative:
        key = "plan_file.relative_amount" if quantity.relative else "plan_file.which_indicator"
        return TargetRead(None, quantity.value, written, Message(key, amount=written))
    value = quantity.value / base_unit(sure.unit)[1]
    told = {"amount": written, "indicator": sure.name}
    if not named:
        # Only the unit speaks for it.
        doubt = Message("plan_file.perhaps_indicator", **told)
        return TargetRead(None, value, written, doubt, sure.indicator_id)
    around = Message("plan_file.around", **told) if quantity.around else None
    return TargetRead(sure.indicator_id, value, written, around)


def _is_named(indicator: KnownIndicator, quantity: Quantity) -> bool:
    """Whether the clause says at least half of the name, pair of signs by pair."""
    name, clause = indicator.name, f"{quantity.words} {quantity.after}"
    pairs = [name[at : at + 2] for at in range(max(len(name) - 1, 1))]
    return sum(pair in clause for pair in pairs) >= len(pairs) * _HALF


def _once(read: TargetRead, twice: bool) -> TargetRead:
    """What is said of one indicator twice is not certain either time."""
    if not twice:
        return read
    return TargetRead(
        None, read.value, read.written, Message("plan_file.which_indicator", amount=read.written)
    )
