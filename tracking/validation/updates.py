"""A progress update as somebody typed it, and what it is checked against: `tracking.checks` says how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tracking.figures.completion import FULL, completion_of
from tracking.registers.feeding import Fed
from tracking.scales import Scale
from tracking.shares import Shared
from tracking.site_settings import EvidenceRule

NO_CHANGE_LIMIT = 2


@dataclass(frozen=True, slots=True)
class UpdateDraft:
    """An update as somebody typed it: actuals cumulative by indicator, milestones by number.

    `confirmed` are the tokens of the findings that its writer has looked at and let stand.
    """

    actuals: Mapping[int, Decimal] = field(default_factory=dict)
    milestones_reached: frozenset[int] = frozenset()
    typed_permille: int | None = None
    progress: str = ""
    difficulties: str = ""
    next_steps: str = ""
    explanation: str = ""
    no_change: bool = False
    completion_requested: bool = False
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What completion is counted against where an amendment has changed the goal and nobody has granted that.

    `actuals` and `reached` are what was accepted last of those parts that the plan does not ask for any more.
    """

    targets: Mapping[int, Decimal]
    milestones: Mapping[int, int]
    actuals: Mapping[int, Decimal] = field(default_factory=dict)
    reached: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What an update is checked against: final targets, milestone shares, and what was last accepted.

    `no_change_streak` counts the periods just before this one that were reported as unchanged;
    `evidence_rule` is the setting of the site. `past` are the values accepted this year by their field, oldest first;
    `expected_permille` is the schedule's at the end of the period; `other_names` are those of the other units, and
    `said_elsewhere` what another has written word for word. Completion counts against the `yardstick`, where there is one.
    `fed` are the indicators that entries of registers count in, `shared` those that were reported under another notice too.
    """

    targets: Mapping[int, Decimal] = field(default_factory=dict)
    milestones: Mapping[int, int] = field(default_factory=dict)
    last_actuals: Mapping[int, Decimal] = field(default_factory=dict)
    last_completion_permille: int = 0
    no_change_streak: int = 0
    evidence_count: int = 0
    evidence_rule: EvidenceRule = EvidenceRule.ON_COMPLETION
    scales: Mapping[int, Scale] = field(default_factory=dict)
    past: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    expected_permille: int = FULL
    last_texts: Mapping[str, str] = field(default_factory=dict)
    other_names: Sequence[str] = ()
    said_elsewhere: frozenset[str] = frozenset()
    yardstick: Yardstick | None = None
    fed: Mapping[int, Fed] = field(default_factory=dict)
    shared: Mapping[int, Shared] = field(default_factory=dict)

    def scale_of(self, indicator: int) -> Scale:
        """In what an indicator's values are measured; one that the plan does not have is counted."""
        return self.scales.get(indicator, Scale())


def completion_of_draft(draft: UpdateDraft, facts: TaskFacts) -> int:
    """The completion an update would give, permille: what is shown before saving and what is stored."""
    counted = facts.yardstick or Yardstick(facts.targets, facts.milestones)
    return completion_of(
        targets=counted.targets,
        milestones=counted.milestones,
        actuals={**counted.actuals, **draft.actuals},
        reached=counted.reached | draft.milestones_reached,
        typed_permille=draft.typed_permille,
    )


def has_moved(draft: UpdateDraft, facts: TaskFacts) -> bool:
    """An amended target changes completion though nothing happened, so actuals are compared, not ratios."""
    if facts.targets:
        return any(value != facts.last_actuals.get(key, Decimal()) for key, value in draft.actuals.items())
    return completion_of_draft(draft, facts) != facts.last_completion_permille


def asks_evidence(draft: UpdateDraft, facts: TaskFacts) -> bool:
    """Whether the site's rule requires evidence; a period without change has nothing new to prove."""
    if draft.completion_requested:
        return facts.evidence_rule is not EvidenceRule.NEVER
    return facts.evidence_rule is EvidenceRule.ALWAYS and not draft.no_change
