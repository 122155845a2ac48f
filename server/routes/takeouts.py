"""Owns everything as a download, in open formats: made whole on disk, then sent in parts."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import BinaryIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from db import clock
from db.actions.takeouts import note_takeout
from db.identity import SignedIn
from db.store import Store
from db.take_out import take_out
from server.refusals import refused_as_page
from server.site import language_of, officer_of, site_of
from tracking.messages import Message, Refusal, text

_ONE_AT_A_TIME = Lock()


PART = 256 * 1024


@refused_as_page
async def download_everything(request: Request) -> Response:
    """GET /everything.zip: the whole store, for whoever may take it away."""
    store, by = site_of(request).store, officer_of(request)
    file = await run_in_threadpool(_made, store, by)
    day = clock.today().isoformat()
    name = quote(text("takeout.file_name", language_of(request), day=day).replace(" ", "_"), safe="")
    headers = {
        "Content-Disposition": f"attachment; filename=everything-{day}.zip; filename*=UTF-8''{name}",
        "Content-Length": str(os.fstat(file.fileno()).st_size),
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_parts(file), media_type="application/zip", headers=headers)


def _made(store: Store, by: SignedIn) -> BinaryIO:
    """The archive, opened and without a name any more: however the download ends, nothing of it stays."""
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise Refusal(Message("takeout.under_way"))
    try:
        note_takeout(store, by=by)
        with TemporaryDirectory(dir=store.settings.data_dir, prefix=".everything-") as name:
            take_out(store, Path(name) / "everything.zip")
            return (Path(name) / "everything.zip").open("rb")
    finally:
        _ONE_AT_A_TIME.release()


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(PART):
            yield part
