"""What is typed of a register and of its fields, what is wrong with it, and as what it is kept."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracking.cleaning import clean_text
from tracking.messages import Message, text
from tracking.registers.definitions import TEXTS, Option, RegisterField
from tracking.registers.sheets import ENTRY, KEEPER
from tracking.validation.problems import Problem, text_problems
from tracking.vocabulary import FieldKind, IndicatorKind, Keeper, Language

# Characters, and how many options a choice may have.
TITLE, TITLE_EN, UNIT, LONGEST, MOST_OPTIONS = 60, 100, 20, 2000, 50
MOST_FIELDS = 50


@dataclass(frozen=True, slots=True)
class RegisterDraft:
    """A register as typed: it serves a measure or a safeguard, and its entries may count in an indicator."""

    title: str
    keeper: Keeper
    title_en: str = ""
    single: bool = False
    measure_id: int | None = None
    safeguard_id: int | None = None
    indicator_id: int | None = None


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field as typed; `options` are the two names of each value of a choice."""

    title: str
    kind: FieldKind
    title_en: str = ""
    required: bool = False
    listed: bool = True
    longest: int = 200
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    indicator_id: int | None = None
    denominator_id: int | None = None


def register_problems(draft: RegisterDraft, taken: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a register beside others with these titles."""
    yield from _names("", draft)
    if draft.title.strip() in taken:
        yield Problem("title", Message("register_def.title_taken", title=draft.title.strip()))
    if (draft.measure_id is None) is (draft.safeguard_id is None):
        yield Problem("measure_id", Message("register_def.serves_one"))


def field_problems(draft: FieldDraft, taken: Collection[str], before: str = "") -> Iterator[Problem]:
    """What is wrong with a field beside others with these names, lower case; `before` stands before its own keys."""
    yield from _names(before, draft)
    names = {name.strip().lower() for name in (draft.title, draft.title_en)} - {""}
    if names & ({*taken} | _heads()):
        yield Problem(f"{before}title", Message("register_def.field_taken", title=draft.title.strip()))
    yield from text_problems(f"{before}unit", draft.unit, limit=UNIT)
    if draft.kind in TEXTS and not 1 <= draft.longest <= LONGEST:
        yield Problem(f"{before}longest", Message("register_def.longest", most=LONGEST))
    if draft.kind is FieldKind.CHOICE:
        yield from _option_problems(f"{before}options", draft.options)


def _names(before: str, draft: RegisterDraft | FieldDraft) -> Iterator[Problem]:
    yield from text_problems(f"{before}title", draft.title, required=True, limit=TITLE)
    yield from text_problems(f"{before}title_en", draft.title_en, limit=TITLE_EN)


def _heads() -> set[str]:
    """The columns of a workbook that are nobody's field."""
    return {
        text(f"register_field.{key}", language).lower() for key in (KEEPER, ENTRY) for language in Language
    }


def _option_problems(field: str, options: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    if not 1 <= len(options) <= MOST_OPTIONS:
        yield Problem(field, Message("register_def.options", most=MOST_OPTIONS))
    for title, title_en in options:
        yield from text_problems(field, title, required=True, limit=TITLE)
        yield from text_problems(field, title_en, limit=TITLE_EN)
    titles = [title.strip() for title, _ in options]
    if twice := sorted({title for title in titles if titles.count(title) > 1}):
        yield Problem(field, Message("register_def.option_twice", title=twice[0]))


def names_of(fields: Sequence[RegisterField]) -> set[str]:
    """The names that fields have, lower case."""
    return {name.lower() for one in fields for name in (one.title, one.title_en) if name}


def feeding_problem(kind: IndicatorKind, unit: str, draft: FieldDraft | None) -> Message | None:
    """Why a field, or without one the number of entries, cannot count in an indicator of this kind and unit; or None.

    Entries count in a count or answer a yes or no. Numbers are summed in their own unit, or over another field in a rate.
    """
    if draft is None:
        counts = kind in {IndicatorKind.COUNT, IndicatorKind.YES_NO}
        return None if counts else Message("register_def.entries_count")
    if draft.kind is not FieldKind.NUMBER or kind is IndicatorKind.YES_NO:
        return Message("register_def.numbers_feed")
    if (kind is IndicatorKind.RATE) is (draft.denominator_id is None):
        return Message("register_def.rate_has_two")
    if kind is not IndicatorKind.RATE and draft.unit.strip() != unit:
        return Message("register_def.other_unit", unit=unit)
    return None


def kept_field(draft: FieldDraft, before: Sequence[Option] = ()) -> dict[str, Any]:
    """A field without fault as it is kept: what its kind has no use for is left out."""
    number = draft.kind is FieldKind.NUMBER
    return {
        "title": clean_text(draft.title),
        "title_en": clean_text(draft.title_en),
        "kind": draft.kind,
        "required": draft.required,
        "listed": draft.listed,
        "longest": draft.longest if draft.kind in TEXTS else 200,
        "unit": clean_text(draft.unit) if number else "",
        "options": _kept_options(draft.options, before) if draft.kind is FieldKind.CHOICE else [],
        "indicator_id": draft.indicator_id,
        "denominator_id": draft.denominator_id,
    }


def _kept_options(typed: Sequence[tuple[str, str]], before: Sequence[Option]) -> list[dict[str, str]]:
    """The options, each under the key of the one that had its name, or else its place; new ones under a new key."""
    titles = [clean_text(title) for title, _ in typed]
    keys = {option.title: option.key for option in before}
    renamed = {
        place: option.key
        for place, option in enumerate(before)
        if option.title not in titles and place < len(titles) and titles[place] not in keys
    }
    fresh = (f"option_{number}" for number in range(1, len(before) + len(typed) + 1))
    free = (key for key in fresh if key not in keys.values())
    return [
        {
            "key": keys.get(title) or renamed.get(place) or next(free),
            "title": title,
            "title_en": clean_text(english),
        }
        for place, (title, (_, english)) in enumerate(zip(titles, typed, strict=True))
    ]


def options_typed(lines: str) -> tuple[tuple[str, str], ...]:
    """The options of a choice, one a line, the Chinese name before a stroke and the English one after it."""
    parts = [line.partition("/") for line in lines.replace("／", "/").splitlines() if line.strip()]
    return tuple((title.strip(), english.strip()) for title, _, english in parts)


def options_text(options: Sequence[Option]) -> str:
    """The same as it would be typed."""
    return "\n".join(f"{one.title} / {one.title_en}" if one.title_en else one.title for one in options)
