"""Taking the workbooks out of an archive; runs only in the limited process, see `tracking.documents.limited`."""

import json
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from tracking.documents.workbook_zip import MOST_UNPACKED, TooManyEntries, entries_of
from tracking.messages import Message, Refusal

MOST_FILES = 200
# The lists of workbooks that are in an archive as they are count as its own.
_PARTS = 50
_UTF_8 = 0x800
_ENCRYPTED = 0x1


def read_archive(content: bytes) -> list[tuple[str, bytes]]:
    """The name and the content of every file in an archive, but for what systems add. Raises `Refusal`."""
    try:
        found = entries_of(content, MOST_FILES * _PARTS)
        entries = [(name, entry) for entry in found if (name := _name_of(entry))]
        if any(entry.flag_bits & _ENCRYPTED for _, entry in entries):
            raise Refusal(Message("upload.archive_locked"))
        if len(entries) > MOST_FILES:
            raise TooManyEntries
        if sum(entry.file_size for _, entry in entries) > MOST_UNPACKED:
            raise Refusal(Message("upload.bomb"))
        with ZipFile(BytesIO(content)) as archive:
            return [(name, archive.read(entry)) for name, entry in entries]
    except TooManyEntries:
        raise Refusal(Message("upload.archive_too_many", most=MOST_FILES)) from None
    except (BadZipFile, NotImplementedError, EOFError, zlib.error):
        raise Refusal(Message("upload.no_archive")) from None


def _name_of(entry: ZipInfo) -> str:
    """The name of a file without its folders, empty for what nobody has put there.

    Windows writes names in the encoding of its country, which the archive does not name.
    """
    name = entry.filename
    if not entry.flag_bits & _UTF_8:
        name = name.encode("cp437", "replace").decode("gb18030", "replace")
    path = PurePosixPath(name.replace("\\", "/"))
    own = entry.is_dir() or path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
    return "" if own else path.name


def packed_files(files: list[tuple[str, bytes]]) -> bytes:
    """Files as one answer of the process: a line of JSON with names and lengths, then the files."""
    head = json.dumps([[name, len(content)] for name, content in files])
    return head.encode() + b"\n" + b"".join(content for _, content in files)


def files_again(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Undo `packed_files`."""
    head, _, rest = answer.partition(b"\n")
    at = 0
    for name, length in json.loads(head):
        yield name, rest[at : at + length]
        at += length
