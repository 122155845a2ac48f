"""What the tags of a sheet of an .xlsx workbook tell and calamine does not; runs only in the limited process.

What is hidden or struck out, cells in error, percent signs; and how far a sheet reaches: calamine makes room for
everything up to its last cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tracking.documents.grids import address_of, place_of
from tracking.documents.rich_texts import RichText
from tracking.documents.workbook_limits import MOST_COLUMNS, check_merges, check_reach
from tracking.documents.workbook_styles import Styles

_ON = {"1", "true"}


@dataclass
class SheetScan:
    """What the tags tell as they are walked past; `texts` are what is read of cells instead of what calamine reads.

    A cell within a cell raises ValueError at once.
    """

    styles: Styles = field(default_factory=Styles)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)
    percents: set[str] = field(default_factory=set)
    quoted: set[tuple[int, int]] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    _merges: int = 0
    _row: int = 0
    _column: int = 0
    _cell: Mapping[str, str] = field(default_factory=dict)
    _within: bool = False
    _filled: bool = False
    _formula: bool = False
    _result: str | None = None
    _reading: bool = False
    _rich: RichText | None = None

    def __post_init__(self) -> None:
        self._begins: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "c": self._begin_cell,
            "v": self._begin_result,
            "f": self._begin_formula,
            "row": self._begin_row,
            "is": self._begin_text,
            "col": self._note_columns,
            "mergeCell": self._note_merged,
        }

    def start(self, name: str, about: Mapping[str, str]) -> None:
        """An element begins."""
        begin = self._begins.get(name)
        if begin is not None:
            begin(about)
        elif self._rich is not None:
            self._rich.start(name, about)

    def text(self, words: str) -> None:
        """What stands between two tags."""
        if self._reading:
            self._result = (self._result or "") + words
        elif self._rich is not None:
            self._rich.text(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "v":
            self._reading = False
        elif name == "c":
            self._within = False
            if self._filled:
                self._note_cell()
        elif self._rich is not None:
            self._rich.end(name)

    def _begin_row(self, about: Mapping[str, str]) -> None:
        self._row, self._column = int(about.get("r", self._row + 1)), 0
        if about.get("hidden") in _ON:
            self.hidden.add(self._row)

    def _begin_cell(self, about: Mapping[str, str]) -> None:
        if self._within:
            raise ValueError(self._cell)
        self._within = True
        self._column += 1
        if "r" in about:
            self._row, self._column = place_of(about["r"])
        self._cell, self._filled, self._formula = about, False, False
        self._result = self._rich = None

    def _begin_result(self, about: Mapping[str, str]) -> None:
        self._filled, self._result, self._reading = True, "", True

    def _begin_formula(self, about: Mapping[str, str]) -> None:
        self._filled = self._formula = True

    def _begin_text(self, about: Mapping[str, str]) -> None:
        self._filled, self._rich = True, RichText()

    def _note_columns(self, about: Mapping[str, str]) -> None:
        if about.get("hidden") in _ON:
            first, last = int(about.get("min", 1)), int(about.get("max", 0))
            self.hidden_columns.update(range(max(first, 1), min(last, MOST_COLUMNS) + 1))

    def _note_merged(self, about: Mapping[str, str]) -> None:
        self._merges += 1
        check_merges(self._merges)

    def _note_cell(self) -> None:
        row, column = self._row, self._column
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        check_reach(self.rows, self.columns)
        kind, style = self._cell.get("t"), self._cell.get("s", "")
        if kind == "e":
            self.faults[address_of(row, column)] = self._result or ""
        elif self._formula and not self._result and not (kind == "str" and self._result is not None):
            self.faults[address_of(row, column)] = ""
        self._note_style((row, column), style)
        self._note_kept((row, column), kind)

    def _note_style(self, place: tuple[int, int], style: str) -> None:
        if style in self.styles.percent:
            self.percents.add(address_of(*place))
        if style in self.styles.quoted:
            self.quoted.add(place)
        if style in self.styles.struck:
            self.struck.add(address_of(*place))

    def _note_kept(self, place: tuple[int, int], kind: str | None) -> None:
        """Note what is read of a text of which a part is struck out."""
        kept = None
        if self._rich is not None:
            kept = self._rich.kept
        elif kind == "s" and self._result:
            kept = self.styles.kept.get(self._result)
        if kept:
            self.texts[place] = kept
        elif kept is not None:
            self.struck.add(address_of(*place))
