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
from db.tables import ProgressUpdate, Upload, UploadFinding, UploadRow
from tracking.ledgers.legacy_answers import place_in
from tracking.messages import Message
from tracking.vocabulary import Grade, UpdateStatus, Verdict


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
    file: int | None = None,
    first: int = 0,
    most: int | None = None,
) -> list[UploadRow]:
    """Rows of one's own upload with these verdicts, of one file or all, in order; none of somebody else's."""
    rows = _of(by, UploadRow, upload_id).where(col(UploadRow.verdict).in_(verdicts), *_in(UploadRow, file))
    return _page(store, rows.order_by(col(UploadRow.id)), first, most)


def upload_findings(
    store: Store,
    by: SignedIn,
    *,
    upload_id: int,
    grade: Grade | None = None,
    file: int | None = None,
    first: int = 0,
    most: int | None = None,
) -> list[UploadFinding]:
    """Problems of one's own upload, of one grade and file, or all, gravest first; none of somebody else's."""
    rows = _of(by, UploadFinding, upload_id).where(*_in(UploadFinding, file))
    if grade is not None:
        rows = rows.where(UploadFinding.grade == grade)
    return _page(store, rows.order_by(col(UploadFinding.grade), col(UploadFinding.id)), first, most)


def findings_by_grade(
    store: Store, by: SignedIn, *, upload_id: int, file: int | None = None
) -> dict[Grade, int]:
    """Grade → how many problems of it one's own upload has, of one file or all, gravest first."""
    rows = _of(by, UploadFinding, upload_id, UploadFinding.grade, func.count(col(UploadFinding.id)))
    rows = rows.where(*_in(UploadFinding, file))
    with store.read() as session:
        found = session.execute(rows.group_by(UploadFinding.grade).order_by(UploadFinding.grade)).all()
    return dict(found)


def questions_of(
    store: Store, by: SignedIn, *, upload_id: int, first: int = 0, most: int | None = None
) -> list[UploadFinding]:
    """What one's own upload asks, then what was answered or may be corrected, in file order; none of somebody else's."""
    rows = _of(by, UploadFinding, upload_id).where(col(UploadFinding.asks).is_not(None))
    open_first = (col(UploadFinding.grade) == Grade.D, col(UploadFinding.id))
    return _page(store, rows.order_by(*open_first), first, most)


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


def rows_by_verdict(
    store: Store, by: SignedIn, *, upload_id: int, file: int | None = None
) -> dict[Verdict, int]:
    """Verdict → how many rows of one's own upload with something to tell received it, of one file or all."""
    rows = _of(by, UploadRow, upload_id, UploadRow.verdict, func.count(col(UploadRow.id)))
    with store.read() as session:
        found = session.execute(rows.where(*_in(UploadRow, file)).group_by(UploadRow.verdict)).all()
    return dict(found)


def conflict_rows(
    store: Store, by: SignedIn, *, upload_id: int, first: int, most: int
) -> list[list[UploadRow]]:
    """A page of the tasks on which files and store disagree, each with its rows, one a file."""
    tasks = _of(by, UploadRow, upload_id, UploadRow.task_id).where(UploadRow.verdict == Verdict.CONFLICT)
    tasks = tasks.group_by(UploadRow.task_id).order_by(func.min(col(UploadRow.id)))
    asked = _of(by, UploadRow, upload_id).where(UploadRow.verdict == Verdict.CONFLICT)
    with store.read() as session:
        keys = session.execute(tasks.offset(first).limit(most)).scalars().all()
    rows = _page(store, asked.where(col(UploadRow.task_id).in_(keys)).order_by(col(UploadRow.id)), 0, None)
    return [[row for row in rows if row.task_id == key] for key in keys]


def calling_rows(store: Store, by: SignedIn, *, upload_id: int) -> list[UploadRow]:
    """The rows without change of one's own upload that call for a sentence, in order."""
    rows = _of(by, UploadRow, upload_id).where(UploadRow.verdict == Verdict.NO_CHANGE, UploadRow.calls != "")
    return _page(store, rows.order_by(col(UploadRow.id)), 0, None)


def to_take_back(store: Store, by: SignedIn, *, upload_id: int) -> list[int]:
    """The reports that one's own upload has handed over and nobody has opened yet."""
    tasks = _of(by, UploadRow, upload_id, UploadRow.task_id)
    rows = (
        select(ProgressUpdate.id)
        .join(Upload, col(Upload.period_id) == col(ProgressUpdate.period_id))
        .where(Upload.id == upload_id, col(ProgressUpdate.task_id).in_(tasks))
        .where(ProgressUpdate.written_by_id == by.officer_id, col(ProgressUpdate.followed).is_(False))
        .where(ProgressUpdate.status == UpdateStatus.HANDED_OVER, col(ProgressUpdate.opened_at).is_(None))
        .where(col(ProgressUpdate.sign_off_requested_at) >= col(Upload.uploaded_at))
        .order_by(col(ProgressUpdate.id))
    )
    with store.read() as session:
        return list(session.execute(rows).scalars())


def _in(table: Any, file: int | None) -> tuple[Any, ...]:
    return () if file is None else (table.file == file,)


def files_in_conflict(store: Store, by: SignedIn, *, upload_id: int) -> dict[int, int]:
    """Task on which files and store disagree → the last file that names it, in order of the tasks' first rows."""
    rows = _of(by, UploadRow, upload_id, UploadRow.task_id, func.max(UploadRow.file))
    rows = rows.where(UploadRow.verdict == Verdict.CONFLICT).group_by(UploadRow.task_id)
    with store.read() as session:
        return dict(session.execute(rows.order_by(func.min(col(UploadRow.id)))).all())


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
