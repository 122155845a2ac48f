"""Downloading everything in open formats: made on disk, then streamed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import Response

from db import clock
from db.backups.take_out import take_out
from db.backups.takeouts import note_takeout
from db.identity import SignedIn
from db.ledger.files import parts_of
from db.store import Store
from server.downloads import growing
from server.file_routes import made_in_turn
from server.request_context import language_of, officer_of, site_of
from tracking.messages import Message, Refusal, text


@made_in_turn
def download_everything(request: Request) -> Response:
    """GET /everything.zip: the whole store, for those who may export it."""
    file = _made(site_of(request).store, officer_of(request))
    day = clock.today().isoformat()
    return growing(
        parts_of(file),
        plain=f"everything-{day}.zip",
        name=text("takeout.file_name", language_of(request), day=day),
        media_type="application/zip",
        size=os.fstat(file.fileno()).st_size,
    )


def _made(store: Store, by: SignedIn) -> BinaryIO:
    """The archive, open but already unlinked, so that nothing remains however the download ends."""
    with _alone(store.settings.data_dir):
        note_takeout(store, by=by)
        with TemporaryDirectory(dir=store.settings.data_dir, prefix=".everything-") as name:
            take_out(store, Path(name) / "everything.zip")
            return (Path(name) / "everything.zip").open("rb")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else make one meanwhile, in whichever process. Raises `Refusal`."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Refusal(Message("takeout.under_way")) from None
    finally:
        os.close(opened)
