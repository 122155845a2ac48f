"""One sample task: its place in a plan, its targets and milestones, and what each revision says of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from db.seed.authorities import Reporter
from db.seed.build import Build
from db.seed.catalogue import CataloguedMeasure
from db.seed.days import Days
from db.seed.draws import Draw, between, draws
from db.seed.files import lines
from db.seed.officers import Staff
from db.seed.stories import Story
from db.seed.support import supporter_of
from db.seed.templates import Template
from db.tables import Milestone, Target, Task, TaskRevision, TaskSupport
from tracking.countries import country_of
from tracking.figures.expected import ExpectedLine, expected_line, interim_points
from tracking.scales import STATES
from tracking.support import SupportRole

SMALLEST_TARGET = 3
QUARTER_ENDS = ((3, 31), (6, 30), (9, 30))

Step = tuple[int, date, Decimal]


@dataclass(frozen=True)
class SampleTask:
    """A task as planned: final targets by indicator number, interim steps, and its story."""

    id: int
    year: int
    number: int
    template: Template
    measure: CataloguedMeasure
    story: Story
    targets: Mapping[int, Decimal]
    interim: Sequence[Step]
    line: ExpectedLine
    words: Mapping[str, str]
    weight_tenths: int
    staff: Staff

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The codes of the countries that it names."""
        codes = {country_of(self.words[word]) for word in self.template.named}
        return tuple(sorted(code for code in codes if code))

    @cached_property
    def shares(self) -> Mapping[int, int]:
        """The share of each milestone by number, in permille."""
        return {step.number: step.share_permille for step in self.template.steps}

    def draws(self, part: str) -> Draw:
        """A source of its own for a part of the story: drawing from it must not change what the next task reports."""
        return draws(part, self.staff.authority.code, self.year, self.number)


def add_task(
    build: Build,
    draw: Draw,
    staff: Staff,
    template: Template,
    story: Story,
    **place: int,
) -> SampleTask:
    """Add a task at its `place` (plan_id, number, year); its content is added revision by revision."""
    measure, authority = build.catalogue.measures[template.measure], staff.authority
    key = build.rows.add(
        Task, **place, measure_id=measure.id, authority_id=authority.id, unit_id=authority.unit_id
    )
    targets = dict(_targets(draw, authority, template, measure))
    interim = list(_interim(draw, story, targets)) if targets and draw.random() < 0.6 else []
    return SampleTask(
        id=key,
        year=place["year"],
        number=place["number"],
        template=template,
        measure=measure,
        story=story,
        targets=targets,
        interim=interim,
        line=_line(story, targets, interim),
        words=_words(draw, authority),
        weight_tenths=draw.choice((10, 10, 10, 10, 5, 8, 15, 20)),
        staff=staff,
    )


def add_task_revision(build: Build, task: SampleTask, plan_revision_id: int, due_on: date) -> None:
    """Add a task's content in a revision, with the due date it gives it."""
    template, story, post = task.template, task.story, task.staff.post_for(task.measure.number)
    supporter = supporter_of(build, task.staff.authority, task.number)
    goals = {f"t{number}": int(target) for number, target in task.targets.items()}
    revision_id = build.rows.add(
        TaskRevision,
        plan_revision_id=plan_revision_id,
        task_id=task.id,
        measure_action_id=task.measure.actions.get(template.action or 0),
        title=template.title.format(**task.words),
        goal=template.goal.format(**task.words, **goals),
        weight_tenths=task.weight_tenths,
        starts_on=story.starts_on,
        due_on=due_on,
        post_id=post.id,
        lead_unit=post.office,
        supporting_units=_supporting(template, supporter),
        countries=task.countries,
        tags=tuple(build.catalogue.tags[number] for number in template.tags),
        supervising_leader=task.staff.signatory.name,
        liaison=task.staff.reporter.name,
    )
    if supporter:
        build.rows.add(
            TaskSupport, task_revision_id=revision_id, authority_id=supporter.id, role=SupportRole.SUPPORT
        )
    _add_targets(build, task, revision_id, due_on)
    for step in template.steps:
        build.rows.add(
            Milestone,
            task_revision_id=revision_id,
            number=step.number,
            title=step.title,
            due_on=Days(story.starts_on, due_on).part(step.position_permille),
            share_permille=step.share_permille,
        )


def _supporting(template: Template, supporter: Reporter | None) -> str:
    """The supporting units of a task in words, the authority among them."""
    return f"{template.supporting_units}；{supporter.name}" if supporter else template.supporting_units


def _add_targets(build: Build, task: SampleTask, revision_id: int, due_on: date) -> None:
    final = [(number, due_on, target) for number, target in task.targets.items()]
    # An amendment that moves the date moves the interim targets with it.
    moved = due_on - task.story.due_on
    interim = [(number, day + moved, value) for number, day, value in task.interim]
    for number, day, value in (*interim, *final):
        build.rows.add(
            Target,
            task_revision_id=revision_id,
            indicator_id=task.measure.indicators[number].id,
            due_on=day,
            value=value,
        )


def _words(draw: Draw, authority: Reporter) -> Mapping[str, str]:
    country, country2 = draw.sample(lines("partner"), 2)
    return {
        "place": authority.short_name,
        "country": country["country"],
        "country2": country2["country"],
    }


def _targets(
    draw: Draw, authority: Reporter, template: Template, measure: CataloguedMeasure
) -> Iterator[tuple[int, Decimal]]:
    for asked in template.targets:
        if (
            measure.indicators[asked.indicator].kind in STATES
        ):  # as much is asked of a small unit as of a large one
            yield asked.indicator, Decimal(asked.low)
        else:
            target = between(draw, asked.low, asked.high) * authority.profile.size_permille // 1000
            yield asked.indicator, Decimal(max(SMALLEST_TARGET, target))


def _interim(draw: Draw, story: Story, targets: Mapping[int, Decimal]) -> Iterator[Step]:
    """Interim targets at quarter ends, evenly spaced or slow at first; only where they grow."""
    bend, span = draw.choice((1.0, 1.0, 1.2)), (story.due_on - story.starts_on).days
    ends = [date(story.starts_on.year, month, day) for month, day in QUARTER_ENDS]
    for number, target in targets.items():
        reached = Decimal()
        for day in ends:
            value = round(target * Decimal((max(0, (day - story.starts_on).days) / max(span, 1)) ** bend))
            if day < story.due_on and reached < value < target:
                reached = Decimal(value)
                yield number, day, reached


def _line(story: Story, targets: Mapping[int, Decimal], interim: Sequence[Step]) -> ExpectedLine:
    final = [(number, story.counts_to, target) for number, target in targets.items()]
    points = interim_points(story.starts_on, story.counts_to, [*interim, *final]) if interim else ()
    return expected_line(story.starts_on, story.counts_to, points)
