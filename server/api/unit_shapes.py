"""Authorities as the API shows them, and what is sent to found and change them."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from server.api.calls import Id
from server.api.drafts import Sent, Text
from tracking.founding import LAST_ORDER, NO_REGION, TILES, Founding
from tracking.vocabulary import AuthorityKind, Relation

Tile = Annotated[int, Field(ge=0, le=TILES)]


class Authority(BaseModel):
    """An authority of any kind, and what it stands under."""

    authority_id: int
    code: str
    authority_name: str
    short_name: str
    kind: AuthorityKind
    relation: Relation | None
    parent_id: int | None
    founded_on: date | None
    dissolved_on: date | None


class AuthorityId(BaseModel):
    """The authority founded or changed."""

    authority_id: int


class FromDayIn(Sent):
    """From which day on a change holds, today at the earliest, and why."""

    starts_on: date
    reason: Text


class FoundIn(FromDayIn):
    """An authority to be founded; without an order it comes last, without a tile it stands beside the grid."""

    code: Text
    name: Text
    short_name: Text
    kind: AuthorityKind
    region_seven: Text = NO_REGION
    region_four: Text = NO_REGION
    official_order: Annotated[int, Field(ge=1, le=LAST_ORDER)] | None = None
    tile_row: Tile | None = None
    tile_col: Tile | None = None

    @property
    def founding(self) -> Founding:
        """The authority as the actions take it."""
        return Founding(**self.model_dump(include=set(Founding.__slots__)))


class FoundUnderIn(FoundIn):
    """The same, under a parent or hosted by one."""

    parent_id: Id | None = None


class SplitIn(FoundIn):
    """The authority to be founded out of another, and who moves to it."""

    moving: list[Id] = Field(default=[], max_length=200)


class RenameIn(FromDayIn):
    """Other names or another kind."""

    name: Text
    short_name: Text
    kind: AuthorityKind


class MoveIn(FromDayIn):
    """What the authority stands under from then on."""

    parent_id: Id


class MergeIn(FromDayIn):
    """Who merges into the authority."""

    authority_ids: list[Id] = Field(max_length=200)
