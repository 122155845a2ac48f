"""A register in words: the headers of its columns, and its entries."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from tracking.countries import country_names
from tracking.messages import amount_words, text
from tracking.registers.contents import Known
from tracking.registers.definitions import NAMED, Register, RegisterField
from tracking.registers.money import currency_name
from tracking.vocabulary import FieldKind, Language

VERSION = ("entry_id", "recorded_at", "recorded_by")
WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawal_reason")


def shown_fields(register: Register, frame: pd.DataFrame) -> tuple[RegisterField, ...]:
    """The fields that are asked for, and retired ones that an entry of the frame has."""
    return tuple(one for one in register.fields if not one.retired or frame[one.key].notna().any())


def register_headers(
    register: Register, frame: pd.DataFrame, language: Language, *, withdrawn: bool
) -> dict[str, str]:
    """Column → header of a file, in order; for withdrawn entries also when, by whom and why."""
    version = (*VERSION, *(WITHDRAWN if withdrawn else ()))
    return {
        "keeper_name": text("register_field.keeper_name", language),
        **{one.key: one.named(language) for one in shown_fields(register, frame)},
        **{column: text(f"register_field.{column}", language) for column in version},
    }


def worded_register(frame: pd.DataFrame, register: Register, language: Language) -> pd.DataFrame:
    """The entries with choices, countries, amounts and whom they refer to in words, and the bodies that keep them."""
    columns = [str(name) for name in frame]
    rows = [dict(zip(columns, row, strict=True)) for row in frame.itertuples(index=False)]
    worded = {
        one.key: pd.Series([word_of(one, row, language) for row in rows], frame.index, dtype=object)
        for one in register.fields
        if one.kind in _WORDED or one.kind in NAMED
    }
    keepers = zip(frame["authority_name"], frame["body"], strict=True)
    names = [name if pd.isna(body) else text(f"body.{body}", language) for name, body in keepers]
    return frame.assign(**worded, keeper_name=names)


def word_of(one: RegisterField, row: Mapping[str, Any], language: Language) -> str | None:
    """What a field of such a kind says, or None."""
    value = row[one.key]
    if value is None or (not isinstance(value, tuple) and pd.isna(value)):
        return None
    if one.kind in NAMED:
        return _joined(row[f"{one.key}_name"], language)
    return _WORDED[one.kind](one, value, language)


def _joined(names: Any, language: Language) -> str:
    """The names of several files, or the one of whom is referred to."""
    return text("access.list", language).join(names) if isinstance(names, tuple) else str(names)


def _option(one: RegisterField, value: Any, language: Language) -> str:
    return {option.key: option.named(language) for option in one.options}.get(value, str(value))


def _money(_: RegisterField, value: Any, language: Language) -> str:
    amount, currency = str(value).split(" ")
    return f"{amount_words(Decimal(amount))} {currency_name(currency, language)}"


_WORDED: Mapping[FieldKind, Callable[[RegisterField, Any, Language], str]] = {
    FieldKind.CHOICE: _option,
    FieldKind.YES_NO: lambda _, value, language: text("register.yes" if value else "register.no", language),
    FieldKind.AMOUNT: _money,
    FieldKind.COUNTRIES: lambda _, value, language: country_names(value, language),
}


def kept_word(one: RegisterField, value: Any, known: Known, language: Language) -> str | None:
    """What a kept value says in a file, or None."""
    if value is None:
        return None
    names = known.references.get(one.kind, {})
    if one.kind in NAMED:
        keys = tuple(value) if isinstance(value, list | tuple) else (value,)
        return _joined(tuple(names.get(key, str(key)) for key in keys), language)
    worded = _WORDED.get(one.kind)
    return str(value) if worded is None else worded(one, value, language)
