"""The repeating rows of a task form: targets by indicator and day, and milestones.

A row keeps its number while others come and go: a milestone that was reported as reached stays that milestone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from pages.parts.plans.wording import Names
from pages.shared.faults import field_errors
from pages.shared.form_drafts import parsed
from pages.shared.forms import Form, day_bounds
from pages.shared.wording import translate
from tracking.cleaning import parse_percent
from tracking.messages import Message
from tracking.scales import as_typed, read_target
from tracking.validation import MilestoneDraft, Problem, TargetDraft, TaskDraft
from tracking.vocabulary import CataloguePart

REQUIRED = Message("validation.required")


@dataclass(frozen=True, slots=True)
class Row:
    """The content of a row when the form was begun."""

    number: int
    indicator_id: int | None = None
    title: str = ""
    due_on: date | None = None
    value: str = ""


def _targets(filled: Form, names: Names) -> list[Row]:
    begun: TaskDraft = filled.draft
    return filled.lines(
        "targets",
        Row,
        [
            Row(number, target.indicator_id, due_on=target.due_on, value=_as_typed(target, names))
            for number, target in enumerate(begun.targets, start=1)
        ],
    )


def _as_typed(target: TargetDraft, names: Names) -> str:
    return as_typed(target.value, names.indicators[target.indicator_id])


def _milestones(filled: Form) -> list[Row]:
    begun: TaskDraft = filled.draft
    return filled.lines(
        "milestones",
        Row,
        [
            Row(step.number, title=step.title, due_on=step.due_on, value=f"{step.share_permille / 10:g}")
            for step in begun.milestones
        ],
    )


def row_typed(filled: Form, name: str, row: Row, part: str, initial: object) -> object:
    """What stands in a field of a row."""
    return filled.typed(f"{name}.{row.number}.{part}", initial)


def read_targets(filled: Form, names: Names, measure_id: int, wrong: list[Problem]) -> dict[int, TargetDraft]:
    """Position → target as typed; unreadable or missing values are reported by position."""
    read = {}
    for place, row in enumerate(_targets(filled, names)):
        indicator_id = row_typed(filled, "targets", row, f"indicator.{measure_id}", row.indicator_id)
        due_on = row_typed(filled, "targets", row, "due_on", row.due_on)
        parse = partial(read_target, scale=names.scale_of(indicator_id))
        value, fault = parsed(parse, str(row_typed(filled, "targets", row, "value", row.value)))
        if fault or value is None or not isinstance(due_on, date) or not isinstance(indicator_id, int):
            wrong.append(Problem(f"targets.{place}", fault or REQUIRED))
        else:
            read[place] = TargetDraft(indicator_id, due_on, value)
    return read


def read_milestones(filled: Form, wrong: list[Problem]) -> dict[int, MilestoneDraft]:
    """Position → milestone as typed, by the same rules."""
    read = {}
    for place, row in enumerate(_milestones(filled)):
        title = str(row_typed(filled, "milestones", row, "title", row.title))
        due_on = row_typed(filled, "milestones", row, "due_on", row.due_on)
        share, fault = parsed(parse_percent, str(row_typed(filled, "milestones", row, "value", row.value)))
        if fault or share is None or not isinstance(due_on, date):
            wrong.append(Problem(f"milestones.{place}", fault or REQUIRED))
        else:
            read[place] = MilestoneDraft(row.number, title, due_on, share)
    return read


def target_rows(filled: Form, names: Names, draft: TaskDraft) -> None:
    """One line per target: indicator, day and value."""
    begun: TaskDraft = filled.draft
    options = indicators_of(names, draft.measure_id, [target.indicator_id for target in begun.targets])
    st.markdown(translate("plan.targets_heading"))
    for place, row in enumerate(_targets(filled, names)):
        what, when, value, away = st.columns([4, 3, 2, 1], gap="small", vertical_alignment="bottom")
        with what:
            indicator_choice(
                filled, f"targets.{row.number}.indicator.{draft.measure_id}", row, names, options
            )
        _day_and_value(filled, "targets", row, (when, value), translate("plan.target_value"))
        remove_button(filled, "targets", row, away)
        field_errors(filled.refused, f"targets.{place}")
    new = Row(next_number(filled, "targets"), next(iter(options), None), due_on=draft.due_on)
    st.button(
        translate("plan.add_target"),
        key=filled.key("add_target"),
        on_click=add_row,
        args=(filled, "targets", new),
    )


def indicators_of(names: Names, measure_id: int, kept: Collection[int]) -> list[int]:
    """The indicators that a task of a measure may have: those offered now, and whatever it has already."""
    known = {key: "" for key, of in names.indicator_measures.items() if of == measure_id}
    return list(names.offered(CataloguePart.INDICATOR, known, kept))


def indicator_choice(filled: Form, field: str, row: Row, names: Names, options: Sequence[int]) -> None:
    """Which indicator a row is about."""
    first = filled.first(field, row.indicator_id)
    st.selectbox(
        translate("plan.indicator"),
        options,
        options.index(first) if first in options else 0,
        format_func=lambda key: f"{names.indicators[key].name}（{names.indicators[key].unit}）",
        key=filled.key(field),
        **filled.kept,
    )


def milestone_rows(filled: Form, draft: TaskDraft) -> None:
    """One line per milestone: title, day and share of the whole."""
    st.markdown(translate("plan.milestones_heading"))
    for place, row in enumerate(_milestones(filled)):
        what, when, value, away = st.columns([4, 3, 2, 1], gap="small", vertical_alignment="bottom")
        field = f"milestones.{row.number}.title"
        label = translate("plan.milestone_title", number=row.number)
        what.text_input(label, filled.first(field, row.title), key=filled.key(field), **filled.kept)
        _day_and_value(filled, "milestones", row, (when, value), translate("plan.share"))
        remove_button(filled, "milestones", row, away)
        field_errors(filled.refused, f"milestones.{place}")
    field_errors(filled.refused, "milestones")
    new = Row(next_number(filled, "milestones"), due_on=draft.due_on)
    label = translate("plan.add_milestone")
    st.button(label, key=filled.key("add_milestone"), on_click=add_row, args=(filled, "milestones", new))


def _day_and_value(filled: Form, name: str, row: Row, places: tuple[Any, Any], label: str) -> None:
    when, value = places
    due_on, amount = f"{name}.{row.number}.due_on", f"{name}.{row.number}.value"
    first_day = filled.first(due_on, row.due_on)
    when.date_input(
        translate("plan.by_day"),
        first_day,
        format="YYYY-MM-DD",
        key=filled.key(due_on),
        **day_bounds(row.due_on, first_day),
        **filled.kept,
    )
    first = filled.first(amount, row.value)
    value.text_input(label, first, key=filled.key(amount), autocomplete="off", **filled.kept)


def next_number(filled: Form, name: str) -> int:
    """A number not used before in this form draft."""
    rows: list[Row] = filled.rows[name]
    return 1 + max([filled.highest.get(name, 0), *(row.number for row in rows)])


def add_row(filled: Form, name: str, row: Row) -> None:
    """Add a row to a list of the form."""
    filled.highest[name] = row.number
    filled.rows[name].append(row)


def remove_button(filled: Form, name: str, row: Row, place: Any) -> None:
    """The button that takes a row away."""
    place.button(
        translate("plan.remove_row"),
        key=filled.key(f"{name}.{row.number}.remove"),
        type="tertiary",
        on_click=filled.rows[name].remove,
        args=(row,),
    )
