"""The fields of a report with their context, and the draft read from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from db.plans.drafts import PlannedTask
from db.updates.queries import ReportItem
from pages.parts.updates.checks import confirmed_in, marks
from pages.parts.updates.news import Indicators, Named, news_of
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
from tracking.making import Making
from tracking.messages import Message, amount_words
from tracking.rates import Rate
from tracking.scales import Scale, answers_of, as_typed, bare_words, read_value
from tracking.validation import NO_CHANGE_LIMIT, Problem, TaskFacts, UpdateDraft
from tracking.vocabulary import CompletionBasis, Grade, IndicatorKind

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
        read = {indicator: _read_actual(filled, item, indicator, wrong) for indicator in item.facts.targets}
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


def _read_actual(filled: Form, item: ReportItem, indicator: int, wrong: list[Problem]) -> Decimal | None:
    """What an indicator has reached; of a rate both parts are typed, or neither."""
    name, scale = f"actuals.{indicator}", item.facts.scale_of(indicator)
    initial = _typed_parts(filled.draft, indicator, scale)
    if scale.kind is not IndicatorKind.RATE:
        amount: Decimal | None = _read(filled, name, partial(read_value, scale=scale), initial[0], wrong)
        return amount
    wrong_before = len(wrong)
    parts = [
        _read(filled, field, parse_amount, first, wrong)
        for field, first in zip((name, base_of(name)), initial, strict=True)
    ]
    if None not in parts:
        return Rate(*parts)
    if parts != [None, None] and len(wrong) == wrong_before:
        wrong.append(Problem(name, Message("validation.rate_needs_parts")))
    return None


def base_of(name: str) -> str:
    """The field of the denominator beside that of the numerator."""
    return f"{name}.base"


def _typed_parts(draft: UpdateDraft, indicator: int, scale: Scale) -> list[str]:
    """What stands in the fields of an indicator: of a rate, numerator and denominator."""
    value = draft.actuals.get(indicator)
    if scale.kind is IndicatorKind.RATE:
        return [amount_words(part) for part in value.parts] if isinstance(value, Rate) else ["", ""]
    return ["" if value is None else as_typed(value, scale)]


def _share(draft: UpdateDraft) -> str:
    return "" if draft.typed_permille is None else f"{draft.typed_permille / 10:g}"


def value_fields(
    filled: Form, item: ReportItem, indicators: Indicators, found: Sequence[Finding] = ()
) -> None:
    """The figures or milestones, each with its last value and its target beside it, and what the checks say."""
    basis = basis_of(item.facts.targets, item.facts.milestones)
    if basis is CompletionBasis.TARGETS:
        for indicator, target in item.facts.targets.items():
            _indicator(filled, item, indicator, target, indicators[indicator])
            marks(filled, found, f"actuals.{indicator}")
    elif basis is CompletionBasis.MILESTONES:
        _milestones(filled, item.planned, item)
    else:
        beside = translate("report.beside_percent", last=percent(item.facts.last_completion_permille))
        _measured(filled, "typed_permille", translate("report.typed_percent"), _share(filled.draft), beside)
        marks(filled, found, "typed_permille")


def _entered(item: ReportItem, indicator: int, named: Named) -> str:
    """What feeds an indicator: the entries of a register, or the levels beneath or above."""
    fed = item.facts.fed.get(indicator)
    if fed is None:
        return ""
    said = plain(bare_words(fed.value, named))
    if fed.making is not Making.ENTERED:
        return "  \n" + translate(f"report.made_{fed.making}", value=said, count=fed.entries)
    words = {"sum": said, "entries": fed.entries}
    link = address_of("registers", register=fed.register, unit=item.task.authority_id)
    return "  \n" + translate("report.entered", link=link, **words)


def _elsewhere(item: ReportItem, indicator: int, named: Named) -> str:
    """What was reported of the same figure under another notice."""
    other = item.facts.shared.get(indicator)
    if other is None:
        return ""
    words = {"notice": plain(other.notice), "number": other.task_number}
    return "  \n" + translate("report.elsewhere", value=plain(bare_words(other.value, named)), **words)


def _indicator(filled: Form, item: ReportItem, indicator: int, target: Decimal, named: Named) -> None:
    """The field of one indicator by its kind, with what was reached last and is to be reached beside it."""
    last = item.facts.last_actuals.get(indicator)
    beside = translate(
        "report.beside",
        unit=plain(named.unit),
        last="—" if last is None else plain(bare_words(last, named)),
        target=plain(bare_words(target, named)),
    )
    beside += _entered(item, indicator, named) + _elsewhere(item, indicator, named)
    label = translate(f"report.actual_{named.kind}", name=plain(named.name))
    name = f"actuals.{indicator}"
    initial = _typed_parts(filled.draft, indicator, item.facts.scale_of(indicator))
    if named.kind is IndicatorKind.YES_NO:
        _answer(filled, name, label, (initial[0], ["", *answers_of(named.unit)]), beside)
    elif named.kind is IndicatorKind.RATE:
        _rate(filled, name, label, initial, beside)
    else:
        _measured(filled, name, label, initial[0], beside)


def _answer(filled: Form, name: str, label: str, choice: tuple[str, list[str]], beside: str) -> None:
    """One of two answers, or none yet."""
    field, note = st.columns([2, 3], vertical_alignment="bottom", gap="small")
    initial, answers = choice
    with field:
        first = filled.first(name, initial)
        place = answers.index(first) if first in answers else 0
        names = {answer: answer or "—" for answer in answers}
        st.selectbox(
            label, answers, place, format_func=names.__getitem__, key=filled.key(name), **filled.kept
        )
    note.markdown(beside)
    field_errors(filled.refused, name)


def _rate(filled: Form, name: str, label: str, initial: list[str], beside: str) -> None:
    """Numerator and denominator side by side; what they come to stands with the consequence."""
    above, below, note = st.columns([1, 1, 3], vertical_alignment="bottom", gap="small")
    labels = (label, translate("report.denominator"))
    fields = zip((above, below), (name, base_of(name)), labels, initial, strict=True)
    for place, field, words, first in fields:
        place.text_input(
            words,
            filled.first(field, first),
            key=filled.key(field),
            live="400ms",
            autocomplete="off",
            **filled.kept,
        )
    note.markdown(beside)
    field_errors(filled.refused, name)
    field_errors(filled.refused, base_of(name))


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
