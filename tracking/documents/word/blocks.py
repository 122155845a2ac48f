"""The blocks of an official document: plain values, no layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import TypeAlias

# A figure stands at the right of its column, words at the left; None leaves the cell empty.
Cell: TypeAlias = str | int | Decimal | None


class Placing(Enum):
    """Where the lines of a paragraph begin: two characters in, flush left, or in the middle."""

    INDENTED = auto()
    FLUSH = auto()
    CENTRED = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; its number (一、（一）1.（1）) is Word's own, so that it follows when one is moved."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of the body; a line break in it begins the next paragraph."""

    text: str
    placing: Placing = Placing.INDENTED


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that is repeated on every page.

    `widths` are the shares of the columns, equal when empty; `caption` stands above, empty for none.
    """

    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign and date on paper, two beside one another, each under its label."""

    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG in the middle of the text block; `described` is what it shows, for whoever cannot see it."""

    content: bytes
    width_mm: float = 150
    described: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A picture at the left with lines of small text at its right, the first of them large."""

    picture: Picture
    lines: Sequence[str]


Block: TypeAlias = Heading | Paragraph | Table | Signatures | Picture | Beside


@dataclass(frozen=True, slots=True)
class Annex:
    """What is annexed, on a page of its own; without blocks it is only named below the body."""

    title: str
    blocks: Sequence[Block] = ()
