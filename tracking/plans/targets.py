"""Targets as our own form writes them, to be read again as they are: 参展企业：500 家次（2026-12-31）."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tracking.cleaning import parse_amount
from tracking.messages import Refusal, amount_words
from tracking.plans.known import KnownIndicator
from tracking.validation import TargetDraft

_OURS = re.compile(
    r"(?P<name>.+?)[:：]\s*(?P<value>[\d,.]+)\s*(?P<unit>\S*?)\s*[(（](?P<day>\d{4}-\d\d-\d\d)[)）]"
)
_PARTS = re.compile(r"[;；\n]+")


def read_our_targets(text: str, indicators: Sequence[KnownIndicator]) -> tuple[TargetDraft, ...] | None:
    """The targets of a cell, None if any line is not as our form writes it; an empty cell has none to read."""
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    found = [_target(part, {(one.name, one.unit): one for one in indicators}) for part in parts]
    return tuple(target for target in found if target) if found and all(found) else None


def targets_in_words(targets: Iterable[TargetDraft], indicators: Iterable[KnownIndicator]) -> str:
    """The targets as our form writes them."""
    names = {one.indicator_id: one for one in indicators}
    return "\n".join(
        f"{names[one.indicator_id].name}：{amount_words(one.value)} {names[one.indicator_id].unit}（{one.due_on}）"
        for one in targets
    )


def _target(part: str, known: Mapping[tuple[str, str], KnownIndicator]) -> TargetDraft | None:
    match = _OURS.fullmatch(part)
    indicator = known.get((match["name"].strip(), match["unit"])) if match else None
    if match is None or indicator is None:
        return None
    try:
        return TargetDraft(
            indicator.indicator_id, date.fromisoformat(match["day"]), parse_amount(match["value"])
        )
    except (Refusal, ValueError):
        return None
