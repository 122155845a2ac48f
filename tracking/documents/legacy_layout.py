"""The layout of a ledger that is not our form: its sheet, header rows and column meanings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracking.cleaning import UNSEEN
from tracking.documents.grids import Value
from tracking.documents.ledger_reading import Cells
from tracking.documents.legacy_spans import Months
from tracking.documents.legacy_words import (
    BESIDE,
    NAMING,
    PARTED,
    REPORTED,
    SEVERAL,
    Meaning,
    brief,
    is_numbered,
    lasting,
    names_only_time,
)
from tracking.messages import Message, Refusal


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside a workbook: the bare titles of the tasks, indicators (name → unit), and the period.

    `authorities` are the names of those whose tasks it may carry; none where it is only one's own.
    """

    titles: frozenset[str] = frozenset()
    indicators: Mapping[str, str] = field(default_factory=dict)
    period: Months | None = None
    authorities: frozenset[str] = frozenset()


NOTHING = Context()
_MONTHS = range(1, 13)
_MONTH = re.compile(r"(20[0-9]{2})[-./]?(0[1-9]|1[0-2]|(?<=[-./])[1-9])")
# How far to the right another heading may have the same columns.
_NEAR = 12
# What is kept of a column.
_PARTS = 8


@dataclass(frozen=True, slots=True)
class LegacyColumn:
    """A column by position, from 1, and header, and what it is bound to.

    `sure` is up to 100; `why` words, values, titles, indicator or remembered. `indicator` is the name of the
    indicator whose figures it holds, `unit` the unit they are in; each "" where the row tells. An ignored one that
    `could` mean something has as `why` what is unclear: its kind, that it is of another period or of a part of this one,
    or another that means the same.
    """

    at: int
    header: str
    meaning: Meaning = Meaning.IGNORED
    sure: int = 0
    why: str = ""
    indicator: str = ""
    unit: str = ""
    could: Meaning = Meaning.IGNORED

    @property
    def repeats(self) -> bool:
        """Whether others may mean the same: each is of its own indicator, or none is reported."""
        several = is_numbered(self.header) or bool(self.indicator)
        return self.meaning in BESIDE or (self.meaning in SEVERAL and several)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the ledger is on a sheet: its header rows `first` to `last`, from 1, and its columns."""

    sheet: str
    first: int
    last: int
    columns: tuple[LegacyColumn, ...]

    @property
    def meant(self) -> dict[Meaning, list[LegacyColumn]]:
        """Meaning → its columns, without ignored ones."""
        found: dict[Meaning, list[LegacyColumn]] = {}
        for column in self.columns:
            if column.meaning is not Meaning.IGNORED:
                found.setdefault(column.meaning, []).append(column)
        return found

    @property
    def signature(self) -> tuple[str, ...]:
        """What stays the same from one period's ledger to the next."""
        return tuple(lasting(brief(column.header)) for column in self.columns)

    @property
    def usable(self) -> bool:
        """Whether its rows can be matched to tasks and report something."""
        return bool(NAMING & self.meant.keys()) and bool(REPORTED & self.meant.keys())

    @property
    def score(self) -> int:
        """How much this looks like a ledger."""
        return sum(one.sure for one in self.columns if {one.meaning, one.could} != {Meaning.IGNORED})

    @property
    def asked(self) -> list[LegacyColumn]:
        """The columns that may well be reported, but whose user has to say so.

        One of another period or kind is of no concern where another column says the same of this period, nor one of
        another period where one of this is asked.
        """
        could = [one for one in self.columns if one.meaning is Meaning.IGNORED and one.could in REPORTED]
        told = {_says(one.meaning, one) for one in self.columns}
        near = {_says(one.could, one) for one in could if one.why != "period"} | told
        return [
            one
            for one in could
            if _says(one.could, one) not in {"period": near, "kind": told}.get(one.why, frozenset())
        ]

    def with_meanings(self, meanings: Mapping[int, Meaning]) -> "Layout":
        """A copy in which these columns, by position, mean something else."""
        columns = (replace(one, meaning=meanings.get(one.at, one.meaning)) for one in self.columns)
        return replace(self, columns=tuple(columns))


def _says(meaning: Meaning, column: LegacyColumn) -> tuple[Meaning, str]:
    """What a column says of the task: what was added and what was done until now lead to the same figure."""
    return (Meaning.ACTUAL if meaning is Meaning.INCREMENT else meaning), column.indicator


def known(column: LegacyColumn) -> LegacyColumn:
    """The column as remembered, without the reasons of the guess; what was asked and never answered stays asked."""
    return column if column.could in REPORTED else replace(column, sure=100, why="remembered")


def known_layout(layout: Layout) -> Layout:
    """The layout as remembered."""
    return replace(layout, columns=tuple(map(known, layout.columns)))


def headers_of(cells: Cells, width: int, first: int, last: int) -> list[tuple[int, str]]:
    """Columns with their header text, from the top; a merged header applies to each, blank ones and instructions are left
    out."""
    found = []
    for column in range(1, width + 1):
        texts = (_header_at(cells, row, column, last) for row in range(first, last + 1))
        parts = dict.fromkeys(map(brief, texts))
        header = PARTED.join(part for part in parts if part)
        if header:
            found.append((column, header))
    return found


def _header_at(cells: Cells, row: int, column: int, last: int) -> str:
    """The words of one header cell; a blank one of an upper row goes with its left neighbour where that heads several."""
    said = header_text(cells.at(row, column).value)
    below = row < last and cells.at(row + 1, column).filled
    if said or not below:
        return said
    left = next((at for at in range(column - 1, 0, -1) if cells.at(row, at).filled), 0)
    if not all(cells.at(row + 1, at).filled for at in range(max(left, 1), column)):
        return ""
    above = header_text(cells.at(row, left).value) if left else ""
    lower = header_text(cells.at(row + 1, column).value)
    goes_on = names_only_time(above) or names_only_time(lower) or _comes_again(cells, row + 1, column)
    return above if above and goes_on else ""


def _comes_again(cells: Cells, row: int, column: int) -> bool:
    """Whether the words of a header cell stand under another heading too: 计划, 实际, 计划, 实际."""
    said = header_text(cells.at(row, column).value)
    near = (at for at in range(1, column + _NEAR) if at != column)
    return any(header_text(cells.at(row, at).value) == said for at in near)


def header_text(value: Value) -> str:
    """A value as words of a header: a day, 12, or a number written like 202612, as its month."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月"
    said = one_line(value)
    if not isinstance(value, str) and value in _MONTHS:
        return f"{said}月"
    month = _MONTH.fullmatch(said)
    return f"{month[1]}年{int(month[2])}月" if month else said


def one_line(value: Value) -> str:
    """A value as one line of text; a whole number without decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).translate(UNSEEN).split())


def check_layouts(layouts: Sequence[Layout]) -> None:
    """Check that rows can be read with these layouts. Raises `Refusal` with everything unclear, by sheet."""
    wrong = [message for layout in layouts for message in _unclear(layout)]
    if not layouts:
        wrong.append(Message("legacy.no_sheet"))
    if wrong:
        raise Refusal(*wrong)


def _unclear(layout: Layout) -> Iterable[Message]:
    meant = layout.meant
    if not NAMING & meant.keys():
        yield Message("legacy.no_naming_column", sheet=layout.sheet)
    if not REPORTED & meant.keys():
        yield Message("legacy.no_reported_column", sheet=layout.sheet)
    for meaning, columns in meant.items():
        if len(columns) > 1 and meaning not in SEVERAL | BESIDE:
            headers = " / ".join(column.header for column in columns)
            yield Message("legacy.column_twice", sheet=layout.sheet, meaning=meaning, headers=headers)


def packed_layout(layout: Layout) -> dict[str, Any]:
    """The layout as plain JSON values."""
    columns = [
        [one.at, one.header, str(one.meaning), one.sure, one.why, one.indicator, one.unit, str(one.could)]
        for one in layout.columns
    ]
    return {"sheet": layout.sheet, "first": layout.first, "last": layout.last, "columns": columns}


def is_bound(kept: Mapping[str, Any]) -> bool:
    """Whether a kept layout is of the present form, in which its user saw what each column is bound to."""
    return all(len(column) == _PARTS for column in kept["columns"])


def layout_again(kept: Mapping[str, Any]) -> Layout:
    """Undo `packed_layout`."""
    columns = tuple(
        LegacyColumn(at, header, Meaning(meaning), sure, why, indicator, unit, Meaning(could))
        for at, header, meaning, sure, why, indicator, unit, could in kept["columns"]
    )
    return Layout(kept["sheet"], kept["first"], kept["last"], columns)
