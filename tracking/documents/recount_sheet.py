"""A sheet beside the lines of an exported ledger: the figures of the pages as live formulas over the lines.

Every formula is written with its result, since not every program works one out that it has just opened.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from tracking.documents.workbook_cells import write_value
from tracking.ledgers.figures import LedgerIndicator
from tracking.ledgers.recount import Recount, RecountedUnit
from tracking.messages import text
from tracking.palette import SHAPES
from tracking.rates import Rate
from tracking.scales import answers_of
from tracking.vocabulary import IndicatorKind, Language

_A4 = 9
_HEADER = 3
_WIDTHS = (12, 22, 10, 10, 10, 12, 12)
_FIRST_MEASURE = len(_WIDTHS)
Result: TypeAlias = float | None


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines are: their sheet, the places of their columns, the first and the last row, from 1."""

    sheet: str
    columns: Sequence[str]
    first: int
    last: int

    def of(self, column: str) -> str:
        """The range of one column."""
        letter = xl_col_to_name(self.columns.index(column), col_abs=True)
        return f"'{self.sheet}'!{letter}${self.first}:{letter}${max(self.last, self.first)}"


@dataclass(frozen=True)
class RecountSheet:
    """The sheet being written: a row for all units, one a region, one a unit; then lights and indicators."""

    sheet: Worksheet
    styles: Mapping[str, Format]
    lines: Lines
    recount: Recount
    language: Language

    def write(self, indicators: Iterable[LedgerIndicator]) -> None:
        """Everything on it."""
        self._heads()
        units, regions = list(self.recount.units.values()), self.recount.regions
        first = _HEADER + 2 + len(regions)
        last = max(first + len(units) - 1, first)
        self._row(_HEADER + 1, ("", text("recount.all", self.language), ""), units, self._over(first, last))
        for at, region in enumerate(regions, start=_HEADER + 2):
            there = [unit for unit in units if unit.region == region]
            self._row(at, ("", region, region), there, self._over_region(first, last, at))
        for at, unit in enumerate(units, start=first):
            self._row(at, (unit.code, unit.name, unit.region), [unit], self._of_lines(at))
        end = self._lights(self._units(last + 2, first, last) + 1)
        self._indicators(end + 1, indicators)

    def _heads(self) -> None:
        self.sheet.write_string(0, 0, text("recount.title", self.language), self.styles["title"])
        self.sheet.write_string(1, 0, text("recount.note", self.language), self.styles["foot"])
        names = ("unit_code", "unit", "region", "tasks", "reported", "completion", "expected")
        for at, name in enumerate(names):
            self.sheet.write_string(
                _HEADER, at, text(f"recount.{name}", self.language), self.styles["header"]
            )
            self.sheet.set_column(at, at, _WIDTHS[at])
        for at, number in enumerate(self.recount.measures, start=_FIRST_MEASURE):
            self.sheet.write_number(_HEADER, at, number, self.styles["measure"])
        self.sheet.freeze_panes(_HEADER + 1, 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)

    def _row(
        self,
        at: int,
        names: tuple[str | None, ...],
        units: Sequence[RecountedUnit],
        formulas: Iterator[str],
    ) -> None:
        for column, name in enumerate(names):
            write_value(self.sheet, (at, column), name, self.styles["text"])
        results: list[Result] = [self.recount.count(part, units) for part in ("counted", "reported")]
        results += [self.recount.percent(part, units) for part in ("done", "due")]
        results += [self.recount.percent("done", units, number) for number in self.recount.measures]
        for column, (result, formula) in enumerate(zip(results, formulas, strict=True), start=len(names)):
            style = "whole" if column < len(names) + 2 else "decimal"
            self._formula((at, column), formula, result, style)

    def _formula(self, place: tuple[int, int], formula: str, result: Result, style: str) -> None:
        shown = "" if result is None else result
        self.sheet.write_formula(*place, formula, self.styles[style], shown)

    def _of_lines(self, at: int) -> Iterator[str]:
        """The formulas of a unit, over the lines."""
        own = f"{self.lines.of('unit_code')},$A{at + 1}"
        counted = f"{self.lines.of('counted')},1"
        yield f"=SUMIFS({self.lines.of('counted')},{own})"
        yield f"=SUMIFS({self.lines.of('reported')},{own})"
        weight = f"SUMIFS({self.lines.of('weight')},{own},{counted}"
        for part in ("done", "due"):
            yield f'=IFERROR(100*SUMIFS({self.lines.of(part)},{own})/{weight}),"")'
        for column in range(_FIRST_MEASURE, _FIRST_MEASURE + len(self.recount.measures)):
            head = f"{self.lines.of('measure_number')},{xl_col_to_name(column)}${_HEADER + 1}"
            yield f'=IFERROR(100*SUMIFS({self.lines.of("done")},{own},{head})/{weight},{head}),"")'

    def _over(self, first: int, last: int) -> Iterator[str]:
        """The formulas of all units: sums, then means of those that have tasks."""
        yield from (f"=SUM({letter}{first + 1}:{letter}{last + 1})" for letter in "DE")
        for letter in self._means:
            yield f'=IFERROR(AVERAGE({letter}{first + 1}:{letter}{last + 1}),"")'

    def _over_region(self, first: int, last: int, at: int) -> Iterator[str]:
        """The same over the units of the region named in a row."""
        regions = f"$C${first + 1}:$C${last + 1},$C{at + 1}"
        yield from (f"=SUMIFS({letter}${first + 1}:{letter}${last + 1},{regions})" for letter in "DE")
        for letter in self._means:
            yield f'=IFERROR(AVERAGEIFS({letter}${first + 1}:{letter}${last + 1},{regions}),"")'

    @property
    def _means(self) -> Iterator[str]:
        """The columns of means: completion, expected progress, and the measures."""
        return map(xl_col_to_name, range(_FIRST_MEASURE - 2, _FIRST_MEASURE + len(self.recount.measures)))

    def _units(self, at: int, first: int, last: int) -> int:
        """How many units have tasks and have reported, out of all."""
        tasks, reported = (f"{letter}{first + 1}:{letter}{last + 1}" for letter in "DE")
        counts = [
            (self.recount.count("counted", [unit]), self.recount.count("reported", [unit]))
            for unit in self.recount.units.values()
        ]
        figures = {
            "units": (f'=COUNTIF({tasks},">0")', sum(tasks > 0 for tasks, _ in counts)),
            "units_reported": (f'=COUNTIF({reported},">0")', sum(said > 0 for _, said in counts)),
            "units_complete": (
                f"=SUMPRODUCT(({tasks}>0)*({tasks}={reported}))",
                sum(tasks == said > 0 for tasks, said in counts),
            ),
            "units_total": (f"=COUNTA(B{first + 1}:B{last + 1})", len(counts)),
        }
        words = {text(f"recount.{name}", self.language): figure for name, figure in figures.items()}
        return self._counts(at, words)

    def _lights(self, at: int) -> int:
        """How many tasks have each light."""
        lights = self.lines.of("light")
        shown = [f"{SHAPES[light]} {text(f'light.{light}', self.language)}" for light in SHAPES]
        return self._counts(
            at, {word: (f'=COUNTIF({lights},"{word}")', self.recount.lights[word]) for word in shown}
        )

    def _counts(self, at: int, figures: Mapping[str, tuple[str, int]]) -> int:
        for row, (word, (formula, result)) in enumerate(figures.items(), start=at):
            self.sheet.write_string(row, 1, word, self.styles["text"])
            self._formula((row, 3), formula, result, "whole")
        return at + len(figures)

    def _indicators(self, at: int, indicators: Iterable[LedgerIndicator]) -> None:
        """The sums of the indicators that may be added, the rates of the sums of their parts, and the answers."""
        for one in indicators:
            for words, formula, result in self._totals(one):
                for column, name in enumerate((one.code, f"{one.name}（{words}）")):
                    self.sheet.write_string(at, column, name, self.styles["text"])
                self._formula((at, 3), formula, result, "amount")
                at += 1

    def _totals(self, one: LedgerIndicator) -> Iterator[tuple[str, str, Result]]:
        """What is told of an indicator, in words, as a formula over all lines, and what it comes to."""
        if one.actual not in self.recount.actuals:
            return
        if one.additive or one.parts:
            yield one.unit, *self._total(one)
        elif one.kind is IndicatorKind.YES_NO:
            answers, lines = self.lines.of(one.actual), self.recount.told[one.actual]
            yes = text("recount.answered_yes", self.language, answer=answers_of(one.unit)[0])
            yield yes, f"=COUNTIF({answers},1)", float(self.recount.actuals[one.actual])
            yield text("recount.answered", self.language), f"=COUNT({answers})", float(lines)

    def _total(self, one: LedgerIndicator) -> tuple[str, Result]:
        """The formula over all lines, and what it comes to; a rate of nothing has none."""
        if not one.parts:
            return f"=SUM({self.lines.of(one.actual)})", float(self.recount.actuals[one.actual])
        above, below = (f"SUM({self.lines.of(column)})" for column in one.parts)
        rate = Rate(*(self.recount.actuals[column] for column in one.parts))
        return f'=IFERROR(100*{above}/{below},"")', float(rate.exact) if rate.denominator else None
