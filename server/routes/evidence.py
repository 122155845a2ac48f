"""Owns evidence files on their way to a browser: only to whoever may read the task, and never shown in place.

Streamlit's own addresses of files ask nobody who they are.
"""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from db.actions.evidence import evidence_path
from db.identity import SignedIn
from db.queries.evidence import evidence_file
from db.queries.scope import scope_of
from db.store import NotFound, Store
from db.tables import EvidenceFile
from server.refusals import refused_as_page
from server.site import officer_of, site_of
from tracking import permissions
from tracking.messages import Message
from tracking.permissions import Right


@refused_as_page
async def download_evidence(request: Request) -> Response:
    """GET /evidence/<id>: the file as a download; 404 alike for one there is not and one that may not be read."""
    store = site_of(request).store
    file = await run_in_threadpool(_readable, store, officer_of(request), request.path_params["evidence_id"])
    disposition = f"attachment; filename=evidence; filename*=UTF-8''{quote(file.name, safe='')}"
    return FileResponse(
        evidence_path(store, file.sha256),
        media_type=file.media_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )


def _readable(store: Store, by: SignedIn, evidence_id: int) -> EvidenceFile:
    permissions.check(by, Right.VIEW_PROGRESS)
    file = evidence_file(store, scope_of(store, by), evidence_id=evidence_id)
    if not evidence_path(store, file.sha256).is_file():
        raise NotFound(Message("server.evidence_missing"))
    return file
