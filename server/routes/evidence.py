"""Opening evidence and the files of registers: only for those who may read them, and never shown in place.

Streamlit's own addresses of files ask nobody who they are.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server.evidence_files import evidence_opened, proof_download, register_file_download
from server.refusals import refused_as_page
from server.request_context import officer_of, site_of


@refused_as_page
async def download_evidence(request: Request) -> Response:
    """GET /evidence/<id>: the file as a download, or on to the page that it names; 404 alike for one there is not and one that may not be read."""
    store, by = site_of(request).store, officer_of(request)
    return await run_in_threadpool(evidence_opened, store, by, request.path_params["evidence_id"])


@refused_as_page
async def download_register_file(request: Request) -> Response:
    """GET /register-files/<id>: a file that an entry of a register carries; 404 alike if there is none or it may not be read."""
    store, by = site_of(request).store, officer_of(request)
    return await run_in_threadpool(register_file_download, store, by, request.path_params["file_id"])


@refused_as_page
async def download_proof(request: Request) -> Response:
    """GET /supplied-proofs/<id>: the file that a contest of a supplied figure carries; 404 alike, as above."""
    store, by = site_of(request).store, officer_of(request)
    return await run_in_threadpool(proof_download, store, by, request.path_params["figure_id"])
