"""Many rows of a file at once: judged line by line, looked at, and taken by one button."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from db.judging import Judged
from pages.shared.forms import Form
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import translate
from tracking.unit_lists import ListChange

Line = TypeVar("Line", bound=Judged)


def judged_once(
    reads: Reads, judge: Callable[..., list[Line]], key: Sequence[object], asked: Mapping[str, Any]
) -> list[Line]:
    """What the lines would do, refused ones first; judged again only for another key or store. Raises `Refusal`."""
    name = f"judged_{judge.__name__}"
    kept, found = st.session_state.get(name), (*key, reads.store.data_version())
    if kept is None or kept[0] != found:
        kept = (found, judge(reads.store, **asked))
        st.session_state[name] = kept
    lines: list[Line] = kept[1]
    return sorted(lines, key=lambda one: (one.change is not ListChange.REFUSED, one.line))


def show_judged(judged: Sequence[Judged], columns: Mapping[str, Sequence[str]]) -> dict[ListChange, int]:
    """How many lines do what, and a table of them: line, these columns; gives the counts."""
    counts = {change: sum(one.change is change for one in judged) for change in ListChange}
    st.markdown(translate("unit_list.sentence", **{str(change): count for change, count in counts.items()}))
    frame = pd.DataFrame({"line": [str(one.line) for one in judged], **columns})
    plain_table(frame, height=360 if len(judged) > 9 else None)
    return counts


def change_words(judged: Sequence[Judged]) -> list[str]:
    """What each line would do, in words."""
    return [translate(f"unit_list.change.{one.change}") for one in judged]


def take_button(
    form: Form,
    label: str,
    take: Callable[..., Any],
    counts: Mapping[ListChange, int],
    *,
    done: str,
    consequence: str,
    asked: Mapping[str, Any],
) -> None:
    """The button that takes them all, where none is refused and one does something."""
    nothing = not counts[ListChange.NEW] + counts[ListChange.CHANGED]
    form.save(
        label,
        take,
        done=done,
        consequence=consequence,
        primary=True,
        disabled=bool(counts[ListChange.REFUSED]) or nothing,
        **asked,
    )
