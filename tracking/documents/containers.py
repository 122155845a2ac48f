"""Which kind of file an uploaded table is in, told by its content and never by its name.

What is no table is refused with a sentence that says what to do about it. Runs only in the limited process.
"""

import re
from collections.abc import Mapping
from enum import StrEnum, auto
from io import StringIO
from zipfile import BadZipFile

from xlrd.compdoc import CompDoc, CompDocError

from tracking.documents.csv_reading import text_of
from tracking.documents.workbook_zip import (
    MOST_ENTRIES,
    TooManyEntries,
    check_entries,
    check_parts,
    entries_of,
    media_type_of,
)
from tracking.messages import Message, Refusal


class Container(StrEnum):
    """The kinds that are read; .et is the same as .xls, and .tsv as .csv."""

    XLSX = auto()
    XLS = auto()
    ODS = auto()
    CSV = auto()


_NO_WORKBOOK = Message("upload.no_workbook")
_WORD, _SLIDES = Message("upload.document", kind="Word"), Message("upload.document", kind="PowerPoint")
_ARCHIVE, _PICTURE = Message("upload.archive"), Message("upload.picture")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: Mapping[bytes, Message] = {
    b"%PDF-": Message("upload.document", kind="PDF"),
    b"{\\rtf": _WORD,
    b"Rar!\x1a": _ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
    b"\x89PNG\r\n\x1a\n": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
}
# Streams of an OLE file; the first that is there decides.
_STREAMS: Mapping[str, Message | Container] = {
    "EncryptedPackage": Message("upload.locked"),
    "_VBA_PROJECT_CUR": Message("upload.active"),
    "WordDocument": _WORD,
    "PowerPoint Document": _SLIDES,
    "Workbook": Container.XLS,
    "Book": Container.XLS,
}
# Parts of an archive, as above.
_PARTS: Mapping[str, Message | Container] = {
    "xl/workbook.xml": Container.XLSX,
    "xl/workbook.bin": Message("upload.binary"),
    "word/document.xml": _WORD,
    "ppt/presentation.xml": _SLIDES,
    "ofd.xml": Message("upload.document", kind="OFD"),
}
_OPEN_FORMATS = "application/vnd.oasis.opendocument."
# A page or a mail with a table in it, or a workbook as one XML file: what many systems export as .xls.
_MARKUP = re.compile(r"\s*(<[!?a-z]|MIME-Version:)", re.IGNORECASE)


def container_of(content: bytes) -> Container:
    """The kind of a file that may be read. Raises `Refusal` for any other, and for one that must not be unpacked."""
    found = _kind(content)
    if isinstance(found, Message):
        raise Refusal(found)
    return found


def _kind(content: bytes) -> Message | Container:
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(b"PK"):
        return _kind_of_archive(content)
    known = [message for beginning, message in _BEGINNINGS.items() if content.startswith(beginning)]
    return known[0] if known else _kind_of_text(content)


def _kind_of_text(content: bytes) -> Message | Container:
    text = text_of(content)
    if text is None:
        return _NO_WORKBOOK
    return Message("upload.web_page") if _MARKUP.match(text) else Container.CSV


def _kind_of_ole(content: bytes) -> Message | Container:
    try:
        names = {entry.name for entry in CompDoc(content, logfile=StringIO()).dirlist}
    except CompDocError:
        return _NO_WORKBOOK
    return next((kind for name, kind in _STREAMS.items() if name in names), _NO_WORKBOOK)


def _kind_of_archive(content: bytes) -> Message | Container:
    try:
        entries = entries_of(content, MOST_ENTRIES)
        names = {entry.filename.lower() for entry in entries}
        if "mimetype" in names:
            kind = _kind_of_open_format(media_type_of(content))
        else:
            kind = next((kind for name, kind in _PARTS.items() if name in names), _ARCHIVE)
        if isinstance(kind, Container):
            check_entries(entries)
            check_parts(content)
    except TooManyEntries:
        return Message("upload.bomb")
    except BadZipFile:
        return _NO_WORKBOOK
    return kind


def _kind_of_open_format(told: str) -> Message | Container:
    if told.startswith(f"{_OPEN_FORMATS}spreadsheet"):
        return Container.ODS
    return Message("upload.document", kind="ODF") if told.startswith(_OPEN_FORMATS) else _ARCHIVE
