"""The API application: version 1 routes, authentication, and the OpenAPI document."""

import re
from collections import Counter
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.security import HTTPBearer
from starlette.routing import Mount
from starlette.types import ASGIApp

from server.api import (
    countries,
    evidence,
    figures,
    ledger_files,
    notices,
    plan_files,
    plan_steps,
    plans,
    reference,
    register_definitions,
    registers,
    requests,
    reviews,
    supplied,
    tasks,
    units,
    updates,
)
from server.api.callers import Doorkeeper, reads_progress
from server.api.limits import Limiter
from server.api.problems import MEDIA_TYPE, STATUSES, Problem, add_handlers
from tracking.messages import Message, Refusal

PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"description": "Refused", "content": PROBLEM} for status in STATUSES
}
BEARER = HTTPBearer(auto_error=False, description="A token made on the page 接口令牌.")


def refuse_unknown(request: Request) -> None:
    """Refuse an unknown filter, and one given twice: silently ignored, they would return other than was asked for."""
    known = {field.alias for field in request.scope["route"].dependant.query_params}
    given = Counter(name for name, _ in request.query_params.multi_items())
    faults = {name: "extra" for name in given if name not in known}
    faults |= {name: "twice" for name, times in given.items() if name in known and times > 1}
    if faults:
        raise Refusal(*(Message(f"api.field.{fault}") for fault in faults.values()), fields=tuple(faults))


def mounted(limiter: Limiter | None = None) -> Mount:
    """The API under `/api`, whatever the address beneath: one with a line break would else fall through to the pages."""
    mount = Mount("/api", build_api(limiter))
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def build_api(limiter: Limiter | None = None) -> ASGIApp:
    """The application to mount under `/api`; nothing in it answers without a token."""
    app = FastAPI(
        title="中小企业参与“一带一路”建设专项行动 · 实施情况跟踪",
        version="1",
        description="While the invented sample is loaded, every answer carries the header `X-Sample-Data: true`.",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses=REFUSALS | {304: {"description": "Unchanged"}},
        dependencies=[Depends(BEARER), Depends(refuse_unknown)],
        redirect_slashes=False,
    )
    for router in (
        tasks.ROUTER,
        tasks.REPORTS,
        figures.ROUTER,
        updates.SAVING,
        updates.ROUTER,
        ledger_files.ROUTER,
        evidence.ROUTER,
        reviews.ROUTER,
        requests.ROUTER,
        supplied.ROUTER,
        registers.ROUTER,
        register_definitions.ROUTER,
        countries.ROUTER,
        plans.ROUTER,
        plan_steps.ROUTER,
        plan_files.ROUTER,
    ):
        app.include_router(router, prefix="/v1", dependencies=[Depends(reads_progress)])
    for router in (reference.ROUTER, notices.ROUTER, units.ROUTER):
        app.include_router(router, prefix="/v1")
    add_handlers(app)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]  # as FastAPI tells to
    return Doorkeeper(app, limiter or Limiter())


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the schema of a refusal."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = document["components"]["schemas"]
        schemas |= {**shape.pop("$defs"), "Problem": shape}
        document["servers"] = [{"url": "/api"}]
        app.openapi_schema = document
    return app.openapi_schema
