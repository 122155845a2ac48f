"""Findings in an uploaded ledger as JSON values: kept with the upload, shown, and marked in the workbook.

Words are kept in every language, because who reads them later may have chosen another; as one text where all
languages say the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

from tracking.carrying import unchanged
from tracking.ledgers.judging import Judged
from tracking.ledgers.rows import FieldValue, LedgerTask, draft_of
from tracking.messages import Message, amount_words, text
from tracking.scales import packed, unpacked
from tracking.validation import UpdateDraft
from tracking.vocabulary import Grade, IndicatorKind, Language, Verdict

# Cell colours by the gravest problem in the cell: red, amber, blue.
COLOURS = {Grade.A: "FFC7CE", Grade.B: "FFC7CE", Grade.C: "FFEB9C", Grade.D: "DDEBF7"}
WRITTEN = (Verdict.ADDED, Verdict.CHANGED)
# A text, or one per language.
Words: TypeAlias = str | dict[str, str]


def text_in(words: Words, language: Language) -> str:
    """The words in one language."""
    return words if isinstance(words, str) else words[language]


def counts_of(judged: Iterable[Judged]) -> Counter[str]:
    """Verdict → how many rows received it."""
    return Counter(str(one.verdict) for one in judged)


def row_of(one: Judged) -> dict[str, Any]:
    """A judged row: sheet, row, verdict, task_id, number, title, row_version, draft, calls, and changes (label, old, new)."""
    task = one.task
    return {
        "sheet": one.sheet,
        "row": one.row,
        "verdict": one.verdict,
        "task_id": task.task_id if task else None,
        "number": task.number if task else None,
        "title": task.title if task else "",
        "row_version": task.row_version if task else 0,
        "draft": _draft(one),
        "calls": one.calls,
        "changes": [
            [_label(task, name), _worded(name, old), _worded(name, new)] for name, old, new in one.changes
        ],
    }


def _draft(one: Judged) -> dict[str, Any] | None:
    """What would be kept of a row: of one without change, what was accepted last."""
    if one.task is None or one.verdict is Verdict.REFUSED:
        return None
    if one.verdict is Verdict.NO_CHANGE:
        return packed_draft(unchanged(one.task.last, one.task.facts))
    return packed_draft(draft_of(one.task, one.values))


def findings_of(one: Judged) -> list[dict[str, Any]]:
    """The problems of a judged row: grade, sheet, cell, value, message and what it asks, worst first."""
    return [
        {
            "grade": finding.grade,
            "sheet": one.sheet,
            "cell": finding.cell,
            "value": finding.value,
            "message": text_by_language(finding.message),
            "asks": finding.asks,
        }
        for finding in sorted(one.findings, key=lambda found: found.grade)
    ]


def text_by_language(message: Message) -> Words:
    """A message as it is stored."""
    words = {str(language): text(message.key, language, **message.values) for language in Language}
    return next(iter(words.values())) if len(set(words.values())) == 1 else words


def _label(task: LedgerTask | None, name: str) -> Words:
    kind, _, at = name.partition(".")
    if kind in {"actual", "base"} and task is not None:
        indicator = task.indicators[int(at) - 1]
        named = f"{indicator.name}（{indicator.unit}）"
        if indicator.kind is not IndicatorKind.RATE:
            return named
        return text_by_language(Message(f"template.part_{kind}", name=indicator.name))
    return text_by_language(Message(f"template.{kind}", number=at))


def _worded(name: str, value: FieldValue) -> Words:
    if isinstance(value, bool):
        return text_by_language(Message(f"template.{'yes' if value else 'no'}"))
    if isinstance(value, Decimal):
        return amount_words(value)
    if name == "percent" and isinstance(value, int):
        return f"{value / 10:.1f}%"
    return "" if value is None else str(value)


def packed_draft(draft: UpdateDraft) -> dict[str, Any]:
    """An update as plain JSON values."""
    return asdict(draft) | {
        "actuals": {str(key): packed(value) for key, value in draft.actuals.items()},
        "milestones_reached": sorted(draft.milestones_reached),
        "confirmed": sorted(draft.confirmed),
    }


def draft_again(kept: Mapping[str, Any]) -> UpdateDraft:
    """Undo `packed_draft`."""
    return UpdateDraft(
        **{
            **kept,
            "actuals": {int(key): unpacked(value) for key, value in kept["actuals"].items()},
            "milestones_reached": frozenset(kept["milestones_reached"]),
            "confirmed": frozenset(kept.get("confirmed", ())),
        }
    )


class KeptFinding(Protocol):
    """A finding of `findings_of`, read back."""

    grade: Grade
    sheet: str
    cell: str
    message: Any


def notes_of(findings: Iterable[KeptFinding], language: Language) -> dict[str, dict[str, list[str]]]:
    """Sheet → cell → colour and words, for the workbook returned to the user; findings must come gravest first.

    What concerns the whole file has no cell to be noted at.
    """
    notes: dict[str, dict[str, list[str]]] = {}
    for finding in findings:
        if not finding.cell:
            continue
        words = f"{text(f'grade.{finding.grade}', language)} {text_in(finding.message, language)}"
        cells = notes.setdefault(finding.sheet, {})
        known = cells.setdefault(finding.cell, [COLOURS[finding.grade], words])
        if words not in known[1].split("\n"):
            known[1] += f"\n{words}"
    return notes
