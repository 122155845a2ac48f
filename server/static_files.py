"""Streamlit's static files, compressed once and sent compressed.

Their names carry a hash of their content, so browsers keep them for good. They hold nothing of ours and
are open to everybody; an unknown name is refused here, since Streamlit would answer it with its page.
"""

import gzip
from collections.abc import Mapping
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path
from threading import Lock

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/static/"
_TEXT = frozenset({".js", ".mjs", ".css", ".svg", ".json", ".html"})
DRAWN_FIRST = ("PlotlyChart", "DataFrame")
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


class Shelf:
    """The files below a folder by address, each cached in compressed form once requested."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._packed: dict[tuple[str, str], bytes] = {}
        self._packing = Lock()

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """Every file by address; no other address leads to a file."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {PREFIX + path.relative_to(self.folder).as_posix(): path for path in found}

    def answer(self, address: str, accepted: str) -> Response:
        """The file, in the best encoding that the browser accepts."""
        path = self.files.get(address)
        if path is None:
            return PlainTextResponse("", 404)
        encoding = encoding_for(path, accepted)
        headers = FOR_GOOD | ({"Content-Encoding": encoding} if encoding else {})
        media_type = guess_type(path.name)[0] or "application/octet-stream"
        return Response(self.content(address, encoding), 200, headers, media_type)

    def content(self, address: str, encoding: str) -> bytes:
        """The bytes of a file in an encoding, "" for none; compresses one file at a time."""
        if not encoding:
            return self.files[address].read_bytes()
        with self._packing:
            key = (address, encoding)
            if key not in self._packed:
                self._packed[key] = pack(self.files[address].read_bytes(), encoding)
            return self._packed[key]

    def pack_ahead(self, page: str) -> None:
        """Compress what a first visit loads: the files the page names, and the code for charts and tables."""
        for address, path in self.files.items():
            if address in page or path.name.startswith(DRAWN_FIRST):
                for accepted in ("br", "gzip"):
                    self.content(address, encoding_for(path, accepted))


def encoding_for(path: Path, accepted: str) -> str:
    """Brotli if the browser accepts it, which it does only over TLS or from localhost, else gzip, else none."""
    offered = {part.split(";")[0].strip() for part in accepted.split(",")}
    usable = ("br", "gzip") if path.suffix in _TEXT else ()
    return next((encoding for encoding in usable if encoding in offered), "")


def pack(content: bytes, encoding: str) -> bytes:
    """Compress once for many requests: Brotli at 9 of 11; the last two steps take 20 times as long for a tenth."""
    return brotli.compress(content, quality=9) if encoding == "br" else gzip.compress(content, 9, mtime=0)


class StaticFiles:
    """ASGI middleware that answers `/static/…` from the shelf; a route there is reserved for Streamlit."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self.app = app
        self.shelf = shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an address of the shelf, pass on any other."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        accepted = Request(scope).headers.get("accept-encoding", "")
        response = await run_in_threadpool(self.shelf.answer, scope["path"], accepted)
        await response(scope, receive, send)
