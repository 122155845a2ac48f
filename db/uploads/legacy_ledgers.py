"""Judging an uploaded ledger of any layout, once its columns have been explained."""

from collections.abc import Sequence

from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.periods.queries import check_period
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import LedgerLayout, ReportingPeriod, Upload
from db.turns import in_turn, waiting
from db.uploads.judged_ledgers import JudgedLedger, judged_ledger
from db.uploads.queries import upload_of
from db.uploads.retention import drop_judged, keep_judged
from db.uploads.tasks import ledger_tasks
from tracking import permissions
from tracking.documents.legacy_layout import Layout, check_layouts, known_layout, packed_layout
from tracking.documents.limited import read_sheets
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.steps import OnStep, Step, untold


def preview_legacy_ledger(
    store: Store, *, by: SignedIn, upload_id: int, layouts: Sequence[Layout], on_step: OnStep = untold
) -> None:
    """Read one's uploaded workbook with these layouts, judge it, and remember them for one's authority.

    May be repeated with others until the upload is committed; nothing is reported yet. Raises `Refusal` with
    everything unclear about the layouts, if no row has content, and while the period takes no reports.
    """
    permissions.check(by, Right.REPORT_PROGRESS)
    check_layouts(layouts)
    upload = upload_of(store, by, upload_id=upload_id)
    if not upload.heads or upload.period_id is None:
        raise NotFound(Message("store.not_found"))
    with in_turn(by.officer_id, waiting(on_step)):
        judged = _judged(store, by, upload, layouts, on_step)
    if not any(judged.counts.values()):
        raise Refusal(Message("legacy.no_rows"))
    with store.write(by) as tx:
        kept = tx.load(Upload, upload_id)
        if kept.committed_at is not None:
            raise Refusal(Message("upload.committed_already"))
        check_period(tx, tx.load(ReportingPeriod, upload.period_id))
        drop_judged(tx.session, Upload.id == upload_id)
        kept.counts = {}
        tx.audit("preview_legacy_ledger", kept, by.authority_id, **judged.counts)
        _remember(tx, by, layouts)
    keep_judged(store, upload_id, judged, on_step)


def _judged(
    store: Store, by: SignedIn, upload: Upload, layouts: Sequence[Layout], on_step: OnStep
) -> JudgedLedger:
    on_step(Step.READING, 0, 1)
    sheets, period_id = read_sheets(upload.content), upload.period_id or 0
    rows = read_legacy(sheets, layouts, _tasks(store, by, period_id), period_id)
    lines = sum(len(sheet.rows) for sheet in sheets)
    return judged_ledger(store, by, rows, period_id=period_id, lines=lines, on_step=on_step)


def _tasks(store: Store, by: SignedIn, period_id: int) -> list[LedgerTask]:
    return ledger_tasks(store, scope_of(store, by), authority_id=by.authority_id or 0, period_id=period_id)


def _remember(tx: Transaction, by: SignedIn, layouts: Sequence[Layout]) -> None:
    """Store the layouts for one's authority; changes are audited."""
    said = [packed_layout(known_layout(layout)) for layout in layouts]
    mine = select(LedgerLayout).where(LedgerLayout.authority_id == by.authority_id)
    kept = tx.session.execute(mine).scalar_one_or_none()
    if kept is not None and kept.layouts == said:
        return
    if kept is None:
        kept = tx.add(LedgerLayout(authority_id=by.authority_id or 0, layouts=said, saved_at=tx.now))
    kept.layouts, kept.saved_by_id, kept.saved_at = said, by.officer_id, tx.now
    tx.audit("remember_ledger_layout", kept, by.authority_id, sheets=[layout.sheet for layout in layouts])
