"""An office's own ledger with nobody to ask: by a program, on the command line, or among many files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.identity import SignedIn
from db.store import Store
from db.uploads.committing import commit_upload
from db.uploads.layouts import known_names, proposed_layouts, remembered_layouts
from db.uploads.legacy_ledgers import preview_legacy_ledger, tasks_of
from db.uploads.queries import count_questions, upload_of
from tracking.documents.grids import Sheet, packed
from tracking.documents.ledger_reading import Ledger, LedgerRow
from tracking.documents.legacy_binding import same_headers
from tracking.documents.legacy_guess import heads_of
from tracking.documents.legacy_layout import Layout
from tracking.ledgers.legacy_answers import Answers
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message, Refusal
from tracking.steps import OnStep, untold
from tracking.vocabulary import Grade


@dataclass(frozen=True, slots=True)
class Taken:
    """The layouts a workbook is read by, none for our form; `confirmed` if each was before and no column is asked about."""

    layouts: Sequence[Layout] = ()
    confirmed: bool = True


def judge_unattended(store: Store, *, by: SignedIn, upload_id: int, on_step: OnStep = untold) -> Taken:
    """Judge one's upload by its authority's last layouts, else by a guess, which is not remembered; our form as it is.

    Raises `Refusal` as `preview_legacy_ledger`.
    """
    upload = upload_of(store, by, upload_id=upload_id)
    if not upload.heads:
        return Taken()
    period_id = upload.period_id or 0
    taken = _taken(store, by, upload.heads, tasks_of(store, by, period_id), period_id)
    preview_legacy_ledger(
        store,
        by=by,
        upload_id=upload_id,
        layouts=taken.layouts,
        remember=taken.confirmed,
        on_step=on_step,
    )
    return taken


def commit_unattended(store: Store, *, by: SignedIn, upload_id: int, taken: Taken) -> int:
    """Save one's judged upload as drafts; returns how many.

    Raises `Refusal` for a layout that nobody has confirmed, while a question is open, and as `commit_upload`.
    """
    if not taken.confirmed:
        raise Refusal(Message("legacy.not_confirmed"))
    counts = count_questions(store, by, upload_id=upload_id)
    if waiting := sum(counts.values()) - counts.get(Grade.D, 0):
        raise Refusal(Message("legacy.unanswered", count=waiting))
    return commit_upload(store, by=by, upload_id=upload_id)


def confirmed_ledger(store: Store, by: SignedIn, sheets: Sequence[Sheet], period_id: int | None) -> Ledger:
    """A workbook as one's authority confirmed its layout, for a period.

    Raises `Refusal` if nobody has, if no period was asked for, and if no row has content.
    """
    heads = heads_of(sheets)
    if period_id is None or not heads:
        raise Refusal(Message("upload.not_ours"))
    tasks = tasks_of(store, by, period_id)
    taken = _taken(store, by, [packed(head) for head in heads], tasks, period_id)
    if not taken.confirmed:
        raise Refusal(Message("legacy.not_confirmed" if taken.layouts else "upload.not_ours"))
    answers = Answers(names=known_names(store, by))
    rows = _Rows(sheets, taken.layouts, tasks, period_id, answers, by.authority_id or 0)
    count = sum(1 for _ in rows)
    if not count:
        raise Refusal(Message("legacy.no_rows"))
    return Ledger(taken.layouts[0].sheet, rows, count, {period_id: count})


def _taken(store: Store, by: SignedIn, heads: Any, tasks: Sequence[LedgerTask], period_id: int) -> Taken:
    proposal = proposed_layouts(store, by, heads, tasks, period_id)
    layouts = [layout for layout in proposal.layouts if layout.sheet in proposal.likely]
    before = remembered_layouts(store, by)
    known = (any(same_headers(layout, one) for one in before) for layout in layouts)
    return Taken(layouts, bool(layouts) and all(known) and not any(layout.asked for layout in layouts))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a workbook, read anew each time: a row with its cells is many times the size of its values."""

    sheets: Sequence[Sheet]
    layouts: Sequence[Layout]
    tasks: Sequence[LedgerTask]
    period_id: int
    answers: Answers
    own: int

    def __iter__(self) -> Iterator[LedgerRow]:
        return read_legacy(
            self.sheets, self.layouts, self.tasks, self.period_id, answers=self.answers, own=self.own
        )
