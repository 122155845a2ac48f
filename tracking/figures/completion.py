"""How far a task has come, in tenths of a percent, from its reports.

Completion is left uncapped where one indicator carries it, so that the raw ratio can be shown; roll-ups cap
it at 1000 themselves. All arithmetic is on whole numbers and exact fractions.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from tracking.vocabulary import CompletionBasis

FULL = 1000
_ONE = Fraction(1)


def basis_of(targets: Collection[object], milestones: Collection[object]) -> CompletionBasis:
    """What a task's completion is derived from: targets, else milestones, else a typed percentage."""
    if targets:
        return CompletionBasis.TARGETS
    return CompletionBasis.MILESTONES if milestones else CompletionBasis.TYPED


def permille_of(ratio: Fraction) -> int:
    """A ratio as permille, rounded half up; anything incomplete stays below 1000, or it would count as finished."""
    part, whole = ratio.as_integer_ratio()
    rounded = (2 * FULL * part + whole) // (2 * whole)
    return min(rounded, FULL - 1) if part < whole else rounded


def target_ratios(actuals: Mapping[int, Decimal], targets: Mapping[int, Decimal]) -> dict[int, Fraction]:
    """Indicator → cumulative actual ÷ final target, uncapped; an indicator not yet reported counts as zero."""
    return {
        indicator: ratio_of(actuals.get(indicator, Decimal()), target)
        for indicator, target in targets.items()
    }


def ratio_of(part: Decimal, whole: Decimal) -> Fraction:
    """The exact ratio of two amounts."""
    (above, under), (over, below) = part.as_integer_ratio(), whole.as_integer_ratio()
    return Fraction(above * below, under * over)


def completion_from_targets(actuals: Mapping[int, Decimal], targets: Mapping[int, Decimal]) -> int:
    """Permille from accepted cumulative actuals and final targets, both by indicator; targets are above 0.

    One indicator: its ratio, uncapped. Several: the mean of their ratios, each capped at one, so that a
    surplus in one never hides a shortfall in another.
    """
    ratios = list(target_ratios(actuals, targets).values())
    if len(ratios) == 1:
        return permille_of(ratios[0])
    return permille_of(sum((min(ratio, _ONE) for ratio in ratios), Fraction()) / len(ratios))


def completion_from_milestones(reached: Collection[int], shares: Mapping[int, int]) -> int:
    """Permille as the sum of the shares of the milestones reached; both arguments are keyed by number.

    A number no longer in the plan counts as zero.
    """
    return sum(share for number, share in shares.items() if number in reached)


def completion_of(
    *,
    targets: Mapping[int, Decimal],
    milestones: Mapping[int, int],
    actuals: Mapping[int, Decimal],
    reached: Collection[int],
    typed_permille: int | None,
) -> int:
    """Permille by the task's own basis; inputs of other bases are ignored."""
    basis = basis_of(targets, milestones)
    if basis is CompletionBasis.TARGETS:
        return completion_from_targets(actuals, targets)
    if basis is CompletionBasis.MILESTONES:
        return completion_from_milestones(reached, milestones)
    return typed_permille or 0
