"""Preview of an uploaded ledger: counts, every problem by cell, every change, and the commit."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.tables import Upload, UploadRow
from db.uploads.committing import commit_upload
from db.uploads.queries import findings_by_grade, rows_by_verdict, upload_findings, upload_rows
from pages.parts.uploads.conflicts import conflicts
from pages.parts.uploads.files import files, marked_link, of_file, pick_file, title_of
from pages.parts.uploads.questions import questions
from pages.parts.uploads.step_bar import step_bar
from pages.parts.uploads.undo import undo
from pages.parts.uploads.whole_period import asked_of, whole_period
from pages.shared.components import Figure, figures
from pages.shared.filters import pick, pick_lines, with_all
from pages.shared.forms import small_form
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.store import the_store
from pages.shared.tables import plain_table
from pages.shared.wording import language, moment, plain, translate
from tracking.ledgers.results import WRITTEN, text_in
from tracking.vocabulary import Grade, Verdict

ON_A_PAGE = 50


def preview(by: SignedIn, reads: Reads, upload: Upload) -> None:
    """Everything about one upload, or about one of its files; nothing is saved until its button is pressed."""
    st.header(translate("import_page.preview", name=title_of(upload)), anchor=False)
    st.caption(
        translate(
            "import_page.kept", uploaded_at=moment(upload.uploaded_at), expires_at=moment(upload.expires_at)
        )
    )
    if not upload.counts:
        _refused(by, upload)
        return
    files(upload)
    _counts(upload)
    if upload.committed_at is not None:
        st.success(translate("import_page.committed", at=moment(upload.committed_at)))
        page_link("report", translate("import_page.to_report"))
        undo(by, upload)
    else:
        questions(by, reads, upload)
        wins = conflicts(by, upload)
        whole_period(by, upload, wins)
        _commit(by, upload, wins)
    file = pick_file(upload)
    _problems(by, upload, file)
    _changes(by, upload, file)


def _counts(upload: Upload) -> None:
    """Rows by verdict; what may go up as unchanged is told where that can be done."""
    left = upload.counts.get(Verdict.NO_CHANGE, 0)
    counts = {name: count for name, count in upload.counts.items() if name != Verdict.NO_CHANGE}
    counts[Verdict.UNCHANGED] += left
    figures([Figure(translate(f"verdict.{name}"), f"{count:,}") for name, count in counts.items()])


def _refused(by: SignedIn, upload: Upload) -> None:
    """Why the file was refused as a whole."""
    found = upload_findings(the_store(), by, upload_id=upload.id)
    lines = (f"- {plain(text_in(finding.message, language()))}" for finding in found)
    st.error("\n".join([translate("import_page.refused"), "", *lines]))


def _commit(by: SignedIn, upload: Upload, wins: Mapping[int, int]) -> None:
    whole = upload.counts.get(Verdict.NO_CHANGE, 0) > 0
    if not any(upload.counts[verdict] for verdict in (*WRITTEN, Verdict.CONFLICT)):
        if not whole:
            st.info(translate("import_page.nothing"))
        return
    form = small_form(f"commit_{upload.id}")
    hand_over = form.switch("hand_over", translate("import_page.hand_over"), False)
    confirm = form.switch("confirm", translate("import_page.confirm"), False)
    count = sum(upload.counts[verdict] for verdict in WRITTEN) + len(wins)
    verb = translate("import_page.commit", count=f"{count:,}")
    form.save(
        verb,
        commit_upload,
        done=translate("import_page.done", count=f"{count:,}"),
        consequence=translate("import_page.consequence", count=f"{count:,}"),
        primary=not whole,
        by=by,
        upload_id=upload.id,
        overwrite=wins,
        hand_over=hand_over,
        confirm=confirm,
        on_step=step_bar(),
    )


def _problems(by: SignedIn, upload: Upload, file: int | None) -> None:
    """A page of the problems, gravest first, and a link to one's own workbook with all of them marked."""
    counts = findings_by_grade(the_store(), by, upload_id=upload.id, file=file)
    if not counts:
        return
    st.header(translate("import_page.problems", count=f"{sum(counts.values()):,}"), anchor=False)
    picker, link = st.columns([1, 3], gap="small", vertical_alignment="bottom")
    marked_link(link, upload, file)
    grades = {grade: _counted(translate(f"grade.{grade}"), count) for grade, count in counts.items()}
    with picker:
        grade: Grade | None = pick("grade", with_all(grades, "grade"))
    total = sum(counts.values()) if grade is None else counts[grade]
    shown = st.container()
    first = pick_lines(total, ON_A_PAGE, "problems")
    asked: dict[str, Any] = {"grade": grade, "file": file, "first": first, "most": ON_A_PAGE}
    found = upload_findings(the_store(), by, upload_id=upload.id, **asked)
    lines = [
        {
            **of_file(upload, finding.file),
            "grade": translate(f"grade.{finding.grade}"),
            "sheet": finding.sheet,
            "cell": finding.cell,
            "value": finding.value,
            "problem": text_in(finding.message, language()),
        }
        for finding in found
    ]
    with shown:
        plain_table(pd.DataFrame(lines), printed="problems")


def _changes(by: SignedIn, upload: Upload, file: int | None) -> None:
    """A page of the differences, field by field, for rows of one verdict or all."""
    counts = rows_by_verdict(the_store(), by, upload_id=upload.id, file=file)
    telling = [verdict for verdict in Verdict if verdict is not Verdict.UNCHANGED and verdict in counts]
    if not telling:
        return
    st.header(translate("import_page.changes"), anchor=False)
    names = {verdict: _counted(translate(f"verdict.{verdict}"), counts[verdict]) for verdict in telling}
    with st.columns([1, 3], gap="small")[0]:
        chosen: Verdict | None = pick("verdict", with_all(names, "verdict"))
    verdicts = telling if chosen is None else [chosen]
    shown = st.container()
    total = sum(counts[verdict] for verdict in verdicts)
    first = pick_lines(total, ON_A_PAGE, "changes")
    asked: dict[str, Any] = {"verdicts": verdicts, "file": file, "first": first, "most": ON_A_PAGE}
    rows = upload_rows(the_store(), by, upload_id=upload.id, **asked)
    lines = [of_file(upload, row.file) | line for row in rows for line in _lines(row)]
    with shown:
        plain_table(pd.DataFrame(lines), printed="changes")


def _counted(name: str, count: int) -> str:
    return translate("import_page.counted", name=name, count=f"{count:,}")


def _lines(row: UploadRow) -> Iterator[dict[str, object]]:
    """One line per differing field; a single one for a row without any."""
    for label, old, new in row.changes or [["", "", asked_of(row)]]:
        yield {
            "sheet_row": row.row,
            "number": row.number,
            "title": row.title,
            "verdict": translate(f"verdict.{row.verdict}"),
            "field": text_in(label, language()),
            "old": text_in(old, language()),
            "new": text_in(new, language()),
        }
