"""Evidence in the API: uploaded raw, checked as in the form, and downloaded."""

from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.responses import FileResponse

from db.evidence.actions import attach_evidence, remove_evidence
from server.api.calls import Asking, Id
from server.api.once import KEYED, OnceRoute
from server.api.shapes import Attached
from server.evidence_files import evidence_download
from tracking.evidence import LIMIT_MEGABYTES, LINK, MEDIA_TYPES

ROUTER = APIRouter(tags=["evidence"], route_class=OnceRoute)
Name = Annotated[str, Query(min_length=1, max_length=300, description="What the file is called.")]
Content = Annotated[
    bytes,
    Body(
        media_type="application/octet-stream",
        description=f"The file itself: pdf, docx, xlsx, png or jpg, at most {LIMIT_MEGABYTES} MB.",
    ),
]
FILES = {
    media_type: {"schema": {"type": "string", "format": "binary"}}
    for media_type in (*MEDIA_TYPES.values(), LINK)
}


@ROUTER.post("/updates/{update_id}/evidence", status_code=201, dependencies=[KEYED])
def attach(call: Asking, update_id: Id, name: Name, content: Content) -> Attached:
    """Attach a file as evidence to a draft; this takes back an update handed to the signatory."""
    evidence_id = attach_evidence(call.store, by=call.by, update_id=update_id, name=name, content=content)
    return Attached(evidence_id=evidence_id)


@ROUTER.get("/evidence/{evidence_id}", response_class=FileResponse, responses={200: {"content": FILES}})
def fetch(call: Asking, evidence_id: Id) -> FileResponse:
    """The file, for whoever may read what it is evidence of; of a page on the web its address."""
    return evidence_download(call.store, call.by, evidence_id)


@ROUTER.delete("/evidence/{evidence_id}", status_code=204)
def remove(call: Asking, evidence_id: Id) -> None:
    """Remove a file from a draft."""
    remove_evidence(call.store, by=call.by, evidence_id=evidence_id)
