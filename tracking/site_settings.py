"""Site-wide settings: defaults, limits, and the check of a change."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracking.figures.lights import LightRule
from tracking.hierarchy import UNIT_KINDS, may_stand_under
from tracking.messages import Message, Refusal
from tracking.vocabulary import AuthorityKind


class EvidenceRule(StrEnum):
    """When an update must carry evidence."""

    NEVER = "never"
    ON_COMPLETION = "on_completion"
    ALWAYS = "always"


# Who checks whose plans and updates before the working group: the kind that is checked, and the kind above that checks.
CheckStep = tuple[AuthorityKind, AuthorityKind]
# Every one that may be set, the lowest first.
POSSIBLE_STEPS: tuple[CheckStep, ...] = tuple(
    (kind, above)
    for kind in (AuthorityKind.COUNTY, AuthorityKind.CITY)
    for above in (AuthorityKind.CITY, *UNIT_KINDS)
    if may_stand_under(kind, above)
)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Site settings; `vacancy_days` is how long a post may be vacant before it is flagged.

    `closing_days` is how long before a window closes reminders start, `stale_days` how long a task may be
    silent. `ranking` shows places within a peer group; `ranking_share` is the percentage of its tasks that
    must be reported before any is shown. `check_steps`: who checks for whom; at first every reporting unit.
    `account_quota` is how many accounts in use an authority may have of those that units keep themselves.
    """

    vacancy_days: int = 30
    evidence_rule: EvidenceRule = EvidenceRule.ON_COMPLETION
    small_site: bool = False
    closing_days: int = 7
    stale_days: int = 100
    ranking: bool = False
    ranking_share: int = 80
    check_steps: tuple[CheckStep, ...] = tuple(
        step for step in POSSIBLE_STEPS if step[1] is not AuthorityKind.CITY
    )
    account_quota: int = 10


LONGEST_VACANCY = 365
LONGEST_NOTICE = 90
WHOLE = 100
MOST_ACCOUNTS = 100


def checked_setting(key: str, value: Any) -> Any:
    """The value as stored in its `SiteSettings` field. Raises `Refusal` if it is out of range.

    Raises `KeyError` for an unknown setting.
    """
    try:
        return _CHECKS[key](value)
    except ValueError:
        message = Message(f"setting.{key}_out_of_range", most=LONGEST_VACANCY)
        raise Refusal(message, fields=(key,)) from None


def check_thresholds(rule: LightRule) -> None:
    """Check that amber comes before red, both within 100 %, and warning days within `LONGEST_NOTICE`.

    Raises `Refusal` with every fault at once.
    """
    wrong = {
        "amber_behind_permille": not 0 < rule.amber_behind_permille <= 1000,
        "red_behind_permille": not rule.amber_behind_permille < rule.red_behind_permille <= 1000,
        "due_soon_days": not 0 <= rule.due_soon_days <= LONGEST_NOTICE,
    }
    fields = tuple(name for name, is_wrong in wrong.items() if is_wrong)
    if fields:
        messages = [Message(f"setting.{name}_out_of_range", most=LONGEST_NOTICE) for name in fields]
        raise Refusal(*messages, fields=fields)


def _days(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= LONGEST_VACANCY:
        raise ValueError(value)
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MOST_ACCOUNTS:
        raise ValueError(value)
    return value


def _percentage(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= WHOLE:
        raise ValueError(value)
    return value


def _switch(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError(value)
    return value


def _steps(value: Any) -> tuple[CheckStep, ...]:
    asked = {(AuthorityKind(kind), AuthorityKind(above)) for kind, above in value}
    if not asked <= set(POSSIBLE_STEPS):
        raise ValueError(value)
    return tuple(step for step in POSSIBLE_STEPS if step in asked)


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "vacancy_days": _days,
    "evidence_rule": EvidenceRule,
    "small_site": _switch,
    "closing_days": _days,
    "stale_days": _days,
    "ranking": _switch,
    "ranking_share": _percentage,
    "check_steps": _steps,
    "account_quota": _count,
}
