"""A planned task in words, field by field, and the differences between two versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from db.plans.drafts import PlannedTask
from db.plans.queries import PlanSheet
from db.plans.supporters import names_of_authorities
from db.reference.queries import actions_frame
from db.reference.rows import ActionRow
from db.typed_rows import rows_as
from pages.parts.tasks.head import holder_names
from pages.parts.updates.news import Indicators
from pages.parts.updates.sheet import names_of_indicators
from pages.shared.choices import measure_names, tag_names
from pages.shared.reads import Reads
from pages.shared.wording import day, language, percent, translate
from tracking.countries import country_names
from tracking.plans.form import tag_words
from tracking.plans.supporters import Named
from tracking.scales import Measured, Scale, bare_words, value_words
from tracking.validation import TaskDraft
from tracking.validation.tasks import Retired
from tracking.vocabulary import CataloguePart

PLAIN = ("title", "goal", "lead_unit", "supporting_units", "supervising_leader", "liaison", "remark")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of everything a task refers to, and what of it is retired."""

    measures: Mapping[int, str]
    actions: Mapping[int, str]
    action_measures: Mapping[int, int]
    indicators: Indicators
    indicator_measures: Mapping[int, int]
    posts: Mapping[int | None, str]
    retired: Retired
    authorities: Named
    tags: Mapping[int, str] = field(default_factory=dict)

    def offered(
        self, part: CataloguePart, options: Mapping[int, str], kept: Iterable[int | None] = ()
    ) -> dict[int, str]:
        """The options without what is retired, but for what a task has taken up already."""
        gone = self.retired.get(part, frozenset()).difference(kept)
        return {key: words for key, words in options.items() if key not in gone}

    def scale_of(self, indicator_id: object) -> Measured:
        """In what the values of an indicator are measured; one that is not chosen yet is counted."""
        known = self.indicators.get(indicator_id) if isinstance(indicator_id, int) else None
        return known or Scale()


def names_for(reads: Reads, sheet: PlanSheet) -> Names:
    """The names that the tasks of a plan need."""
    notice_id = sheet.plan.notice_id
    actions = reads.common(actions_frame, notice_id=notice_id)
    return Names(
        measures=measure_names(reads, notice_id),
        actions={row.action_id: row.title for row in rows_as(ActionRow, actions)},
        action_measures=sheet.facts.action_measures,
        indicators=names_of_indicators(reads, notice_id),
        indicator_measures=sheet.facts.indicator_measures,
        posts=holder_names(reads, sheet.plan.authority_id),
        retired=sheet.facts.retired,
        authorities=reads.common(names_of_authorities, on=reads.today, but=sheet.plan.authority_id),
        tags=tag_names(reads, notice_id),
    )


def check_mark(to_check: bool) -> str:
    """What stands behind something that was taken over from last year until a person has saved it."""
    return f" :orange-badge[{translate('plan.to_check')}]" if to_check else ""


def note_of(task: PlannedTask, names: Names) -> str:
    """What stands behind a task in a list: its measure, and whether it is still to be looked at."""
    return f":gray[{names.measures.get(task.draft.measure_id, '')}]{check_mark(task.to_check)}"


def label_of(name: str) -> str:
    """A field's label."""
    name = translate(f"task_field.{name}")
    return name[:1].upper() + name[1:]


def draft_lines(draft: TaskDraft, names: Names) -> Iterator[tuple[str, str]]:
    """The content of a task, in form order; user text is unescaped, to be escaped by the caller."""
    yield label_of("measure_id"), names.measures.get(draft.measure_id, "")
    yield label_of("measure_action_id"), names.actions.get(draft.measure_action_id or 0, "")
    yield label_of("title"), draft.title
    yield label_of("goal"), draft.goal
    yield label_of("starts_on"), day(draft.starts_on)
    yield label_of("due_on"), day(draft.due_on)
    yield label_of("weight_tenths"), f"{draft.weight_tenths / 10:.1f}"
    yield label_of("post_id"), names.posts.get(draft.post_id, "")
    for name in PLAIN[2:]:
        yield label_of(name), getattr(draft, name)
    yield label_of("countries"), country_names(draft.countries, language())
    yield label_of("tags"), tag_words(draft.tags, names.tags)
    yield label_of("targets"), translate("plan.part_mark").join(target_words(draft, names))
    yield label_of("milestones"), translate("plan.part_mark").join(milestone_words(draft))
    yield label_of("terms"), translate("plan.part_mark").join(term_words(draft, names))


def target_words(draft: TaskDraft, names: Names) -> Iterator[str]:
    """Each indicator once, with its targets by day."""
    for indicator_id, targets in groupby(draft.targets, lambda target: target.indicator_id):
        named = names.indicators[indicator_id]
        steps = (
            translate("plan.target_step", day=day(target.due_on), value=bare_words(target.value, named))
            for target in targets
        )
        yield translate(
            "plan.target_words",
            name=named.name,
            unit=named.unit,
            steps=translate("plan.name_mark").join(steps),
        )


def milestone_words(draft: TaskDraft) -> Iterator[str]:
    """Each milestone with its day and share."""
    for step in draft.milestones:
        yield translate(
            "plan.milestone_words",
            number=step.number,
            title=step.title,
            day=day(step.due_on),
            share=percent(step.share_permille),
        )


def term_words(draft: TaskDraft, names: Names) -> Iterator[str]:
    """The value that each indicator starts from, or why it does not apply."""
    for term in draft.terms:
        named = names.indicators[term.indicator_id]
        if term.baseline is None:
            yield translate("plan.exempt_words", name=named.name, reason=term.exempt_because)
        else:
            yield translate("plan.baseline_words", name=named.name, value=value_words(term.baseline, named))


def differences(before: TaskDraft, after: TaskDraft, names: Names) -> list[tuple[str, str, str]]:
    """Field, old value, new value, where two versions of a task differ."""
    return [
        (label, old, new)
        for (label, old), (_, new) in zip(draft_lines(before, names), draft_lines(after, names), strict=True)
        if old != new
    ]
