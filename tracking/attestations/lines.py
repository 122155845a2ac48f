"""The lines of an attestation: everything a plan says of a task, or everything reported."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracking.attestations.comparison import AttestedLine, Field
from tracking.countries import country_names
from tracking.scales import Scale, bare_words, packed
from tracking.validation import TaskDraft, UpdateDraft
from tracking.vocabulary import IndicatorKind, Language

_TEXTS = ("lead_unit", "supporting_units", "supervising_leader", "liaison", "remark")
_REPORTED = ("progress", "difficulties", "next_steps", "explanation")
_SWITCHES = ("no_change", "completion_requested")
_YES = "yes"


@dataclass(frozen=True, slots=True)
class Called:
    """How what a task refers to is called, each by its key; an indicator with its unit."""

    measures: Mapping[int, str]
    actions: Mapping[int, str]
    indicators: Mapping[int, str]
    posts: Mapping[int, str]
    scales: Mapping[int, Scale] = field(default_factory=dict)
    tags: Mapping[int, str] = field(default_factory=dict)

    def figure(self, indicator: int, value: Decimal) -> str:
        """A value as a line holds it: two decimals, both parts of a rate, the word of an answer."""
        scale = self.scales.get(indicator, Scale())
        return bare_words(value, scale) if scale.kind is IndicatorKind.YES_NO else packed(value, ".2f")


def planned_lines(draft: TaskDraft, called: Called, extended_to: date | None) -> tuple[AttestedLine, ...]:
    """What a plan says of a task; `extended_to` is the latest due date that was granted, None for none."""
    return tuple(_given(_planned(draft, called, extended_to)))


def reported_lines(
    draft: TaskDraft,
    called: Called,
    said: UpdateDraft,
    *,
    completion_permille: int,
    suspended: bool,
    reported: bool,
) -> tuple[AttestedLine, ...]:
    """What was `said` of a task for a period, beside what its plan wants.

    Where nothing was `reported` it is what was accepted before, and its words are not those of this period.
    """
    words = [AttestedLine(Field(name), getattr(said, name)) for name in _REPORTED]
    switches = [AttestedLine(Field(name), _YES if getattr(said, name) else "") for name in _SWITCHES]
    titles = {step.number: step.title for step in draft.milestones}
    return tuple(
        _given(
            [
                *_head(draft, called),
                AttestedLine(Field.SUSPENDED, _YES if suspended else ""),
                AttestedLine(Field.COMPLETION, str(completion_permille)),
                *([*switches, *words] if reported else []),
                *_targets(draft, called),
                *(
                    AttestedLine(
                        Field.ACTUAL,
                        called.figure(indicator_id, value),
                        str(indicator_id),
                        called.indicators[indicator_id],
                    )
                    for indicator_id, value in sorted(said.actuals.items())
                ),
                *(
                    AttestedLine(Field.REACHED, _YES, str(number), titles.get(number, ""))
                    for number in sorted(said.milestones_reached)
                ),
            ]
        )
    )


def _planned(draft: TaskDraft, called: Called, extended_to: date | None) -> Iterator[AttestedLine]:
    yield from _head(draft, called)
    action_id, post_id = draft.measure_action_id, draft.post_id
    yield AttestedLine(Field.ACTION, str(action_id or ""), label=called.actions.get(action_id or 0, ""))
    yield AttestedLine(Field.GOAL, draft.goal)
    yield AttestedLine(Field.STARTS_ON, _day(draft.starts_on))
    yield AttestedLine(Field.DUE_ON, _day(draft.due_on))
    yield AttestedLine(Field.EXTENDED_TO, _day(extended_to))
    yield AttestedLine(Field.POST, str(post_id or ""), label=called.posts.get(post_id or 0, ""))
    for name in _TEXTS:
        yield AttestedLine(Field(name), getattr(draft, name))
    names = country_names(draft.countries, Language.ZH_CN)
    yield AttestedLine(Field.COUNTRIES, " ".join(draft.countries), label=names)
    tags = "、".join(called.tags.get(tag, "") for tag in draft.tags)
    yield AttestedLine(Field.TAGS, " ".join(map(str, draft.tags)), label=tags)
    yield from _targets(draft, called)
    for step in draft.milestones:
        key = str(step.number)
        yield AttestedLine(Field.MILESTONE, step.title, key)
        yield AttestedLine(Field.MILESTONE_DUE_ON, _day(step.due_on), key)
        yield AttestedLine(Field.MILESTONE_SHARE, str(step.share_permille), key)


def _head(draft: TaskDraft, called: Called) -> Iterator[AttestedLine]:
    yield AttestedLine(Field.TITLE, draft.title)
    yield AttestedLine(Field.MEASURE, str(draft.measure_id), label=called.measures[draft.measure_id])
    yield AttestedLine(Field.WEIGHT, str(draft.weight_tenths))


def _targets(draft: TaskDraft, called: Called) -> Iterator[AttestedLine]:
    for target in draft.targets:
        key = f"{target.indicator_id} {target.due_on.isoformat()}"
        label = f"{called.indicators[target.indicator_id]} {target.due_on.isoformat()}"
        yield AttestedLine(Field.TARGET, called.figure(target.indicator_id, target.value), key, label)
    for term in draft.terms:
        key, label = str(term.indicator_id), called.indicators[term.indicator_id]
        if term.baseline is not None:
            yield AttestedLine(Field.BASELINE, called.figure(term.indicator_id, term.baseline), key, label)
        yield AttestedLine(Field.EXEMPT, term.exempt_because, key, label)


def _given(lines: Iterable[AttestedLine]) -> Iterator[AttestedLine]:
    """What says nothing is no line: a field that is filled in later is one that the paper lacks."""
    return (line for line in lines if line.value)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
