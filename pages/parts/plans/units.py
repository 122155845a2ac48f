"""The lead and supporting units of a task: typed, or taken from the authorities; and which of them are recognised."""

import streamlit as st

from pages.parts.plans.wording import Names, label_of
from pages.shared.forms import Form
from pages.shared.wording import message_text, plain, translate
from tracking.plans.supporters import authorities_in, doubt_in, joined, units_in


def unit_field(filled: Form, names: Names, field: str, label: str, begun: str, *, several: bool) -> None:
    """The field of one or several units, with what it names and a list to take authorities from beside it."""
    typing, taking = st.columns([3, 2], gap="small")
    with typing:
        filled.text(field, label, begun)
    key, taken = filled.key(field), filled.key(f"{field}.taken")
    with taking:
        st.selectbox(
            translate("support.take", field=label_of(field).lower()),
            sorted(name for name, keys in names.authorities.items() if len(keys) == 1),
            None,
            key=taken,
            placeholder=translate("support.take_from"),
            on_change=_take,
            args=(key, taken, filled.typed(field, begun) if several else ""),
        )
    _recognised(filled.typed(field, begun), names)


def _take(key: str, taken: str, before: str) -> None:
    name = st.session_state.get(taken)
    if name:
        st.session_state[key] = joined(dict.fromkeys([*units_in(before), name]))
        st.session_state[taken] = None


def _recognised(words: str, names: Names) -> None:
    known = [unit for unit in units_in(words) if authorities_in(unit, names.authorities)]
    if known:
        st.caption(translate("support.recognised", units=plain(joined(known))))
    doubt = doubt_in(words, names.authorities)
    if doubt:
        st.caption(f":orange[{plain(message_text(doubt))}]")
