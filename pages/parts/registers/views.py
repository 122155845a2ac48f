"""The registers page: filters, list, and one entry with its versions."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.registers.definitions import registers_of
from db.registers.queries import RegisterFilter, count_entries, register_frame
from pages.shared.choices import notice_bar, pick_country, pick_region, pick_unit, units_in_reach
from pages.shared.filters import pick, pick_page, search, switch
from pages.shared.navigation import address, link
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import day, language, lines, moment, plain, translate
from tracking.messages import amount_words
from tracking.permissions import Right, may
from tracking.registers.definitions import Register, RegisterField, register_named
from tracking.registers.wording import shown_fields, worded_register
from tracking.vocabulary import FieldKind

ROWS = 100


def pick_register(reads: Reads, notice_id: int) -> Register | None:
    """The picker of the notice's registers; None if it has none."""
    registers = reads.common(registers_of, notice_id=notice_id, retired=True)
    if not registers:
        return None
    names = {register.key: register_name(register) for register in registers}
    return register_named(registers, pick("register", names))


def register_name(register: Register) -> str:
    """What a register is called, and that it is used no more."""
    name = plain(register.named(language()))
    return translate("registers_page.retired_name", name=name) if register.retired else name


def pick_filter(reads: Reads, register: Register, places: list[Any]) -> RegisterFilter:
    """The pickers of region and unit if there are several, country, a search word, and current or withdrawn."""
    *where, word, kept, abroad = places
    region = unit = country = None
    if where:
        with where[0]:
            region = pick_region(reads)
        with where[1]:
            unit = pick_unit(reads, region, "region_seven")
    if register.of_kind(FieldKind.COUNTRIES):
        with abroad:
            country = pick_country()
    with word:
        text = search("entry")
    with kept:
        views = {name: translate(f"registers_page.{name}") for name in ("standing", "withdrawn")}
        chosen = switch("kept", views)
    return RegisterFilter(region, unit, text, withdrawn=chosen == "withdrawn", country=country)


def filter_places(reads: Reads) -> list[Any]:
    """The slots of the bar: for the register, region and unit if there are several, and the rest."""
    several = int(units_in_reach(reads)["reports"].sum()) > 1
    return notice_bar(reads, 6 if several else 4)


def pick_entries(reads: Reads, entries: int, asked: Mapping[str, Any]) -> pd.DataFrame:
    """One page of the entries matching `asked`, out of this many in all."""
    page = pick_page(math.ceil(entries / ROWS))
    return reads.scoped(register_frame, **asked, first=ROWS, skipped=ROWS * (page - 1))


def takes_another(reads: Reads, register: Register, authority_id: int | None) -> bool:
    """Whether an authority may add another entry; some registers take one only."""
    if not register.single:
        return True
    where = RegisterFilter(authority_id=authority_id)
    entries, _ = reads.scoped(count_entries, register_id=register.register_id, where=where)
    return not entries


def export_address(register: Register, where: RegisterFilter) -> str:
    """The server's address for the same entries as a workbook."""
    asked = address(
        register=register.register_id,
        region=where.region,
        unit=where.authority_id,
        country=where.country,
        entry=where.text,
        kept="withdrawn" if where.withdrawn else None,
    )
    return f"/registers.xlsx?{urlencode(asked)}"


def listed(frame: pd.DataFrame, register: Register) -> tuple[pd.DataFrame, dict[str, str]]:
    """The entries as listed, and the headers of their columns in order."""
    worded = worded_register(frame, register, language())
    fields = [one for one in shown_fields(register, frame) if one.listed]
    shown = {f"field_{one.key}": [_cell(value) for value in worded[one.key]] for one in fields}
    headers = {"keeper_name": translate("register_field.keeper_name")}
    headers |= {f"field_{one.key}": one.named(language()) for one in fields}
    return worded.assign(**shown), headers


def _cell(value: Any) -> Any:
    """A value as a table shows it: a number without its trailing zeros."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def show_facts(versions: pd.DataFrame, register: Register) -> None:
    """The content of the newest of the versions, one line per field; links are shown as text."""
    newest = versions.head(1)
    entry = worded_register(newest, register, language()).iloc[0]
    for one in shown_fields(register, newest):
        label, value = plain(one.named(language())), entry[one.key]
        if one.kind is FieldKind.FILES and value:
            st.markdown(f"**{label}**　{_links(newest.iloc[0], one)}")
        elif one.kind is FieldKind.LINK and value:
            st.markdown(f"**{label}**")
            st.text(value)
        else:
            st.markdown(f"**{label}**　{_said(one, value)}")


def _links(entry: Any, one: RegisterField) -> str:
    """The files of an entry, each linked to its content."""
    files = zip(entry[one.key], entry[f"{one.key}_name"], strict=True)
    return "　".join(f"[{plain(name)}](/register-files/{key})" for key, name in files)


def _said(one: RegisterField, value: Any) -> str:
    if value is None or value == "" or pd.isna(value):
        return "—"
    if one.kind is FieldKind.DAY:
        return day(value)
    return amount_words(value) if one.kind is FieldKind.NUMBER else lines(str(value))


def definition_link(by: SignedIn, register: Register) -> None:
    """The way to where a register is defined, for those who may."""
    if may(by, Right.DEFINE_REGISTERS):
        to_it = link("reference_data", part="register", register=register.register_id)
        st.caption(f"[{translate('registers_page.define')}]({to_it})")


def show_versions(versions: pd.DataFrame, register: Register) -> None:
    """Every version, newest first, by whom and when."""
    st.markdown(f"**{translate('registers_page.history')}**")
    shown, headers = listed(versions, register)
    shown = shown.assign(version=_names(versions), recorded=[moment(at) for at in versions["recorded_at"]])
    plain_table(shown, "version", "recorded", "recorded_by", *list(headers)[1:], labels=headers)


def _names(versions: pd.DataFrame) -> list[str]:
    """Version names, counted from the oldest; the newest says whether it is current."""
    gone = pd.notna(versions["withdrawn_at"].iloc[0])
    keys = ["registers_page.gone" if gone else "registers_page.current"]
    keys += ["registers_page.earlier"] * (len(versions) - 1)
    return [translate(key, number=len(versions) - place) for place, key in enumerate(keys)]


def withdrawn_note(entry: Mapping[str, Any]) -> str:
    """When, by whom and why an entry was withdrawn."""
    by = plain(entry["withdrawn_by"] or "—")
    return translate(
        "registers_page.withdrawn_note",
        at=moment(entry["withdrawn_at"]),
        by=by,
        reason=plain(entry["withdrawal_reason"]),
    )
