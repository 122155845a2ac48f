"""Authorities over the API: listed, founded, renamed, moved, merged, split and dissolved, as on the page of units."""

from typing import Annotated

from fastapi import APIRouter, Query

from db import clock
from db.hierarchy.actions import move_authority, rename_authority
from db.hierarchy.ending_actions import dissolve_authority, merge_authorities, withdraw_ending
from db.hierarchy.founding_actions import found_authority, split_authority
from db.hierarchy.queries import authorities_frame
from server.api.calls import Asking, Cursor, Id, Limit, Page, page_of
from server.api.once import KEYED, OnceRoute
from server.api.unit_shapes import (
    Authority,
    AuthorityId,
    FoundUnderIn,
    FromDayIn,
    MergeIn,
    MoveIn,
    RenameIn,
    SplitIn,
)
from tracking.vocabulary import AuthorityKind

ROUTER = APIRouter(tags=["authorities"], route_class=OnceRoute)
Words = Annotated[str | None, Query(max_length=100, description="Part of a name, or of a code.")]


@ROUTER.get("/authorities")
def list_authorities(
    call: Asking,
    text: Words = None,
    kind: AuthorityKind | None = None,
    gone: bool = False,
    *,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[Authority]:
    """The first 200 that match, of any kind: those that stand or will, or the dissolved ones if `gone`."""
    frame = authorities_frame(call.store, on=clock.today(), text=text, kind=kind, gone=gone)
    return page_of(Authority, frame, "authority_id", limit, cursor)


@ROUTER.post("/authorities", status_code=201, dependencies=[KEYED])
def found(call: Asking, sent: FoundUnderIn) -> AuthorityId:
    """Found an authority."""
    made = found_authority(
        call.store,
        by=call.by,
        founding=sent.founding,
        starts_on=sent.starts_on,
        reason=sent.reason,
        parent_id=sent.parent_id,
    )
    return AuthorityId(authority_id=made)


@ROUTER.post("/authorities/{authority_id}/rename", dependencies=[KEYED])
def rename(call: Asking, authority_id: Id, sent: RenameIn) -> AuthorityId:
    """Give it other names or another kind."""
    rename_authority(call.store, by=call.by, authority_id=authority_id, **sent.model_dump())
    return AuthorityId(authority_id=authority_id)


@ROUTER.post("/authorities/{authority_id}/move", dependencies=[KEYED])
def move(call: Asking, authority_id: Id, sent: MoveIn) -> AuthorityId:
    """Move it under another one."""
    move_authority(call.store, by=call.by, authority_id=authority_id, **sent.model_dump())
    return AuthorityId(authority_id=authority_id)


@ROUTER.post("/authorities/{authority_id}/merge", dependencies=[KEYED])
def merge(call: Asking, authority_id: Id, sent: MergeIn) -> AuthorityId:
    """Merge others into it; it goes on with their tasks."""
    merge_authorities(call.store, by=call.by, successor_id=authority_id, **sent.model_dump())
    return AuthorityId(authority_id=authority_id)


@ROUTER.post("/authorities/{authority_id}/split", status_code=201, dependencies=[KEYED])
def split(call: Asking, authority_id: Id, sent: SplitIn) -> AuthorityId:
    """Found another one out of it, with some of those below it."""
    made = split_authority(
        call.store,
        by=call.by,
        authority_id=authority_id,
        founding=sent.founding,
        moving=sent.moving,
        starts_on=sent.starts_on,
        reason=sent.reason,
    )
    return AuthorityId(authority_id=made)


@ROUTER.post("/authorities/{authority_id}/dissolve", dependencies=[KEYED])
def dissolve(call: Asking, authority_id: Id, sent: FromDayIn) -> AuthorityId:
    """Let it end, the day given being the first without it."""
    dissolve_authority(call.store, by=call.by, authority_id=authority_id, **sent.model_dump())
    return AuthorityId(authority_id=authority_id)


@ROUTER.post("/authorities/{authority_id}/withdraw-ending", dependencies=[KEYED])
def stay(call: Asking, authority_id: Id) -> AuthorityId:
    """Let it stand after all, until the day of its end is over."""
    withdraw_ending(call.store, by=call.by, authority_id=authority_id)
    return AuthorityId(authority_id=authority_id)
