"""The rows of authorities, as their frame holds them."""

from dataclasses import dataclass
from datetime import date

from tracking.vocabulary import AuthorityKind, Relation


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """A row of `authorities_frame`."""

    authority_id: int
    code: str
    authority_name: str
    short_name: str
    kind: AuthorityKind
    relation: Relation | None
    parent_id: int | None
    parent_name: str | None
    region_seven: str | None
    region_four: str | None
    official_order: int | None
    tile_row: int | None
    tile_col: int | None
    founded_on: date | None
    dissolved_on: date | None
