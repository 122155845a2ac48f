"""The figures on an attestation: totals, and tasks one by one or by measure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from tracking.attestations.comparison import AttestedLine, Field, Section
from tracking.attestations.wording import percent, stage_words, value_words
from tracking.messages import text
from tracking.vocabulary import AttestationKind, Language

# More tasks than this are shown measure by measure, so that the page stays one page; the code covers all of them.
LISTED = 10
_BY_TASK = {
    AttestationKind.PLAN: ("number", "task", "measure", "weight", "aims", "due_on"),
    AttestationKind.PERIOD: ("number", "task", "measure", "completion", "actuals", "stage"),
}
_BY_MEASURE = {
    AttestationKind.PLAN: ("measure_name", "tasks", "weight", "targets", "milestones", "latest_due_on"),
    AttestationKind.PERIOD: ("measure_name", "tasks", "reported", "accepted", "completion"),
}
Row: TypeAlias = tuple[str | int | Decimal, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over sections; `done` is Σ weight × completion, capped, over those that are not suspended."""

    tasks: int
    suspended: int
    completed: int
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


@dataclass(frozen=True, slots=True)
class PageTable:
    """The table of a page: its caption, headers and rows, of single tasks or of measures."""

    by_task: bool
    caption: str
    headers: list[str]
    rows: list[Row]


def page_table(kind: AttestationKind, sections: Iterable[Section], language: Language) -> PageTable:
    """The tasks one by one while they fit on a page, else measure by measure."""
    tasks = [section for section in sections if section.task_id is not None]
    if len(tasks) <= LISTED:
        rows = [task_row(kind, section, language) for section in tasks]
        return PageTable(
            True, text("attestation.by_task", language), _headers(_BY_TASK[kind], language), rows
        )
    found = by_measure(tasks, text("attestation.other_measures", language))
    rows = [measure_row(kind, name, totals) for name, totals in found.items()]
    caption = text("attestation.by_measure", language, most=LISTED)
    return PageTable(False, caption, _headers(_BY_MEASURE[kind], language), rows)


def _headers(names: Sequence[str], language: Language) -> list[str]:
    return [text(f"attestation_column.{name}", language) for name in names]


def totals_of(sections: Iterable[Section]) -> Totals:
    """The totals of tasks."""
    tasks = [section for section in sections if section.task_id is not None]
    weighed = [(_weight(one), _completion(one)) for one in tasks if not one.value_of(Field.SUSPENDED)]
    return Totals(
        tasks=len(tasks),
        suspended=len(tasks) - len(weighed),
        completed=sum(one.status == "completed" for one in tasks),
        reported=sum(one.update_id is not None for one in tasks),
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
        completed=totals.completed,
        reported=totals.reported,
        accepted=totals.accepted,
        weight=_tenths(totals.weight_tenths),
        completion=percent(totals.completion_permille),
        targets=totals.targets,
        milestones=totals.milestones,
    )


def task_row(kind: AttestationKind, section: Section, language: Language) -> Row:
    """A task as a row: number, title, measure, then what the kind of page is about."""
    measure = section.of(Field.MEASURE)[0].label.partition("　")[0]
    head = (section.number, section.title, measure)
    if kind is AttestationKind.PLAN:
        return (*head, _tenths(_weight(section)), _aims(section, language), _due_on(section))
    stage = stage_words(section.status, language)
    return (*head, percent(_completion(section)), _reached(section, language), stage)


def measure_row(kind: AttestationKind, name: str, totals: Totals) -> Row:
    """A measure as a row: its name, how many tasks, then what the kind of page is about."""
    if kind is AttestationKind.PLAN:
        weight = _tenths(totals.weight_tenths)
        return (name, totals.tasks, weight, totals.targets, totals.milestones, totals.due_on)
    return (name, totals.tasks, totals.reported, totals.accepted, percent(totals.completion_permille))


def _tenths(value: int) -> Decimal:
    return Decimal(value) / 10


def _weight(section: Section) -> int:
    return int(section.value_of(Field.WEIGHT))


def _completion(section: Section) -> int:
    return int(section.value_of(Field.COMPLETION) or 0)


def _due_on(section: Section) -> str:
    return section.value_of(Field.EXTENDED_TO) or section.value_of(Field.DUE_ON)


def _final_targets(section: Section) -> dict[str, AttestedLine]:
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


def _counted(lines: Sequence[AttestedLine], language: Language) -> str:
    return (
        text("attestation.milestones", language, count=len(lines)) if lines else value_words(None, language)
    )


def _amount(target: AttestedLine | None, language: Language) -> str:
    """A target with its unit, which stands in brackets after the indicator's name."""
    unit = target.label.rpartition("（")[2].partition("）")[0] if target else ""
    return value_words(target, language) + unit
