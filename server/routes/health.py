"""The health answer for machines."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from db.engine import StoreFailed
from db.migrations import is_current
from db.store import Store
from server.request_context import site_of


async def show_health(request: Request) -> JSONResponse:
    """GET /healthz: 200 while the store answers and has the tables of this code, else 503."""
    state = await run_in_threadpool(state_of, site_of(request).store)
    return JSONResponse({"store": state}, 200 if state == "ready" else 503)


def state_of(store: Store) -> str:
    """`ready`, `needs_migration` or `unreachable`."""
    try:
        return "ready" if is_current(store) else "needs_migration"
    except StoreFailed:
        return "unreachable"
