"""The restricted process in which uploaded workbooks are opened, never in the server's own.

It gets the bytes and nothing else: no settings, no secrets, little memory, little time. How many there are at once is
the business of `db.turns`.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from tracking.documents.archive_reading import files_again
from tracking.documents.grids import Sheet, sheets_of
from tracking.documents.workbook_process import REFUSED
from tracking.documents.workbook_zip import check_size
from tracking.maps import Areas
from tracking.messages import Message, Refusal

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process may use: bytes of memory, CPU seconds, total seconds."""

    memory_bytes: int
    cpu_seconds: int
    seconds: int


READING = Limits(memory_bytes=768 * 1024 * 1024, cpu_seconds=30, seconds=60)
# openpyxl keeps every cell with its style.
MARKING = Limits(memory_bytes=2 * 1024 * 1024 * 1024, cpu_seconds=90, seconds=120)


class TooMuch(Refusal):
    """The process asked for more memory or time than it may have."""


def read_sheets(content: bytes, limits: Limits = READING) -> list[Sheet]:
    """The sheets of an uploaded table as plain values. Raises `Refusal` for a file that must not be opened."""
    check_size(content)
    return list(sheets_of(BytesIO(_run("read", content, limits))))


def unpacked_archive(content: bytes, limits: Limits = READING) -> list[tuple[str, bytes]]:
    """The files in an uploaded archive, by name. Raises `Refusal` for one that must not be opened."""
    check_size(content)
    return list(files_again(_run("unpack", content, limits)))


def read_text(content: bytes, limits: Limits = READING) -> str:
    """The plain text of an uploaded paper (.docx, .txt). Raises `Refusal` for a file that must not be opened."""
    check_size(content)
    return _run("text", content, limits).decode()


def map_areas(content: bytes, limits: Limits = READING) -> Areas:
    """The areas of an uploaded GeoJSON map by their codes. Raises `Refusal` for a file that is none."""
    check_size(content)
    areas: Areas = json.loads(_run("areas", content, limits))
    return areas


def marked_workbook(content: bytes, notes: Mapping[str, Any], limits: Limits = MARKING) -> bytes:
    """The user's own table as an .xlsx with these notes added, as `workbook_marking.mark_workbook` takes them.

    Raises `Refusal`.
    """
    try:
        return _run("mark", json.dumps(notes).encode() + b"\n" + content, limits)
    except TooMuch:
        raise Refusal(Message("upload.too_much_to_mark")) from None


def _run(deed: str, taken: bytes, limits: Limits) -> bytes:
    """The output of the process. Raises `Refusal` with its message, or if the file exceeded the limits."""
    bounds = (str(limits.memory_bytes), str(limits.cpu_seconds))
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(  # noqa: S603 -- our own module; the file goes in as bytes, never as a name
                [sys.executable, "-m", "tracking.documents.workbook_process", deed, *bounds],
                input=taken,
                capture_output=True,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": "1"},
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TooMuch(Message("upload.too_much")) from None
    if done.returncode == REFUSED:
        raise Refusal(*(Message(key, **values) for key, values in json.loads(done.stdout)))
    if done.returncode:
        raise TooMuch(Message("upload.too_much"))
    return done.stdout
