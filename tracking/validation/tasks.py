"""The checks of a work plan and of its tasks, with their targets and milestones."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from tracking.cleaning import amount_problem
from tracking.countries import MOST_COUNTRIES, is_country
from tracking.figures.completion import FULL
from tracking.messages import Message
from tracking.scales import Scale
from tracking.validation.days import FIRST_DAY
from tracking.validation.problems import LIMITS, Problem, text_problems
from tracking.vocabulary import CataloguePart, IndicatorKind

WEIGHT_LIMIT_TENTHS = 1000
# Part of the catalogue → what of it is not offered any more, or not yet.
Retired = Mapping[CataloguePart, frozenset[int]]


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """The cumulative value an indicator should reach by a day."""

    indicator_id: int
    due_on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class TermDraft:
    """What a task says of an indicator besides its targets: the value it starts from, or why it does not apply."""

    indicator_id: int
    baseline: Decimal | None = None
    exempt_because: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A step of a task and its share of the whole."""

    number: int
    title: str
    due_on: date
    share_permille: int


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task as somebody typed it; None is not yet chosen. `countries` are codes of ISO 3166-1.

    Two things are no one's to type. `goes_on`: it began in an earlier year, and goes on under its own history.
    `granted_until`: the day beyond the year that an extension allows it.
    """

    measure_id: int
    title: str
    starts_on: date | None
    due_on: date | None
    weight_tenths: int = 10
    measure_action_id: int | None = None
    goal: str = ""
    post_id: int | None = None
    lead_unit: str = ""
    supporting_units: str = ""
    supervising_leader: str = ""
    liaison: str = ""
    remark: str = ""
    countries: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    targets: tuple[TargetDraft, ...] = ()
    milestones: tuple[MilestoneDraft, ...] = ()
    terms: tuple[TermDraft, ...] = ()
    goes_on: bool = False
    granted_until: date | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a task is checked against: the plan year, the measure of each action and indicator, tags, what is retired, and scales."""

    year: int
    action_measures: Mapping[int, int]
    indicator_measures: Mapping[int, int]
    retired: Retired = dataclasses.field(default_factory=dict)
    scales: Mapping[int, Scale] = dataclasses.field(default_factory=dict)
    tags: Collection[int] = frozenset()

    def scale_of(self, indicator: int) -> Scale:
        """In what an indicator's values are measured; one that is not known is counted."""
        return self.scales.get(indicator, Scale())


def check_plan(
    *, goals: str, tasks: Mapping[int, TaskDraft], facts: PlanFacts, new: Collection[int] = ()
) -> list[Problem]:
    """Every fault of a plan about to leave its authority; each sentence names its task by number.

    The `new` tasks are not in force yet, so what was retired meanwhile is not for them.
    """
    problems = list(text_problems("goals", goals, required=True))
    if not tasks:
        problems.append(Problem("tasks", Message("validation.no_tasks")))
    for number, task in tasks.items():
        retired = offered_faults(task, facts) if number in new else []
        for problem in (*check_task(task, facts), *retired):
            name = Message(f"task_field.{problem.field.partition('.')[0]}")
            message = Message("validation.in_task", number=number, field=name, problem=problem.message)
            problems.append(Problem(f"tasks.{number}.{problem.field}", message))
    return problems


def check_task(draft: TaskDraft, facts: PlanFacts, *, complete: bool = True) -> list[Problem]:
    """Every fault of a task. With `complete=False`, for a draft, missing fields are no faults, except the title.

    Fields are those of `TaskDraft`; the second target is `targets.1`, the second milestone `milestones.1`, and so on.
    """
    return [
        *_text_faults(draft, complete),
        *_date_faults(draft, facts.year),
        *_choice_faults(draft, facts, complete),
        *country_faults(draft.countries),
        *_tag_faults(draft, facts),
        *_target_faults(draft, facts),
        *_milestone_faults(draft),
        *_term_faults(draft, facts),
    ]


def offered_faults(draft: TaskDraft, facts: PlanFacts, before: TaskDraft | None = None) -> list[Problem]:
    """What a task takes up though it is retired; what it took up `before` that, it keeps."""
    kept = set() if before is None else {(part, key) for _, part, key in _taken_up(before)}
    return [
        Problem(field, Message("validation.retired"))
        for field, part, key in _taken_up(draft)
        if key in facts.retired.get(part, ()) and (part, key) not in kept
    ]


def _taken_up(draft: TaskDraft) -> Iterator[tuple[str, CataloguePart, int | None]]:
    """Field, part of the catalogue and key of everything that a task names."""
    yield "measure_id", CataloguePart.MEASURE, draft.measure_id
    yield "measure_action_id", CataloguePart.ACTION, draft.measure_action_id
    for index, target in enumerate(draft.targets):
        yield f"targets.{index}", CataloguePart.INDICATOR, target.indicator_id
    for tag in draft.tags:
        yield "tags", CataloguePart.TAG, tag


def _text_faults(draft: TaskDraft, complete: bool) -> Iterator[Problem]:
    yield from text_problems("title", draft.title, required=True)
    for field in ("goal", "lead_unit"):
        yield from text_problems(field, getattr(draft, field), required=complete)
    for field in ("supporting_units", "supervising_leader", "liaison", "remark"):
        yield from text_problems(field, getattr(draft, field))


def _date_faults(draft: TaskDraft, year: int) -> Iterator[Problem]:
    for field, day in (("starts_on", draft.starts_on), ("due_on", draft.due_on)):
        if day is None:
            yield Problem(field, Message("validation.required"))
        elif day.year != year and not _may_lie_outside(field, day, draft, year):
            yield Problem(field, Message("validation.outside_year", year=year))
    if draft.starts_on and draft.due_on and draft.due_on < draft.starts_on:
        yield Problem("due_on", Message("validation.due_before_start", day=draft.starts_on))


def _may_lie_outside(field: str, day: date, draft: TaskDraft, year: int) -> bool:
    """Whether a task that goes on began before the year, or one with more time is due after it."""
    if field == "starts_on":
        return draft.goes_on and day >= FIRST_DAY and day.year < year
    return draft.granted_until is not None and date(year, 12, 31) < day <= draft.granted_until


def _choice_faults(draft: TaskDraft, facts: PlanFacts, complete: bool) -> Iterator[Problem]:
    if not 0 < draft.weight_tenths <= WEIGHT_LIMIT_TENTHS:
        yield Problem("weight_tenths", Message("validation.weight_range", most=WEIGHT_LIMIT_TENTHS // 10))
    action = draft.measure_action_id
    if action is not None and facts.action_measures.get(action) != draft.measure_id:
        yield Problem("measure_action_id", Message("validation.action_of_other_measure"))
    if complete and draft.post_id is None:
        yield Problem("post_id", Message("validation.no_officer"))


def country_faults(codes: Collection[str]) -> Iterator[Problem]:
    """Codes that are of no country, and more of them than anything may name, at the field `countries`."""
    unknown = [code for code in codes if not is_country(code)]
    if unknown:
        yield Problem("countries", Message("country.unknown", name=unknown[0][:40]))
    if len(set(codes)) > MOST_COUNTRIES:
        yield Problem("countries", Message("country.too_many", most=MOST_COUNTRIES))


def _tag_faults(draft: TaskDraft, facts: PlanFacts) -> Iterator[Problem]:
    if not set(facts.tags).issuperset(draft.tags):
        yield Problem("tags", Message("validation.no_tag"))


def _target_faults(draft: TaskDraft, facts: PlanFacts) -> Iterator[Problem]:
    for index, target in enumerate(draft.targets):
        field = f"targets.{index}"
        if facts.indicator_measures.get(target.indicator_id) != draft.measure_id:
            yield Problem(field, Message("validation.indicator_of_other_measure"))
        fault = amount_problem(target.value)
        if fault is not None:
            yield Problem(field, fault)
        elif target.value == 0:
            yield Problem(field, Message("validation.target_zero"))
        elif _is_answer(target, facts) and target.value != 1:
            yield Problem(field, Message("validation.answer_is_yes"))
        yield from _day_faults(field, target.due_on, draft)
    yield from _order_faults(draft.targets)


def _is_answer(target: TargetDraft, facts: PlanFacts) -> bool:
    return facts.scale_of(target.indicator_id).kind is IndicatorKind.YES_NO


def _term_faults(draft: TaskDraft, facts: PlanFacts) -> Iterator[Problem]:
    """A term is of an indicator of the measure, once; what does not apply has a reason, and nothing to reach."""
    asked = {target.indicator_id for target in draft.targets}
    for index, term in enumerate(draft.terms):
        field = f"terms.{index}"
        if facts.indicator_measures.get(term.indicator_id) != draft.measure_id:
            yield Problem(field, Message("validation.indicator_of_other_measure"))
        if term.indicator_id in {other.indicator_id for other in draft.terms[:index]}:
            yield Problem(field, Message("validation.term_twice"))
        if term.baseline is None:
            yield from text_problems(
                field, term.exempt_because, required=True, limit=LIMITS["exempt_because"]
            )
            if term.indicator_id in asked:
                yield Problem(field, Message("validation.exempt_has_target"))
        else:
            yield from _baseline_faults(field, term, term.baseline, facts)


def _baseline_faults(field: str, term: TermDraft, baseline: Decimal, facts: PlanFacts) -> Iterator[Problem]:
    fault = amount_problem(baseline)
    if fault is not None:
        yield Problem(field, fault)
    elif term.exempt_because:
        yield Problem(field, Message("validation.exempt_has_baseline"))
    elif facts.scale_of(term.indicator_id).kind is IndicatorKind.YES_NO and baseline not in (0, 1):
        scale = facts.scale_of(term.indicator_id)
        yield Problem(field, Message("validation.not_an_answer", answers=scale.unit))


def _order_faults(targets: Iterable[TargetDraft]) -> Iterator[Problem]:
    """Targets of one indicator must grow over time, one per day; only valid values are compared."""
    sound = [item for item in enumerate(targets) if amount_problem(item[1].value) is None]
    numbered = sorted(sound, key=lambda item: (item[1].indicator_id, item[1].due_on))
    for _, steps in groupby(numbered, key=lambda item: item[1].indicator_id):
        for (_, earlier), (index, later) in pairwise(steps):
            field = f"targets.{index}"
            if earlier.due_on == later.due_on:
                yield Problem(field, Message("validation.target_twice", day=later.due_on))
            elif later.value <= earlier.value:
                yield Problem(
                    field, Message("validation.target_not_growing", day=earlier.due_on, value=earlier.value)
                )


def _milestone_faults(draft: TaskDraft) -> Iterator[Problem]:
    for index, milestone in enumerate(draft.milestones):
        field = f"milestones.{index}"
        yield from text_problems(field, milestone.title, required=True, limit=LIMITS["milestone_title"])
        if not 0 < milestone.share_permille <= FULL:
            yield Problem(field, Message("validation.share_range"))
        yield from _day_faults(field, milestone.due_on, draft)
    if len({milestone.number for milestone in draft.milestones}) < len(draft.milestones):
        yield Problem("milestones", Message("validation.milestone_twice"))
    total = sum(milestone.share_permille for milestone in draft.milestones)
    if draft.milestones and total != FULL:
        yield Problem("milestones", Message("validation.shares_total", total=f"{total / 10:.1f}"))


def _day_faults(field: str, day: date, draft: TaskDraft) -> Iterator[Problem]:
    """A day must lie within the task; if the task's own days are out of order, only that is reported."""
    starts_on, due_on = draft.starts_on, draft.due_on
    if starts_on and due_on and starts_on <= due_on and not starts_on <= day <= due_on:
        message = Message("validation.outside_task", starts_on=starts_on, due_on=due_on)
        yield Problem(field, message)
