"""Filter pickers: one slim row above a page, each mirrored in the address.

The address is the only place where a choice is kept, so a copied address shows the same page; a value
in it that is not on offer counts as not given.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from db import clock
from pages.shared.wording import translate
from tracking.validation.days import FIRST_DAY, last_day

LONGEST_SEARCH = 50
# Longer numbers are never keys, and exceed what a database accepts.
LONGEST_NUMBER = 10


def asked(name: str) -> str | None:
    """The value of a query name in the address."""
    return st.query_params.get(name) or None


def asked_number(name: str) -> int | None:
    """The number in the address under a name, or None if it is not one."""
    given = asked(name) or ""
    return int(given) if given.isdecimal() and len(given) < LONGEST_NUMBER else None


def filter_bar(pickers: int | Sequence[int], *, row: int = 1) -> list[Any]:
    """A slim row with a slot for each picker, above the page; of these widths, if given; a page of many has a second `row`."""
    with st.container(key="filters" if row == 1 else f"filters_{row}"):
        return list(st.columns(pickers, gap="small", vertical_alignment="bottom"))


def pick(
    name: str, options: Mapping[Any, str], *, default: Any = None, label: str | None = None, note: str = ""
) -> Any:
    """A choice among `options` (value → label); returns the value, which the address keeps under `name`.

    Without a visible `label`, screen readers get `filter.<name>`. Values are distinguished by their text;
    None is "". A change is noted in the session under `note`.
    """
    values = {_text(value): value for value in options}
    first = _text(default) if _text(default) in values else next(iter(values))
    chosen = asked(name) or first
    state = f"pick_{name}"
    st.session_state[state] = chosen if chosen in values else first
    st.selectbox(
        label or translate(f"filter.{name}"),
        list(values),
        format_func=lambda text: options[values[text]],
        key=state,
        label_visibility="visible" if label else "collapsed",
        on_change=_mirror,
        args=(name, state, first, note),
    )
    return values[st.session_state[state]]


def pick_several(name: str, options: Mapping[int, str], *, default: Sequence[int], label: str) -> list[int]:
    """Some of `options` (number → label), kept in the address; by default those of `default`."""
    state, first = f"pick_{name}", [value for value in default if value in options]
    by_text = {str(value): value for value in options}
    given = [by_text[one] for one in (asked(name) or "").split("-") if one in by_text]
    st.session_state[state] = list(dict.fromkeys(given)) or first
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=state,
        placeholder="",
        on_change=_mirror_several,
        args=(name, state, first),
    )
    chosen: list[int] = st.session_state[state]
    return chosen


def with_all(options: Mapping[Any, str], name: str) -> dict[Any, str]:
    """The options with "all" in front, worded `filter.all_<name>`, its value None."""
    return {None: translate(f"filter.all_{name}"), **options}


def switch(name: str, options: Mapping[str, str], *, default: str | None = None, note: str = "") -> str:
    """A choice between a few views, as a row of unlabelled buttons; kept in the address, a change noted as of `pick`."""
    state = f"switch_{name}"
    first = default or next(iter(options))
    chosen = asked(name)
    st.session_state[state] = chosen if chosen in options else first
    st.segmented_control(
        translate(f"filter.{name}"),
        list(options),
        format_func=lambda value: options[value],
        key=state,
        required=True,
        label_visibility="collapsed",
        on_change=_mirror,
        args=(name, state, first, note),
    )
    return str(st.session_state[state])


def search(name: str, *, longest: int = LONGEST_SEARCH) -> str | None:
    """A word to look for, kept in the address; None if empty."""
    state = f"search_{name}"
    st.session_state[state] = (asked(name) or "")[:longest]
    st.text_input(
        translate(f"filter.{name}"),
        key=state,
        placeholder=translate(f"filter.{name}"),
        label_visibility="collapsed",
        icon=":material/search:",
        max_chars=longest,
        autocomplete="off",
        on_change=_mirror,
        args=(name, state, ""),
    )
    return st.session_state[state].strip() or None


def pick_day(name: str, *, latest: date | None = None, default: date | None = None) -> date | None:
    """A day, not after `latest`, kept in the address; otherwise the default, or None."""
    state = f"day_{name}"
    st.session_state[state] = asked_day(name, latest=latest) or default
    st.date_input(
        translate(f"filter.{name}"),
        key=state,
        format="YYYY-MM-DD",
        min_value=FIRST_DAY,
        max_value=latest or last_day(clock.today()),
        on_change=_mirror,
        args=(name, state, default),
    )
    chosen: date | None = st.session_state[state]
    return chosen


def asked_day(name: str, *, latest: date | None = None) -> date | None:
    """The day in the address under a name, or None if it is invalid, after `latest` or far off."""
    try:
        day = date.fromisoformat(asked(name) or "")
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= (latest or last_day(clock.today())) else None


def pick_page(pages: int, name: str = "page") -> int:
    """The page of a long list, kept in the address under `name`; nothing is drawn if there is only one."""
    chosen = min(max(asked_number(name) or 1, 1), pages)
    if pages > 1:
        state = f"{name}_of_list"
        st.session_state[state] = chosen
        st.pagination(pages, key=state, on_change=_mirror, args=(name, state, 1))
    return chosen


def pick_lines(total: int, most: int, name: str) -> int:
    """The first line, from 0, of the chosen page of a list of this length, with `most` lines per page."""
    return (pick_page(max(1, -(-total // most)), name) - 1) * most


def _mirror(name: str, state: str, first: Any, note: str = "") -> None:
    chosen = st.session_state[state]
    if note:
        st.session_state[note] = True
    if chosen == first:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(chosen)


def _mirror_several(name: str, state: str, first: list[int]) -> None:
    chosen = st.session_state[state]
    if chosen in ([], first):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = "-".join(map(str, chosen))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
