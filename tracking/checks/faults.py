"""Faults: what must be mended before a report can be handed over, or kept at all."""

from collections.abc import Iterator

from tracking.cleaning import amount_problem, clean_text, says_something, text_problem
from tracking.figures.completion import FULL, basis_of
from tracking.messages import Message
from tracking.scales import value_problem
from tracking.validation.problems import Problem, text_problems
from tracking.validation.updates import TaskFacts, UpdateDraft, asks_evidence, has_moved
from tracking.vocabulary import CompletionBasis


def values(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """Figures that are none, and parts that the plan does not have."""
    for indicator, value in draft.actuals.items():
        unknown = Message("validation.unknown_indicator") if indicator not in facts.targets else None
        fault = amount_problem(value) or unknown or value_problem(value, facts.scale_of(indicator))
        if fault is not None:
            yield Problem(f"actuals.{indicator}", fault)
    if not draft.milestones_reached <= facts.milestones.keys():
        yield Problem("milestones_reached", Message("validation.unknown_milestone"))
    if draft.typed_permille is not None and not 0 <= draft.typed_permille <= FULL:
        yield Problem("typed_permille", Message("validation.percent_range"))


def texts(draft: UpdateDraft, _: TaskFacts) -> Iterator[Problem]:
    """Texts that cannot be kept."""
    for name in ("progress", "difficulties", "next_steps", "explanation"):
        yield from text_problems(name, getattr(draft, name))


def missing(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """What a whole report has: its figures, and words unless nothing has changed."""
    if not (draft.no_change or text_problem(draft.progress) or says_something(draft.progress)):
        written = clean_text(draft.progress)
        yield Problem("progress", Message("validation.says_nothing" if written else "validation.required"))
    for indicator in facts.targets.keys() - draft.actuals.keys():
        yield Problem(f"actuals.{indicator}", Message("validation.actual_missing"))
    typed = basis_of(facts.targets, facts.milestones) is CompletionBasis.TYPED
    if typed and draft.typed_permille is None:
        yield Problem("typed_permille", Message("validation.percent_missing"))


def changed_after_all(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """A report of no change in which a figure has changed."""
    if draft.no_change and has_moved(draft, facts):
        yield Problem("no_change", Message("validation.changed_after_all"))


def evidence(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """Evidence that the site's rule asks for."""
    if asks_evidence(draft, facts) and not facts.evidence_count:
        completes = draft.completion_requested
        key = "validation.evidence_to_complete" if completes else "validation.evidence_missing"
        yield Problem("evidence", Message(key))
