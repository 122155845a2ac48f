"""Bringing a plan in from a workbook: the form to fetch, the file to give, what is asked, and what it changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.plans.files import PlanFile, compared, known_for, read_plan_file, standing_of
from db.plans.queries import PlanSheet
from db.store import Store
from pages.parts.plans.file_columns import columns_told
from pages.parts.plans.file_preview import preview
from pages.parts.plans.file_questions import Asked, asked_of, draw_questions
from pages.parts.plans.file_tables import OPENED
from pages.parts.plans.wording import Names
from pages.parts.uploads.step_bar import step_bar
from pages.shared.access import part
from pages.shared.faults import error_summary
from pages.shared.forms import Form
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.documents.plan_layout import PlanLayout
from tracking.documents.workbook_zip import LIMIT_MEGABYTES
from tracking.messages import Refusal
from tracking.plans.comparison import Comparison
from tracking.plans.known import Known
from tracking.plans.proposals import Answers

# With the answers of the run before, and with those of this one as they raise new questions.
_KEPT = 3


@dataclass
class Given:
    """The file given last in this visit, which one of the uploader it was, and how it compared in the last runs."""

    file: PlanFile | None = None
    file_id: str = ""
    kept: list[tuple[tuple[Any, ...], Comparison]] = field(default_factory=list)

    def compared(
        self, file: PlanFile, sheet: PlanSheet, known: Known, layouts: Sequence[PlanLayout], answers: Answers
    ) -> Comparison:
        """The file beside the draft; the same answers to the same draft are not compared again."""
        asked = (file.digest, standing_of(sheet), known, list(layouts), dict(answers))
        for before, found in self.kept:
            if before == asked:
                return found
        found = compared(file, sheet, known, layouts, answers)
        self.kept = [(asked, found), *self.kept][:_KEPT]
        return found

    def read(self, store: Store, *, file_id: str, **asked: Any) -> None:
        """Read another one. Raises `Refusal`; then the one before stays."""
        self.file, self.file_id = read_plan_file(store, **asked), file_id


@part("work_plan")
def bring_in(by: SignedIn, reads: Reads, sheet: PlanSheet, names: Names) -> None:
    """The whole of it; the file itself is kept for this visit only, and what was answered of it under its digest."""
    st.subheader(translate("plan_file.heading"), anchor=False)
    st.markdown(translate("plan_file.fetch_note"))
    st.link_button(
        translate("plan_file.fetch"),
        f"/plan-form.xlsx?revision={sheet.revision.id}",
        icon=":material/download:",
    )
    given = _given(sheet)
    _take(by, sheet, given)
    _show(by, reads, sheet, names, given)


def _given(sheet: PlanSheet) -> Given:
    found: Given = st.session_state.setdefault(f"plan_file_{sheet.revision.id}", Given())
    return found


def _take(by: SignedIn, sheet: PlanSheet, given: Given) -> None:
    """The file uploader; a file is read as soon as it arrives."""
    file = st.file_uploader(
        translate("plan_file.give", limit=LIMIT_MEGABYTES),
        key=f"give_plan_{sheet.revision.id}",
        max_upload_size=LIMIT_MEGABYTES,
        help=translate("upload.texts_only"),
    )
    if file is None or given.file_id == file.file_id:
        return
    form = Form.under_way(f"plan_given_{file.file_id}")
    if form.refused is None:
        form.perform(
            given.read,
            done=translate("import_page.read", name=plain(file.name)),
            by=by,
            file_id=file.file_id,
            name=file.name,
            content=file.getvalue(),
            on_step=step_bar(),
        )
    error_summary(form.refused)


def _show(by: SignedIn, reads: Reads, sheet: PlanSheet, names: Names, given: Given) -> None:
    if (file := given.file) is None:
        return
    filled = Form.under_way(f"plan_file_{sheet.revision.id}_{file.digest[:16]}", row_version=0)
    st.markdown(translate("plan_file.of_file", name=plain(file.name)))
    error_summary(filled.refused)
    layouts = columns_told(filled, file)
    known = known_for(reads.store, by, sheet, reads.today)
    try:
        asked, found = _answered(filled, partial(given.compared, file, sheet, known, layouts))
    except Refusal as refused:
        error_summary(refused)
        return
    draw_questions(filled, asked, replace(known, proposed=found.proposed), sheet)
    preview(by, filled, sheet, names, found, layouts=layouts, source=file.name)


def _answered(filled: Form, compare: Callable[[Answers], Comparison]) -> tuple[list[Asked], Comparison]:
    """What is asked, and the file as it reads with the answers; an answer may let another question be asked."""
    answers: dict[str, str] = {}
    found = compare(answers)
    opened = filled.typed(OPENED, [])
    asked = asked_of(found, (), opened)
    for _ in range(2):
        given = {key: answer for one in asked if (answer := one.answer(filled)) for key in one.keys}
        if given == answers:
            break
        answers, found = given, compare(given)
        asked = asked_of(found, asked, opened)
    return asked, found
