"""What is to be reached as our own form writes it, to be read again as it is: 参展企业：500 家次（2026-12-31）.

Beside targets stand the value that an indicator starts from, 参展企业：基期 420 家次, and why one does not apply,
意向成交额：不适用（无口岸）.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from tracking.messages import Refusal
from tracking.plans.known import KnownIndicator
from tracking.scales import read_target, value_words
from tracking.validation import TargetDraft, TermDraft
from tracking.vocabulary import IndicatorKind

_OURS = re.compile(r"(?P<name>.+?)[:：]\s*(?P<value>[^:：]+?)\s*[(（](?P<day>\d{4}-\d\d-\d\d)[)）]")
_BASELINE = re.compile(r"(?P<name>.+?)[:：]\s*基期\s*(?P<value>[^:：]+)")
_EXEMPT = re.compile(r"(?P<name>.+?)[:：]\s*不适用\s*[(（](?P<reason>.+)[)）]")
_PARTS = re.compile(r"[;；\n]+")
Goal = TargetDraft | TermDraft
Goals = tuple[tuple[TargetDraft, ...], tuple[TermDraft, ...]]


def read_our_goals(text: str, indicators: Sequence[KnownIndicator]) -> Goals | None:
    """The targets and terms of a cell, None if any line is not as our form writes it; an empty cell has none to read."""
    # A reason may hold the very marks that others put between two goals.
    by_lines = _goals(text.splitlines(), indicators)
    found = by_lines if all(by_lines) else _goals(_PARTS.split(text), indicators)
    if not found or not all(found):
        return None
    return (
        tuple(one for one in found if isinstance(one, TargetDraft)),
        tuple(one for one in found if isinstance(one, TermDraft)),
    )


def _goals(parts: Iterable[str], indicators: Sequence[KnownIndicator]) -> list[Goal | None]:
    return [_goal(part.strip(), indicators) for part in parts if part.strip()]


def goals_in_words(
    targets: Iterable[TargetDraft], indicators: Iterable[KnownIndicator], terms: Iterable[TermDraft] = ()
) -> str:
    """Targets and terms as our form writes them."""
    known = {one.indicator_id: one for one in indicators}
    return "\n".join(
        [
            *(_target_words(one, known[one.indicator_id]) for one in targets),
            *(_term_words(one, known[one.indicator_id]) for one in terms),
        ]
    )


def _target_words(target: TargetDraft, indicator: KnownIndicator) -> str:
    return f"{indicator.name}：{value_words(target.value, indicator)}（{target.due_on}）"


def _term_words(term: TermDraft, indicator: KnownIndicator) -> str:
    if term.baseline is None:
        return f"{indicator.name}：不适用（{term.exempt_because}）"
    return f"{indicator.name}：基期 {value_words(term.baseline, indicator)}"


def _goal(part: str, indicators: Sequence[KnownIndicator]) -> Goal | None:
    """A line of a cell, None if it is not ours."""
    for pattern in (_EXEMPT, _BASELINE, _OURS):
        match = pattern.fullmatch(part)
        for indicator in _named(match["name"], indicators) if match else ():
            goal = _read(match.groupdict(), indicator) if match else None
            if goal is not None:
                return goal
    return None


def _named(name: str, indicators: Iterable[KnownIndicator]) -> list[KnownIndicator]:
    return [one for one in indicators if one.name == name.strip()]


def _read(said: dict[str, str], indicator: KnownIndicator) -> Goal | None:
    key = indicator.indicator_id
    if "reason" in said:
        return TermDraft(key, exempt_because=said["reason"].strip())
    words = said["value"].strip()
    if indicator.kind is not IndicatorKind.YES_NO and not words.endswith(indicator.unit):
        return None
    bare = words if indicator.kind is IndicatorKind.YES_NO else words.removesuffix(indicator.unit).strip()
    try:
        value = read_target(bare, indicator)
        return (
            TargetDraft(key, date.fromisoformat(said["day"]), value)
            if "day" in said
            else TermDraft(key, value)
        )
    except (Refusal, ValueError):
        return None
