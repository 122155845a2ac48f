"""The child process that handles uploaded tables: `python -m tracking.documents.workbook_process`.

`read` takes a table and writes its sheets as lines of JSON; `mark` takes a line of JSON and a table and writes a
workbook with its notes; `unpack` takes an archive and writes the files in it; `text` takes a paper and writes its text;
`areas` takes a map and writes its areas as JSON.
What is refused is told as JSON with exit code 2.
"""

import json
import resource
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import BinaryIO

from tracking.documents.archive_reading import packed_files, read_archive
from tracking.documents.grids import lines_of
from tracking.messages import Message, Refusal

REFUSED = 2


def _read(content: bytes) -> bytes:
    from tracking.documents.workbook_reading import read_workbook

    return b"".join(lines_of(read_workbook(content)))


def _mark(content: bytes) -> bytes:
    from tracking.documents.workbook_marking import mark_workbook

    head, _, table = content.partition(b"\n")
    return mark_workbook(table, json.loads(head))


def _unpack(content: bytes) -> bytes:
    return packed_files(read_archive(content))


def _text(content: bytes) -> bytes:
    from tracking.documents.text_reading import text_of_paper

    try:
        return text_of_paper(content).encode()
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # whatever the library makes of nonsense
        raise Refusal(Message("articles.no_text")) from error


def _areas(content: bytes) -> bytes:
    from tracking.maps import read_areas

    return json.dumps(read_areas(content)).encode()


LIBRARIES = {
    "read": "tracking.documents.workbook_reading",
    "mark": "tracking.documents.workbook_marking",
    "unpack": "tracking.documents.archive_reading",
    "text": "tracking.documents.text_reading",
    "areas": "tracking.maps",
}
DEEDS: Mapping[str, Callable[[bytes], bytes]] = {
    "read": _read,
    "mark": _mark,
    "unpack": _unpack,
    "text": _text,
    "areas": _areas,
}


def limit(memory_bytes: int, cpu_seconds: int) -> None:
    """Have the operating system kill this process if it exceeds these limits."""
    wanted = {resource.RLIMIT_AS: memory_bytes, resource.RLIMIT_CPU: cpu_seconds, resource.RLIMIT_CORE: 0}
    for kind, most in wanted.items():
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _done(deed: str, taken: bytes) -> bytes:
    """The outcome of one job. Raises `Refusal`, also where a library that is fed with nonsense fails as it happens to."""
    try:
        return DEEDS[deed](taken)
    except (Refusal, MemoryError):
        raise
    except Exception as error:
        raise Refusal(Message("upload.no_workbook")) from error


def main(deed: str, memory_bytes: int, cpu_seconds: int, taken: BinaryIO, given: BinaryIO) -> int:
    """Do one job within these limits; returns the exit code."""
    # Before the limits: a library that lacks memory while it is loaded fails as it happens to.
    import_module(LIBRARIES[deed])
    limit(memory_bytes, cpu_seconds)
    try:
        given.write(_done(deed, taken.read()))
    except Refusal as refused:
        told = [[message.key, message.values] for message in refused.messages]
        given.write(json.dumps(told, ensure_ascii=False).encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.stdin.buffer, sys.stdout.buffer))
