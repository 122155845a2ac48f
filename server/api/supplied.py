"""Figures that the working group supplies, over the API: supplied, agreed to, contested with a proof, ruled on."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from db.supplied.actions import agree_to_figure, contest_figure, rule_figure, supply_figure
from db.supplied.queries import supplied_frame
from server.api.calls import Asking, Cursor, Id, Limit, Page, fresh, page_of
from server.api.drafts import Sent
from server.api.evidence import FILES, Content, Name
from server.api.once import KEYED, OnceRoute
from server.evidence_files import proof_download
from tracking.evidence import HandedIn
from tracking.supplied import FigureRuling, SuppliedStatus

ROUTER = APIRouter(tags=["supplied figures"], route_class=OnceRoute)
Typed = Annotated[
    str, Field(max_length=60, description="As typed: 12, of a rate 5/6, of a yes or no its answer.")
]
Why = Annotated[str, Query(min_length=1, max_length=1000, description="Why it is contested.")]
Words = Annotated[str, Field(max_length=1000)]


class FigureIn(Sent):
    """A cumulative value of an indicator for an authority and a period, and where it is from."""

    indicator_id: Id
    authority_id: Id
    period_id: Id
    value: Typed
    source: Words


class ContestIn(Sent):
    """Why a figure is contested."""

    reason: Words


class RulingIn(Sent):
    """What is decided about a figure, and why; a replacement has its value."""

    decision: FigureRuling
    ruling: Words
    value: Typed = ""


class FigureId(BaseModel):
    """The figure that stands."""

    figure_id: int


class SuppliedFigure(BaseModel):
    """A figure the working group supplied; `own` is what the authority's own tasks come to today."""

    figure_id: int
    indicator_id: int
    measure_id: int
    notice_id: int
    name: str
    unit: str
    authority_id: int
    authority_name: str
    period_id: int
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    own: Decimal | None
    source: str
    status: SuppliedStatus
    supplied_at: datetime
    author: str | None
    reason: str
    proof_name: str
    contested_at: datetime | None
    ruling: str
    ruled_at: datetime | None
    ended_at: datetime | None


@ROUTER.get("/supplied-figures", dependencies=[Depends(fresh)])
def list_figures(call: Asking, limit: Limit = 100, cursor: Cursor = None) -> Page[SuppliedFigure]:
    """What was supplied, contested figures first, then newest first; those that have ended stay in the list."""
    return page_of(SuppliedFigure, supplied_frame(call.store, call.scope), "figure_id", limit, cursor)


@ROUTER.post("/supplied-figures", status_code=201, dependencies=[KEYED])
def supply(call: Asking, sent: FigureIn) -> FigureId:
    """Supply a figure; it counts from now on in the place of the authority's own."""
    return FigureId(figure_id=supply_figure(call.store, by=call.by, **sent.model_dump()))


@ROUTER.post("/supplied-figures/{figure_id}/agree", dependencies=[KEYED])
def agree(call: Asking, figure_id: Id) -> FigureId:
    """Agree to a figure, as the authority it is of."""
    agree_to_figure(call.store, by=call.by, figure_id=figure_id)
    return FigureId(figure_id=figure_id)


@ROUTER.post("/supplied-figures/{figure_id}/contest", dependencies=[KEYED])
def contest(call: Asking, figure_id: Id, sent: ContestIn) -> FigureId:
    """Contest a figure, as the authority it is of."""
    contest_figure(call.store, by=call.by, figure_id=figure_id, reason=sent.reason)
    return FigureId(figure_id=figure_id)


@ROUTER.post("/supplied-figures/{figure_id}/contest-with-proof", dependencies=[KEYED])
def contest_with_proof(call: Asking, figure_id: Id, name: Name, reason: Why, content: Content) -> FigureId:
    """Contest a figure with a file that proves it."""
    proof = HandedIn(name, content)
    contest_figure(call.store, by=call.by, figure_id=figure_id, reason=reason, proof=proof)
    return FigureId(figure_id=figure_id)


@ROUTER.post("/supplied-figures/{figure_id}/rule", dependencies=[KEYED])
def rule(call: Asking, figure_id: Id, sent: RulingIn) -> FigureId:
    """Keep, replace or withdraw a figure; gives the one that stands, or the one withdrawn."""
    return FigureId(figure_id=rule_figure(call.store, by=call.by, figure_id=figure_id, **sent.model_dump()))


@ROUTER.get(
    "/supplied-figures/{figure_id}/proof", response_class=FileResponse, responses={200: {"content": FILES}}
)
def fetch_proof(call: Asking, figure_id: Id) -> FileResponse:
    """The file that a contest carries."""
    return proof_download(call.store, call.by, figure_id)
