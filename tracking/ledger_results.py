"""Owns the result of an uploaded ledger as plain JSON values: kept with the upload, shown, and marked in the workbook.

Sentences are kept in every language, because who reads them later may have chosen another.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from tracking.ledger_import import Grade, Judged, Verdict
from tracking.ledger_rows import FieldValue, LedgerTask, draft_of
from tracking.messages import Message, amount_words, text
from tracking.validation import UpdateDraft
from tracking.words import Language

# What a cell is coloured with, by the gravest problem in it: red, amber, blue.
COLOURS = {Grade.A: "FFC7CE", Grade.B: "FFC7CE", Grade.C: "FFEB9C", Grade.D: "DDEBF7"}
WRITTEN = (Verdict.ADDED, Verdict.CHANGED)


def result_of(sheet: str, judged: Sequence[Judged]) -> dict[str, Any]:
    """`sheet`; `counts` by verdict; `rows`, of those that have something to say.

    A row has sheet (where it is another one), row, verdict, task_id, number, title, row_version, draft, changes (label, old, new) and findings
    (grade, cell, value, message), the worst first.
    """
    counts = Counter(str(one.verdict) for one in judged)
    return {
        "sheet": sheet,
        "counts": {str(verdict): counts[verdict] for verdict in Verdict},
        "rows": [_row(sheet, one) for one in judged if one.verdict is not Verdict.UNCHANGED],
    }


def sheet_of(result: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """The sheet that a row of a result is on."""
    return str(row.get("sheet", result["sheet"]))


def _row(sheet: str, one: Judged) -> dict[str, Any]:
    task = one.task
    takes = task is not None and one.verdict is not Verdict.REFUSED
    elsewhere = {} if one.sheet == sheet else {"sheet": one.sheet}
    return elsewhere | {
        "row": one.row,
        "verdict": str(one.verdict),
        "task_id": task.task_id if task else None,
        "number": task.number if task else None,
        "title": task.title if task else "",
        "row_version": task.row_version if task else 0,
        "draft": packed_draft(draft_of(task, one.values)) if takes and task else None,
        "changes": [
            [_label(task, name), _worded(name, old), _worded(name, new)] for name, old, new in one.changes
        ],
        "findings": [
            {
                "grade": str(finding.grade),
                "cell": finding.cell,
                "value": finding.value,
                "message": _in_all_languages(finding.message),
            }
            for finding in sorted(one.findings, key=lambda found: found.grade)
        ],
    }


def _in_all_languages(message: Message) -> dict[str, str]:
    return {str(language): text(message.key, language, **message.values) for language in Language}


def _label(task: LedgerTask | None, name: str) -> dict[str, str]:
    kind, _, at = name.partition(".")
    if kind == "actual" and task is not None:
        indicator = task.indicators[int(at) - 1]
        return dict.fromkeys(map(str, Language), f"{indicator.name}（{indicator.unit}）")
    return _in_all_languages(Message(f"template.{kind}", number=at))


def _worded(name: str, value: FieldValue) -> dict[str, str]:
    if isinstance(value, bool):
        return _in_all_languages(Message(f"template.{'yes' if value else 'no'}"))
    if isinstance(value, Decimal):
        written = amount_words(value)
    elif name == "percent" and isinstance(value, int):
        written = f"{value / 10:.1f}%"
    else:
        written = "" if value is None else str(value)
    return dict.fromkeys(map(str, Language), written)


def packed_draft(draft: UpdateDraft) -> dict[str, Any]:
    """An update as plain JSON values."""
    return asdict(draft) | {
        "actuals": {str(key): str(value) for key, value in draft.actuals.items()},
        "milestones_reached": sorted(draft.milestones_reached),
    }


def draft_again(kept: Mapping[str, Any]) -> UpdateDraft:
    """The update that `packed_draft` made plain."""
    return UpdateDraft(
        **{
            **kept,
            "actuals": {int(key): Decimal(value) for key, value in kept["actuals"].items()},
            "milestones_reached": frozenset(kept["milestones_reached"]),
        }
    )


def notes_of(result: Mapping[str, Any], language: Language) -> dict[str, dict[str, list[str]]]:
    """Sheet → cell → colour and words, for the workbook that goes back to its user."""
    notes: dict[str, dict[str, list[str]]] = {}
    for row in result["rows"]:
        cells = notes.setdefault(sheet_of(result, row), {})
        for finding in row["findings"]:
            grade = text(f"grade.{finding['grade']}", language)
            said = f"{grade} {finding['message'][language]}"
            colour = COLOURS[Grade(finding["grade"])]
            known = cells.setdefault(finding["cell"], [colour, said])
            if known[1] != said:
                known[1] += f"\n{said}"
    return notes
