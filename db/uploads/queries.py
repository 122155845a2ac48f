"""Reads uploaded ledgers back: only the uploader's own, and none that has expired."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import defer
from sqlmodel import col

from db import clock
from db.identity import SignedIn
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import Upload, UploadFinding, UploadRow
from tracking.ledgers.legacy_answers import place_in
from tracking.messages import Message
from tracking.vocabulary import Grade, Verdict


def upload_of(store: Store, by: SignedIn, *, upload_id: int) -> Upload:
    """One's own upload. Raises `NotFound`, also if it is somebody else's or has expired."""
    found = _first(store, by, col(Upload.id) == upload_id)
    if found is None:
        raise NotFound(Message("store.not_found"))
    return found


def latest_upload(store: Store, by: SignedIn) -> Upload | None:
    """One's newest unexpired upload, without its file content, since pages read it on every run."""
    content: Any = Upload.content
    return _first(store, by, options=(defer(content, raiseload=True),))


def upload_rows(
    store: Store,
    by: SignedIn,
    *,
    upload_id: int,
    verdicts: Collection[Verdict],
    first: int = 0,
    most: int | None = None,
) -> list[UploadRow]:
    """Rows of one's own upload with these verdicts, in file order; none of somebody else's."""
    rows = _of(by, UploadRow, upload_id).where(col(UploadRow.verdict).in_(verdicts))
    return _page(store, rows.order_by(col(UploadRow.id)), first, most)


def upload_findings(
    store: Store,
    by: SignedIn,
    *,
    upload_id: int,
    grade: Grade | None = None,
    first: int = 0,
    most: int | None = None,
) -> list[UploadFinding]:
    """Problems of one's own upload, of one grade, or all, gravest first; none of somebody else's."""
    rows = _of(by, UploadFinding, upload_id)
    if grade is not None:
        rows = rows.where(UploadFinding.grade == grade)
    return _page(store, rows.order_by(col(UploadFinding.grade), col(UploadFinding.id)), first, most)


def findings_by_grade(store: Store, by: SignedIn, *, upload_id: int) -> dict[Grade, int]:
    """Grade → how many problems of it one's own upload has, gravest first."""
    rows = _of(by, UploadFinding, upload_id, UploadFinding.grade, func.count(col(UploadFinding.id)))
    with store.read() as session:
        found = session.execute(rows.group_by(UploadFinding.grade).order_by(UploadFinding.grade)).all()
    return dict(found)


def questions_of(
    store: Store, by: SignedIn, *, upload_id: int, first: int = 0, most: int | None = None
) -> list[UploadFinding]:
    """What one's own upload asks, and what was answered to it, in file order; none of somebody else's."""
    rows = _of(by, UploadFinding, upload_id).where(col(UploadFinding.asks).is_not(None))
    return _page(store, rows.order_by(col(UploadFinding.id)), first, most)


def count_questions(store: Store, by: SignedIn, *, upload_id: int) -> dict[Grade, int]:
    """Grade → how many questions and answers of it; answers are of grade D."""
    rows = _of(by, UploadFinding, upload_id, UploadFinding.grade, func.count(col(UploadFinding.id)))
    with store.read() as session:
        asked = rows.where(col(UploadFinding.asks).is_not(None)).group_by(UploadFinding.grade)
        found = session.execute(asked).all()
    return dict(found)


def question_places(store: Store, by: SignedIn, *, upload_id: int) -> frozenset[str]:
    """Where one's own upload asks anything, as sheet!cell."""
    rows = _of(by, UploadFinding, upload_id, UploadFinding.sheet, UploadFinding.cell)
    with store.read() as session:
        found = session.execute(rows.where(col(UploadFinding.asks).is_not(None))).all()
    return frozenset(place_in(*one) for one in found)


def tasks_in_conflict(store: Store, by: SignedIn, *, upload_id: int) -> frozenset[int]:
    """The tasks of one's own upload on which file and store disagree."""
    rows = _of(by, UploadRow, upload_id, UploadRow.task_id).where(UploadRow.verdict == Verdict.CONFLICT)
    with store.read() as session:
        return frozenset(session.execute(rows).scalars())


def _of(by: SignedIn, table: Any, upload_id: int, *columns: Any) -> Statement:
    """The rows of an upload, if it is one's own and has not expired."""
    rows = select(*(columns or (table,))).join(Upload, Upload.id == table.upload_id)
    return rows.where(Upload.id == upload_id, *_own(by))


def _own(by: SignedIn) -> tuple[Any, ...]:
    return Upload.officer_id == by.officer_id, col(Upload.expires_at) > clock.now()


def _page(store: Store, rows: Any, first: int, most: int | None) -> list[Any]:
    with store.read() as session:
        found = list(session.execute(rows.offset(first).limit(most)).scalars())
        session.expunge_all()
    return found


def _first(store: Store, by: SignedIn, *conditions: Any, options: tuple[Any, ...] = ()) -> Upload | None:
    rows = (
        select(Upload)
        .where(*_own(by), *conditions)
        .order_by(col(Upload.id).desc())
        .limit(1)
        .options(*options)
    )
    with store.read() as session:
        found: Upload | None = session.execute(rows).scalar_one_or_none()
        session.expunge_all()
    return found
