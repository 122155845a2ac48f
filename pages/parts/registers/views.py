"""The registers page: filters, list, and one entry with its versions."""

import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from db.registers.queries import RegisterFilter, count_entries, register_frame
from pages.shared.choices import pick_region, pick_unit, units_in_reach
from pages.shared.filters import filter_bar, pick_page, search, switch
from pages.shared.navigation import address
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import day, language, lines, moment, plain, translate
from tracking.registers import COLUMNS, worded_register
from tracking.vocabulary import Register

ROWS = 100
# Columns that have a different header elsewhere.
_HEADED = {"title": "entry_title", "standing": "entry_standing"}
# Fields that the list has no room for and only the entry shows.
_LONG = frozenset({"member_units", "results"})


def pick_filter(reads: Reads) -> RegisterFilter:
    """The bar of pickers: region and unit if there are several, a search word, and current or withdrawn."""
    units = units_in_reach(reads)
    several = int(units["reports"].sum()) > 1
    *places, word, kept = filter_bar(4 if several else 2)
    region = unit = None
    if several:
        with places[0]:
            region = pick_region(reads)
        with places[1]:
            unit = pick_unit(reads, region, "region_seven")
    with word:
        text = search("entry")
    with kept:
        views = {name: translate(f"registers_page.{name}") for name in ("standing", "withdrawn")}
        chosen = switch("kept", views)
    return RegisterFilter(region, unit, text, withdrawn=chosen == "withdrawn")


def pick_entries(reads: Reads, entries: int, asked: Mapping[str, Any]) -> pd.DataFrame:
    """One page of the entries matching `asked`, out of this many in all."""
    page = pick_page(math.ceil(entries / ROWS))
    return reads.scoped(register_frame, **asked, first=ROWS, skipped=ROWS * (page - 1))


def takes_another(reads: Reads, register: Register, notice_id: int, authority_id: int | None) -> bool:
    """Whether an authority may add another entry; it may have only one coordination mechanism."""
    if register is not Register.COORDINATION:
        return True
    where = RegisterFilter(authority_id=authority_id)
    entries, _ = reads.scoped(count_entries, register=register, notice_id=notice_id, where=where)
    return not entries


def export_address(register: Register, notice_id: int, where: RegisterFilter) -> str:
    """The server's address for the same entries as a workbook."""
    kept = "withdrawn" if where.withdrawn else None
    asked = address(
        register=register,
        notice=notice_id,
        region=where.region,
        unit=where.authority_id,
        entry=where.text,
        kept=kept,
    )
    return f"/registers.xlsx?{urlencode(asked)}"


def listed(frame: pd.DataFrame, register: Register) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The entries as listed, and the columns."""
    shown = worded_register(frame, language()).rename(columns=_HEADED)
    return shown, tuple(_HEADED.get(name, name) for name in COLUMNS[register] if name not in _LONG)


def show_facts(entry: Mapping[str, Any], register: Register) -> None:
    """The content of an entry, one line per field; links are shown as text."""
    for name in COLUMNS[register][1:]:
        value = entry[name]
        label = translate(f"register_field.{name}")
        if name == "link" and value:
            st.markdown(f"**{label}**")
            st.text(value)
        else:
            st.markdown(f"**{label}**　{_said(name, value)}")


def _said(name: str, value: Any) -> str:
    if name == "multilateral":
        return translate("register_kind.multilateral" if value else "register_kind.bilateral")
    if name.endswith("_on"):
        return day(value)
    return "—" if pd.isna(value) or value == "" else lines(str(value))


def show_versions(versions: pd.DataFrame, register: Register) -> None:
    """Every version, newest first, by whom and when."""
    st.markdown(f"**{translate('registers_page.history')}**")
    shown, columns = listed(versions, register)
    shown = shown.assign(version=_names(versions), recorded=[moment(at) for at in versions["recorded_at"]])
    plain_table(shown, "version", "recorded", "recorded_by", *columns[1:])


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
