"""The content of an entry: read from what was typed, by whatever door, with every fault at once; and as it is kept.

Typed are texts, numbers, days, or lists of countries or files; the sheet of a workbook and a program give everything as text. Kept,
and read back, are plain values: days and numbers as text, lists of codes of countries and keys of files; what is not
given is not there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tracking.cleaning import clean_text, parse_amount
from tracking.countries import MOST_COUNTRIES, countries_in
from tracking.evidence import CheckedFile, HandedIn, checked_file
from tracking.messages import Message, Refusal
from tracking.registers.definitions import TEXTS, Register, RegisterField
from tracking.registers.links import is_address
from tracking.registers.money import parse_money
from tracking.scales import NO, YES
from tracking.validation.days import day_problems
from tracking.validation.problems import Problem, text_problems
from tracking.vocabulary import FieldKind

Content = Mapping[str, Any]
MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Known:
    """The day, and what a field may refer to: key → name of units, and of the keeper's officers and files."""

    today: date
    references: Mapping[FieldKind, Mapping[int, str]] = field(default_factory=dict)


def read_content(register: Register, typed: Content, known: Known) -> tuple[dict[str, Any], list[Problem]]:
    """The content to be kept, and every fault of what was typed, each at its field's key.

    A file that was handed in stands in it as a `CheckedFile`, until it is kept and has a key.
    """
    content: dict[str, Any] = {}
    keys = {one.key for one in register.fields}
    problems = [Problem(key, Message("register.no_field")) for key in typed if key not in keys]
    for one in register.asked:
        given = typed.get(one.key)
        if _is_missing(given):
            problems += [Problem(one.key, Message("validation.required"))] if one.required else []
            continue
        try:
            content[one.key] = _READ[one.kind](one, given, known)
        except Refusal as refused:
            problems += [Problem(one.key, message) for message in refused.messages]
    return content, problems


def _is_missing(given: Any) -> bool:
    if isinstance(given, str):
        return not given.strip()
    return given is None or (isinstance(given, list | tuple) and not given)


def _text(one: RegisterField, given: Any, _: Known) -> str:
    said = given if isinstance(given, str) else " ".join(map(str, given))
    _refuse(text_problems(one.key, said, required=one.required, limit=one.longest))
    return clean_text(said)


def _link(one: RegisterField, given: Any, known: Known) -> str:
    link = _text(one, given, known)
    if not is_address(link):
        raise Refusal(Message("register.not_https"))
    return link


def _day(one: RegisterField, given: Any, known: Known) -> str:
    day = _as_day(given)
    if day > known.today:
        raise Refusal(Message("register.in_future", today=known.today.isoformat()))
    _refuse(day_problems(one.key, day, known.today))
    return day.isoformat()


def _as_day(given: Any) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given).strip().replace("/", "-"))
    except ValueError:
        raise Refusal(Message("register.no_day")) from None


def _number(_: RegisterField, given: Any, __: Known) -> str:
    return _written(parse_amount(str(given)))


def _money(_: RegisterField, given: Any, __: Known) -> str:
    amount, currency = parse_money(str(given))
    return f"{_written(amount)} {currency}"


def _written(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _choice(one: RegisterField, given: Any, _: Known) -> str:
    said = str(given).strip()
    for option in one.options:
        if said in {option.key, option.title, option.title_en}:
            return option.key
    raise Refusal(Message("register.no_option", options=one.options))


def _yes_no(_: RegisterField, given: Any, __: Known) -> bool:
    word = str(given).strip().lower()
    if word not in YES | NO:
        raise Refusal(Message("register.no_answer"))
    return word in YES


def _countries(_: RegisterField, given: Any, __: Known) -> list[str]:
    codes, unknown = countries_in(given if isinstance(given, str) else "|".join(given))
    if unknown:
        raise Refusal(Message("country.unknown", name=unknown[0][:40]))
    if len(codes) > MOST_COUNTRIES:
        raise Refusal(Message("country.too_many", most=MOST_COUNTRIES))
    return list(codes)


def _reference(one: RegisterField, given: Any, known: Known) -> int:
    """One that is known by this key, or alone has this name."""
    names = known.references.get(one.kind, {})
    said = given.strip() if isinstance(given, str) else given
    keys = [key for key, name in names.items() if said in (key, name)]
    if len(keys) != 1:
        raise Refusal(Message(f"register.no_{one.kind}"))
    return keys[0]


def _files(one: RegisterField, given: Any, known: Known) -> list[int | CheckedFile]:
    """Files of the keeper by their keys, and those handed in with it."""
    items = list(given) if isinstance(given, list | tuple) else [given]
    if len(items) > MOST_FILES:
        raise Refusal(Message("register.too_many_files", most=MOST_FILES))
    return [_file(item, known.references.get(one.kind, {})) for item in items]


def _file(item: Any, names: Mapping[int, str]) -> int | CheckedFile:
    if isinstance(item, HandedIn):
        return checked_file(item.name, item.content)
    if not isinstance(item, int) or isinstance(item, bool) or item not in names:
        raise Refusal(Message("register.no_file"))
    return item


def _refuse(problems: Any) -> None:
    messages = tuple(problem.message for problem in problems)
    if messages:
        raise Refusal(*messages)


_READ: Mapping[FieldKind, Callable[[RegisterField, Any, Known], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.PARTNER: _text,
    FieldKind.LINK: _link,
    FieldKind.DAY: _day,
    FieldKind.NUMBER: _number,
    FieldKind.AMOUNT: _money,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.COUNTRIES: _countries,
    FieldKind.UNIT: _reference,
    FieldKind.OFFICER: _reference,
    FieldKind.FILES: _files,
}


def value_of(one: RegisterField, content: Content) -> Any:
    """The value of a field as Python has it: a day, a number, a tuple of codes or keys; None, or "" for a text, if not given."""
    kept = content.get(one.key)
    if kept is None:
        return "" if one.kind in TEXTS else None
    if one.kind is FieldKind.DAY:
        return date.fromisoformat(kept)
    if one.kind is FieldKind.NUMBER:
        return Decimal(kept)
    return tuple(kept) if isinstance(kept, list) else kept


def told_from(register: Register, content: Content) -> dict[str, Any]:
    """What is stored of a content: itself, its day, its countries and its words."""
    return {
        "content": dict(content),
        "happened_on": day_of(register, content),
        "countries": " ".join(countries_of(register, content)),
        "words": words_of(register, content),
    }


def day_of(register: Register, content: Content) -> date | None:
    """When an entry happened, or None."""
    return None if register.day is None else value_of(register.day, content)


def countries_of(register: Register, content: Content) -> tuple[str, ...]:
    """Every country that an entry names."""
    named = [value_of(one, content) or () for one in register.of_kind(FieldKind.COUNTRIES)]
    return tuple(sorted({code for codes in named for code in codes}))


def words_of(register: Register, content: Content) -> str:
    """The texts of an entry, in which a word is looked for."""
    return "\n".join(filter(None, (value_of(one, content) for one in register.of_kind(*TEXTS))))
