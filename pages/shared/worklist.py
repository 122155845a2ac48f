"""The list beside a form: items in groups, some ticked, one opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.shared.faults import line_faults
from pages.shared.forms import Form
from pages.shared.wording import translate


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A line by its key; `label` and `note` are Markdown, `name` is the accessible name of its checkbox."""

    key: int
    name: str
    label: str
    note: str = ""
    tickable: bool = True


# What can be open beside a queue, one at a time, by query name.
OPENED = ("update", "revision", "request", "ask", "suspend", "resume", "contest", "figure")

# Draws the button that acts on everything ticked, given the keys, in the manner of the form's save.
Bulk = Callable[[list[int], Form], None]


def group(
    name: str,
    title: str,
    lines: Sequence[WorkItem],
    *,
    param: str,
    chosen: int | None,
    bulk: Bulk | None = None,
    total: int | None = None,
) -> None:
    """A heading with its count (`total` if not all are shown), and the lines.

    A click on a line puts its key into the address under `param`.
    """
    form = Form.under_way(name)
    ticks = {line.key: form.key(f"tick_{line.key}") for line in lines if bulk and line.tickable}
    with st.container(key=f"group_{name}"):
        with st.container(key=f"head_{name}", horizontal=True, vertical_alignment="center"):
            _tick_all(
                form,
                translate("list.group", title=title, count=total or len(lines)),
                list(ticks.values()),
            )
            ticked = [key for key, tick in ticks.items() if st.session_state.get(tick)]
            if bulk and ticks:
                bulk(ticked, form)
        line_faults(form.refused, {str(line.key): line.key for line in lines}, param=param)
        form.refused = None  # told once, for what is ticked changes under it
        for line in lines:
            _draw(line, ticks.get(line.key), param, is_open=line.key == chosen)


def lacking(faults: Sequence[object]) -> str:
    """Before the note of a line: how much is still missing before it can be handed over."""
    return translate("list.lacking", count=len(faults)) if faults else ""


def _tick_all(form: Form, heading: str, ticks: list[str]) -> None:
    if not ticks:
        st.markdown(f"**{heading}**", width="stretch")
        return
    everything = form.key("tick_all")
    st.checkbox(heading, key=everything, on_change=_set_all, args=(everything, ticks), width="stretch")


def _set_all(everything: str, ticks: list[str]) -> None:
    for tick in ticks:
        st.session_state[tick] = st.session_state[everything]


def _draw(line: WorkItem, tick: str | None, param: str, *, is_open: bool) -> None:
    name = f"line_open_{line.key}" if is_open else f"line_{line.key}"
    with st.container(key=name, horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        if tick:
            st.checkbox(translate("list.tick", line=line.name), key=tick, label_visibility="collapsed")
        st.button(
            line.label,
            key=f"open_{param}_{line.key}",
            type="tertiary",
            width="stretch",
            on_click=_open,
            args=(param, line.key),
        )
        if line.note:
            st.markdown(line.note, width="content")


def _open(param: str, key: int) -> None:
    if param in OPENED:
        for other in OPENED:
            st.query_params.pop(other, None)
    st.query_params[param] = str(key)
