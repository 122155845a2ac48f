"""Normalising typed text and numbers before anything else looks at them.

Spelling is made uniform (NFC, line ends, spaces at the ends); whatever would change or hide the meaning is
refused, never dropped in silence. Emoji are text like any other.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from tracking.messages import Message, Refusal, refusal

# Letters by their category that show nothing.
_FILLERS = "\u115f\u1160\u3164\uffa0"
# Line endings of other systems and of copied documents, tabs between pasted cells, and what nobody can see. A joiner
# stays: it makes one sign of two.
_UNIFORM = str.maketrans(
    {"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " ", "\u2800": " "}
    | dict.fromkeys(f"\u200b\ufeff\u2060\u00ad\u180e{_FILLERS}")
)
# These change the reading direction, so that a name or a number can pass for another.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Control characters other than the line feed, lone surrogates, and noncharacters (the last two of every plane).
_CONTROLS = "\0-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_NO_CHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_REFUSED = re.compile(f"[{_DIRECTION}{_CONTROLS}{_NO_CHARACTERS}]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．－％", "0123456789,.-%")
# Characters invisible in a cell, and unusual spaces.
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0\u3000"))
_NUMBER = re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")

AMOUNT_LIMIT = Decimal("999999999999.99")
AMOUNT_DECIMALS = 2
PERCENT_DECIMALS = 1

_DAY = re.compile(
    r"(?:(?P<year>20\d\d)\s*[-./年])?\s*(?P<month>1[0-2]|0?[1-9])\s*(?:[-./月]\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日?|月)?\s*[底末]?\s*[之以]?前?"
)
_YEAR_END = re.compile(r"(?:(?P<year>20\d\d)\s*年?)?\s*(?:年底|年末|年内|全年)\s*[之以]?前?")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SERIAL_ZERO = date(1899, 12, 30)


@lru_cache(maxsize=1024)  # what is saved is judged by several checks, each of which looks at every text
def clean_text(value: str) -> str:
    """The text in the form it is stored in.

    Raises `Refusal` for control characters, lone surrogates, noncharacters and characters that change the
    reading direction, naming the first one.
    """
    uniform = value.replace("\r\n", "\n").translate(_UNIFORM)
    if found := _REFUSED.search(uniform):
        code = f"U+{ord(found[0]):04X}"
        raise Refusal(Message("validation.bad_character", code=code, position=found.start() + 1))
    lines = unicodedata.normalize("NFC", uniform).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def says_something(value: str) -> bool:
    """Whether words can be read in a text: at least one letter or digit that can be seen."""
    return any(unicodedata.category(sign)[0] in "LN" and sign not in _FILLERS for sign in value)


def text_problem(value: str) -> Message | None:
    """Why a text cannot be kept, or None."""
    return refusal(clean_text, value)


def amount_problem(value: Decimal) -> Message | None:
    """Why a number cannot be an indicator's value, or None: finite, not negative, at most two decimals, not huge."""
    if not value.is_finite():
        return Message("validation.not_a_number")
    if value < 0:
        return Message("validation.negative")
    if value > AMOUNT_LIMIT:
        return Message("validation.too_large")
    if value != round(value, AMOUNT_DECIMALS):
        return Message("validation.too_many_decimals", decimals=AMOUNT_DECIMALS)
    return None


def parse_amount(typed: str) -> Decimal:
    """Parse a typed number, not negative, with at most two decimals; full-width digits and 1,234 are accepted.

    Raises `Refusal`: not a number, negative, too many decimals, too large.
    """
    return _parse(typed, AMOUNT_DECIMALS)


def parse_percent(typed: str) -> int:
    """Parse a typed percentage, at most one decimal, with or without its sign, as permille. Raises `Refusal`.

    Whether more than 100 is allowed is a question for `tracking.validation`.
    """
    return parse_tenths(typed.strip().translate(_FULL_WIDTH).removesuffix("%"))


def parse_tenths(typed: str) -> int:
    """Parse a typed number (a weight), not negative, at most one decimal, into tenths. Raises `Refusal`."""
    return int(_parse(typed, PERCENT_DECIMALS) * 10)


def _parse(typed: str, decimals: int) -> Decimal:
    match = _NUMBER.fullmatch(typed.strip().translate(_FULL_WIDTH))
    if match is None:
        raise Refusal(Message("validation.not_a_number"))
    sign, whole, fraction = match.groups(default="")
    if sign:
        raise Refusal(Message("validation.negative"))
    if len(fraction) > decimals:
        raise Refusal(Message("validation.too_many_decimals", decimals=decimals))
    number = Decimal(f"{whole.replace(',', '')}.{fraction or '0'}")
    if number > AMOUNT_LIMIT:
        raise Refusal(Message("validation.too_large"))
    return number


def parse_day(typed: str | float | date, year: int) -> date:
    """Parse a day as ledgers write it; `year` fills in a missing year, the last of the month a missing day.

    Accepts 2026年3月31日, 2026.3.31, 2026/3/31, 2026-03-31, 3月31日, 3月底, 2026年6月, 年底前, spreadsheet serial
    numbers, and dates. Raises `Refusal`.
    """
    if isinstance(typed, date):
        return typed
    if isinstance(typed, (int, float)):
        # Compared rather than looked up: testing a number with decimals against a range walks the whole range.
        if not _FIRST_SERIAL <= typed <= _LAST_SERIAL or typed != int(typed):
            raise Refusal(Message("validation.not_a_day"))
        return _SERIAL_ZERO + timedelta(int(typed))
    said = unicodedata.normalize("NFKC", typed).translate(UNSEEN).strip()
    if (match := _YEAR_END.fullmatch(said)) is not None:
        return date(int(match["year"] or year), 12, 31)
    match = _DAY.fullmatch(said)
    if match is None or not (match["day"] or said.rstrip("之以前底末").endswith("月")):
        raise Refusal(Message("validation.not_a_day"))
    of_year, month = int(match["year"] or year), int(match["month"])
    last = monthrange(of_year, month)[1]
    if int(match["day"] or last) > last:
        raise Refusal(Message("validation.not_a_day"))
    return date(of_year, month, int(match["day"] or last))
