"""Which reminders there are, whom each concerns, and the days at which it begins; all computed, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracking.permissions import Right, rights_of
from tracking.vocabulary import Role


class ReminderKind(StrEnum):
    """What people are reminded of, most pressing first; worded `reminder.<value>`.

    `NEWS` are the notifications left since the last digest.
    """

    RETURNED = "returned"
    REPORT_DUE = "report_due"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    STALE = "stale"
    TO_SIGN = "to_sign"
    TO_CHECK = "to_check"
    TO_REVIEW = "to_review"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """When reminders start: days before a task is due and before a window closes, days without a report."""

    due_soon_days: int = 14
    closing_days: int = 7
    stale_days: int = 100


@dataclass(frozen=True, slots=True)
class Reminder:
    """How many things of one kind, and the day of the oldest: when it was due, or since when it has waited."""

    kind: ReminderKind
    count: int
    oldest_on: date | None = None


# Whom a kind concerns, by the right to act on it.
_CONCERNS: Mapping[Right, tuple[ReminderKind, ...]] = {
    Right.REPORT_PROGRESS: (
        ReminderKind.RETURNED,
        ReminderKind.REPORT_DUE,
        ReminderKind.OVERDUE,
        ReminderKind.DUE_SOON,
        ReminderKind.STALE,
    ),
    Right.SIGN_OFF: (ReminderKind.TO_SIGN, ReminderKind.OVERDUE),
    Right.CHECK_BENEATH: (ReminderKind.TO_CHECK,),
    Right.REVIEW: (ReminderKind.TO_REVIEW, ReminderKind.OVERDUE, ReminderKind.STALE),
}
# What a group outside the product is told: nationwide figures.
_INSIDE = (ReminderKind.TO_SIGN, ReminderKind.TO_CHECK, ReminderKind.NEWS)
NATIONAL = tuple(kind for kind in ReminderKind if kind not in _INSIDE)
# The page that handles a kind, and its query parameters.
PAGES: Mapping[ReminderKind, str] = {
    ReminderKind.RETURNED: "report",
    ReminderKind.REPORT_DUE: "report",
    ReminderKind.OVERDUE: "ledger?light=overdue",
    ReminderKind.DUE_SOON: "ledger?light=amber",
    ReminderKind.STALE: "ledger",
    ReminderKind.TO_SIGN: "sign_off",
    ReminderKind.TO_CHECK: "sign_off",
    ReminderKind.TO_REVIEW: "review",
    ReminderKind.NEWS: "inbox",
}


def kinds_for(roles: frozenset[Role]) -> tuple[ReminderKind, ...]:
    """The kinds that concern somebody with these roles, in order; news concerns everybody."""
    rights = rights_of(roles)
    found = {kind for right, kinds in _CONCERNS.items() if right in rights for kind in kinds}
    return tuple(kind for kind in ReminderKind if kind in found or kind is ReminderKind.NEWS)


def due_soon_span(today: date, rule: ReminderRule) -> tuple[date, date]:
    """First and last due day of what is due soon: today and this many days ahead."""
    return today, today + timedelta(rule.due_soon_days)


def closing_span(today: date, rule: ReminderRule) -> tuple[date, date]:
    """First and last closing day of the windows that close soon."""
    return today, today + timedelta(rule.closing_days)


def stale_before(today: date, rule: ReminderRule) -> date:
    """Tasks last reported (or, if never, started) before this day have been silent too long."""
    return today - timedelta(rule.stale_days)


def chosen(reminders: Iterable[Reminder], muted: frozenset[str]) -> list[Reminder]:
    """The non-empty reminders the person has not switched off, in the order of kinds."""
    wanted = (one for one in reminders if one.count and one.kind not in muted)
    return sorted(wanted, key=lambda one: list(ReminderKind).index(one.kind))
