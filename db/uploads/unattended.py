"""An office's own ledger with nobody to ask: by a program or on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.identity import SignedIn
from db.store import Store
from db.uploads.committing import commit_upload
from db.uploads.layouts import proposed_layouts, remembered_layouts
from db.uploads.legacy_ledgers import preview_legacy_ledger, tasks_of
from db.uploads.queries import count_questions, upload_of
from tracking.documents.legacy_binding import same_headers
from tracking.documents.legacy_layout import Layout
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


def _taken(store: Store, by: SignedIn, heads: Any, tasks: Sequence[LedgerTask], period_id: int) -> Taken:
    proposal = proposed_layouts(store, by, heads, tasks, period_id)
    layouts = [layout for layout in proposal.layouts if layout.sheet in proposal.likely]
    before = remembered_layouts(store, by)
    known = (any(same_headers(layout, one) for one in before) for layout in layouts)
    return Taken(layouts, bool(layouts) and all(known) and not any(layout.asked for layout in layouts))
