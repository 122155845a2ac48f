"""Doubts about figures: what fell, jumped, went far past its target, or is called finished too soon or not at all."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from tracking.figures.completion import FULL, basis_of
from tracking.making import Making
from tracking.messages import Message, amount_words
from tracking.rates import Rate
from tracking.scales import STATES, bare_words
from tracking.site_settings import EvidenceRule
from tracking.validation.problems import Problem
from tracking.validation.updates import (
    NO_CHANGE_LIMIT,
    TaskFacts,
    UpdateDraft,
    completion_of_draft,
    has_moved,
)
from tracking.vocabulary import CompletionBasis, IndicatorKind

# So many times its target is far over it.
FAR_OVER = Decimal("1.5")
# What is gained in one period that reaches so far ahead of the schedule, in permille of the target, is a jump.
AHEAD_PERMILLE = 500
# What is gained is unlike the periods before where it exceeds their median by so many deviations.
PERIODS, DEVIATIONS = 3, 6
# The median of absolute deviations times this estimates the standard deviation.
_TO_STANDARD = Decimal("1.4826")
# Smaller deviations are no measure, as steady work has none at all: shares of the median and of the target, and half
# of what is counted.
_OF_MEDIAN, _OF_TARGET, _LEAST = Decimal("0.25"), Decimal("0.05"), Decimal("0.5")
PERCENT_SIGNS = ("%", "％")


def fell(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """Cumulative figures below those accepted last; of a task without targets, its completion."""
    for indicator, value in draft.actuals.items():
        before, scale = facts.last_actuals.get(indicator, value), facts.scale_of(indicator)
        if value < before and scale.kind is not IndicatorKind.RATE:
            said = {"before": bare_words(before, scale), "value": bare_words(value, scale)}
            yield Problem(f"actuals.{indicator}", Message("validation.actual_fell", **said))
    completion = completion_of_draft(draft, facts)
    if not facts.targets and completion < facts.last_completion_permille:
        was, now = _percent(facts.last_completion_permille), _percent(completion)
        yield Problem("explanation", Message("validation.completion_fell", before=was, value=now))


def unlike_its_entries(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """Cumulative figures that are not what the entries of the registers add up to."""
    for indicator, value in draft.actuals.items():
        fed = facts.fed.get(indicator)
        if fed is not None and value != fed.value:
            scale = facts.scale_of(indicator)
            said = {"value": bare_words(value, scale), "sum": bare_words(fed.value, scale)}
            of = "entries" if fed.making is Making.ENTERED else fed.making
            message = Message(f"validation.unlike_its_{of}", entries=str(fed.entries), **said)
            yield Problem(f"actuals.{indicator}", message)


def unlike_elsewhere(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """Figures that are not what the same authority has reported of them under another notice."""
    for indicator, value in draft.actuals.items():
        other, scale = facts.shared.get(indicator), facts.scale_of(indicator)
        if other is not None and value != other.value:
            said = {"value": bare_words(value, scale), "other": bare_words(other.value, scale)}
            message = Message("validation.unlike_elsewhere", notice=other.notice, **said)
            yield Problem(f"actuals.{indicator}", message)


def unchanged_again(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """Yet another period without change, of a task that is behind: between two milestones nothing need change."""
    behind = completion_of_draft(draft, facts) < facts.expected_permille
    if draft.no_change and facts.no_change_streak >= NO_CHANGE_LIMIT and behind:
        yield Problem("explanation", Message("validation.unchanged_again", times=facts.no_change_streak + 1))


def asked_early(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """Completion asked for before all is done; milestones are named by their own check."""
    completion = completion_of_draft(draft, facts)
    if draft.completion_requested and completion < FULL and not _open_milestones(draft, facts):
        yield Problem(
            "explanation", Message("validation.completion_asked_early", completion=_percent(completion))
        )


def milestones_open(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """A task called finished though the plan has steps that are not reached."""
    still = _open_milestones(draft, facts)
    if still and (draft.completion_requested or completion_of_draft(draft, facts) >= FULL):
        named = "、".join(map(str, still))
        yield Problem("explanation", Message("validation.milestones_open", numbers=named))


def _open_milestones(draft: UpdateDraft, facts: TaskFacts) -> list[int]:
    return sorted(facts.milestones.keys() - draft.milestones_reached)


def far_over(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """Figures far past their targets, that were not so before."""
    for indicator, value in _gained(draft, facts):
        target = facts.targets[indicator]
        if value > target * FAR_OVER:
            times = f"{value / target:.1f}"
            yield Problem(
                f"actuals.{indicator}",
                Message("validation.far_over", value=value, target=target, times=times),
            )


def ahead_of_target(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """So much of the target gained in one period that the task is far ahead of its schedule."""
    for field, value, before, whole in _measured(draft, facts):
        done, gained = value / whole * FULL, (value - before) / whole * FULL
        if gained > AHEAD_PERMILLE and done - facts.expected_permille > AHEAD_PERMILLE:
            said = {"gained": _percent(int(gained)), "expected": _percent(facts.expected_permille)}
            yield Problem(field, Message("validation.jump_target", **said))


def unlike_its_past(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """A gain out of proportion to those of the periods before."""
    for field, value, before, whole in _measured(draft, facts):
        gains = _gains(facts.past.get(field, ()))
        if len(gains) + 1 >= PERIODS and value - before > most_usual(gains, whole):
            said = {"gained": amount_words(value - before), "usual": amount_words(median(gains))}
            yield Problem(field, Message("validation.jump_past", **said))


def most_usual(gains: Sequence[Decimal], whole: Decimal) -> Decimal:
    """The most that a period may gain without a word, after what the periods before gained."""
    middle = median(gains)
    spread = median(abs(gain - middle) for gain in gains) * _TO_STANDARD
    return middle + DEVIATIONS * max(spread, middle * _OF_MEDIAN, whole * _OF_TARGET, _LEAST)


def _gains(values: Sequence[Decimal]) -> list[Decimal]:
    return [later - earlier for earlier, later in pairwise((Decimal(), *values))]


def _gained(draft: UpdateDraft, facts: TaskFacts) -> Iterator[tuple[int, Decimal]]:
    """The figures of the plan's indicators that have grown."""
    for indicator, value in draft.actuals.items():
        if indicator in facts.targets and value > facts.last_actuals.get(indicator, Decimal()):
            yield indicator, value


def _measured(draft: UpdateDraft, facts: TaskFacts) -> Iterator[tuple[str, Decimal, Decimal, Decimal]]:
    """What has grown bit by bit: the field, its value, the value before, and the whole; a typed percentage too."""
    for indicator, value in _gained(draft, facts):
        if facts.scale_of(indicator).kind in STATES:
            continue
        before = facts.last_actuals.get(indicator, Decimal())
        yield f"actuals.{indicator}", value, before, facts.targets[indicator]
    before = Decimal(facts.last_completion_permille)
    if _is_typed(facts) and draft.typed_permille is not None and draft.typed_permille > before:
        yield "typed_permille", Decimal(draft.typed_permille), before, Decimal(FULL)


def _is_typed(facts: TaskFacts) -> bool:
    return basis_of(facts.targets, facts.milestones) is CompletionBasis.TYPED


def like_a_fraction(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """A percentage between nought and one: 0.85 may stand for 85 percent."""
    typed = draft.typed_permille
    if _is_typed(facts) and typed is not None and 0 < typed <= 10 and has_moved(draft, facts):
        yield Problem("typed_permille", _fraction(Decimal(typed) / 10))
    for indicator, value in _gained(draft, facts):
        typed = facts.scale_of(indicator).unit in PERCENT_SIGNS and not isinstance(value, Rate)
        in_percent = typed and facts.targets[indicator] > 1
        if in_percent and value <= 1:
            yield Problem(f"actuals.{indicator}", _fraction(value))


def rate_over_one(draft: UpdateDraft, _: TaskFacts) -> Iterator[Problem]:
    """A rate whose numerator is more than what it is a part of."""
    for indicator, value in draft.actuals.items():
        if isinstance(value, Rate) and value.numerator > value.denominator and not draft.no_change:
            yield Problem(f"actuals.{indicator}", Message("confirm.rate_over_one", value=value))


def _fraction(value: Decimal) -> Message:
    return Message("confirm.like_a_fraction", value=amount_words(value), percent=amount_words(value * 100))


def whole_but_not_asked(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """All is done, and nobody asks for the task to be completed."""
    if _newly_whole(draft, facts) and not draft.completion_requested:
        yield Problem("completion_requested", Message("confirm.whole_but_not_asked"))


def whole_without_evidence(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """All is done, and nothing shows it; where completion is asked for the site's rule says whether it must."""
    asks = draft.completion_requested or facts.evidence_rule is EvidenceRule.NEVER
    if _newly_whole(draft, facts) and not asks and not facts.evidence_count:
        yield Problem("completion_requested", Message("confirm.whole_without_evidence"))


def _newly_whole(draft: UpdateDraft, facts: TaskFacts) -> bool:
    return completion_of_draft(draft, facts) >= FULL and not draft.no_change


def target_lowered(draft: UpdateDraft, facts: TaskFacts) -> Iterator[Problem]:
    """A target that an amendment has lowered, while the light goes on counting from the one filed first."""
    for indicator in facts.targets.keys() & draft.actuals.keys():
        target = facts.targets[indicator]
        first = facts.yardstick.targets.get(indicator, target) if facts.yardstick else target
        if target < first:
            said = {"first": amount_words(first), "target": amount_words(target)}
            yield Problem(f"actuals.{indicator}", Message("validation.target_lowered", **said))


def _percent(permille: int) -> str:
    return f"{permille / 10:.1f}"
