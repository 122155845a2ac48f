"""Owns the ledger that goes out to be filled in and comes back: given, uploaded and judged, then committed as a whole."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_
from sqlmodel import col

from db import clock
from db.actions.update_drafts import all_of, check_period, figures, open_draft, reportable, write_draft
from db.identity import SignedIn
from db.queries.ledger_tasks import ledger_tasks
from db.queries.scope import scope_of
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import Authority, ReportingPeriod, Task, Upload
from tracking import permissions
from tracking.documents.ledger_reading import Ledger, read_ledger
from tracking.documents.limited import read_sheets
from tracking.evidence import clean_name
from tracking.ledger_import import Verdict, judge_ledger
from tracking.ledger_results import WRITTEN, draft_again, result_of
from tracking.ledger_rows import LedgerTask
from tracking.messages import Message, Refusal
from tracking.permissions import Right

KEPT_FOR = timedelta(days=7)
# Of one officer; older ones make room.
MOST_KEPT = 10


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as its user gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """What the ledger to be filled in is made of."""

    tasks: list[LedgerTask]
    period: ReportingPeriod
    authority: str


def export_ledger_form(store: Store, *, by: SignedIn, period_id: int) -> LedgerForm:
    """The tasks of one's own authority for an open period, to be filled in; that they were taken is kept.

    Raises `Refusal`, `NotFound` for a period there is not.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.REPORT_PROGRESS)
        authority = tx.load(Authority, by.authority_id or 0)
        period = tx.load(ReportingPeriod, period_id)
        check_period(tx, period)
        tx.audit("export_ledger_form", period, authority.id)
        name = authority.name
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
    return LedgerForm(_tasks(store, by, period_id), period, name)


def upload_ledger(store: Store, *, by: SignedIn, name: str, content: bytes) -> int:
    """Read and judge a filled-in ledger and keep the preview for a week; gives its id. Nothing is reported yet.

    Raises `Refusal` for a file that may not be opened or is no ledger of ours, and while its period takes no
    reports.
    """
    permissions.check(by, Right.REPORT_PROGRESS)
    ledger = read_ledger(read_sheets(content))
    period_id = _period_of(ledger)
    _check_known(store, period_id)
    tasks = {task.task_id: task for task in _tasks(store, by, period_id)}
    judged = judge_ledger(ledger.rows, tasks, period_id)
    with store.write(by) as tx:
        upload = keep_upload(tx, by, GivenFile(name, content), period_id, result_of(ledger.sheet, judged))
        tx.audit("upload_ledger", upload, by.authority_id, **upload.result["counts"])
        return upload.id


def keep_upload(
    tx: Transaction, by: SignedIn, file: GivenFile, period_id: int, result: dict[str, Any]
) -> Upload:
    """A new upload for an open period, in the place of older ones. Raises `Refusal`, `NotFound`."""
    check_period(tx, tx.load(ReportingPeriod, period_id))
    _make_room(tx, by)
    return tx.add(
        Upload(
            officer_id=by.officer_id,
            authority_id=by.authority_id or 0,
            period_id=period_id,
            name=clean_name(file.name, "xlsx"),
            content=file.content,
            result=result,
            uploaded_at=tx.now,
            expires_at=tx.now + KEPT_FOR,
        )
    )


def commit_upload(
    store: Store, *, by: SignedIn, upload_id: int, overwrite: Collection[int] = (), hand_over: bool = False
) -> int:
    """Write what an upload adds and changes as drafts, all of it or nothing; gives how many.

    `overwrite` are the tasks whose conflict the upload wins; the others stay as they are. With `hand_over` every
    draft must be complete, and goes to the signatory. Raises `Refusal` with every fault in its task's name,
    `Conflict` among them where somebody saved since the preview.
    """
    with store.write(by) as tx:
        upload = _own(tx, by, upload_id)
        rows = [row for row in upload.result["rows"] if _chosen(row, overwrite)]
        if not rows:
            raise Refusal(Message("upload.nothing"))
        tasks = [tx.load(Task, row["task_id"]) for row in rows]
        all_of(tasks, lambda at: _write(tx, by, upload, rows[at], hand_over=hand_over))
        upload.committed_at = tx.now
        tx.audit("commit_upload", upload, upload.authority_id, tasks=len(rows), hand_over=hand_over)
        return len(rows)


def _tasks(store: Store, by: SignedIn, period_id: int) -> list[LedgerTask]:
    authority_id = by.authority_id or 0
    return ledger_tasks(store, scope_of(store, by), authority_id=authority_id, period_id=period_id)


def _period_of(ledger: Ledger) -> int:
    """The period that most rows are of. Raises `Refusal` where no row says."""
    periods = Counter(row.key.period_id for row in ledger.rows if row.key)
    if not periods:
        raise Refusal(Message("upload.no_rows"))
    return periods.most_common(1)[0][0]


def _make_room(tx: Transaction, by: SignedIn) -> None:
    """Drop what has expired, and the officer's own uploads but for the newest."""
    mine = select(col(Upload.id)).where(Upload.officer_id == by.officer_id).order_by(col(Upload.id).desc())
    older = tx.session.execute(mine.offset(MOST_KEPT - 1)).scalars().all()
    gone = or_(col(Upload.expires_at) <= tx.now, col(Upload.id).in_(older))
    tx.session.execute(delete(Upload).where(gone))


def _check_known(store: Store, period_id: int) -> None:
    """Refuse a period there is not: what a file says may be made up. Raises `NotFound`."""
    with store.read() as session:
        if session.get(ReportingPeriod, period_id) is None:
            raise NotFound(Message("store.not_found"))


def _own(tx: Transaction, by: SignedIn, upload_id: int) -> Upload:
    """One's own upload that waits to be committed. Raises `NotFound`, `Refusal`."""
    upload = tx.load(Upload, upload_id)
    permissions.check(by, Right.REPORT_PROGRESS, upload.authority_id)
    if upload.officer_id != by.officer_id or upload.expires_at <= clock.now():
        raise NotFound(Message("store.not_found"))
    if upload.committed_at is not None:
        raise Refusal(Message("upload.committed_already"))
    return upload


def _chosen(row: dict[str, Any], overwrite: Collection[int]) -> bool:
    wins = row["verdict"] == Verdict.CONFLICT and row["task_id"] in overwrite
    return wins or row["verdict"] in WRITTEN


def _write(tx: Transaction, by: SignedIn, upload: Upload, row: dict[str, Any], *, hand_over: bool) -> None:
    place = reportable(tx, by, row["task_id"], upload.period_id)
    update = open_draft(tx, place, row["row_version"])
    write_draft(tx, place, update, draft_again(row["draft"]), hand_over=hand_over)
    action = "hand_over_progress_update" if hand_over else "save_progress_update"
    tx.audit(action, update, place.task.authority_id, **figures(update), upload_id=upload.id)
