"""The repeating rows of a task form: targets by indicator and day, and milestones.

A row keeps its number while others come and go: a milestone that was reported as reached stays that milestone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from pages.parts.plans.wording import Names
from pages.shared.faults import field_errors
from pages.shared.form_drafts import parsed
from pages.shared.forms import Form, day_bounds
from pages.shared.wording import translate
from tracking.cleaning import parse_amount, parse_percent
from tracking.messages import Message, amount_words
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


def _targets(filled: Form) -> list[Row]:
    begun: TaskDraft = filled.draft
    return filled.lines(
        "targets",
        Row,
        [
            Row(number, target.indicator_id, due_on=target.due_on, value=amount_words(target.value))
            for number, target in enumerate(begun.targets, start=1)
        ],
    )


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


def _typed(filled: Form, name: str, row: Row, part: str, initial: object) -> object:
    return filled.typed(f"{name}.{row.number}.{part}", initial)


def read_targets(filled: Form, measure_id: int, wrong: list[Problem]) -> dict[int, TargetDraft]:
    """Position → target as typed; unreadable or missing values are reported by position."""
    read = {}
    for place, row in enumerate(_targets(filled)):
        indicator_id = _typed(filled, "targets", row, f"indicator.{measure_id}", row.indicator_id)
        due_on = _typed(filled, "targets", row, "due_on", row.due_on)
        value, fault = parsed(parse_amount, str(_typed(filled, "targets", row, "value", row.value)))
        if fault or value is None or not isinstance(due_on, date) or not isinstance(indicator_id, int):
            wrong.append(Problem(f"targets.{place}", fault or REQUIRED))
        else:
            read[place] = TargetDraft(indicator_id, due_on, value)
    return read


def read_milestones(filled: Form, wrong: list[Problem]) -> dict[int, MilestoneDraft]:
    """Position → milestone as typed, by the same rules."""
    read = {}
    for place, row in enumerate(_milestones(filled)):
        title = str(_typed(filled, "milestones", row, "title", row.title))
        due_on = _typed(filled, "milestones", row, "due_on", row.due_on)
        share, fault = parsed(parse_percent, str(_typed(filled, "milestones", row, "value", row.value)))
        if fault or share is None or not isinstance(due_on, date):
            wrong.append(Problem(f"milestones.{place}", fault or REQUIRED))
        else:
            read[place] = MilestoneDraft(row.number, title, due_on, share)
    return read


def target_rows(filled: Form, names: Names, draft: TaskDraft) -> None:
    """One line per target: indicator, day and value."""
    begun: TaskDraft = filled.draft
    known = {key: "" for key, of in names.indicator_measures.items() if of == draft.measure_id}
    kept = [target.indicator_id for target in begun.targets]
    options = list(names.offered(CataloguePart.INDICATOR, known, kept))
    st.markdown(translate("plan.targets_heading"))
    for place, row in enumerate(_targets(filled)):
        what, when, value, away = st.columns([4, 3, 2, 1], gap="small", vertical_alignment="bottom")
        field = f"targets.{row.number}.indicator.{draft.measure_id}"
        first = filled.first(field, row.indicator_id)
        what.selectbox(
            translate("plan.indicator"),
            options,
            options.index(first) if first in options else 0,
            format_func=lambda key: f"{names.indicators[key].name}（{names.indicators[key].unit}）",
            key=filled.key(field),
            **filled.kept,
        )
        _day_and_value(filled, "targets", row, (when, value), translate("plan.target_value"))
        _remove(filled, "targets", row, away)
        field_errors(filled.refused, f"targets.{place}")
    new = Row(_next(filled, "targets"), next(iter(options), None), due_on=draft.due_on)
    st.button(
        translate("plan.add_target"),
        key=filled.key("add_target"),
        on_click=_add,
        args=(filled, "targets", new),
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
        _remove(filled, "milestones", row, away)
        field_errors(filled.refused, f"milestones.{place}")
    field_errors(filled.refused, "milestones")
    new = Row(_next(filled, "milestones"), due_on=draft.due_on)
    label = translate("plan.add_milestone")
    st.button(label, key=filled.key("add_milestone"), on_click=_add, args=(filled, "milestones", new))


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


def _next(filled: Form, name: str) -> int:
    """A number not used before in this form draft."""
    rows: list[Row] = filled.rows[name]
    return 1 + max([filled.highest.get(name, 0), *(row.number for row in rows)])


def _add(filled: Form, name: str, row: Row) -> None:
    filled.highest[name] = row.number
    filled.rows[name].append(row)


def _remove(filled: Form, name: str, row: Row, place: Any) -> None:
    place.button(
        translate("plan.remove_row"),
        key=filled.key(f"{name}.{row.number}.remove"),
        type="tertiary",
        on_click=filled.rows[name].remove,
        args=(row,),
    )
