"""The layout of a ledger that is not our form: its sheet, header rows and column meanings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracking.cleaning import UNSEEN
from tracking.documents.grids import Value
from tracking.documents.ledger_reading import Cells
from tracking.documents.legacy_words import NAMING, PARTED, REPORTED, SEVERAL, Meaning, lasting
from tracking.messages import Message, Refusal


@dataclass(frozen=True, slots=True)
class LegacyColumn:
    """A column by position, from 1, and header; `sure` is up to 100, `why` words, values, titles or remembered."""

    at: int
    header: str
    meaning: Meaning = Meaning.IGNORED
    sure: int = 0
    why: str = ""


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
        return tuple(lasting(column.header) for column in self.columns)

    @property
    def usable(self) -> bool:
        """Whether its rows can be matched to tasks and report something."""
        return bool(NAMING & self.meant.keys()) and bool(REPORTED & self.meant.keys())

    @property
    def score(self) -> int:
        """How much this looks like a ledger."""
        return sum(column.sure for columns in self.meant.values() for column in columns)

    def with_meanings(self, meanings: Mapping[int, Meaning]) -> "Layout":
        """A copy in which these columns, by position, mean something else."""
        return replace(
            self,
            columns=tuple(replace(one, meaning=meanings.get(one.at, one.meaning)) for one in self.columns),
        )


def known(layout: Layout) -> Layout:
    """The layout as remembered, without the reasons of the guess."""
    return replace(layout, columns=tuple(replace(one, sure=100, why="remembered") for one in layout.columns))


def headers_of(cells: Cells, width: int, first: int, last: int) -> list[tuple[int, str]]:
    """Columns with their header text, from the top; a merged header applies to each, blank ones are left out."""
    found = []
    for column in range(1, width + 1):
        parts = dict.fromkeys(one_line(cells.at(row, column).value) for row in range(first, last + 1))
        header = PARTED.join(part for part in parts if part)
        if header:
            found.append((column, header))
    return found


def one_line(value: Value) -> str:
    """A value as one line of text."""
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
        if len(columns) > 1 and meaning not in SEVERAL:
            headers = " / ".join(column.header for column in columns)
            yield Message("legacy.column_twice", sheet=layout.sheet, meaning=meaning, headers=headers)


def packed_layout(layout: Layout) -> dict[str, Any]:
    """The layout as plain JSON values."""
    columns = [[one.at, one.header, str(one.meaning), one.sure, one.why] for one in layout.columns]
    return {"sheet": layout.sheet, "first": layout.first, "last": layout.last, "columns": columns}


def layout_again(kept: Mapping[str, Any]) -> Layout:
    """Undo `packed_layout`."""
    columns = tuple(
        LegacyColumn(at, header, Meaning(meaning), sure, why)
        for at, header, meaning, sure, why in kept["columns"]
    )
    return Layout(kept["sheet"], kept["first"], kept["last"], columns)
