"""Several lines of a ledger on one task: one for each of its measures, or one for each of its indicators."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracking.documents.ledger_reading import LedgerCell
from tracking.documents.legacy_layout import LegacyColumn, one_line
from tracking.documents.legacy_rows import LegacyRow
from tracking.documents.legacy_units import unit_in
from tracking.documents.legacy_words import Meaning, bare
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message

_TEXTS = frozenset(
    {
        Meaning.PROGRESS,
        Meaning.DIFFICULTIES,
        Meaning.NEXT_STEPS,
        Meaning.EXPLANATION,
        Meaning.DIFFICULTIES_AND_STEPS,
    }
)
_FIGURES = frozenset({Meaning.ACTUAL, Meaning.INCREMENT, Meaning.TARGET})
_Cells = list[tuple[LegacyColumn, LedgerCell]]


def of_indicator(row: LegacyRow, task: LedgerTask) -> LegacyRow:
    """The row with its figures bound to the indicator that it names beside them, in the unit it names."""
    name = row.first(Meaning.INDICATOR)
    if name is None:
        return row
    said = one_line(name.value)
    if len(task.indicators) == 1 and bare(task.indicators[0].name) not in bare(said):
        return row
    unit = row.first(Meaning.UNIT)
    named = one_line(unit.value) if unit else unit_in(said)
    figures = {
        meaning: [(replace(one, indicator=said, unit=one.unit or named), cell) for one, cell in cells]
        for meaning, cells in row.cells.items()
        if meaning in _FIGURES
    }
    return replace(row, cells={**row.cells, **figures})


def joined(rows: Sequence[LegacyRow]) -> LegacyRow:
    """One row that says what all of them say: texts one below the other, figures where only one is given."""
    if len(rows) == 1:
        return rows[0]
    cells = {meaning: _joined(meaning, [row.cells[meaning] for row in rows]) for meaning in rows[0].cells}
    return replace(rows[0], cells=cells, hidden=any(row.hidden for row in rows))


def _joined(meaning: Meaning, lines: Sequence[_Cells]) -> _Cells:
    if meaning in _FIGURES and any(column.indicator for column, _ in lines[0]):
        return [pair for line in lines for pair in line]
    return [
        (column, _one(meaning, [line[at][1] for line in lines])) for at, (column, _) in enumerate(lines[0])
    ]


def _one(meaning: Meaning, cells: Iterable[LedgerCell]) -> LedgerCell:
    every = list(cells)
    filled = list({(str(cell.value), cell.fault): cell for cell in every if cell.filled}.values())
    if len(filled) < 2:
        return (filled or every)[0]
    if meaning not in _TEXTS or any(cell.fault is not None for cell in filled):
        listed = "、".join(cell.address for cell in filled)
        return replace(filled[0], problem=Message("legacy.lines_differ", cells=listed))
    text = "\n".join(str(cell.value).strip() for cell in filled)
    return replace(filled[0], value=text, merged=False)
