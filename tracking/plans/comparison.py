"""The tasks that a file proposes beside those of the draft plan: new, changed, as they were, and not in the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tracking.documents.legacy_words import bare_title
from tracking.documents.plan_words import PlanField
from tracking.messages import Message
from tracking.plans.known import Doubt, Known, KnownPost, Spot, Weight
from tracking.plans.proposals import Answers, Proposed
from tracking.validation import TaskDraft, check_task

# The answer that a task is none of those that stand; any other answer is the number of one.
NEW_TASK = "new"
# What is asked of a row as a whole: which task it is, and which side wins where it was saved meanwhile.
TASK, MEANWHILE, FILE = "task", "meanwhile", "file"
_ALIKE, _ALIKE_WITH_NUMBER = 0.7, 0.4
_COLUMN = {str(name): name for name in PlanField} | {
    "measure_id": PlanField.MEASURE,
    "terms": PlanField.TARGETS,
}


class PlanChange(StrEnum):
    """What a line of a file does to the plan."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Standing:
    """A task of the draft plan: its keys, its version, what it says, and whether its measure is fixed."""

    task_id: int
    task_revision_id: int
    number: int
    row_version: int
    draft: TaskDraft
    fixed: bool = False


@dataclass(frozen=True)
class PlanLine:
    """A line of the file: the task it is of, None for a new one, and what the task will say."""

    proposed: Proposed
    standing: Standing | None
    draft: TaskDraft
    doubts: tuple[Doubt, ...]

    @property
    def change(self) -> PlanChange:
        """What it does to the plan."""
        if self.standing is None:
            return PlanChange.NEW
        return PlanChange.UNCHANGED if self.standing.draft == self.draft else PlanChange.CHANGED

    @property
    def ready(self) -> bool:
        """Whether nothing has to be answered before it can be stored."""
        return all(doubt.weight is not Weight.MUST for doubt in self.doubts)


@dataclass(frozen=True)
class Comparison:
    """The lines of a file, the tasks of the plan that are not in it, and what was not read of the file.

    `proposed` are the posts that it names and that there are not; a line whose post is one of them has taken it.
    """

    lines: Sequence[PlanLine]
    missing: Sequence[Standing]
    unread: Sequence[Doubt] = ()
    proposed: Sequence[KnownPost] = ()

    def of(self, change: PlanChange) -> list[PlanLine]:
        """The lines with one kind of change."""
        return [line for line in self.lines if line.change is change]

    @property
    def doubts(self) -> list[Doubt]:
        """Every doubt, in the order of the file, and what was not read behind them."""
        return [doubt for _, doubt in self.titled]

    @property
    def titled(self) -> list[tuple[str, Doubt]]:
        """The same, each with the title of its task."""
        found = [(line.draft.title, doubt) for line in self.lines for doubt in line.doubts]
        return [*found, *(("", doubt) for doubt in self.unread)]


def compare(
    proposals: Iterable[Proposed], standing: Sequence[Standing], known: Known, answers: Answers
) -> Comparison:
    """Each proposal beside the task it is of; a task that two of them mean is asked at the second."""
    left = {one.task_id: one for one in standing}
    lines, unread = [], []
    places: dict[tuple[str, int], str] = {}
    for proposed in proposals:
        if proposed.row.struck:
            unread.append(proposed.doubt(PlanField.TITLE, Message("plan_file.struck"), Weight.SAID))
            continue
        found, doubt = _task_of(proposed, left, standing, answers)
        if found is not None:
            left.pop(found.task_id, None)
        again = [] if found else _again(proposed, places)
        lines.append(_line(proposed, found, [doubt] if doubt else again, known, answers))
    return Comparison(lines, list(left.values()), unread, known.proposed)


def _again(proposed: Proposed, places: dict[tuple[str, int], str]) -> list[Doubt]:
    """A new task that stands in the file before, under the same measure, is asked."""
    spot, name = proposed.spots[PlanField.TITLE], bare_title(proposed.draft.title)
    first = places.setdefault((name, proposed.draft.measure_id), spot.place)
    message = Message("plan_file.again", place=first)
    return [] if first == spot.place else [proposed.doubt(PlanField.TITLE, message, Weight.MAY)]


def _line(
    proposed: Proposed,
    standing: Standing | None,
    doubts: Sequence[Doubt],
    known: Known,
    answers: Answers,
) -> PlanLine:
    key = proposed.row.key
    own = standing and key and key.task_id == standing.task_id
    late = bool(own and standing and key and key.row_version != standing.row_version)
    if standing and late and key and not key.touched:
        return PlanLine(proposed, standing, standing.draft, ())
    draft = _merged(proposed, standing)
    found = [*doubts, *(_meanwhile(proposed, answers) if late else ())]
    found += (
        proposed.doubts if standing is None else _of_standing(proposed, unchanged=draft == standing.draft)
    )
    found += _faults(proposed, draft, known, {one.field for one in found if one.weight is Weight.MUST})
    if standing is None or draft != standing.draft:
        found += _lacking(proposed, draft, known, {one.field for one in found})
    if standing and standing.fixed and draft.measure_id != standing.draft.measure_id:
        found.append(proposed.doubt(PlanField.MEASURE, Message("plan.measure_is_fixed")))
    return PlanLine(proposed, standing, draft, tuple(found))


def _meanwhile(proposed: Proposed, answers: Answers) -> Iterator[Doubt]:
    """Somebody saved the task since the form was fetched: which side wins is asked."""
    spot = proposed.spots[PlanField.TITLE]
    spot = Spot(f"{MEANWHILE}:{spot.place}", spot.place, spot.written)
    if answers.get(spot.key) != FILE:
        yield Doubt(Weight.MUST, MEANWHILE, spot, Message("plan_file.meanwhile"))


def _merged(proposed: Proposed, standing: Standing | None) -> TaskDraft:
    """What the task will say: what the file speaks of, over what stands."""
    if standing is None:
        return proposed.draft
    before = standing.draft
    merged = replace(before, **{name: getattr(proposed.draft, name) for name in proposed.said})
    if merged.measure_id != before.measure_id and PlanField.ACTION not in proposed.said:
        merged = replace(merged, measure_action_id=None)
    return merged if proposed.row.ours else _with_parts_of(before, merged)


def _with_parts_of(before: TaskDraft, now: TaskDraft) -> TaskDraft:
    """An office's own plan says no interim target and no share: the same goals and steps leave those that stand."""
    same_goals = _finals(before) == _finals(now)
    same_steps = [(step.title, step.due_on) for step in before.milestones] == [
        (step.title, step.due_on) for step in now.milestones
    ]
    return replace(
        now,
        targets=before.targets if same_goals else now.targets,
        milestones=before.milestones if same_steps else now.milestones,
    )


def _finals(draft: TaskDraft) -> dict[int, object]:
    """Indicator → day and value of its last target."""
    ordered = sorted(draft.targets, key=lambda target: target.due_on)
    return {target.indicator_id: (target.due_on, target.value) for target in ordered}


def _of_standing(proposed: Proposed, *, unchanged: bool) -> Iterator[Doubt]:
    """What is doubtful of a task that stands: where the file cannot be read, what stands is left, and that is said.

    An empty cell asks nothing of it.
    """
    for doubt in proposed.doubts:
        name = "measure_id" if doubt.field == PlanField.MEASURE else doubt.field
        left = doubt.weight is Weight.MUST and name not in proposed.said
        if doubt.spot.written or not left:
            yield replace(doubt, weight=Weight.SAID) if left or unchanged else doubt


def _faults(proposed: Proposed, draft: TaskDraft, known: Known, asked: set[str]) -> Iterator[Doubt]:
    """What could not be stored as it is read is asked at its cell."""
    for problem in check_task(draft, known.facts, complete=False):
        name = _COLUMN.get(problem.field.partition(".")[0], PlanField.TITLE)
        if name not in asked:
            yield proposed.doubt(name, problem.message)


def _lacking(proposed: Proposed, draft: TaskDraft, known: Known, asked: set[str]) -> Iterator[Doubt]:
    """What a plan must say before it is signed may be given at once."""
    for problem in check_task(draft, known.facts):
        name = _COLUMN.get(problem.field)
        if name is not None and name not in asked:
            yield proposed.doubt(name, problem.message, Weight.MAY)


def _task_of(
    proposed: Proposed, left: dict[int, Standing], standing: Sequence[Standing], answers: Answers
) -> tuple[Standing | None, Doubt | None]:
    """The task of the plan that a row means: by its key, its title or an answer; asked where one is only alike."""
    row = proposed.row
    title, spot = bare_title(proposed.draft.title), proposed.spots[PlanField.TITLE]
    spot = Spot(f"{TASK}:{row.sheet}!{row.row}.{title if row.shared else ''}", spot.place, spot.written)
    # A row of our form that was copied for a new task has the key of the one above.
    exact = _by_key(proposed, list(left.values())) or _by_title(proposed, title, standing)
    if exact is not None:
        twice = Message("plan_file.twice", number=exact.number, title=exact.draft.title)
        return (exact, None) if exact.task_id in left else (None, proposed.doubt(PlanField.TITLE, twice))
    answer = answers.get(spot.key)
    chosen = next((one for one in left.values() if str(one.number) == answer), None)
    if answer == NEW_TASK or chosen is not None:
        return chosen, None
    alike = [one for one in left.values() if _is_alike(one, title, row.text(PlanField.NUMBER))]
    if not alike:
        return None, None
    named = "、".join(f"{one.number} {one.draft.title}" for one in alike)
    return None, Doubt(Weight.MUST, TASK, spot, Message("plan_file.which_task", tasks=named))


def _by_key(proposed: Proposed, standing: Sequence[Standing]) -> Standing | None:
    key = proposed.row.key
    return next((one for one in standing if key and one.task_id == key.task_id), None)


def _by_title(proposed: Proposed, title: str, standing: Sequence[Standing]) -> Standing | None:
    """The one task of this title; of several, the one with the number or the measure of the row."""
    found = [one for one in standing if bare_title(one.draft.title) == title]
    number, measure_id = proposed.row.text(PlanField.NUMBER), proposed.draft.measure_id
    if len(found) > 1:
        found = [one for one in found if str(one.number) == number] or [
            one for one in found if one.draft.measure_id == measure_id
        ]
    return found[0] if len(found) == 1 else None


def _is_alike(standing: Standing, title: str, number: str) -> bool:
    least = _ALIKE_WITH_NUMBER if str(standing.number) == number else _ALIKE
    one, other = _pairs(bare_title(standing.draft.title)), _pairs(title)
    return 2 * len(one & other) >= least * max(len(one) + len(other), 1)


def _pairs(title: str) -> set[str]:
    return {title[at : at + 2] for at in range(len(title) - 1)}
