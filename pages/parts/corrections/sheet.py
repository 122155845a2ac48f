"""One correction: published beside corrected, and who took part."""

from datetime import datetime

import pandas as pd
import streamlit as st

from db.corrections.queries import CorrectionSheet, correction_sheet, corrections_frame
from db.corrections.rows import CorrectionRow
from db.identity import SignedIn
from db.typed_rows import rows_as
from pages.parts.corrections.acts import correction_acts
from pages.parts.updates.news import Indicators
from pages.parts.updates.sheet import names_of_indicators
from pages.shared.choices import name_of
from pages.shared.components import heading
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import lines, moment, percent, plain, points, translate
from tracking.scales import bare_words
from tracking.validation import UpdateDraft


def show_correction(reads: Reads, by: SignedIn, notice_id: int, correction_id: int) -> None:
    """The page of one correction. Raises `NotFound`."""
    sheet = reads.scoped(correction_sheet, correction_id=correction_id)
    found = reads.scoped(corrections_frame, notice_id=notice_id)
    row = next(line for line in rows_as(CorrectionRow, found) if line.correction_id == correction_id)
    title = translate("correction.title", number=row.task_number, title=plain(row.title))
    change = row.corrected_permille - row.published_permille
    heading(
        title,
        translate(
            "correction.sheet_sentence",
            unit=plain(row.authority_name),
            period=name_of(row),
            published=percent(row.published_permille),
            corrected=percent(row.corrected_permille),
            change=points(change),
            correction_status=row.correction_status,
        ),
    )
    with st.container(key="slip_links", horizontal=True, vertical_alignment="center"):
        page_link("corrections", translate("correction.back"))
        page_link("task", translate("report.to_task"), task=row.task_id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.table(_beside(sheet, names_of_indicators(reads, notice_id)))
        _facts(row)
    with right:
        correction_acts(by, sheet)


def _beside(sheet: CorrectionSheet, indicators: Indicators) -> pd.DataFrame:
    """What was published and what replaces or would replace it, one row per figure."""
    rows = [
        (
            f"{indicators[key].name}（{indicators[key].unit}）",
            *(
                bare_words(draft.actuals[key], indicators[key])
                for draft in (sheet.published, sheet.corrected)
            ),
        )
        for key in sheet.corrected.actuals
        if key in indicators and key in sheet.published.actuals
    ]
    if sheet.published.milestones_reached or sheet.corrected.milestones_reached:
        rows.append(
            (translate("task.milestones"), _milestones(sheet.published), _milestones(sheet.corrected))
        )
    permilles = (sheet.correction.published_permille, sheet.correction.corrected_permille)
    rows.append((translate("figure.task_completion"), *map(percent, permilles)))
    names = (
        translate("correction.figure"),
        translate("correction.was_published"),
        translate("correction.is_corrected"),
    )
    return pd.DataFrame(rows, columns=list(names)).set_index(names[0])


def _milestones(draft: UpdateDraft) -> str:
    return "、".join(map(str, sorted(draft.milestones_reached))) or "—"


def _facts(row: CorrectionRow) -> None:
    """The reason, and who was involved when."""
    said = {
        "reason": lines(row.reason),
        "author": _who(row.author, row.written_at),
        "signatory": _who(row.signatory, row.requested_at),
        "approver": _who(row.approver, row.ruled_at),
        "ruling": lines(row.ruling),
    }
    rows = [f"| {translate(f'correction.{name}')} | {value} |" for name, value in said.items() if value]
    with st.container(key="facts"):
        st.markdown("\n".join(["| | |", "|---|---|", *rows]))


def _who(name: str | None, at: datetime | None) -> str:
    return "" if at is None or name is None else f"{plain(name)}　{moment(at)}"
