"""The checks of a progress update against its task and what was accepted before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tracking.figures.completion import FULL, basis_of, completion_of
from tracking.messages import Message
from tracking.site_settings import EvidenceRule
from tracking.validation.problems import Problem, amount_problem, text_problems
from tracking.vocabulary import CompletionBasis

NO_CHANGE_LIMIT = 2


@dataclass(frozen=True, slots=True)
class UpdateDraft:
    """An update as somebody typed it: cumulative actuals by indicator, milestones by number."""

    actuals: Mapping[int, Decimal] = field(default_factory=dict)
    milestones_reached: frozenset[int] = frozenset()
    typed_permille: int | None = None
    progress: str = ""
    difficulties: str = ""
    next_steps: str = ""
    explanation: str = ""
    no_change: bool = False
    completion_requested: bool = False


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What an update is checked against: final targets, milestone shares, and what was last accepted.

    `no_change_streak` counts the consecutive preceding periods reported as unchanged; `evidence_rule` is the
    site's setting.
    """

    targets: Mapping[int, Decimal] = field(default_factory=dict)
    milestones: Mapping[int, int] = field(default_factory=dict)
    last_actuals: Mapping[int, Decimal] = field(default_factory=dict)
    last_completion_permille: int = 0
    no_change_streak: int = 0
    evidence_count: int = 0
    evidence_rule: EvidenceRule = EvidenceRule.ON_COMPLETION


def completion_of_draft(draft: UpdateDraft, facts: TaskFacts) -> int:
    """The completion an update would give, in permille: shown before saving, and stored."""
    return completion_of(
        targets=facts.targets,
        milestones=facts.milestones,
        actuals=draft.actuals,
        reached=draft.milestones_reached,
        typed_permille=draft.typed_permille,
    )


def check_update(draft: UpdateDraft, facts: TaskFacts, *, complete: bool = True) -> list[Problem]:
    """Every fault of an update. With `complete=False`, for a draft, only what could never be stored.

    Fields are those of `UpdateDraft`, and `evidence`; an indicator is `actuals.<indicator_id>`. A fault that
    an explanation resolves (a fall, a third unchanged period, completion requested early) is reported at
    `explanation`, or at the number that fell, until an explanation is given.
    """
    problems = [*_value_faults(draft, facts), *_text_faults(draft, complete)]
    if complete:
        sound = {key: value for key, value in draft.actuals.items() if amount_problem(value) is None}
        comparable = replace(draft, actuals=sound)
        problems += [*_missing(draft, facts), *_to_explain(comparable, facts)]
        problems += [*_evidence_faults(draft, facts), *_completion_faults(comparable, facts)]
    return problems


def _value_faults(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    for indicator, value in draft.actuals.items():
        unknown = Message("validation.unknown_indicator") if indicator not in facts.targets else None
        fault = amount_problem(value) or unknown
        if fault is not None:
            yield Problem(f"actuals.{indicator}", fault)
    if not draft.milestones_reached <= facts.milestones.keys():
        yield Problem("milestones_reached", Message("validation.unknown_milestone"))
    if draft.typed_permille is not None and not 0 <= draft.typed_permille <= FULL:
        yield Problem("typed_permille", Message("validation.percent_range"))


def _text_faults(draft: UpdateDraft, complete: bool) -> Iterator[Problem]:
    yield from text_problems("progress", draft.progress, required=complete and not draft.no_change)
    for name in ("difficulties", "next_steps", "explanation"):
        yield from text_problems(name, getattr(draft, name))


def _missing(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    for indicator in facts.targets.keys() - draft.actuals.keys():
        yield Problem(f"actuals.{indicator}", Message("validation.actual_missing"))
    typed = basis_of(facts.targets, facts.milestones) is CompletionBasis.TYPED
    if typed and draft.typed_permille is None:
        yield Problem("typed_permille", Message("validation.percent_missing"))


def _to_explain(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    moved = _moved(draft, facts)
    if draft.no_change and moved:
        yield Problem("no_change", Message("validation.changed_after_all"))
    if draft.explanation.strip():
        return
    yield from _falls(draft, facts)
    if draft.no_change and facts.no_change_streak >= NO_CHANGE_LIMIT:
        yield Problem("explanation", Message("validation.unchanged_again", times=facts.no_change_streak + 1))


def _moved(draft: UpdateDraft, facts: TaskFacts) -> bool:
    """An amended target changes completion without any progress, so actuals are compared, not ratios."""
    if facts.targets:
        return any(value != facts.last_actuals.get(key, Decimal()) for key, value in draft.actuals.items())
    return completion_of_draft(draft, facts) != facts.last_completion_permille


def _falls(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    fallen = [
        (indicator, value, facts.last_actuals[indicator])
        for indicator, value in draft.actuals.items()
        if indicator in facts.last_actuals and value < facts.last_actuals[indicator]
    ]
    for indicator, value, before in fallen:
        yield Problem(f"actuals.{indicator}", Message("validation.actual_fell", before=before, value=value))
    completion = completion_of_draft(draft, facts)
    if not facts.targets and completion < facts.last_completion_permille:
        was, now = f"{facts.last_completion_permille / 10:.1f}", f"{completion / 10:.1f}"
        yield Problem("explanation", Message("validation.completion_fell", before=was, value=now))


def asks_evidence(draft: UpdateDraft, facts: TaskFacts) -> bool:
    """Whether the site's rule requires evidence; a period without change has nothing new to prove."""
    if draft.completion_requested:
        return facts.evidence_rule is not EvidenceRule.NEVER
    return facts.evidence_rule is EvidenceRule.ALWAYS and not draft.no_change


def _evidence_faults(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    if asks_evidence(draft, facts) and not facts.evidence_count:
        completes = draft.completion_requested
        key = "validation.evidence_to_complete" if completes else "validation.evidence_missing"
        yield Problem("evidence", Message(key))


def _completion_faults(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    completion = completion_of_draft(draft, facts)
    if draft.completion_requested and completion < FULL and not draft.explanation.strip():
        message = Message("validation.completion_asked_early", completion=f"{completion / 10:.1f}")
        yield Problem("explanation", message)
