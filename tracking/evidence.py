"""Which files may serve as evidence, judged by content and never by name, and which addresses."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from zipfile import BadZipFile

from tracking.documents.workbook_zip import entries_of
from tracking.messages import Message, Refusal

LIMIT_MEGABYTES = 20
NAME_LIMIT = 120
# For an office document, which has a part for each of its pictures.
MOST_ENTRIES = 5_000
_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
# A page on the web, kept as a file that holds its address.
LINK = "text/uri-list"
ADDRESS_LIMIT = 1000
# What each kind begins with; the two office kinds are told apart by what is in the archive.
_BEGINNINGS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_ARCHIVED = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file fit to be kept: with a sanitised name and a media type derived from its content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as it was handed in, not looked at yet."""

    name: str
    content: bytes


def checked_file(name: str, content: bytes) -> CheckedFile:
    """The file, if it is one of the kinds allowed and not too large. Raises `Refusal`."""
    if not content:
        raise Refusal(Message("evidence.empty"), fields=("evidence",))
    if len(content) > LIMIT_MEGABYTES * 1024 * 1024:
        raise Refusal(Message("evidence.too_large", limit=LIMIT_MEGABYTES), fields=("evidence",))
    kind = _kind_of(content)
    if kind is None:
        raise Refusal(Message("evidence.other_kind"), fields=("evidence",))
    return CheckedFile(clean_name(name, kind), MEDIA_TYPES[kind], content)


def checked_link(address: str) -> CheckedFile:
    """A page on the web by its whole address, kept as a file of that one line. Raises `Refusal`."""
    typed = unicodedata.normalize("NFC", address.strip())
    if not _is_address(typed):
        raise Refusal(Message("evidence.no_address", limit=ADDRESS_LIMIT), fields=("evidence",))
    return CheckedFile(typed[:NAME_LIMIT], LINK, typed.encode())


def _is_address(typed: str) -> bool:
    if len(typed) > ADDRESS_LIMIT or not all(_is_harmless(sign) and not sign.isspace() for sign in typed):
        return False
    try:
        parts = urlsplit(typed)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def clean_name(name: str, kind: str) -> str:
    """The name without path or confusing characters, with the extension of its kind."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    printable = "".join(sign for sign in unicodedata.normalize("NFC", stem) if _is_harmless(sign))
    whole = _UNFIT.sub("_", printable).strip("._") or kind
    return f"{whole[: NAME_LIMIT - len(kind) - 1]}.{kind}"


def _is_harmless(sign: str) -> bool:
    """No control characters, no characters that change the reading direction, no lone surrogates."""
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _kind_of(content: bytes) -> str | None:
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    return _kind_of_archive(content) if content.startswith(b"PK") else None


def _kind_of_archive(content: bytes) -> str | None:
    """An office document without macros; only the archive's directory is read, nothing is unpacked."""
    try:
        names = {entry.filename for entry in entries_of(content, MOST_ENTRIES)}
    except BadZipFile:
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refusal(Message("evidence.macros"), fields=("evidence",))
    return next((kind for part, kind in _ARCHIVED.items() if part in names), None)
