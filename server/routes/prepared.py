"""Fetching a file that a page has prepared."""

from starlette.requests import Request
from starlette.responses import Response

from db.ledger.files import FILES, parts_of
from db.prepared import prepared
from server.downloads import streamed
from server.refusals import refused_as_page
from server.request_context import officer_of, site_of
from tracking import permissions
from tracking.permissions import Right


@refused_as_page
async def download_prepared(request: Request) -> Response:
    """GET /prepared: the file of `ticket`, for the person who had it made and may still export it."""
    store, by = site_of(request).store, officer_of(request)
    permissions.check(by, Right.EXPORT_LEDGER)
    file = prepared(store, by, request.query_params.get("ticket", ""))
    ending = file.suffix.removeprefix(".")
    return streamed(
        parts_of(file.open("rb")),
        plain=f"ledger.{ending}",
        name=file.name,
        media_type=FILES[ending].media_type,
        size=file.stat().st_size,
    )
