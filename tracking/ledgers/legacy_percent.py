"""Percentages as the cells of any layout state them; the scale of bare numbers is that of their whole column."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from tracking.documents.ledger_reading import LedgerCell
from tracking.documents.legacy_rows import LegacyRow
from tracking.documents.legacy_values import plain
from tracking.documents.legacy_words import Meaning
from tracking.messages import Message

_BARE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# Nobody is twenty times as far as planned: a larger number is per hundred, whatever the others are.
_SURELY_HUNDREDS = 20


def are_fractions(rows: Iterable[LegacyRow]) -> bool | None:
    """Whether the bare numbers in the percentage column are shares of one; None if it cannot be told."""
    found = {value < 1 for value in _bare_numbers(rows) if value not in {0, 1}}
    return next(iter(found)) if len(found) == 1 else None


def _bare_numbers(rows: Iterable[LegacyRow]) -> Iterator[Decimal]:
    cells = (row.first(Meaning.PERCENT) for row in rows)
    return (value for cell in cells if cell and (value := _bare_number(cell)) is not None)


def _bare_number(cell: LedgerCell) -> Decimal | None:
    """The number in a cell without a percent sign, kept as a number or as text."""
    if cell.percent or cell.fault is not None or isinstance(cell.value, bool):
        return None
    if isinstance(cell.value, (int, float)):
        return Decimal(repr(cell.value))
    said = unicodedata.normalize("NFKC", plain(cell))
    return Decimal(said) if _BARE.fullmatch(said) else None


def as_percent(cell: LedgerCell, *, fractions: bool | None) -> LedgerCell:
    """The cell as a percentage, by the scale of its column."""
    value = _bare_number(cell)
    if not value:
        return cell
    # An answer may be of another scale than its column.
    if fractions is not None and value != 1 and fractions != (value < 1):
        fractions = None
    if fractions is None and value <= _SURELY_HUNDREDS:
        low, high = f"{value.normalize():f}", f"{(value * 100).normalize():f}"
        return replace(cell, problem=Message("legacy.one_or_hundred", low=low, high=high))
    if not fractions:
        return cell
    note = Message("legacy.as_fraction", percent=f"{value * 100:.1f}")
    return replace(cell, value=float(value), percent=True, written=plain(cell), note=note)
