"""The form of one task in a draft plan, and the draft read from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from db.plans.queries import PlanSheet
from pages.parts.plans.rows import milestone_rows, read_milestones, read_targets, target_rows
from pages.parts.plans.terms import read_terms, term_rows
from pages.parts.plans.units import unit_field
from pages.parts.plans.wording import PLAIN, Names, label_of
from pages.shared.faults import field_errors
from pages.shared.form_drafts import parsed
from pages.shared.forms import Form
from pages.shared.wording import language, translate
from tracking.cleaning import parse_tenths
from tracking.countries import countries
from tracking.validation import PlanFacts, Problem, TaskDraft, check_task
from tracking.vocabulary import CataloguePart


@dataclass(frozen=True, slots=True)
class TypedTask:
    """The content of the form: the task, unreadable values, and the list position of each readable part."""

    draft: TaskDraft
    wrong: list[Problem]
    places: Mapping[str, list[int]]


UNITS = {"lead_unit": False, "supporting_units": True}
LINES = ("supervising_leader", "liaison")


def read_task(filled: Form, names: Names) -> TypedTask:
    """The content of the form, even before it is drawn."""
    begun: TaskDraft = filled.draft
    wrong: list[Problem] = []
    weight, fault = parsed(parse_tenths, filled.typed("weight_tenths", weight_words(begun)))
    if fault:
        wrong.append(Problem("weight_tenths", fault))
    draft = replace(
        begun,
        measure_id=filled.typed("measure_id", begun.measure_id),
        measure_action_id=_action(filled, begun),
        post_id=filled.typed("post_id", begun.post_id),
        starts_on=_day(filled, "starts_on", begun.starts_on),
        due_on=_day(filled, "due_on", begun.due_on),
        weight_tenths=weight or 0,
        **{name: filled.typed(name, getattr(begun, name)) for name in PLAIN},
        countries=tuple(sorted(filled.typed("countries", [*begun.countries]))),
        tags=tuple(sorted(filled.typed("tags", [*begun.tags]))),
    )
    targets = read_targets(filled, names, draft.measure_id, wrong)
    milestones = read_milestones(filled, wrong)
    terms = read_terms(filled, names, draft.measure_id, wrong)
    whole = replace(
        draft,
        targets=tuple(targets.values()),
        milestones=tuple(milestones.values()),
        terms=tuple(terms.values()),
    )
    places = {"targets": list(targets), "milestones": list(milestones), "terms": list(terms)}
    return TypedTask(whole, wrong, places)


def faults_of(typed: TypedTask, facts: PlanFacts) -> list[Problem]:
    """Every fault at once: unreadable values, and whatever the rules refuse in the rest."""
    unread = {problem.field for problem in typed.wrong}
    found = [_placed(problem, typed) for problem in check_task(typed.draft, facts, complete=False)]
    parts = {name for name in typed.places if any(field.startswith(f"{name}.") for field in unread)}
    return [*typed.wrong, *(problem for problem in found if problem.field not in unread | parts)]


def _placed(problem: Problem, typed: TypedTask) -> Problem:
    """The same at the right row, counting unreadable rows as well."""
    name, _, index = problem.field.partition(".")
    if not index:
        return problem
    return Problem(f"{name}.{typed.places[name][int(index)]}", problem.message)


def _day(filled: Form, name: str, initial: date | None) -> date | None:
    """A cleared date picker gives None; a range is not expected here."""
    typed = filled.typed(name, initial)
    return typed if isinstance(typed, date) else None


def _action(filled: Form, begun: TaskDraft) -> int | None:
    """The action chosen under the current measure; other measures have other actions."""
    measure_id = filled.typed("measure_id", begun.measure_id)
    initial = begun.measure_action_id if measure_id == begun.measure_id else None
    chosen: int | None = filled.typed(f"measure_action_id.{measure_id}", initial)
    return chosen


def new_draft(sheet: PlanSheet, names: Names) -> TaskDraft:
    """The initial values of a new task: the year's days, and whatever most tasks of the plan share."""
    year, offered = sheet.plan.year, names.offered(CataloguePart.MEASURE, names.measures)
    begun = TaskDraft(
        measure_id=next(iter(offered)), title="", starts_on=date(year, 1, 1), due_on=date(year, 12, 31)
    )
    if not sheet.tasks:
        return begun
    last = sheet.tasks[-1].draft
    return replace(
        begun,
        measure_id=last.measure_id if last.measure_id in offered else begun.measure_id,
        post_id=last.post_id,
        lead_unit=last.lead_unit,
        supervising_leader=last.supervising_leader,
        liaison=last.liaison,
    )


def weight_words(draft: TaskDraft) -> str:
    """A weight as typed."""
    return f"{draft.weight_tenths / 10:.1f}"


def task_fields(filled: Form, names: Names, draft: TaskDraft, *, in_force: bool) -> None:
    """The fields of a task in one column, related fields side by side."""
    begun: TaskDraft = filled.draft
    measures = names.offered(CataloguePart.MEASURE, names.measures, [begun.measure_id])
    _choice(filled, "measure_id", "measure_id", measures, begun.measure_id, disabled=in_force)
    actions = {key: names.actions[key] for key, of in names.action_measures.items() if of == draft.measure_id}
    actions = names.offered(CataloguePart.ACTION, actions, [begun.measure_action_id])
    if actions:
        initial = begun.measure_action_id if begun.measure_id == draft.measure_id else None
        key = f"measure_action_id.{draft.measure_id}"
        _choice(filled, "measure_action_id", key, {None: translate("plan.no_action"), **actions}, initial)
    filled.text("title", _required("title"), begun.title)
    filled.area("goal", _required("goal"), begun.goal, height=68)
    first, second, third = st.columns([2, 2, 1], gap="small")
    with first:
        filled.day("starts_on", _required("starts_on"), begun.starts_on)
    with second:
        filled.day("due_on", _required("due_on"), begun.due_on)
    with third:
        filled.text("weight_tenths", label_of("weight_tenths"), weight_words(begun))
    posts = {None: translate("plan.no_post"), **names.posts}
    _choice(filled, "post_id", "post_id", posts, begun.post_id, required=True)
    filled.several("countries", label_of("countries"), countries(language()), begun.countries)
    tags = names.offered(CataloguePart.TAG, names.tags, begun.tags)
    filled.several("tags", label_of("tags"), tags, begun.tags)
    target_rows(filled, names, draft)
    term_rows(filled, names, draft)
    milestone_rows(filled, draft)
    for name, several in UNITS.items():
        label = label_of(name) if several else _required(name)
        unit_field(filled, names, name, label, getattr(begun, name), several=several)
    for name in LINES:
        filled.text(name, label_of(name), getattr(begun, name))
    filled.area("remark", label_of("remark"), begun.remark, height=68)


def _required(name: str) -> str:
    return translate("plan.required", label=label_of(name))


def _choice(
    filled: Form,
    name: str,
    key: str,
    options: Mapping[Any, str],
    initial: object,
    *,
    disabled: bool = False,
    required: bool = False,
) -> None:
    keys = list(options)
    first = filled.first(key, initial)
    st.selectbox(
        _required(name) if required else label_of(name),
        keys,
        keys.index(first) if first in keys else 0,
        format_func=lambda chosen: options[chosen],
        key=filled.key(key),
        disabled=disabled,
        help=translate("plan.measure_is_fixed") if disabled else None,
        **filled.kept,
    )
    field_errors(filled.refused, name)
