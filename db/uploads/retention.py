"""How long an uploaded ledger is kept with its findings, and when it must go."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import delete, insert, or_, update
from sqlmodel import Session, col

from db.identity import SignedIn
from db.periods.queries import check_period
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import ReportingPeriod, Upload, UploadFinding, UploadRow
from db.uploads.judged_ledgers import JudgedLedger
from tracking.documents.workbook_limits import ENDINGS
from tracking.evidence import clean_name
from tracking.ledgers.results import text_by_language
from tracking.messages import Message, Refusal
from tracking.steps import OnStep, Step, untold
from tracking.vocabulary import Grade, Verdict

KEPT_FOR = timedelta(days=7)
# Per officer; older ones make room.
MOST_KEPT = 10


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as provided by its user."""

    name: str
    content: bytes


def keep_upload(tx: Transaction, by: SignedIn, file: GivenFile, period_id: int | None = None) -> Upload:
    """Store a new upload, replacing older ones; a period given must be open. Raises `Refusal`, `NotFound`."""
    if by.authority_id is None:
        raise NotFound(Message("store.not_found"))
    if period_id is not None:
        check_period(tx, tx.load(ReportingPeriod, period_id))
    _make_room(tx, by)
    return tx.add(
        Upload(
            officer_id=by.officer_id,
            authority_id=by.authority_id,
            period_id=period_id,
            name=_name_of(file),
            content=file.content,
            uploaded_at=tx.now,
            expires_at=tx.now + KEPT_FOR,
        )
    )


def _name_of(file: GivenFile) -> str:
    """The file's name with a table's extension; a refused file, which is not stored, keeps its name."""
    ending = PurePosixPath(file.name).suffix[1:].lower()
    own = ending in ENDINGS or (not file.content and ending.isascii() and ending.isalnum())
    return clean_name(file.name, ending[:5] if own else "xlsx")


@contextmanager
def whole(store: Store, upload_id: int) -> Iterator[None]:
    """Forget a new upload whose findings could not all be stored."""
    try:
        yield
    except BaseException:
        with store.upkeep() as session:
            drop_judged(session, Upload.id == upload_id)
            session.execute(delete(Upload).where(col(Upload.id) == upload_id))
        raise


def keep_judged(store: Store, upload_id: int, judged: JudgedLedger, on_step: OnStep = untold) -> None:
    """Store the findings of an upload piece by piece, between which others write.

    It counts as judged, and can be committed, only once all of them are there.
    """
    total = sum(judged.counts.values()) - judged.counts[Verdict.UNCHANGED]
    done = 0
    for rows, findings in judged.batches:
        with store.upkeep() as session:
            for table, some in ((UploadRow, rows), (UploadFinding, findings)):
                if some:
                    session.execute(insert(table), [{"upload_id": upload_id, **one} for one in some])
        done += len(rows)
        on_step(Step.KEEPING, done, total)
    with store.upkeep() as session:
        session.execute(update(Upload).where(col(Upload.id) == upload_id).values(counts=judged.counts))


def keep_refused(tx: Transaction, by: SignedIn, name: str, refused: Refusal) -> Upload:
    """Store why a file was refused as a whole, but not the file, in which nothing can be marked."""
    upload = keep_upload(tx, by, GivenFile(name, b""))
    tx.session.add_all(
        UploadFinding(upload_id=upload.id, grade=Grade.A, message=text_by_language(message))
        for message in refused.messages
    )
    return upload


def _make_room(tx: Transaction, by: SignedIn) -> None:
    """Drop expired uploads, and all but the newest of the officer's own."""
    mine = select(col(Upload.id)).where(Upload.officer_id == by.officer_id).order_by(col(Upload.id).desc())
    older = tx.session.execute(mine.offset(MOST_KEPT - 1)).scalars().all()
    gone: Any = or_(col(Upload.expires_at) <= tx.now, col(Upload.id).in_(older))
    drop_judged(tx.session, gone)
    tx.session.execute(delete(Upload).where(gone))


def drop_judged(session: Session, *conditions: Any) -> None:
    """Delete the findings of these uploads."""
    for table in (UploadRow, UploadFinding):
        session.execute(delete(table).where(col(table.upload_id).in_(select(Upload.id).where(*conditions))))
