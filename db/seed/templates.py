"""The invented tasks that plans are made of, several a measure, as `task_template.csv` says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from db.seed.draws import Draw, in_turn
from db.seed.files import lines, listed, number

COUNTRY_WORDS = ("country", "country2")


@dataclass(frozen=True, slots=True)
class TargetRange:
    """An indicator by number, and the range of its target for a unit of usual size."""

    indicator: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: how far into the task it is due, and its share, both in permille."""

    number: int
    title: str
    position_permille: int
    share_permille: int


@dataclass(frozen=True)
class Template:
    """A task in words; with neither targets nor steps its completion is typed."""

    key: str
    measure: int
    action: int | None
    title: str
    goal: str
    supporting_units: str
    tags: Sequence[int]
    targets: Sequence[TargetRange]
    steps: Sequence[Step]

    @cached_property
    def named(self) -> Sequence[str]:
        """The words for countries that it fills in."""
        return [word for word in COUNTRY_WORDS if f"{{{word}}}" in self.title + self.goal]


@cache
def templates() -> Mapping[int, Sequence[Template]]:
    """Measure number → its templates."""
    targets, steps = _targets(), _steps()
    by_measure: dict[int, list[Template]] = defaultdict(list)
    for line in lines("task_template"):
        template = Template(
            key=line["key"],
            measure=int(line["measure"]),
            action=number(line["action"]),
            title=line["title"],
            goal=line["goal"],
            supporting_units=line["supporting_units"],
            tags=tuple(map(int, listed(line["tags"]))),
            targets=targets.get(line["key"], ()),
            steps=steps.get(line["key"], ()),
        )
        by_measure[template.measure].append(template)
    return by_measure


def chosen(draw: Draw, measures: Iterable[int], count: int) -> list[Template]:
    """This many templates in order of measure: every measure once before any comes again, no task twice."""
    per_measure: dict[int, int] = defaultdict(int)
    for measure in in_turn(draw, measures, count):
        per_measure[measure] += 1
    return [
        template
        for measure, times in sorted(per_measure.items())
        for template in draw.sample(templates()[measure], times)
    ]


def _targets() -> Mapping[str, Sequence[TargetRange]]:
    by_template: dict[str, list[TargetRange]] = defaultdict(list)
    for line in lines("task_target"):
        target = TargetRange(int(line["indicator"]), int(line["low"]), int(line["high"]))
        by_template[line["template"]].append(target)
    return by_template


def _steps() -> Mapping[str, Sequence[Step]]:
    by_template: dict[str, list[Step]] = defaultdict(list)
    for line in lines("task_milestone"):
        step = Step(
            int(line["number"]), line["title"], int(line["position_permille"]), int(line["share_permille"])
        )
        by_template[line["template"]].append(step)
    return by_template
