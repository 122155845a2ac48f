"""What an attestation states, and whether paper and data agree.

A page is signed and stamped on paper. What it speaks of is kept as sections of lines, one section a task; its short
code is reckoned from them in `code.py` beside.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Field(StrEnum):
    """What a line says, in the order of a page; worded `attestation_field.<value>`."""

    GOALS = "goals"
    TASK = "task"
    MEASURE = "measure"
    ACTION = "action"
    TITLE = "title"
    GOAL = "goal"
    STARTS_ON = "starts_on"
    DUE_ON = "due_on"
    EXTENDED_TO = "extended_to"
    WEIGHT = "weight"
    POST = "post"
    LEAD_UNIT = "lead_unit"
    SUPPORTING_UNITS = "supporting_units"
    SUPERVISING_LEADER = "supervising_leader"
    LIAISON = "liaison"
    REMARK = "remark"
    COUNTRIES = "countries"
    TAGS = "tags"
    TARGET = "target"
    BASELINE = "baseline"
    EXEMPT = "exempt"
    MILESTONE = "milestone"
    MILESTONE_DUE_ON = "milestone_due_on"
    MILESTONE_SHARE = "milestone_share"
    COMPLETION = "completion"
    ACTUAL = "actual"
    REACHED = "reached"
    PROGRESS = "progress"
    DIFFICULTIES = "difficulties"
    NEXT_STEPS = "next_steps"
    EXPLANATION = "explanation"
    NO_CHANGE = "no_change"
    COMPLETION_REQUESTED = "completion_requested"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class AttestedLine:
    """One value: days in ISO form, shares and weights in tenths, amounts with two decimals, all as text.

    `key` tells lines of one field apart; `label` is how what `key` or `value` refers to was called, and is said only.
    """

    field: Field
    value: str
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A task, or with None for `task_id` the plan itself.

    Its `status`, and the update that reported it, are told and not compared.
    """

    task_id: int | None
    number: int
    title: str
    status: str
    lines: tuple[AttestedLine, ...]
    update_id: int | None = None

    def value_of(self, field: Field) -> str:
        """The value of a field that stands once, empty where it does not."""
        return next((line.value for line in self.lines if line.field is field), "")

    def of(self, field: Field) -> list[AttestedLine]:
        """The lines of a field."""
        return [line for line in self.lines if line.field is field]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where paper and data part; None is what one of them does not say. `task` is None for the plan itself."""

    task: int | None
    title: str
    field: Field
    paper: AttestedLine | None
    now: AttestedLine | None


def differences(paper: Iterable[Section], now: Iterable[Section]) -> list[Difference]:
    """Every line that is not the same on both sides, in the order of the paper; a whole task counts as one."""
    printed, present = _by_task(paper), _by_task(now)
    return [
        difference
        for task_id in dict.fromkeys([*printed, *present])
        for difference in _of_task(printed.get(task_id), present.get(task_id))
    ]


def _by_task(sections: Iterable[Section]) -> dict[int | None, Section]:
    return {section.task_id: section for section in sections}


def _of_task(paper: Section | None, now: Section | None) -> Iterator[Difference]:
    section: Any = paper or now
    number = None if section.task_id is None else section.number
    if paper is None or now is None:
        before, after = _whole(paper), _whole(now)
        yield Difference(number, section.title, Field.TASK, before, after)
        return
    printed, present = _by_line(paper), _by_line(now)
    for field, key in dict.fromkeys([*printed, *present]):
        before, after = printed.get((field, key)), present.get((field, key))
        if before is None or after is None or before.value != after.value:
            yield Difference(number, section.title, field, before, after)


def _whole(section: Section | None) -> AttestedLine | None:
    return None if section is None else AttestedLine(Field.TASK, section.title)


def _by_line(section: Section) -> dict[tuple[Field, str], AttestedLine]:
    return {(line.field, line.key): line for line in section.lines}


def plain_sections(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """The sections as JSON keeps them."""
    return [
        asdict(section) | {"lines": [asdict(line) | {"field": str(line.field)} for line in section.lines]}
        for section in sections
    ]


def sections_of(kept: Iterable[Mapping[str, Any]]) -> list[Section]:
    """The sections that JSON kept."""
    return [Section(**{**one, "lines": tuple(map(_line_of, one["lines"]))}) for one in kept]


def _line_of(kept: Mapping[str, Any]) -> AttestedLine:
    return AttestedLine(**{**kept, "field": Field(kept["field"])})
