"""Notices and their catalogues as they are sent and answered."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from server.api.calls import Id
from server.api.drafts import LINES_AT_MOST, Sent, Text
from tracking.articles import LONGEST_TEXT
from tracking.proposals import ProposalKind
from tracking.vocabulary import AuthorityKind, Currency, IndicatorKind

Number = Annotated[int, Field(ge=1, le=LINES_AT_MOST)]
Cited = Annotated[str, Field(max_length=4000, description="From where it is taken.")]
StartsOn = Annotated[date | None, Field(description="In force from this day; by default from the beginning.")]


class Notice(BaseModel):
    """A notice; `retired_on`: from that day it is not tracked."""

    notice_id: int
    number: str
    title: str
    issued_by: str
    issued_on: date | None
    retired_on: date | None


class NoticeIn(Sent):
    """A notice to be tracked."""

    number: Text
    title: Text
    issued_by: Text
    issued_on: date


class NoticeId(BaseModel):
    """The notice founded."""

    notice_id: int


class TextIn(Sent):
    """The text of a notice, and from where it is taken."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    cited: Cited


class TextId(BaseModel):
    """The version kept."""

    text_id: int


class AddressedIn(Sent):
    """Whom a notice addresses from a day on, and on what grounds."""

    kinds: list[AuthorityKind] = Field(default=[], max_length=20)
    authority_ids: list[Id] = Field(default=[], max_length=LINES_AT_MOST)
    starts_on: date
    reason: Text


class LineIn(Sent):
    """A line of a text by its number, and what it becomes; `under` is the line it stands under or is merged into."""

    number: Number
    kind: ProposalKind
    title: Text = ""
    short_title: Text = ""
    under: Annotated[int, Field(ge=0, le=LINES_AT_MOST)] = 0


class LinesIn(Sent):
    """The lines to take; lines of ours have numbers that the text does not use."""

    lines: list[LineIn] = Field(max_length=LINES_AT_MOST)


class ProposedLine(BaseModel):
    """A line as the text proposes it; `place` is its article, counted from 0."""

    number: int
    kind: ProposalKind
    title: str
    short_title: str
    under: int
    place: int | None


class Added(BaseModel):
    """How many entries were added."""

    added: int


class MeasureIn(Sent):
    """A measure to be added."""

    key_area_id: Id
    title: Text
    short_title: Text
    cited: Cited = ""
    starts_on: StartsOn = None


class ActionIn(Sent):
    """An action to be added."""

    measure_id: Id
    title: Text
    cited: Cited = ""
    starts_on: StartsOn = None


class IndicatorIn(Sent):
    """An indicator to be added; only an amount has a currency."""

    measure_id: Id
    name: Text
    unit: Text = ""
    additive: bool
    headline: bool = False
    kind: IndicatorKind = IndicatorKind.COUNT
    currency: Currency | None = None


class EntryKey(BaseModel):
    """The entry added."""

    id: int
