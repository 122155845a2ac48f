"""Judging an uploaded ledger of any layout: once its columns have been explained, and again with each answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from db.authorities.delegation import writing_scope
from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.periods.queries import check_period
from db.store import NotFound, Store
from db.tables import ReportingPeriod, Upload
from db.turns import in_turn, waiting
from db.uploads.judged_ledgers import JudgedLedger, judged_ledger
from db.uploads.layouts import known_names, remember_layouts
from db.uploads.queries import question_places, upload_of
from db.uploads.retention import drop_judged, keep_judged
from db.uploads.tasks import ledger_tasks_of
from tracking import permissions
from tracking.documents.legacy_layout import Layout, check_layouts, layout_again, packed_layout
from tracking.documents.limited import read_sheets
from tracking.ledgers.legacy_answers import Answers, names_learned, titles_at
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.steps import OnStep, Step, untold

T = TypeVar("T")
# Characters of one answer: as many as a cell may hold.
LONGEST_ANSWER = 32_767


@dataclass(frozen=True, slots=True)
class _Told:
    """What the user of a workbook said of it, to be remembered unless nobody has looked at it."""

    layouts: Sequence[Layout]
    answers: Answers
    remember: bool = True


@dataclass(frozen=True, slots=True)
class _Read:
    """A workbook as judged, and the titles that are known from now on."""

    judged: JudgedLedger
    names: Mapping[str, Sequence[int]]


def preview_legacy_ledger(
    store: Store,
    *,
    by: SignedIn,
    upload_id: int,
    layouts: Sequence[Layout],
    remember: bool = True,
    on_step: OnStep = untold,
) -> None:
    """Read one's uploaded workbook with these layouts, judge it, and remember them for one's authority.

    May be repeated with others until the upload is committed; nothing is reported yet. Raises `Refusal` with
    everything unclear about the layouts, if no row has content, and while the period takes no reports.
    """
    permissions.check(by, Right.REPORT_PROGRESS)
    check_layouts(layouts)
    upload = upload_of(store, by, upload_id=upload_id)
    if not upload.heads:
        raise NotFound(Message("store.not_found"))
    told = _Told(layouts, answers_of(store, by, upload), remember)
    _judge(store, by, upload, told, action="preview_legacy_ledger", on_step=on_step)


def answer_ledger(
    store: Store,
    *,
    by: SignedIn,
    upload_id: int,
    cells: Mapping[str, str | None],
    rows: Mapping[str, int | None],
    on_step: OnStep = untold,
) -> None:
    """Answer what one's uploaded workbook asks, and judge it anew; which task a title means is remembered.

    Places are sheet!cell. Of `cells` the value is what is meant there, "" to leave what stands; of `rows` the task, 0
    for none; None takes an answer back. Raises `Refusal`, `NotFound` for a place at which nothing is asked.
    """
    permissions.check(by, Right.REPORT_PROGRESS)
    upload = upload_of(store, by, upload_id=upload_id)
    if not upload.heads:
        raise NotFound(Message("store.not_found"))
    if not cells and not rows:
        raise Refusal(Message("legacy.no_answers"))
    if not {*cells, *rows} <= question_places(store, by, upload_id=upload_id):
        raise NotFound(Message("store.not_found"))
    if any(len(answer or "") > LONGEST_ANSWER for answer in cells.values()):
        raise Refusal(Message("legacy.answer_too_long", most=f"{LONGEST_ANSWER:,}"))
    before = answers_of(store, by, upload)
    answers = replace(before, cells=_merged(before.cells, cells), rows=_merged(before.rows, rows))
    told = _Told([layout_again(one) for one in upload.layouts], answers)
    _judge(store, by, upload, told, action="answer_ledger", on_step=on_step)


def answers_of(store: Store, by: SignedIn, upload: Upload) -> Answers:
    """What was answered about an upload, and what its authority matched by hand before."""
    kept = upload.answers or {}
    return Answers(kept.get("cells", {}), kept.get("rows", {}), known_names(store, by))


def tasks_of(store: Store, by: SignedIn, period_id: int | None) -> list[LedgerTask]:
    """The tasks that the rows of one's own ledger may be of: one's own, and those of the authorities beneath."""
    within = writing_scope(by).authority_ids or ()
    return ledger_tasks_of(store, scope_of(store, by), authority_ids=within, period_id=period_id or 0)


def _merged(before: Mapping[str, T], given: Mapping[str, T | None]) -> dict[str, T]:
    return {place: answer for place, answer in {**before, **given}.items() if answer is not None}


def _judge(store: Store, by: SignedIn, upload: Upload, told: _Told, *, action: str, on_step: OnStep) -> None:
    """Judge the workbook by what was said of it, and keep both. Raises `Refusal` as `preview_legacy_ledger`."""
    with in_turn(by.officer_id, waiting(on_step)):
        read = _read(store, by, upload, told, on_step)
    if not any(read.judged.counts.values()):
        raise Refusal(Message("legacy.no_rows"))
    with store.write(by) as tx:
        kept = tx.load(Upload, upload.id)
        if kept.committed_at is not None:
            raise Refusal(Message("upload.committed_already"))
        check_period(tx, tx.load(ReportingPeriod, upload.period_id or 0))
        drop_judged(tx.session, Upload.id == upload.id)
        kept.counts, kept.layouts = {}, [packed_layout(layout) for layout in told.layouts]
        kept.answers = {"cells": told.answers.cells, "rows": told.answers.rows}
        tx.audit(action, kept, by.authority_id, **read.judged.counts)
        if told.remember:
            remember_layouts(tx, by, told.layouts, read.names)
    keep_judged(store, upload.id, read.judged, on_step)


def _read(store: Store, by: SignedIn, upload: Upload, told: _Told, on_step: OnStep) -> _Read:
    on_step(Step.READING, 0, 1)
    sheets, period_id = read_sheets(upload.content), upload.period_id or 0
    tasks = tasks_of(store, by, period_id)
    titles = titles_at(sheets, list(told.answers.rows))
    owners = {task.task_id: task.authority_id for task in tasks}
    names = names_learned(told.answers.names, told.answers.rows, titles, owners)
    answers, own = replace(told.answers, names=names), by.authority_id or 0
    rows = read_legacy(sheets, told.layouts, tasks, period_id, answers=answers, own=own)
    lines = sum(len(sheet.rows) for sheet in sheets)
    return _Read(judged_ledger(store, by, rows, period_id=period_id, lines=lines, on_step=on_step), names)
