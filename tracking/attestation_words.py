"""Owns how a sign-off page is worded, the same on paper and on the screen: plain text, not Markdown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracking.attestations import Difference, Field, Line, Section
from tracking.messages import amount_words, text
from tracking.periods import period_name
from tracking.words import AttestationKind, Language

_NOTHING = "—"
# More tasks than this are shown measure by measure, so that the page stays one page; the code covers all of them.
LISTED = 10
_READ: Mapping[Field, Callable[[str], str]] = {
    Field.WEIGHT: lambda value: f"{int(value) / 10:.1f}",
    Field.MILESTONE_SHARE: lambda value: percent(int(value)),
    Field.COMPLETION: lambda value: percent(int(value)),
    Field.TARGET: lambda value: amount_words(Decimal(value)),
    Field.ACTUAL: lambda value: amount_words(Decimal(value)),
}
# What refers to something is read by its name, and a switch by a word.
_NAMED = frozenset({Field.MEASURE, Field.ACTION, Field.POST})
_SWITCHES = frozenset({Field.NO_CHANGE, Field.COMPLETION_REQUESTED, Field.SUSPENDED, Field.REACHED})


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over sections; `done` is Σ weight × completion, capped, over those that are not suspended."""

    tasks: int
    suspended: int
    reported: int
    accepted: int
    weight_tenths: int
    done: int
    weighed: int
    targets: int
    milestones: int
    due_on: str

    @property
    def completion_permille(self) -> float | None:
        """The weight-averaged completion; None where nothing weighs."""
        return self.done / self.weighed if self.weighed else None


def percent(permille: float | None) -> str:
    """A percentage with one decimal; nothing known is a dash."""
    return _NOTHING if permille is None else f"{permille / 10:.1f}%"


def subject_of(kind: AttestationKind, content: Mapping[str, Any], language: Language) -> str:
    """What a page speaks of: a revision of the plan of a year, or a reporting period."""
    if kind is AttestationKind.PLAN:
        return text("attestation.plan", language, year=str(content["year"]), number=content["number"])
    period = period_name(year=content["year"], number=content["number"], cycle=content["cycle"])
    return text("attestation.period", language, period=period)


def totals_of(sections: Iterable[Section]) -> Totals:
    """The totals of tasks."""
    tasks = [section for section in sections if section.task_id is not None]
    weighed = [(_weight(one), _completion(one)) for one in tasks if not one.value_of(Field.SUSPENDED)]
    return Totals(
        tasks=len(tasks),
        suspended=len(tasks) - len(weighed),
        reported=sum(bool(one.status) for one in tasks),
        accepted=sum(one.status == "accepted" for one in tasks),
        weight_tenths=sum(map(_weight, tasks)),
        done=sum(weight * min(completion, 1000) for weight, completion in weighed),
        weighed=sum(weight for weight, _ in weighed),
        targets=sum(len(_final_targets(one)) for one in tasks),
        milestones=sum(len(one.of(Field.MILESTONE)) for one in tasks),
        due_on=max(map(_due_on, tasks), default=""),
    )


def by_measure(sections: Iterable[Section], rest: str = "") -> dict[str, Totals]:
    """The totals of each measure, by its name as it was printed, in the order of the measures.

    With `rest`, what is more than `LISTED` of them is summed under that name.
    """
    found: dict[int, list[Section]] = {}
    for section in sections:
        for line in section.of(Field.MEASURE):
            found.setdefault(int(line.value), []).append(section)
    named = {found[key][0].of(Field.MEASURE)[0].label: found[key] for key in sorted(found)}
    more = list(named)[LISTED:] if rest else []
    if more:
        named[rest] = [section for name in more for section in named.pop(name)]
    return {name: totals_of(tasks) for name, tasks in named.items()}


def totals_words(kind: AttestationKind, totals: Totals, language: Language) -> str:
    """The totals in a sentence."""
    return text(
        f"attestation.totals_{kind}",
        language,
        tasks=totals.tasks,
        suspended=totals.suspended,
        reported=totals.reported,
        accepted=totals.accepted,
        weight=_tenths(totals.weight_tenths),
        completion=percent(totals.completion_permille),
        targets=totals.targets,
        milestones=totals.milestones,
    )


def task_row(kind: AttestationKind, section: Section, language: Language) -> tuple[str | int | Decimal, ...]:
    """A task as a row: number, title, measure, then what the kind of page is about."""
    measure = section.of(Field.MEASURE)[0].label.partition("　")[0]
    head = (section.number, section.title, measure)
    if kind is AttestationKind.PLAN:
        return (*head, _tenths(_weight(section)), _aims(section, language), _due_on(section))
    stage = stage_words(section.status, language)
    return (*head, percent(_completion(section)), _reached(section, language), stage)


def measure_row(kind: AttestationKind, name: str, totals: Totals) -> tuple[str | int | Decimal, ...]:
    """A measure as a row: its name, how many tasks, then what the kind of page is about."""
    if kind is AttestationKind.PLAN:
        weight = _tenths(totals.weight_tenths)
        return (name, totals.tasks, weight, totals.targets, totals.milestones, totals.due_on)
    return (name, totals.tasks, totals.reported, totals.accepted, percent(totals.completion_permille))


def stage_words(status: str, language: Language) -> str:
    """The state of a report; one that nobody has begun says so."""
    return text(f"attestation_stage.{status or 'none'}", language)


def value_words(line: Line | None, language: Language) -> str:
    """What a line says; what is not said is a dash."""
    if line is None:
        return _NOTHING
    if line.field in _SWITCHES:
        return text("attestation.yes", language)
    if line.field in _NAMED:
        return line.label
    return _READ.get(line.field, str)(line.value)


def field_words(difference: Difference, language: Language) -> str:
    """The field that differs, and which of several."""
    line: Any = difference.paper or difference.now
    return line_words(line, language)


def line_words(line: Line, language: Language) -> str:
    """The field of a line, and which of several."""
    return text(f"attestation_field.{line.field}", language, key=line.key, label=line.label)


def _tenths(value: int) -> Decimal:
    return Decimal(value) / 10


def _weight(section: Section) -> int:
    return int(section.value_of(Field.WEIGHT))


def _completion(section: Section) -> int:
    return int(section.value_of(Field.COMPLETION) or 0)


def _due_on(section: Section) -> str:
    return section.value_of(Field.EXTENDED_TO) or section.value_of(Field.DUE_ON)


def _final_targets(section: Section) -> dict[str, Line]:
    """Indicator → the line of its latest day."""
    lines = sorted(section.of(Field.TARGET), key=lambda line: line.key.split()[1])
    return {line.key.split()[0]: line for line in lines}


def _aims(section: Section, language: Language) -> str:
    """What a task is measured by: its final targets, else its milestones, else nothing."""
    targets = [_amount(line, language) for line in _final_targets(section).values()]
    return _joined(targets, language) or _counted(section.of(Field.MILESTONE), language)


def _reached(section: Section, language: Language) -> str:
    """The actuals of a report beside their final targets, else its milestones, else nothing."""
    targets = _final_targets(section)
    actuals = [
        f"{value_words(line, language)}/{_amount(targets.get(line.key), language)}"
        for line in section.of(Field.ACTUAL)
    ]
    return _joined(actuals, language) or _counted(section.of(Field.REACHED), language)


def _joined(parts: Sequence[str], language: Language) -> str:
    return text("attestation.part_mark", language).join(parts)


def _counted(lines: Sequence[Line], language: Language) -> str:
    return text("attestation.milestones", language, count=len(lines)) if lines else _NOTHING


def _amount(target: Line | None, language: Language) -> str:
    """A target with its unit, which stands in brackets after the indicator's name."""
    unit = target.label.rpartition("（")[2].partition("）")[0] if target else ""
    return value_words(target, language) + unit
