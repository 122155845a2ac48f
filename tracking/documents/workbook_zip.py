"""What an uploaded workbook must be before it is unpacked: an Excel archive of bounded size without active content."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from tracking.messages import Message, Refusal

# A ledger of 100,000 rows with three texts each has some 30.
LIMIT_MEGABYTES = 40
MOST_ENTRIES = 500
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
# Smaller parts may be as repetitive as they like.
_RATIO_FROM = 1024 * 1024
_CHUNK = 1024 * 1024
# What each entry in the list of an archive begins with.
_ENTRY = b"PK\x01\x02"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_ACTIVE = ("vbaproject.bin", "xl/macrosheets/", "xl/dialogsheets/", "xl/activex/", "xl/embeddings/")
# As it reads in the encodings that XML allows, once the zero bytes of the wide ones are removed.
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class TooManyEntries(BadZipFile):
    """An archive lists more entries than allowed."""


def check_archive(content: bytes) -> None:
    """Refuse anything but a plain .xlsx workbook, or one too large when unpacked. Raises `Refusal`.

    Reads only the archive's directory; its parts are checked by `check_parts`, in the limited process.
    """
    if not content:
        raise Refusal(Message("upload.empty"))
    if len(content) > LIMIT_MEGABYTES * 1024 * 1024:
        raise Refusal(Message("upload.too_large", limit=LIMIT_MEGABYTES))
    if content.startswith(_OLD_OR_LOCKED):
        raise Refusal(Message("upload.old_or_locked"))
    try:
        _check_entries(entries_of(content, MOST_ENTRIES))
    except TooManyEntries:
        raise Refusal(Message("upload.bomb")) from None
    except BadZipFile:
        raise Refusal(Message("upload.no_workbook")) from None


def entries_of(content: bytes, most: int) -> list[ZipInfo]:
    """The directory of an archive. Raises `BadZipFile` if it has none, or `TooManyEntries`."""
    # Counted before it is read: a directory of a million entries alone takes half a gigabyte.
    if content.count(_ENTRY) > most:
        raise TooManyEntries
    try:
        with ZipFile(BytesIO(content)) as archive:
            return archive.infolist()
    except (ValueError, NotImplementedError) as error:
        raise BadZipFile(str(error)) from None


def _check_entries(entries: list[ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if "xl/workbook.xml" not in names or len(set(names)) < len(names):
        raise Refusal(Message("upload.no_workbook"))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refusal(Message("upload.old_or_locked"))
    if any(part in name for name in names for part in _ACTIVE):
        raise Refusal(Message("upload.active"))
    too_dense = any(
        entry.file_size > _RATIO_FROM and entry.file_size > entry.compress_size * MOST_RATIO
        for entry in entries
    )
    if too_dense or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refusal(Message("upload.bomb"))


def check_parts(content: bytes) -> None:
    """Refuse a workbook in which a part has a document type or an entity. Raises `Refusal`.

    Unpacks everything piece by piece, never more of a part than the directory says, so it belongs in the
    limited process.
    """
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            kept = b""
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    kept = kept[-16:] + chunk.replace(b"\0", b"")
                    if _DTD.search(kept):
                        raise Refusal(Message("upload.active"))
