"""Small building blocks of every page: title and sentence, figures, empty states.

Text handed over is Markdown: user text goes through `pages.shared.wording.plain` first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from pages.shared.navigation import page_link
from pages.shared.wording import translate
from tracking.palette import SHAPES
from tracking.permissions import Actor, Right, may
from tracking.vocabulary import Light

# Names of the theme's colours in Markdown.
_NAMES = {
    Light.RED: "red",
    Light.AMBER: "yellow",
    Light.GREEN: "green",
    Light.BLUE: "blue",
    Light.GREY: "gray",
    Light.SUSPENDED: "gray",
}


# The colour of a change: improved, worsened or not judged.
_DELTAS: Mapping[bool | None, Literal["green", "red", "gray"]] = {True: "green", False: "red", None: "gray"}


def heading(title: str, sentence: str = "", *, scrolls: bool = False) -> None:
    """The title, a confirmation of what was just saved, and one sentence that answers the page's question.

    If one `scrolls` down to save, the confirmation floats, or nobody would see it.
    """
    st.title(title, anchor=False)
    saved = st.session_state.pop("saved", None)
    if saved and scrolls:
        st.toast(saved, icon=":material/check:", duration="long")
    elif saved:
        st.success(saved, icon=":material/check:")
    if sentence:
        with st.container(key="headline"):
            st.markdown(sentence)


def saved(message: str) -> None:
    """Confirm quietly, under the title of the next run, what was saved and what comes next."""
    st.session_state["saved"] = message


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its unit in `value`, its change, and what that compares with; `trace` leads to its parts."""

    label: str
    value: str
    change: str | None = None
    compared: str | None = None
    good: bool | None = None
    trace: Mapping[str, Any] | None = None


def figures(shown: Sequence[Figure]) -> None:
    """A row of at most five figures; a change without a judgement stays grey."""
    with st.container(key="figures"):
        for place, figure in zip(st.columns(len(shown), gap="small"), shown, strict=True):
            if figure.trace is not None:
                with place.container(key=f"trace_{figure.trace['figure']}"):
                    page_link("trace", translate("trace.link"), **figure.trace)
            place.metric(
                figure.label,
                figure.value,
                delta=figure.change,
                delta_color=_DELTAS[figure.good],
                delta_arrow="off",
                delta_description=figure.compared,
            )


def light_label(light: Light) -> str:
    """A light with its shape and its word, never by colour alone."""
    return f":{_NAMES[light]}[{SHAPES[light]} {translate(f'light.{light}')}]"


def empty(message: str, *, page: str | None = None, label: str = "") -> None:
    """A placeholder if there is nothing to show: why, and what to do next."""
    with st.container(border=True):
        st.markdown(message)
        if page:
            page_link(page, label)


def no_period(by: Actor) -> None:
    """A placeholder if no period has begun, with a link for those who set up periods."""
    sets = may(by, Right.MANAGE_PERIODS)
    empty(translate("page.no_period"), page="periods" if sets else None, label=translate("page.to_periods"))


def foot(source: str, as_of: str, *rules: str) -> None:
    """The foot line: source, as-of, and how the figures are computed, behind one click."""
    with st.container(key="foot", horizontal=True, vertical_alignment="center"):
        st.caption(translate("page.foot", source=source, as_of=as_of))
        if rules:
            with st.popover(translate("page.how_computed"), type="tertiary"):
                for rule in rules:
                    st.markdown(f"- {rule}")


def confirm(key: str, *, verb: str, consequence: str, primary: bool = False, disabled: bool = False) -> bool:
    """A button that asks once before a final action; true in the single run after a yes."""

    def ask() -> None:
        @st.dialog(verb)
        def dialog() -> None:
            st.markdown(consequence)
            yes, no = st.columns(2)
            if yes.button(verb, type="primary", key=f"{key}_yes", width="stretch"):
                st.session_state[f"{key}_confirmed"] = True
                st.rerun()
            if no.button(translate("page.cancel"), key=f"{key}_no", width="stretch"):
                st.rerun()

        dialog()

    if st.button(verb, key=key, type="primary" if primary else "secondary", disabled=disabled):
        ask()
    return bool(st.session_state.pop(f"{key}_confirmed", False))
