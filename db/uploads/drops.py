"""Many filled-in ledgers given at once: read one by one, brought together, kept as one upload.

A file that cannot be read keeps no other from being read: its reason is told under its name. Our forms, and an office's
own ledgers whose layout was confirmed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, NoReturn, TypeAlias
from zipfile import ZIP_STORED, ZipFile

from db.identity import SignedIn
from db.store import NotFound, Store
from db.tables import Upload
from db.turns import in_turn, waiting
from db.uploads.judged_ledgers import judged_ledgers
from db.uploads.missing import note_missing
from db.uploads.retention import GivenFile, keep_judged, keep_refused, keep_upload, whole
from db.uploads.unattended import confirmed_ledger
from tracking import permissions
from tracking.documents.grids import Sheet
from tracking.documents.ledger_reading import Ledger, holds_form, read_ledger
from tracking.documents.limited import read_sheets, unpacked_archive
from tracking.documents.workbook_limits import MOST_ROWS
from tracking.ledgers.results import text_by_language
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.steps import OnStep, Step, untold

ARCHIVE = ".zip"
# How a workbook is read that is not our form.
_Own: TypeAlias = Callable[[Sequence[Sheet]], Ledger]


@dataclass
class _Read:
    """A file of a drop: the ledger in it, or why there is none."""

    name: str
    content: bytes
    ledger: Ledger | None = None
    refused: tuple[Message, ...] = ()

    @property
    def period_id(self) -> int | None:
        """The period of most of its rows."""
        periods = self.ledger.periods if self.ledger else {}
        return max(periods, key=periods.__getitem__) if periods else None

    def refuse(self, message: Message) -> None:
        self.ledger, self.refused = None, (message,)

    @property
    def told(self) -> dict[str, Any]:
        """As it is kept with the upload."""
        rows = sum(self.ledger.periods.values()) if self.ledger else 0
        why = [text_by_language(message) for message in self.refused]
        return {"name": self.name, "rows": rows, "refused": why}


def is_drop(files: Sequence[GivenFile]) -> bool:
    """Whether these are to be brought together: several, or an archive."""
    return len(files) > 1 or any(map(_is_archive, files))


def upload_ledgers(
    store: Store,
    *,
    by: SignedIn,
    files: Sequence[GivenFile],
    period_id: int | None = None,
    on_step: OnStep = untold,
) -> int:
    """Read and judge filled-in ledgers, given as workbooks or in archives, as one preview; returns its id.

    An office's own ledger is for the period asked for. The upload is for the period asked for if a file is, else for that of most files; the others are refused, as is every file
    that cannot be read. Raises `Refusal` with the reasons of all if nothing is left, and `TooMany` without a free turn.
    """
    permissions.check(by, Right.REPORT_PROGRESS)
    with in_turn(by.officer_id, waiting(on_step)):
        own = partial(confirmed_ledger, store, by, period_id=period_id)
        read = list(_read_all(files, own, on_step))
        _choose(read, period_id)
        ledgers = {at: one.ledger for at, one in enumerate(read) if one.ledger is not None}
        if not ledgers:
            _refuse_all(store, by, read)
        return _kept(store, by, read, ledgers, on_step)


def _read_all(files: Sequence[GivenFile], own: _Own, on_step: OnStep) -> Iterator[_Read]:
    found = [one for file in files for one in _unpacked(file)]
    for done, one in enumerate(found):
        on_step(Step.READING, done, len(found))
        if not one.refused:
            _open(one, own)
        yield one


def _unpacked(file: GivenFile) -> list[_Read]:
    if not _is_archive(file):
        return [_Read(file.name, file.content)]
    try:
        return [_Read(name, content) for name, content in unpacked_archive(file.content)]
    except Refusal as refused:
        return [_Read(file.name, b"", refused=refused.messages)]


def _is_archive(file: GivenFile) -> bool:
    return PurePosixPath(file.name).suffix.lower() == ARCHIVE


def _open(one: _Read, own: _Own) -> None:
    try:
        sheets = read_sheets(one.content)
        one.ledger = read_ledger(sheets) if holds_form(sheets) else own(sheets)
    except Refusal as refused:
        one.refused = refused.messages


def _choose(read: Iterable[_Read], asked_id: int | None) -> None:
    """Refuse the ledgers of another period than most, and those that are too much together."""
    periods = Counter(one.period_id for one in read if one.period_id is not None)
    chosen = asked_id if asked_id in periods else max(periods, key=periods.__getitem__, default=None)
    rows = 0
    for one in read:
        if one.ledger is None:
            continue
        if one.period_id is None:
            one.refuse(Message("upload.no_rows"))
        elif one.period_id != chosen:
            one.refuse(Message("upload.other_period"))
        elif (rows := rows + one.ledger.lines) > MOST_ROWS:
            one.refuse(Message("upload.too_many_rows", most=f"{MOST_ROWS:,}"))


def _refuse_all(store: Store, by: SignedIn, read: Sequence[_Read]) -> NoReturn:
    """Keep why nothing could be read, as of a single file. Raises `Refusal`."""
    told = [Message("upload.of_file", name=one.name, problem=why) for one in read for why in one.refused]
    refused = Refusal(*(told or [Message("upload.no_files")]))
    with store.write(by) as tx:
        upload = keep_refused(tx, by, read[0].name if read else ARCHIVE, refused)
        tx.audit("upload_ledger", upload, by.authority_id, refused=[one.key for one in refused.messages])
    raise refused


def _kept(
    store: Store, by: SignedIn, read: Sequence[_Read], ledgers: Mapping[int, Ledger], on_step: OnStep
) -> int:
    (period_id,) = {one.period_id for one in read if one.ledger is not None}
    judged = judged_ledgers(store, by, ledgers, period_id=period_id or 0, on_step=on_step)
    note_missing(store, by, judged, ledgers.values(), period_id or 0)
    first = next(one for one in read if one.ledger is not None)
    with store.write(by) as tx:
        upload = keep_upload(tx, by, GivenFile(first.name, _archive(read)), period_id)
        upload.files = [one.told for one in read]
        tx.audit("upload_ledger", upload, by.authority_id, files=len(read), **judged.counts)
        upload_id = upload.id
    with whole(store, upload_id):
        keep_judged(store, upload_id, judged, on_step)
    return upload_id


def _archive(read: Sequence[_Read]) -> bytes:
    """The files that could be read, by their places, so that each can be marked."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for at, one in enumerate(read):
            if one.ledger is not None:
                archive.writestr(str(at), one.content)
    return out.getvalue()


def workbook_of(upload: Upload, file: int = 0) -> tuple[str, bytes]:
    """The name and the content of an upload's workbook, of several the one at this place.

    Raises `NotFound` for one that is not there, or could not be read.
    """
    if upload.files is None:
        return upload.name, upload.content
    with ZipFile(BytesIO(upload.content)) as archive:
        if str(file) not in archive.namelist():
            raise NotFound(Message("store.not_found"))
        return upload.files[file]["name"], archive.read(str(file))
