"""Files prepared for one person in advance, kept for a day in the data folder."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_urlsafe

from db.identity import SignedIn
from db.store import NotFound, Store
from tracking.messages import Message

KEPT_SECONDS = 24 * 3600
_TICKET = re.compile(r"[A-Za-z0-9_-]{22}")


def prepare(store: Store, by: SignedIn, name: str, parts: Iterator[bytes]) -> str:
    """Write a file for `by` to fetch with the returned ticket; expired files are removed."""
    shelf, ticket = _shelf(store), token_urlsafe(16)
    _tidy(shelf)
    folder = shelf / f"{by.officer_id}.{ticket}"
    folder.mkdir(parents=True)
    try:
        with (folder / name).open("wb") as out:
            out.writelines(parts)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return ticket


def prepared(store: Store, by: SignedIn, ticket: str) -> Path:
    """The file of a ticket. Raises `NotFound`, also if it is somebody else's."""
    folder = _shelf(store) / f"{by.officer_id}.{ticket}"
    if not _TICKET.fullmatch(ticket) or not folder.is_dir():
        raise NotFound(Message("store.not_found"))
    return next(folder.iterdir())


def _shelf(store: Store) -> Path:
    return store.settings.data_dir / "prepared"


def _tidy(shelf: Path) -> None:
    over = time.time() - KEPT_SECONDS
    for folder in shelf.glob("*.*"):
        # Another process may be tidying too.
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < over:
                shutil.rmtree(folder, ignore_errors=True)
