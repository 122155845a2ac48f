"""One row of the offline ledger, and how it is recognised when it comes back.

Fields are named `actual.1` (of the first indicator; of a rate its numerator), `base.1` (its denominator), `milestone.2`, `percent`, `completion` and the texts; which of
them a task has follows from its plan.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from tracking.carrying import says_the_same
from tracking.figures.completion import basis_of
from tracking.messages import Message
from tracking.rates import Rate
from tracking.standing_out import StandsOut
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import CompletionBasis, IndicatorKind

TEXTS = ("progress", "difficulties", "next_steps", "explanation")
# The value of a field: an indicator's, a percentage as permille, reached or not, a text.
FieldValue: TypeAlias = Decimal | int | bool | str | None
Values: TypeAlias = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class LedgerIndicator:
    """An indicator of a task with its target value."""

    indicator_id: int
    name: str
    unit: str
    target: Decimal
    kind: IndicatorKind = IndicatorKind.COUNT


@dataclass(frozen=True, slots=True)
class LedgerMilestone:
    """A step of a task."""

    number: int
    title: str
    due_on: date


@dataclass(frozen=True)
class LedgerTask:
    """A task as a ledger shows it for a period, with its current update; `authority` names its owner.

    `draft` is the current content (or, if nothing was begun, what is carried over from `last`); `row_version`
    is the update's, 0 if saving would begin one; `refused` says why it cannot be reported, None if it can.
    `begun` says whether anything was saved for the period; `calls` is why it calls for a sentence if nothing changes.
    """

    task_id: int
    number: int
    title: str
    measure: str
    due_on: date | None
    row_version: int
    indicators: tuple[LedgerIndicator, ...]
    milestones: tuple[LedgerMilestone, ...]
    draft: UpdateDraft
    last: UpdateDraft
    facts: TaskFacts
    reported_before: bool = False
    begun: bool = False
    calls: StandsOut | None = None
    refused: Message | None = None
    authority_id: int = 0
    authority: str = ""


def values_of(task: LedgerTask) -> dict[str, FieldValue]:
    """Field → its current value in the task's update, for the task's fields in order."""
    said = task.draft
    values: dict[str, FieldValue] = {}
    for at, indicator in enumerate(task.indicators, start=1):
        value = said.actuals.get(indicator.indicator_id)
        values |= _rate_values(at, value) if indicator.kind is IndicatorKind.RATE else {f"actual.{at}": value}
    basis = basis_of(task.facts.targets, task.facts.milestones)
    if basis is CompletionBasis.MILESTONES:
        for at, step in enumerate(task.milestones, start=1):
            values[f"milestone.{at}"] = step.number in said.milestones_reached
    if basis is CompletionBasis.TYPED:
        values["percent"] = said.typed_permille
    return values | {name: getattr(said, name) for name in TEXTS} | {"completion": said.completion_requested}


def _rate_values(at: int, value: Decimal | None) -> dict[str, FieldValue]:
    """A rate has a field for each of its parts."""
    above, below = value.parts if isinstance(value, Rate) else (None, None)
    return {f"actual.{at}": above, f"base.{at}": below}


def _actual(at: int, indicator: LedgerIndicator, values: Values) -> Decimal | None:
    """What the fields of an indicator say; a rate of which a part is missing says nothing."""
    value, base = values.get(f"actual.{at}"), values.get(f"base.{at}")
    if indicator.kind is IndicatorKind.RATE:
        return Rate(value, base) if isinstance(value, Decimal) and isinstance(base, Decimal) else None
    return value if isinstance(value, Decimal) else None


def draft_of(task: LedgerTask, values: Values) -> UpdateDraft:
    """The update with these values; one that only repeats the last accepted one counts as no change."""
    actuals = {
        indicator.indicator_id: value
        for at, indicator in enumerate(task.indicators, start=1)
        if (value := _actual(at, indicator, values)) is not None
    }
    reached = {
        step.number for at, step in enumerate(task.milestones, start=1) if values.get(f"milestone.{at}")
    }
    # Where nobody types it, it says nothing; kept unchanged, a milestone taken back repeats the last update.
    percent = values.get("percent", task.last.typed_permille)
    texts: dict[str, Any] = {name: str(values.get(name) or "") for name in TEXTS}
    draft = replace(
        task.draft,
        actuals=actuals,
        milestones_reached=frozenset(reached),
        typed_permille=int(percent) if isinstance(percent, int) else None,
        completion_requested=bool(values.get("completion")),
        **texts,
    )
    return replace(draft, no_change=task.reported_before and says_the_same(draft, task.last, task.facts))


def plain_values(values: Values) -> dict[str, str | int | bool | None]:
    """The same as stored in JSON: an indicator's value as text, without trailing zeros."""
    return {
        name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
        for name, value in values.items()
    }


def fingerprint(values: Values) -> str:
    """A 12-character fingerprint of what a row says."""
    written = json.dumps(plain_values(values), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def mark_of(name: str, value: FieldValue) -> str:
    """An 8-character fingerprint of what one field of a row says."""
    return _signs(name, fingerprint({name: value}), length=8)


def marks_of(values: Values) -> str:
    """The marks of all fields, one after the other."""
    return "".join(mark_of(name, value) for name, value in values.items())


# A day as texts hold it, with or without its midnight.
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]0?0:00(?::00)?)?")


def locked_mark(cells: Mapping[str, Any]) -> str:
    """A fingerprint of what a row's locked cells say, by column; empty ones do not count."""
    said = {name: words for name, value in sorted(cells.items()) if (words := locked_words(value))}
    return _signs(json.dumps(said, ensure_ascii=False), length=8)


def locked_words(value: Any) -> str:
    """What a locked cell says, however a spreadsheet writes lines and days, as texts too (2026/12/31 0:00:00)."""
    words = value.isoformat() if isinstance(value, date) else str(value or "")
    if day := _DAY.fullmatch(words.strip()):
        return "-".join(part.zfill(2) for part in day.groups())
    return "".join(words.replace("_x000D_", "").split())


@dataclass(frozen=True, slots=True)
class RowKey:
    """The task, period and update state a row was made from; `base` is the fingerprint of its content.

    `marks` are those of its fields and `locked` that of its locked cells; forms handed out before these had none.
    """

    task_id: int
    period_id: int
    row_version: int
    base: str
    marks: str = ""
    locked: str = ""


_CHECK = re.compile(
    r"([0-9]{1,9})-([0-9]{1,9})-([0-9a-f]{12})(?:\.((?:[0-9a-f]{8})+)\.([0-9a-f]{8}))?-([0-9a-f]{6})"
)


def check_of(key: RowKey) -> str:
    """The key without its task, with check characters that reveal when a row's hidden cells no longer match."""
    head = f"{key.period_id}-{key.row_version}-{key.base}"
    if key.marks:
        head += f".{key.marks}.{key.locked}"
    return f"{head}-{_signs(key.task_id, head)}"


def key_of(task_id: str, check: str) -> RowKey | None:
    """The key that two hidden cells hold, None if they do not match."""
    match = _CHECK.fullmatch(check)
    if match is None or not re.fullmatch(r"[0-9]{1,9}", task_id):
        return None
    head, _, signs = check.rpartition("-")
    if signs != _signs(int(task_id), head):
        return None
    return RowKey(int(task_id), int(match[1]), int(match[2]), match[3], match[4] or "", match[5] or "")


def _signs(*said: object, length: int = 6) -> str:
    return hashlib.sha256(":".join(map(str, said)).encode()).hexdigest()[:length]
