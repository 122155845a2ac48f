"""Committing an uploaded ledger: judged as a whole before anything is written, then written piece by piece.

Nobody waits for a ledger of 100,000 rows: a piece takes a fraction of a second, and between two pieces others write.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from time import sleep
from typing import Any, NoReturn

from sqlalchemy import func, update
from sqlalchemy.orm import defer
from sqlmodel import col

from db import clock
from db.batches import batches
from db.identity import SignedIn
from db.refusals import all_of, of_task, problems_of
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import Upload, UploadFinding, UploadRow
from db.updates.drafts import UpdateLine, judge_lines, save_lines
from tracking import permissions
from tracking.cleaning import says_something
from tracking.ledgers.results import WRITTEN, draft_again
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.steps import OnStep, Step, untold
from tracking.validation import Problem
from tracking.vocabulary import Grade, Verdict

# Rows of one transaction, and seconds between two: other processes ask for their turn ten times a second.
PIECE, PAUSE = 100, 0.03


def commit_upload(
    store: Store,
    *,
    by: SignedIn,
    upload_id: int,
    overwrite: Collection[int] | Mapping[int, int] = (),
    hand_over: bool = False,
    confirm: bool = False,
    no_change: bool = False,
    sentence: str = "",
    on_step: OnStep = untold,
) -> int:
    """Save an upload's additions and changes as drafts, none if any is at fault; returns how many.

    `overwrite` are the tasks whose conflict the upload wins; of several files the last that names the task, or the one
    that a mapping names. The others stay as they are. With `hand_over` every draft must be complete, and goes to the
    signatory; with `confirm` what has only to be confirmed was looked at. With `no_change` the rows left as they were
    handed out go to the signatory as reports of no change: what calls for a sentence only if there is one.
    Raises `Refusal` with every fault in its task's name, `Conflict` where all of them are that somebody saved since the
    preview. If somebody does so while it is written, what was written stands, and the same upload goes on from there.
    """
    how = _How(hand_over, confirm, no_change, sentence)
    with store.rehearsal(by) as tx:
        upload = _own(tx, by, upload_id)
        if hand_over and not confirm:
            _check_nothing_asked(tx, upload)
        keys = _chosen(tx, upload, overwrite, how)
    if not keys:
        raise Refusal(Message("upload.nothing"))
    if len(keys) > PIECE:
        _judge_all(store, by, upload_id, keys, on_step, how=how)
    _write_all(store, by, upload_id, keys, on_step, how=how)
    return len(keys)


def _own(tx: Transaction, by: SignedIn, upload_id: int) -> Upload:
    """One's own uncommitted upload. Raises `NotFound`, `Refusal`."""
    # Without the file, which every piece would read anew.
    content: Any = Upload.content
    asked = select(Upload).where(Upload.id == upload_id).options(defer(content)).with_for_update()
    upload: Upload | None = tx.session.execute(asked).scalar_one_or_none()
    if upload is None:
        raise NotFound(Message("store.not_found"))
    permissions.check(by, Right.REPORT_PROGRESS, upload.authority_id)
    if upload.officer_id != by.officer_id or upload.expires_at <= clock.now():
        raise NotFound(Message("store.not_found"))
    if upload.committed_at is not None:
        raise Refusal(Message("upload.committed_already"))
    if not upload.counts:
        raise Refusal(Message("upload.nothing"))
    return upload


def _check_nothing_asked(tx: Transaction, upload: Upload) -> None:
    """Raises `Refusal` where cells of an office's own ledger were not read: they are looked at before anybody signs.

    Of several files only what their own ledgers ask: doubts about our form are the form's.
    """
    mine = select(func.count()).where(UploadFinding.upload_id == upload.id, UploadFinding.grade == Grade.C)
    asked = mine if upload.heads else mine.where(col(UploadFinding.asks).is_not(None))
    if count := tx.session.execute(asked).scalar_one():
        raise Refusal(Message("upload.asked", count=count))


def _chosen(
    tx: Transaction, upload: Upload, overwrite: Collection[int] | Mapping[int, int], how: "_How"
) -> list[int]:
    """The rows to be written, in order."""
    asked = select(UploadRow.id, UploadRow.verdict, UploadRow.task_id, UploadRow.calls, UploadRow.file)
    rows = asked.where(
        UploadRow.upload_id == upload.id,
        col(UploadRow.verdict).in_([*WRITTEN, Verdict.CONFLICT, Verdict.NO_CHANGE]),
    )
    wins: dict[int, int] = {}
    chosen = []
    for row in tx.session.execute(rows.order_by(UploadRow.id)):
        if row.verdict is Verdict.CONFLICT:
            if _wins(row, overwrite):
                wins[row.task_id] = row.id
        elif row.verdict in WRITTEN or how.takes(row.calls):
            chosen.append(row.id)
    return sorted([*chosen, *wins.values()])


def _wins(row: Any, overwrite: Collection[int] | Mapping[int, int]) -> bool:
    """Whether a row of several in conflict may win."""
    asked = isinstance(overwrite, Mapping) and overwrite.get(row.task_id, row.file) != row.file
    return row.task_id in overwrite and not asked


def _judge_all(
    store: Store, by: SignedIn, upload_id: int, keys: Sequence[int], on_step: OnStep, *, how: "_How"
) -> None:
    """Judge every row as it will be written, beside all other writers. Raises `Refusal` with the faults of all."""
    done = 0

    def judge(some: Sequence[int]) -> None:
        nonlocal done
        with store.rehearsal(by) as tx:
            rows = _Rows(tx, _own(tx, by, upload_id), some)
            judge_lines(tx, by, rows.lines(how), rows.named)
        done += len(some)
        on_step(Step.JUDGING, done, len(keys))

    all_of(batches(keys), judge, lambda _, refused: problems_of(refused))


def _write_all(
    store: Store, by: SignedIn, upload_id: int, keys: Sequence[int], on_step: OnStep, *, how: "_How"
) -> None:
    """Write every row. Once the first is written the others follow, whether anybody still looks on or not."""
    left: BaseException | None = None
    for start in range(0, len(keys), PIECE):
        if start:
            sleep(PAUSE)
        done = min(start + PIECE, len(keys))
        try:
            _write(store, by, upload_id, keys[start:done], len(keys), last=done == len(keys), how=how)
        except Refusal as refused:
            _tell_what_stands(refused, start, len(keys))
        try:
            on_step(Step.COMMITTING, done, len(keys))
        except BaseException as gone:  # noqa: BLE001 -- a page that is left says so in no other way
            left, on_step = gone, untold
    if left is not None:
        raise left


def _tell_what_stands(refused: Refusal, done: int, total: int) -> NoReturn:
    """Raise it again, with how many rows stand written already."""
    stands = [Message("upload.partly", done=done, total=total)] if done else []
    fields = (*refused.fields, *("" for _ in stands))
    raise type(refused)(*refused.messages, *stands, fields=fields) from refused


def _write(
    store: Store, by: SignedIn, upload_id: int, keys: Sequence[int], total: int, *, last: bool, how: "_How"
) -> None:
    """Save some rows as the forms would. Raises `Refusal` with the faults of all, each in its task's name."""
    with store.write(by) as tx:
        upload = _own(tx, by, upload_id)
        rows = _Rows(tx, upload, keys)
        save_lines(tx, by, rows.lines(how), rows.named, upload_id=upload.id)
        if len(keys) < total:
            rows.note_written(tx, upload)
        if last:
            upload.committed_at = tx.now
            tx.audit("commit_upload", upload, upload.authority_id, tasks=total, hand_over=how.hand_over)


@dataclass(frozen=True, slots=True)
class _How:
    """How rows are written, as `commit_upload` takes it."""

    hand_over: bool
    confirm: bool
    no_change: bool
    sentence: str

    def takes(self, calls: str) -> bool:
        """Whether a row without change goes up, which may call for a sentence."""
        return self.no_change and (not calls or says_something(self.sentence))

    def asked(self, row: UploadRow) -> dict[str, Any]:
        """What a line takes from its row; without change it is whole, and goes to the signatory."""
        draft = draft_again(row.draft)
        if row.verdict is not Verdict.NO_CHANGE:
            return {"draft": draft, "hand_over": self.hand_over, "confirm": self.confirm}
        return {"draft": replace(draft, explanation=self.sentence if row.calls else ""), "hand_over": True}


class _Rows:
    """Some rows of an upload as lines of a report."""

    def __init__(self, tx: Transaction, upload: Upload, keys: Sequence[int]) -> None:
        found = select(UploadRow).where(col(UploadRow.id).in_(keys)).order_by(UploadRow.id)
        self._rows: Sequence[Any] = tx.session.execute(found).scalars().all()
        self._period_id = upload.period_id or 0

    def lines(self, how: "_How") -> list[UpdateLine]:
        return [
            UpdateLine(row.task_id, self._period_id, row.row_version, **how.asked(row)) for row in self._rows
        ]

    def named(self, place: int, refused: Refusal) -> list[Problem]:
        return of_task(self._rows[place].task_id, self._rows[place].number, refused)

    def note_written(self, tx: Transaction, upload: Upload) -> None:
        """From now on the file and the store say the same of these rows: whoever goes on does not begin with them."""
        counts = Counter(upload.counts)
        counts.subtract(str(row.verdict) for row in self._rows)
        counts[str(Verdict.UNCHANGED)] += len(self._rows)
        upload.counts = dict(counts)
        keys = [row.id for row in self._rows]
        written = update(UploadRow).where(col(UploadRow.id).in_(keys)).values(verdict=Verdict.UNCHANGED)
        tx.session.execute(written, execution_options={"synchronize_session": False})
