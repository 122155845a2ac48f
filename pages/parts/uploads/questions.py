"""What an office's own ledger leaves open: a field for each cell that could not be read and each row without a task.

Below them what may be corrected: answers given, and rows that matched a task whose title is not exactly theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.tables import Upload, UploadFinding
from db.uploads.legacy_ledgers import answer_ledger
from db.uploads.queries import count_questions, questions_of
from pages.parts.uploads.step_bar import step_bar
from pages.parts.uploads.tasks import tasks_for
from pages.shared.faults import error_summary
from pages.shared.filters import pick_lines
from pages.shared.forms import Form
from pages.shared.reads import Reads
from pages.shared.wording import language, lines, plain, translate
from tracking.ledgers.legacy_answers import NO_TASK, place_in
from tracking.ledgers.results import text_in
from tracking.ledgers.rows import LedgerTask
from tracking.vocabulary import Grade, Question

ON_A_PAGE = 20
# A longer text is answered in several lines.
_LINE = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """One place at which something is asked or was answered: what stands there, and what is said of it.

    One that is not `open` may be corrected.
    """

    place: str
    asks: Question
    written: str
    open: bool
    said: tuple[str, ...]


def questions(by: SignedIn, reads: Reads, upload: Upload) -> None:
    """The questions of one upload, a page at a time, and the button that reads it again with the answers.

    Of several files none: what one of them asks is mended in it, or answered where it is given alone.
    """
    counts = count_questions(reads.store, by, upload_id=upload.id) if upload.heads else {}
    if not counts:
        return
    open_ = sum(counts.values()) - counts.get(Grade.D, 0)
    st.header(translate("legacy.questions", count=f"{open_:,}"), anchor=False)
    st.caption(translate("legacy.questions_note"))
    filled = Form.under_way(f"answers_{upload.id}", row_version=0)
    error_summary(filled.refused)
    tasks = tasks_for(by, reads, upload)
    shown = st.container()
    first = pick_lines(sum(counts.values()), ON_A_PAGE, "questions")
    found = questions_of(reads.store, by, upload_id=upload.id, first=first, most=ON_A_PAGE)
    with shown:
        for one in _asked(found):
            _draw(filled, one, upload.answers or {}, tasks)
    _send(by, filled, upload)


def _asked(found: Sequence[UploadFinding]) -> list[Asked]:
    """The findings by place, in order; what the ledger says is named by the answer, where there is one."""
    by_place: dict[tuple[str, Question], list[UploadFinding]] = {}
    for one in found:
        if one.asks is not None:
            by_place.setdefault((place_in(one.sheet, one.cell), one.asks), []).append(one)
    return [
        Asked(
            place,
            asks,
            max(several, key=lambda one: one.grade).value,
            any(one.grade is not Grade.D for one in several),
            tuple(dict.fromkeys(text_in(one.message, language()) for one in several)),
        )
        for (place, asks), several in by_place.items()
    ]


def _draw(filled: Form, one: Asked, answers: Mapping[str, Any], tasks: Sequence[LedgerTask]) -> None:
    place = plain(one.place.replace("!", " "))
    with st.container(border=True):
        if one.asks is Question.ROW:
            _draw_row(filled, one, place, answers.get("rows", {}).get(one.place), tasks)
        else:
            _draw_cell(filled, one, place, answers.get("cells", {}).get(one.place))
        written = translate("legacy.written", written=lines(one.written))
        st.caption("　".join([translate(f"question.{one.asks}"), written, *map(plain, one.said)]))


def _draw_row(filled: Form, one: Asked, place: str, answer: int | None, tasks: Sequence[LedgerTask]) -> None:
    """The tasks to choose from; none of them is chosen beforehand, and a match stands unless another one is."""
    stands = translate("legacy.not_chosen" if one.open or answer is not None else "legacy.as_matched")
    options = {"": stands, str(NO_TASK): translate("legacy.none_of_them")}
    several = len({task.authority_id for task in tasks}) > 1
    options |= {
        str(task.task_id): f"{task.authority if several else ''} {task.number} {task.title}".strip()
        for task in tasks
    }
    initial = "" if answer is None else str(answer)
    filled.choice(f"row:{one.place}", translate("legacy.answer_row", place=place), options, initial)


def _draw_cell(filled: Form, one: Asked, place: str, answer: str | None) -> None:
    field, leave = st.columns([3, 2], vertical_alignment="bottom")
    with field:
        draw = filled.area if len(one.written) > _LINE else filled.text
        draw(f"cell:{one.place}", translate("legacy.answer_cell", place=place), answer or "")
    with leave:
        filled.switch(f"leave:{one.place}", translate("legacy.leave_cell", place=place), answer == "")


def _send(by: SignedIn, filled: Form, upload: Upload) -> None:
    cells, rows = given(_typed(filled))
    filled.save(
        translate("legacy.answer"),
        answer_ledger,
        done=translate("legacy.answered_done"),
        by=by,
        upload_id=upload.id,
        cells=cells,
        rows=rows,
        on_step=step_bar(),
    )


def _typed(filled: Form) -> dict[str, Any]:
    """Field → what was typed in it, on this page of the list or on another."""
    elsewhere = {name: value for name, value in filled.typed_here.items() if name not in filled.initial}
    here = {name: filled.typed(name, first) for name, first in filled.initial.items()}
    return elsewhere | {name: value for name, value in here.items() if value != filled.initial[name]}


def given(typed: Mapping[str, Any]) -> tuple[dict[str, str | None], dict[str, int | None]]:
    """The answers that stand in the fields, by place; None takes an earlier one back."""
    cells: dict[str, str | None] = {}
    rows: dict[str, int | None] = {}
    for name, value in typed.items():
        kind, _, place = name.partition(":")
        if kind == "row":
            rows[place] = int(value) if value else None
        elif kind == "cell":
            cells[place] = value.strip() or None
    leave = {name.removeprefix("leave:"): value for name, value in typed.items() if name.startswith("leave:")}
    cells |= {place: "" if value else cells.get(place) for place, value in leave.items()}
    return cells, rows
