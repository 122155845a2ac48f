"""Owns the preview of an uploaded ledger: how many of each, every problem by its cell, every change, and the commit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from db.actions import uploads
from db.identity import SignedIn
from db.tables import Upload
from pages.shared.components import Figure, figures
from pages.shared.navigation import page_link
from pages.shared.small_forms import SmallForm, small_form
from pages.shared.tables import plain_table
from pages.shared.words import language, moment, plain, t
from tracking.ledger_import import Verdict
from tracking.ledger_results import sheet_of

# More conflicts than these are not decided one by one; what is left stays as it is stored.
MOST_CHOICES = 30


def preview(by: SignedIn, upload: Upload) -> None:
    """Everything about one upload; nothing of it is written before its button is pressed."""
    result: Mapping[str, Any] = upload.result
    st.header(t("import_page.preview", name=plain(upload.name)), anchor=False)
    st.caption(
        t("import_page.kept", uploaded_at=moment(upload.uploaded_at), expires_at=moment(upload.expires_at))
    )
    figures([Figure(t(f"verdict.{name}"), f"{count:,}") for name, count in result["counts"].items()])
    if upload.committed_at is not None:
        st.success(t("import_page.committed", at=moment(upload.committed_at)))
        page_link("report", t("import_page.to_report"))
    else:
        _commit(by, upload, result)
    _problems(upload, result)
    _changes(result["rows"])


def _commit(by: SignedIn, upload: Upload, result: Mapping[str, Any]) -> None:
    counts = result["counts"]
    if not counts[Verdict.ADDED] + counts[Verdict.CHANGED] + counts[Verdict.CONFLICT]:
        st.info(t("import_page.nothing"))
        return
    form = small_form(f"commit_{upload.id}")
    wins = _choices(form, [row for row in result["rows"] if row["verdict"] == Verdict.CONFLICT])
    hand_over = form.switch("hand_over", t("import_page.hand_over"), False)
    count = sum(row["verdict"] in {Verdict.ADDED, Verdict.CHANGED} for row in result["rows"]) + len(wins)
    verb = t("import_page.commit", count=count)
    form.save(
        verb,
        uploads.commit_upload,
        done=t("import_page.done", count=count),
        consequence=t("import_page.consequence", count=count),
        primary=True,
        by=by,
        upload_id=upload.id,
        overwrite=wins,
        hand_over=hand_over,
    )


def _choices(form: SmallForm, conflicts: Sequence[Mapping[str, Any]]) -> list[int]:
    """The tasks whose conflict the file wins."""
    if not conflicts:
        return []
    st.subheader(t("import_page.conflicts"), anchor=False)
    if len(conflicts) > MOST_CHOICES:
        st.caption(t("import_page.more_conflicts", most=MOST_CHOICES))
    wins = []
    for row in conflicts[:MOST_CHOICES]:
        with st.container(border=True):
            name = f"{row['number']} {plain(row['title'])}"
            sides = {"stored": t("import_page.keep_stored"), "file": t("import_page.keep_file")}
            for label, old, new in row["changes"]:
                said = {"field": plain(label[language()]), "old": _or_dash(old), "new": _or_dash(new)}
                st.markdown(t("import_page.side_by_side", **said))
            chosen = st.radio(
                t("import_page.which", task=name),
                list(sides),
                format_func=sides.__getitem__,
                key=form.key(f"conflict_{row['task_id']}"),
                horizontal=True,
            )
        if chosen == "file":
            wins.append(row["task_id"])
    return wins


def _or_dash(words: Mapping[str, str]) -> str:
    return plain(words[language()]) or "—"


def _problems(upload: Upload, result: Mapping[str, Any]) -> None:
    """Every problem, the gravest first, and the way to one's own workbook with all of them in it."""
    found = sorted(_findings(result), key=lambda line: line["weight"])
    if not found:
        return
    st.header(t("import_page.problems", count=len(found)), anchor=False)
    st.link_button(
        t("import_page.marked"), f"/ledger-marked.xlsx?upload={upload.id}", icon=":material/download:"
    )
    lines = pd.DataFrame(found)
    plain_table(
        lines,
        "grade",
        "sheet",
        "cell",
        "value",
        "problem",
        printed="problems",
    )


def _findings(result: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for row in result["rows"]:
        for finding in row["findings"]:
            yield {
                "weight": finding["grade"],
                "grade": t(f"grade.{finding['grade']}"),
                "sheet": sheet_of(result, row),
                "cell": finding["cell"],
                "value": finding["value"],
                "problem": finding["message"][language()],
            }


def _changes(rows: Sequence[Mapping[str, Any]]) -> None:
    lines = [
        {
            "sheet_row": row["row"],
            "number": row["number"],
            "title": row["title"],
            "verdict": t(f"verdict.{row['verdict']}"),
            "field": label[language()],
            "old": old[language()],
            "new": new[language()],
        }
        for row in rows
        for label, old, new in row["changes"]
    ]
    if lines:
        st.header(t("import_page.changes"), anchor=False)
        plain_table(pd.DataFrame(lines), *lines[0], printed="changes")
