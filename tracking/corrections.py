"""The rules of correcting a published figure: what may be corrected, and what the correction says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tracking.messages import Message, Refusal
from tracking.scales import packed, unpacked
from tracking.validation import UpdateDraft
from tracking.vocabulary import PeriodStatus, UpdateStatus


def check_may_correct(*, update: UpdateStatus, period: PeriodStatus, open_request: bool) -> None:
    """Refuse to correct an update that is not published or is already being corrected.

    Until its period is frozen an update is simply reopened.
    """
    if period is not PeriodStatus.FROZEN or update is not UpdateStatus.ACCEPTED:
        raise Refusal(Message("correction.not_published"))
    if open_request:
        raise Refusal(Message("correction.already_asked"))


def check_may_reopen(period: PeriodStatus) -> None:
    """Refuse to reopen an update of a frozen period: its figures are published and can only be corrected."""
    if period is PeriodStatus.FROZEN:
        raise Refusal(Message("correction.period_is_frozen"))


def check_differs(corrected: UpdateDraft, published: UpdateDraft) -> None:
    """Refuse a correction that says the same as what is published."""
    if figures_of(corrected) == figures_of(published):
        raise Refusal(Message("correction.same_figures"))


def corrected_draft(published: UpdateDraft, figures: Mapping[str, Any], reason: str) -> UpdateDraft:
    """The update with other figures: its texts stay, and the reason serves wherever an explanation is required."""
    return replace(
        published,
        actuals={int(key): unpacked(value) for key, value in figures["actuals"].items()},
        milestones_reached=frozenset(figures["milestones_reached"]),
        typed_permille=figures["typed_permille"],
        explanation=reason,
        no_change=False,
    )


def figures_of(draft: UpdateDraft) -> dict[str, Any]:
    """The figures of an update as plain JSON: actuals by indicator (a rate as 5.00/6.00), milestones by number, any typed percentage.

    No percentage is kept where actuals or milestones determine the completion.
    """
    derived = draft.actuals or draft.milestones_reached
    return {
        "actuals": {str(key): packed(value, ".2f") for key, value in sorted(draft.actuals.items())},
        "milestones_reached": sorted(draft.milestones_reached),
        "typed_permille": None if derived else draft.typed_permille,
    }
