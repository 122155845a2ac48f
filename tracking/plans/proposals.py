"""A plan in a file as the tasks that it proposes, with what is not certain in single cells.

An answer is read in place of what stands in the cell, by the same rules: to mend a cell is to write it anew.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from tracking.cleaning import parse_tenths
from tracking.countries import countries_in
from tracking.documents.legacy_words import bare
from tracking.documents.plan_rows import PlanCell, PlanRow
from tracking.documents.plan_words import PlanField, period_of, unit_of, words_of
from tracking.messages import Message, Refusal
from tracking.plans.amounts import TargetRead, base_unit, read_targets
from tracking.plans.days import read_days
from tracking.plans.known import Doubt, Known, KnownIndicator, Spot, Weight
from tracking.plans.matching import is_unknown, match_action, match_measure, match_post, parts_of
from tracking.plans.new_posts import named_post
from tracking.plans.steps import drafts_of, read_steps, shares_are_said, within
from tracking.plans.supporters import doubt_in
from tracking.plans.targets import goals_in_words, read_our_goals
from tracking.validation import TargetDraft, TaskDraft

TEXTS = (
    PlanField.GOAL,
    PlanField.LEAD,
    PlanField.SUPPORT,
    PlanField.LEADER,
    PlanField.LIAISON,
    PlanField.REMARK,
)
_UNITS = (PlanField.LEAD, PlanField.SUPPORT)
# What is read in place of a field that has nothing of its own.
_ELSEWHERE = {PlanField.MEASURE: PlanField.AREA, PlanField.TARGETS: PlanField.GOAL}
# A number whose unit stands elsewhere: 不少于500余, 1.2万以上.
_NUMBER = re.compile(r"(\D*\d[\d,]*(?:\.\d+)?[余多]?)((?:以上|左右|上下)?)")
# What names no day at all may be due with the year.
_OPEN_ENDED = {"plan_file.no_day", "plan_file.every"}
# The measure of a draft that has none yet.
NO_MEASURE = 0
# Spot key → what is read in place of the cell.
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Proposed:
    """A task as a row of a file proposes it; `said` are the fields of the draft that the row speaks of.

    Where the measure is still to be named it is `NO_MEASURE`. `spots` is where each field is asked.
    """

    row: PlanRow
    draft: TaskDraft
    said: frozenset[str]
    doubts: tuple[Doubt, ...]
    spots: Mapping[PlanField, Spot]

    def doubt(self, name: PlanField, message: Message, weight: Weight = Weight.MUST) -> Doubt:
        """A doubt at the cell of a field."""
        return Doubt(weight, name, self.spots[name], message)


def read_proposals(rows: Iterable[PlanRow], known: Known, answers: Answers) -> list[Proposed]:
    """The tasks that these rows propose, in order."""
    return [_Reader(row, known, answers).read() for row in rows]


@dataclass
class _Reader:
    row: PlanRow
    known: Known
    answers: Answers
    doubts: list[Doubt] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def read(self) -> Proposed:
        """The task of the row."""
        new_year = date(self.known.year, 1, 1)
        draft = TaskDraft(self._measure(), self._text(PlanField.TITLE), new_year, None)
        texts: dict[str, Any] = {str(name): self._text(name) for name in TEXTS}
        action_id = self._action(draft.measure_id)
        draft = replace(
            draft, measure_action_id=action_id, post_id=self._post(), weight_tenths=self._weight(), **texts
        )
        draft = replace(draft, countries=self._countries(), tags=self._tags())
        draft = self._with_steps(self._with_targets(self._with_days(draft)))
        self._note_row()
        spots = {name: self._spot(name) for name in PlanField}
        return Proposed(self.row, draft, frozenset(self.said), tuple(self.doubts), spots)

    def _standing(self, name: PlanField) -> PlanCell:
        """The cell of a field as it stands in the file; one made up where there is no column for it."""
        cells = self.row.cells.get(name, ())
        return self.row.first(name) or (cells[0] if cells else PlanCell(str(self.row.row)))

    def _cell(self, name: PlanField) -> PlanCell:
        """The same with its answer in place of what stands there."""
        answer = self.answers.get(self._spot_key(name))
        standing = self._standing(name)
        return standing if answer is None else PlanCell(standing.address, answer)

    def _spot_key(self, name: PlanField) -> str:
        part = f".{bare(self.row.text(PlanField.TITLE))}" if self.row.shared else ""
        return f"{name}:{self.row.sheet}!{self._standing(name).address}{part}"

    def _spot(self, name: PlanField) -> Spot:
        standing = self._standing(name)
        instead = self.row.first(_ELSEWHERE[name]) if name in _ELSEWHERE and not standing.text else None
        read = instead or standing
        written = read.text or (self._measure_elsewhere() if name is PlanField.MEASURE else "")
        return Spot(self._spot_key(name), f"{self.row.sheet}!{read.address}", written)

    def _measure_elsewhere(self) -> str:
        """What stands for the measure where its own column says nothing."""
        elsewhere = self._cell(PlanField.AREA).text or self.row.heading
        # A plan with a line a measure names it nowhere else.
        only_title = not elsewhere and not {PlanField.MEASURE, PlanField.AREA} & self.row.cells.keys()
        return self._cell(PlanField.TITLE).text if only_title else elsewhere

    def _doubt(self, weight: Weight, name: PlanField, message: Message, offer: str = "") -> None:
        self.doubts.append(Doubt(weight, name, self._spot(name), message, offer))

    def _text(self, name: PlanField) -> str:
        cell = self._cell(name)
        if cell.fault:
            self._doubt(Weight.MAY, name, Message("plan_file.fault"))
        elif cell.text or self.row.ours:
            self.said.add(name)
        unsure = doubt_in(cell.text, self.known.authorities) if name in _UNITS else None
        if unsure:
            self._doubt(Weight.SAID, name, unsure)
        return cell.text

    def _measure(self) -> int:
        own = self._cell(PlanField.MEASURE).text
        written = own or self._measure_elsewhere()
        found, doubt = match_measure(written, self.known.measures)
        if not own and found is not None and bare(found.title) not in bare(written):
            doubt = Message("plan_file.by_words", title=found.short_title)
        if doubt is not None:
            self._doubt(Weight.SAID if found else Weight.MUST, PlanField.MEASURE, doubt)
        self._say("measure_id", found)
        return found.measure_id if found else NO_MEASURE

    def _action(self, measure_id: int) -> int | None:
        """The action that its column names; nothing else of a plan names one."""
        written = self._cell(PlanField.ACTION).text
        found, doubt = match_action(written, measure_id, self.known.actions) if written else (None, None)
        if doubt is not None:
            self._doubt(Weight.SAID if found else Weight.MAY, PlanField.ACTION, doubt)
        # A form that was fetched before it had this column says nothing of the action.
        emptied = self.row.ours and not written and PlanField.ACTION in self.row.cells
        self._say(PlanField.ACTION, found or emptied)
        return found.action_id if found else None

    def _with_days(self, draft: TaskDraft) -> TaskDraft:
        starts, due = self._cell(PlanField.STARTS_ON), self._cell(PlanField.DUE_ON)
        ends = read_days(due.value, self.known.year)
        begins = read_days(starts.value, self.known.year) if starts.text else None
        if begins and begins.doubt:
            self._doubt(Weight.MAY, PlanField.STARTS_ON, begins.doubt)
        if ends.doubt:
            open_ended = not due.text or ends.doubt.key in _OPEN_ENDED
            offer = f"{self.known.year}-12-31" if open_ended else ""
            self._doubt(Weight.MUST, PlanField.DUE_ON, ends.doubt, offer)
        starts_on = begins.due_on if begins else ends.starts_on
        self._say("starts_on", starts_on)
        self._say("due_on", ends.due_on)
        return replace(draft, starts_on=starts_on or draft.starts_on, due_on=ends.due_on)

    def _post(self) -> int | None:
        written = self._cell(PlanField.POST).text
        answered = self._spot_key(PlanField.POST) in self.answers
        posts = self.known.every_post if answered else self.known.posts
        found, doubt = match_post(written, posts) if written else (None, None)
        if doubt is not None:
            offer = self._new_post() if is_unknown(doubt) else ""
            self._doubt(Weight.SAID if found else Weight.MAY, PlanField.POST, doubt, offer)
        self._say("post_id", found)
        return found.post_id if found else None

    def _new_post(self) -> str:
        """The post that the row proposes, in words, "" if it names none."""
        title, _ = named_post(self.row)
        new = next((one for one in self.known.proposed if bare(one.title) == bare(title)), None)
        return new.words if new else ""

    def _weight(self) -> int:
        written = self._cell(PlanField.WEIGHT).text.removesuffix("%")
        try:
            tenths = parse_tenths(written) if written else 0
        except Refusal as refused:
            self._doubt(Weight.MAY, PlanField.WEIGHT, refused.messages[0])
            return 10
        self._say("weight_tenths", tenths)
        return tenths or 10

    def _countries(self) -> tuple[str, ...]:
        """The countries that a cell names; a name that is of none is doubted."""
        found, unknown = countries_in(self._cell(PlanField.COUNTRIES).text)
        self._note_unknown(PlanField.COUNTRIES, unknown)
        return found

    def _tags(self) -> tuple[int, ...]:
        """The tags that a cell names, each by its title."""
        keys = {bare(title): key for key, title in self.known.tags.items()}
        named = [bare(part) for part in parts_of(self._cell(PlanField.TAGS).text)]
        self._note_unknown(PlanField.TAGS, [name for name in named if name not in keys])
        return tuple(sorted({keys[name] for name in named if name in keys}))

    def _note_unknown(self, name: PlanField, unknown: Sequence[str]) -> None:
        if unknown:
            message = Message(f"plan_file.unknown_{name}", names="、".join(unknown)[:60])
            self._doubt(Weight.MAY, name, message)
        self._say(name, self._cell(name).text or (self.row.ours and name in self.row.cells))

    def _with_targets(self, draft: TaskDraft) -> TaskDraft:
        """The targets of their own columns, else those that the goal names."""
        indicators = self.known.indicators_of(draft.measure_id)
        written = self._cell(PlanField.TARGETS).text
        ours = read_our_goals(written, indicators)
        if ours is not None or (self.row.ours and not written):
            self.said |= {"targets", "terms"}
            targets, terms = ours or ((), ())
            return replace(draft, targets=targets, terms=terms)
        read = read_targets(self._target_words(indicators), indicators, self.known.year)
        if written and not read:
            self._doubt(Weight.MAY, PlanField.TARGETS, Message("plan_file.no_target"))
        for one in read:
            if one.doubt is not None:
                weight = Weight.MAY if one.indicator_id is None else Weight.SAID
                offer = goals_in_words(_targets_by(draft.due_on, read, perhaps=True), indicators)
                self._doubt(weight, PlanField.TARGETS, one.doubt, offer if one.perhaps else "")
        targets = tuple(_targets_by(draft.due_on, read))
        self._say("targets", targets)
        return replace(draft, targets=targets)

    def _target_words(self, indicators: Sequence[KnownIndicator]) -> str:
        if self._spot_key(PlanField.TARGETS) in self.answers:
            return self._cell(PlanField.TARGETS).text
        cells = self.row.cells.get(PlanField.TARGETS, ())
        names, units = (self._standing(name).parts for name in (PlanField.INDICATOR, PlanField.UNIT))
        said = "；".join(part for cell in cells for part in _worded(cell, names, units, indicators))
        return said or self._cell(PlanField.GOAL).text

    def _with_steps(self, draft: TaskDraft) -> TaskDraft:
        answered = self._spot_key(PlanField.STEPS) in self.answers
        cells = () if answered else self.row.cells.get(PlanField.STEPS, ())
        parts = [_step_words(cell) for cell in cells or [self._cell(PlanField.STEPS)] if cell.text]
        steps = read_steps("\n".join(parts), self.known.year)
        if steps is None:
            self._doubt(Weight.MAY, PlanField.STEPS, Message("plan_file.not_steps"))
            return draft
        placed = steps if self.row.ours else within(steps, draft.due_on)
        if placed != steps:
            self._doubt(Weight.SAID, PlanField.STEPS, Message("plan_file.within_due", day=draft.due_on))
        steps = placed
        if steps and not shares_are_said(steps):
            self._doubt(Weight.SAID, PlanField.STEPS, Message("plan_file.even_shares", count=len(steps)))
        self._say("milestones", self.row.ours or steps)
        return replace(draft, milestones=drafts_of(steps))

    def _say(self, name: str, value: object) -> None:
        if value:
            self.said.add(name)

    def _note_row(self) -> None:
        for name in ("hidden", "shared", "mixed"):
            if getattr(self.row, name):
                self._doubt(Weight.SAID, PlanField.TITLE, Message(f"plan_file.{name}"))


def _targets_by(
    due_on: date | None, read: Iterable[TargetRead], *, perhaps: bool = False
) -> Iterator[TargetDraft]:
    for one in read:
        indicator_id = one.indicator_id or (one.perhaps if perhaps else None)
        if indicator_id is not None and due_on is not None:
            yield TargetDraft(indicator_id, due_on, one.value)


def _worded(
    cell: PlanCell, names: Sequence[str], units: Sequence[str], indicators: Sequence[KnownIndicator]
) -> Iterator[str]:
    """Each line of a cell of targets with the indicator and the unit that stand beside it or in its header."""
    headed = next((one for one in indicators if one.name in cell.header), None)
    known, own = {base_unit(one.unit)[0] for one in indicators}, unit_of(cell.header)
    counted = own if base_unit(own)[0] in known else headed.unit if headed else ""
    for part, name, unit in zip_longest(cell.parts, names, units, fillvalue=""):
        said = name or words_of(cell.header)
        said = f"{headed.name}{said}" if headed and headed.name not in said else said
        number = _NUMBER.fullmatch(part)
        yield (
            f"{said} {number[1]}{unit or counted}{number[2]}" if number else f"{said} {part}" if part else ""
        )


def _step_words(cell: PlanCell) -> str:
    """A cell under the header of a quarter says what is due in it."""
    period = period_of(cell.header)
    return f"{period}：{'，'.join(cell.text.splitlines())}" if period else cell.text
