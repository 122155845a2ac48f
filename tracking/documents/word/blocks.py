"""The blocks of an official document: plain values, no layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import TypeAlias

# Figures are right-aligned in their column, words left-aligned; None leaves the cell empty.
Cell: TypeAlias = str | int | Decimal | None


class Placing(Enum):
    """Where a paragraph's lines begin: indented two characters, flush left, or centred."""

    INDENTED = auto()
    FLUSH = auto()
    CENTRED = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; its number (一、（一）1.（1）) is Word's own, so that it updates when headings move."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; a line break in it starts a new paragraph."""

    text: str
    placing: Placing = Placing.INDENTED


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that is repeated on every page.

    `widths` are the column shares, equal if empty; `caption` goes above, empty for none.
    """

    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Fields to sign and date on paper, two side by side, each under its label."""

    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A centred PNG; `described` is its alternative text."""

    content: bytes
    width_mm: float = 150
    described: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A picture on the left with lines of small text on its right, the first one large."""

    picture: Picture
    lines: Sequence[str]


Block: TypeAlias = Heading | Paragraph | Table | Signatures | Picture | Beside


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on a page of its own; without blocks it is only named below the body."""

    title: str
    blocks: Sequence[Block] = ()
