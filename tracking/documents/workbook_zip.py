"""What an archive must be before it is unpacked: of bounded size, without a password or active content."""

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
_LONGEST_TYPE = 100
# Old office suites wrote a document type into the list of an .ods.
_UNREAD = "META-INF/"
# What each entry in the list of an archive begins with.
_ENTRY = b"PK\x01\x02"
_ACTIVE = ("vbaproject.bin", "xl/macrosheets/", "xl/dialogsheets/", "xl/activex/", "xl/embeddings/", "basic/")
# As it reads in the encodings that XML allows, once the zero bytes of the wide ones are removed.
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def check_size(content: bytes) -> None:
    """Refuse an empty file, or one larger than allowed. Raises `Refusal`."""
    if not content:
        raise Refusal(Message("upload.empty"))
    if len(content) > LIMIT_MEGABYTES * 1024 * 1024:
        raise Refusal(Message("upload.too_large", limit=LIMIT_MEGABYTES))


class TooManyEntries(BadZipFile):
    """An archive lists more entries than allowed."""


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


def check_entries(entries: list[ZipInfo]) -> None:
    """Refuse an archive by its directory: nothing is unpacked. Raises `Refusal`."""
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names):
        raise Refusal(Message("upload.no_workbook"))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refusal(Message("upload.locked"))
    if any(part in name for name in names for part in _ACTIVE):
        raise Refusal(Message("upload.active"))
    too_dense = any(
        entry.file_size > _RATIO_FROM and entry.file_size > entry.compress_size * MOST_RATIO
        for entry in entries
    )
    if too_dense or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refusal(Message("upload.bomb"))


def media_type_of(content: bytes) -> str:
    """What an archive in an open format says it is."""
    with ZipFile(BytesIO(content)) as archive, archive.open("mimetype") as told:
        return told.read(_LONGEST_TYPE).decode("ascii", errors="replace")


def check_parts(content: bytes) -> None:
    """Refuse a workbook in which a part that is read has a document type or an entity. Raises `Refusal`.

    Unpacks everything piece by piece, never more of a part than the directory says, so it belongs in the
    limited process.
    """
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith(_UNREAD):
                continue
            kept = b""
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    kept = kept[-16:] + chunk.replace(b"\0", b"")
                    if _DTD.search(kept):
                        raise Refusal(Message("upload.active"))
