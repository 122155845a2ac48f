"""The fields of a register in a form: one widget a kind, filled with what an entry holds."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from db.registers.queries import references_of
from pages.shared.faults import field_errors
from pages.shared.forms import Form
from pages.shared.reads import Reads
from pages.shared.wording import language, plain, translate
from tracking.countries import countries
from tracking.evidence import LIMIT_MEGABYTES, MEDIA_TYPES, HandedIn
from tracking.registers.definitions import NAMED, TEXTS, Register, RegisterField
from tracking.registers.money import OFFERED, currency_name
from tracking.vocabulary import FieldKind

Entry = Mapping[str, Any]


def content_typed(
    reads: Reads, form: Form, register: Register, authority_id: int | None, entry: Entry
) -> dict[str, Any]:
    """The fields of a register, filled from a row of `register_frame`, if any; returns what was typed, by key."""
    known = _references(reads, register, authority_id)
    return {one.key: _typed(form, one, entry, known.get(one.kind, {})) for one in register.asked}


def _references(
    reads: Reads, register: Register, authority_id: int | None
) -> Mapping[FieldKind, Mapping[int, str]]:
    if not register.of_kind(*NAMED):
        return {}
    return reads.scoped(references_of, register_id=register.register_id, authority_id=authority_id)


def _typed(form: Form, one: RegisterField, entry: Entry, known: Mapping[int, str]) -> Any:
    name = one.named(language())
    label = name if one.required else translate("registers_page.optional", label=name)
    value = entry.get(one.key)
    if one.kind in {FieldKind.UNIT, FieldKind.OFFICER}:
        people = {None: translate("registers_page.no_choice")}
        return form.choice(one.key, label, people | {key: plain(name) for key, name in known.items()}, value)
    if one.kind is FieldKind.FILES:
        return _files(form, one, label, {key: plain(known[key]) for key in value or () if key in known})
    return _WIDGETS[one.kind](form, one, label, value)


def _files(form: Form, one: RegisterField, label: str, held: Mapping[int, str]) -> list[Any]:
    """The files that an entry goes on to carry, and those it carries from now on."""
    kept = form.several(one.key, label, held, held) if held else []
    added = translate("registers_page.add_files", field=label)
    given = st.file_uploader(
        added if held else label,
        type=list(MEDIA_TYPES),
        accept_multiple_files=True,
        key=form.key(f"{one.key}_added"),
        max_upload_size=LIMIT_MEGABYTES,
    )
    if not held:
        form.labels[one.key] = label
        field_errors(form.refused, one.key)
    return [*kept, *(HandedIn(file.name, file.getvalue()) for file in given)]


def _line(form: Form, one: RegisterField, label: str, value: Any) -> str:
    note = translate("registers_page.link_note") if one.kind is FieldKind.LINK else ""
    return form.text(one.key, label, value or "", note, max_chars=one.longest)


def _area(form: Form, one: RegisterField, label: str, value: Any) -> str:
    return form.area(one.key, label, initial=value or "", max_chars=one.longest)


def _day(form: Form, one: RegisterField, label: str, value: Any) -> date | None:
    typed = form.day(one.key, label, value)
    return None if typed == date.min else typed


def _number(form: Form, one: RegisterField, label: str, value: Any) -> str:
    return form.text(one.key, label, "" if value is None else f"{value:f}", max_chars=20)


def _money(form: Form, one: RegisterField, label: str, value: Any) -> str:
    amount, _, currency = str(value or "").partition(" ")
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        typed = form.text(one.key, label, amount, max_chars=20)
    names = {code: currency_name(code, language()) for code in dict.fromkeys((currency, *OFFERED)) if code}
    with right:
        chosen = form.choice(f"{one.key}_currency", translate("registers_page.currency"), names, currency)
    return f"{typed.strip()} {chosen}" if typed.strip() else ""


def _choice(form: Form, one: RegisterField, label: str, value: Any) -> Any:
    names = {option.key: plain(option.named(language())) for option in one.options}
    return form.choice(one.key, label, {None: translate("registers_page.no_choice")} | names, value)


def _yes_no(form: Form, one: RegisterField, label: str, value: Any) -> str | None:
    names: dict[str | None, str] = {None: translate("registers_page.no_choice")}
    names |= {answer: translate(f"register.{answer}") for answer in ("yes", "no")}
    chosen: str | None = form.choice(one.key, label, names, {True: "yes", False: "no"}.get(value))
    return chosen


def _countries(form: Form, one: RegisterField, label: str, value: Any) -> list[str]:
    return form.several(one.key, label, countries(language()), value or ())


_WIDGETS: Mapping[FieldKind, Callable[[Form, RegisterField, str, Any], Any]] = {
    **dict.fromkeys(TEXTS - {FieldKind.LONG_TEXT}, _line),
    FieldKind.LONG_TEXT: _area,
    FieldKind.DAY: _day,
    FieldKind.NUMBER: _number,
    FieldKind.AMOUNT: _money,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.COUNTRIES: _countries,
}
