"""Sending evidence to whoever may read its task, and the files of registers: a file as a download, a page on the web by its address."""

from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse, RedirectResponse, Response

from db.authorities.scope import scope_of
from db.evidence.queries import evidence_file
from db.identity import SignedIn
from db.kept_files import kept_path
from db.registers.queries import register_file
from db.store import NotFound, Store
from db.supplied.queries import Proof, proof_of
from db.tables import EvidenceFile, RegisterFile
from tracking import permissions
from tracking.evidence import LINK
from tracking.messages import Message
from tracking.permissions import Right


def evidence_opened(store: Store, by: SignedIn, evidence_id: int) -> Response:
    """A file as a download; of a page on the web its address, which the browser goes on to."""
    download = evidence_download(store, by, evidence_id)
    if download.media_type != LINK:
        return download
    address = Path(download.path).read_text(encoding="utf-8")
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})


def evidence_download(store: Store, by: SignedIn, evidence_id: int) -> FileResponse:
    """The file under its name. Raises `Refusal`, or `NotFound` both if it does not exist and if out of reach."""
    permissions.check(by, Right.VIEW_PROGRESS)
    return _sent(store, evidence_file(store, scope_of(store, by), evidence_id=evidence_id))


def register_file_download(store: Store, by: SignedIn, file_id: int) -> FileResponse:
    """A file that entries of a register carry, likewise."""
    permissions.check(by, Right.VIEW_PROGRESS)
    return _sent(store, register_file(store, scope_of(store, by), file_id=file_id))


def proof_download(store: Store, by: SignedIn, figure_id: int) -> FileResponse:
    """The file that a contest of a supplied figure carries, likewise."""
    permissions.check(by, Right.VIEW_PROGRESS)
    return _sent(store, proof_of(store, scope_of(store, by), figure_id=figure_id))


def _sent(store: Store, file: EvidenceFile | RegisterFile | Proof) -> FileResponse:
    path = kept_path(store, file.sha256)
    if not path.is_file():
        raise NotFound(Message("server.evidence_missing"))
    disposition = f"attachment; filename=evidence; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return FileResponse(path, media_type=file.media_type, headers=headers)
