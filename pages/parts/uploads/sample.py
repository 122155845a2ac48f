"""The first rows of a ledger of any layout, as they will be understood."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from db.tables import Upload
from pages.shared.tables import plain_table
from pages.shared.wording import language, message_text, translate
from tracking.documents.grids import Sheet
from tracking.documents.legacy_layout import Layout
from tracking.ledgers.judging import Judged, judge_ledger
from tracking.ledgers.legacy_answers import Answers
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.ledgers.results import row_of, text_in
from tracking.ledgers.rows import LedgerTask
from tracking.vocabulary import Verdict

_MOST = 8


def sample(
    upload: Upload,
    heads: Sequence[Sheet],
    layouts: Sequence[Layout],
    tasks: Sequence[LedgerTask],
    answers: Answers,
) -> None:
    """The first rows: the task as named in the ledger, its match, the values read, and any faults."""
    period_id = upload.period_id or 0
    rows = list(read_legacy(heads, layouts, tasks, period_id, answers=answers, own=upload.authority_id))
    judged = judge_ledger(rows, {task.task_id: task for task in tasks}, period_id)
    found = sum(row.key is not None for row in rows)
    missed = sum(row.key is None and row.aside is None for row in rows)
    st.markdown(translate("legacy.sample" if rows else "legacy.sample_empty", found=found, missed=missed))
    lines = [
        {
            **({"sheet": one.sheet} if len(layouts) > 1 else {}),
            "sheet_row": one.row,
            "called": str(row.cells["title"].value),
            "taken_for": _name_of(one.task, upload.authority_id),
            "read": _read(one),
            "problem": translate("legacy.parted").join(
                message_text(finding.message)
                for finding in sorted(one.findings, key=lambda found: found.grade)
            ),
        }
        for row, one in zip(rows[:_MOST], judged, strict=False)
    ]
    if lines:
        plain_table(pd.DataFrame(lines), printed="legacy_sample")


def _name_of(task: LedgerTask | None, own: int) -> str | None:
    """A task with its number, and its authority unless it is one's own."""
    if task is None:
        return None
    name = f"{task.number} {task.title}"
    return name if task.authority_id == own else f"{task.authority} {name}"


def _read(one: Judged) -> str:
    if one.verdict is Verdict.REFUSED:
        return "—"
    changes = [
        translate("legacy.read", field=text_in(label, language()), value=text_in(new, language()))
        for label, _, new in row_of(one)["changes"]
    ]
    return translate("legacy.parted").join(changes) or translate("legacy.nothing_new")
