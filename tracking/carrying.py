"""What a new update carries over from the last accepted one, and what in it is new or copied."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tracking.cleaning import clean_text, text_problem
from tracking.figures.completion import basis_of
from tracking.scales import nothing_of
from tracking.validation import TaskFacts, UpdateDraft, has_moved
from tracking.vocabulary import CompletionBasis

TEXTS = ("progress", "difficulties", "next_steps")


def carried_over(last: UpdateDraft, facts: TaskFacts) -> UpdateDraft:
    """The last values and texts, as far as the plan still asks for them.

    What was true of that period only (no change, its explanation and confirmations, a request for completion) stays
    behind.
    """
    carried = replace(
        last,
        actuals={indicator: value for indicator, value in last.actuals.items() if indicator in facts.targets},
        milestones_reached=frozenset(last.milestones_reached & facts.milestones.keys()),
        explanation="",
        no_change=False,
        completion_requested=False,
        confirmed=frozenset(),
    )
    # A ledger of 100,000 tasks holds each of them: most times it is the last one itself.
    return last if carried == last else carried


def begun_with(last: UpdateDraft, facts: TaskFacts) -> UpdateDraft:
    """The same, with what was reported of a figure elsewhere, or what entries of registers add up to.

    What is entered in a register counts before what was typed under another notice.
    """
    carried = carried_over(last, facts)
    known = {key: one.value for key, one in facts.shared.items()}
    known |= {key: one.value for key, one in facts.fed.items()}
    begun = {indicator: known[indicator] for indicator in facts.targets if indicator in known}
    return replace(carried, actuals={**carried.actuals, **begun}) if begun else carried


def unchanged(last: UpdateDraft, facts: TaskFacts, *, explanation: str = "") -> UpdateDraft:
    """An update that reports no change; an indicator never reported is zero, a rate nothing over nothing."""
    carried = carried_over(last, facts)
    return replace(
        carried,
        actuals={
            indicator: carried.actuals.get(indicator, nothing_of(facts.scale_of(indicator)))
            for indicator in facts.targets
        },
        typed_permille=carried.typed_permille or 0,
        explanation=explanation,
        no_change=True,
    )


def copied_texts(draft: UpdateDraft, last: UpdateDraft) -> frozenset[str]:
    """The texts of an update that repeat the last one word for word."""
    return frozenset(
        name for name in TEXTS if getattr(draft, name) and getattr(draft, name) == getattr(last, name)
    )


def increments(draft: UpdateDraft, last: UpdateDraft) -> dict[int, Decimal]:
    """Indicator → its change since the last update; unchanged ones are left out."""
    moved = {key: value - last.actuals.get(key, Decimal()) for key, value in draft.actuals.items()}
    return {key: change for key, change in moved.items() if change}


def newly_reached(draft: UpdateDraft, last: UpdateDraft) -> tuple[int, ...]:
    """The milestones reached since the last update, by number."""
    return tuple(sorted(draft.milestones_reached - last.milestones_reached))


def tells_no_change(draft: UpdateDraft, last: UpdateDraft, facts: TaskFacts) -> bool:
    """Whether a report of no change would lose nothing of what a draft says; what was never reported is zero.

    A percentage is typed only where there are neither targets nor milestones; elsewhere it is what came of them.
    """
    if basis_of(facts.targets, facts.milestones) is not CompletionBasis.TYPED:
        draft, last = (replace(said, typed_permille=None) for said in (draft, last))
    return not draft.completion_requested and unchanged(draft, facts) == unchanged(last, facts)


def says_the_same(draft: UpdateDraft, last: UpdateDraft, facts: TaskFacts) -> bool:
    """Whether an update merely repeats the last one, values and texts, and so counts as a report of no change."""
    carried = carried_over(last, facts)
    counted = basis_of(facts.targets, facts.milestones) is not CompletionBasis.TYPED
    typed = carried.typed_permille if counted else draft.typed_permille
    texts: dict[str, Any] = {name: _kept(getattr(draft, name)) for name in TEXTS}
    said = replace(draft, **texts, typed_permille=typed, explanation="", no_change=False)
    return replace(said, confirmed=frozenset()) == carried


def judged(draft: UpdateDraft, last: UpdateDraft, facts: TaskFacts, *, again: bool) -> UpdateDraft:
    """The update with `no_change` as it is, whatever whoever sends it calls it; `again` says there is a `last`.

    Words of its own make it an update like any other. Figures of its own are left to the checks, which refuse them.
    """
    if again and says_the_same(draft, last, facts):
        return replace(draft, no_change=True)
    worded = any(_kept(getattr(draft, name)) not in {"", getattr(last, name)} for name in TEXTS)
    return replace(draft, no_change=draft.no_change and not (worded and not has_moved(draft, facts)))


def _kept(typed: str) -> str:
    """A text as it would be stored, where it can be."""
    return typed if text_problem(typed) else clean_text(typed)
