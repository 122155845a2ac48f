"""The fields of a report with their context, and the draft read from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import streamlit as st

from db.plans.drafts import PlannedTask
from db.updates.queries import ReportItem
from pages.parts.updates.checks import confirmed_in, marks
from pages.parts.updates.news import Indicators, news_of
from pages.parts.updates.news_acts import offers
from pages.shared.faults import field_errors
from pages.shared.form_drafts import parsed
from pages.shared.forms import Form
from pages.shared.navigation import link as address_of
from pages.shared.wording import day, percent, plain, translate
from tracking.carrying import says_the_same
from tracking.checks import Finding, findings
from tracking.cleaning import parse_amount, parse_percent
from tracking.figures.completion import basis_of
from tracking.messages import amount_words
from tracking.validation import NO_CHANGE_LIMIT, Problem, TaskFacts, UpdateDraft
from tracking.vocabulary import CompletionBasis, Grade

TEXTS = {"progress": 96, "difficulties": 68, "next_steps": 68}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, the values among it that cannot be read, and what the checks say of the rest."""

    draft: UpdateDraft
    wrong: list[Problem]
    found: Sequence[Finding] = ()


def read_update(filled: Form, item: ReportItem) -> Typed:
    """The content of the form, even before it is drawn.

    An update that only repeats the last one is a report of no change, whoever typed it.
    """
    begun: UpdateDraft = filled.draft
    wrong: list[Problem] = []
    draft = replace(
        begun,
        **_values(filled, item, wrong),
        **{name: filled.typed(name, getattr(begun, name)) for name in (*TEXTS, "explanation")},
        completion_requested=filled.typed("completion_requested", begun.completion_requested),
    )
    repeats = bool(item.before) and says_the_same(draft, item.last, item.facts)
    return Typed(replace(draft, no_change=repeats), wrong)


def checked(filled: Form, typed: Typed, facts: TaskFacts) -> Typed:
    """The same with what the checks say of it, and what is ticked as confirmed."""
    found = findings(typed.draft, facts)
    return replace(typed, draft=replace(typed.draft, confirmed=confirmed_in(filled, found)), found=found)


def field_labels(item: ReportItem, indicators: Indicators) -> dict[str, str]:
    """Field → its label on the form."""
    names = {name: translate(f"report.{name}") for name in (*TEXTS, "explanation", "typed_percent")}
    figures = {f"actuals.{indicator}": indicators[indicator].name for indicator in item.facts.targets}
    return {**names, **figures, "typed_permille": names["typed_percent"]}


def is_touched(filled: Form, typed: Typed) -> bool:
    """Whether anything differs from the form's initial content."""
    return bool(typed.wrong) or replace(typed.draft, no_change=filled.draft.no_change) != filled.draft


def _values(filled: Form, item: ReportItem, wrong: list[Problem]) -> dict[str, Any]:
    begun: UpdateDraft = filled.draft
    basis = basis_of(item.facts.targets, item.facts.milestones)
    if basis is CompletionBasis.TARGETS:
        read = {
            indicator: _read(filled, f"actuals.{indicator}", parse_amount, _amount(begun, indicator), wrong)
            for indicator in item.facts.targets
        }
        return {"actuals": {key: value for key, value in read.items() if value is not None}}
    if basis is CompletionBasis.MILESTONES:
        reached = begun.milestones_reached
        ticked = (
            number
            for number in item.facts.milestones
            if filled.typed(f"milestone.{number}", number in reached)
        )
        return {"milestones_reached": frozenset(ticked)}
    return {"typed_permille": _read(filled, "typed_permille", parse_percent, _share(begun), wrong)}


def _read(filled: Form, name: str, parse: Callable[[str], Any], initial: str, wrong: list[Problem]) -> Any:
    value, fault = parsed(parse, filled.typed(name, initial))
    if fault:
        wrong.append(Problem(name, fault))
    return value


def _amount(draft: UpdateDraft, indicator: int) -> str:
    value = draft.actuals.get(indicator)
    return "" if value is None else amount_words(value)


def _share(draft: UpdateDraft) -> str:
    return "" if draft.typed_permille is None else f"{draft.typed_permille / 10:g}"


def value_fields(
    filled: Form, item: ReportItem, indicators: Indicators, found: Sequence[Finding] = ()
) -> None:
    """The figures or milestones, each with its last value and its target beside it, and what the checks say."""
    basis = basis_of(item.facts.targets, item.facts.milestones)
    if basis is CompletionBasis.TARGETS:
        for indicator, target in item.facts.targets.items():
            named = indicators[indicator]
            last = item.facts.last_actuals.get(indicator)
            beside = translate("report.beside", unit=plain(named.unit), last=_or_dash(last), target=target)
            beside += _entered(item, indicator)
            label = translate("report.actual", name=plain(named.name))
            name = f"actuals.{indicator}"
            _measured(filled, name, label, _amount(filled.draft, indicator), beside)
            marks(filled, found, name)
    elif basis is CompletionBasis.MILESTONES:
        _milestones(filled, item.planned, item)
    else:
        beside = translate("report.beside_percent", last=percent(item.facts.last_completion_permille))
        _measured(filled, "typed_permille", translate("report.typed_percent"), _share(filled.draft), beside)
        marks(filled, found, "typed_permille")


def _entered(item: ReportItem, indicator: int) -> str:
    """What the registers say of an indicator that they feed."""
    fed = item.facts.fed.get(indicator)
    if fed is None:
        return ""
    words = {"sum": fed.value, "entries": fed.entries}
    link = address_of("registers", register=fed.register, unit=item.task.authority_id)
    return "  \n" + translate("report.entered", link=link, **words)


def _or_dash(value: Decimal | None) -> str:
    return "—" if value is None else amount_words(value)


def _measured(filled: Form, name: str, label: str, initial: str, beside: str) -> None:
    field, note = st.columns([2, 3], vertical_alignment="bottom", gap="small")
    with field:
        first = filled.first(name, initial)
        st.text_input(label, first, key=filled.key(name), live="400ms", autocomplete="off", **filled.kept)
    note.markdown(beside)
    field_errors(filled.refused, name)


def _milestones(filled: Form, planned: PlannedTask, item: ReportItem) -> None:
    st.markdown(translate("report.milestones"))
    for step in planned.draft.milestones:
        before = translate("report.reached_before") if step.number in item.last.milestones_reached else ""
        label = translate(
            "report.milestone",
            number=step.number,
            title=plain(step.title),
            day=day(step.due_on),
            share=percent(step.share_permille),
            before=before,
        )
        reached = step.number in filled.draft.milestones_reached
        filled.switch(f"milestone.{step.number}", label, reached, **filled.kept)
    field_errors(filled.refused, "milestones_reached")


def text_fields(filled: Form, item: ReportItem, typed: Typed, indicators: Indicators) -> None:
    """The texts with what the checks say of them; what was typed as figures is not typed again."""
    news = news_of(item, typed.draft, indicators)
    for name, height in TEXTS.items():
        filled.area(name, translate(f"report.{name}"), getattr(filled.draft, name), height=height)
        marks(filled, typed.found, name)
        if name == "progress":
            offers(filled, item, typed.draft, news, indicators)
    if asks_explanation(filled, item, typed):
        filled.area("explanation", translate("report.explanation"), filled.draft.explanation, height=68)


def asks_explanation(filled: Form, item: ReportItem, typed: Typed) -> bool:
    """Whether something in the report has to be explained, or somebody has begun to."""
    asked = () if filled.refused is None else filled.refused.fields
    return any(
        (
            bool(typed.draft.explanation),
            typed.draft.completion_requested,
            item.facts.no_change_streak >= NO_CHANGE_LIMIT,
            "explanation" in asked,
            any(one.grade is Grade.B for one in typed.found),
        )
    )
