"""Where a plan is in a workbook of an office's own, and what its columns mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from tracking.documents.grids import Sheet
from tracking.documents.ledger_reading import Cells
from tracking.documents.legacy_layout import headers_of, one_line
from tracking.documents.legacy_words import lasting
from tracking.documents.plan_words import EXACT, SEVERAL, PlanField, field_of, says_field, unit_of
from tracking.plans.amounts import base_unit

_WITHIN, _DEEPEST, _LONGEST, _WIDEST = 25, 3, 40, 60
_FEWEST, _PERHAPS = 2, 20
NO_INDICATORS: Mapping[str, str] = MappingProxyType({})
# A column that stands for the task where no other does: the finest division of the plan.
_INSTEAD = (PlanField.ACTION, PlanField.MEASURE, PlanField.AREA, PlanField.GOAL)


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column by position, from 1, its header, what it means, and how surely, up to 100."""

    at: int
    header: str
    field: PlanField
    sure: int = EXACT


@dataclass(frozen=True, slots=True)
class PlanLayout:
    """A plan on a sheet: its header rows `first` to `last`, from 1, and its columns."""

    sheet: str
    first: int
    last: int
    columns: tuple[PlanColumn, ...]

    @property
    def fields(self) -> dict[PlanField, list[PlanColumn]]:
        """Field → its columns, without what is not brought in."""
        found: dict[PlanField, list[PlanColumn]] = {}
        for column in self.columns:
            if column.field is not PlanField.IGNORED:
                found.setdefault(column.field, []).append(column)
        return found

    @property
    def signature(self) -> tuple[str, ...]:
        """What stays the same from one year's plan to the next."""
        return tuple(lasting(column.header) for column in self.columns)

    @property
    def usable(self) -> bool:
        """Whether tasks can be read by it."""
        return PlanField.TITLE in self.fields and len(self.fields) > 1

    def with_fields(self, fields: Mapping[int, PlanField]) -> "PlanLayout":
        """A copy in which these columns, by position, mean something else."""
        return replace(
            self, columns=tuple(replace(one, field=fields.get(one.at, one.field)) for one in self.columns)
        )


def plan_layouts(
    sheets: Iterable[Sheet], known: Sequence[PlanLayout] = (), indicators: Mapping[str, str] = NO_INDICATORS
) -> list[PlanLayout]:
    """The layout of every sheet that is seen and holds a plan, in order; `known` are those that were confirmed before.

    `indicators`: name → unit; a column headed with one, or with its unit, holds a target.
    """
    found = (_layout(sheet, indicators) for sheet in sheets if sheet.rows and not sheet.concealed)
    return [_as_known(layout, known) for layout in found if layout is not None and layout.usable]


def _as_known(layout: PlanLayout, known: Sequence[PlanLayout]) -> PlanLayout:
    before = next((one for one in known if one.signature == layout.signature), None)
    if before is None:
        return layout
    pairs = zip(layout.columns, before.columns, strict=True)
    return layout.with_fields({one.at: other.field for one, other in pairs})


def _layout(sheet: Sheet, indicators: Mapping[str, str]) -> PlanLayout | None:
    cells, width = Cells(sheet), min(max(map(len, sheet.rows)), _WIDEST)
    found = [
        PlanLayout(sheet.name, first, last, _columns(headers_of(cells, width, first, last), indicators))
        for first, last in _header_rows(cells, len(sheet.rows), width)
    ]
    return max(found, key=_score, default=None)


def _score(layout: PlanLayout) -> tuple[int, int, int]:
    """How much is understood by it; of headers that say the same, the first, with all its rows."""
    sure = sum(one.sure for columns in layout.fields.values() for one in columns)
    return sure, -layout.last, -layout.first


def _header_rows(cells: Cells, height: int, width: int) -> Iterator[tuple[int, int]]:
    like = [_like_header(cells, row, width) for row in range(1, min(height, _WITHIN) + 1)]
    for first in range(1, len(like) + 1):
        for last in range(first, min(first + _DEEPEST, len(like) + 1)):
            if all(like[first - 1 : last]):
                yield first, last


def _like_header(cells: Cells, row: int, width: int) -> bool:
    """Whether several cells of a row are headers for themselves, and none is a long text or a number."""
    values = {cells.source(row, at): cells.at(row, at).value for at in range(1, width + 1)}
    said = [value for value in values.values() if value not in (None, "")]
    texts = [one_line(value) for value in said if isinstance(value, str)]
    short = len(texts) == len(said) and all(len(text) <= _LONGEST for text in texts)
    return short and sum(map(says_field, texts)) >= _FEWEST


def _columns(headers: Iterable[tuple[int, str]], indicators: Mapping[str, str]) -> tuple[PlanColumn, ...]:
    """The surest column for each field; others of the same are left out, but those of quarters and targets."""
    said = [PlanColumn(at, header, *_field_of(header, indicators)) for at, header in headers]
    taken: set[PlanField] = set()
    found = {}
    for column in sorted(said, key=lambda one: -one.sure):
        free = column.field in SEVERAL or column.field not in taken
        found[column.at] = column if free else replace(column, field=PlanField.IGNORED)
        taken.add(column.field)
    return tuple(_with_a_title([found[column.at] for column in said]))


def _field_of(header: str, indicators: Mapping[str, str]) -> tuple[PlanField, int]:
    """What a header means by its words, else by the indicator whose name or unit it says."""
    field, sure = field_of(header)
    if sure == EXACT or not indicators:
        return field, sure
    if any(name in header for name in indicators):
        return PlanField.TARGETS, EXACT
    units = {base_unit(unit)[0] for unit in indicators.values()}
    if field is PlanField.IGNORED and base_unit(unit_of(header))[0] in units:
        return PlanField.TARGETS, _PERHAPS
    return field, sure


def _with_a_title(columns: Sequence[PlanColumn]) -> Iterator[PlanColumn]:
    """The columns, the finest division of the plan standing for the task where nothing else does."""
    fields = {column.field for column in columns}
    instead = next((field for field in _INSTEAD if field in fields), None)
    if PlanField.TITLE in fields or instead is None:
        yield from columns
        return
    # 重点举措 beside 主要措施: the second divides the first.
    alike = [column.at for column in columns if column.field is instead or _left_out(column, instead)]
    for column in columns:
        yield replace(column, field=PlanField.TITLE, sure=_FEWEST) if column.at == alike[-1] else column


def _left_out(column: PlanColumn, field: PlanField) -> bool:
    return column.field is PlanField.IGNORED and field_of(column.header) == (field, EXACT)


def packed_plan_layout(layout: PlanLayout) -> dict[str, Any]:
    """The layout as plain JSON values."""
    columns = [[one.at, one.header, str(one.field)] for one in layout.columns]
    return {"sheet": layout.sheet, "first": layout.first, "last": layout.last, "columns": columns}


def plan_layout_again(kept: Mapping[str, Any]) -> PlanLayout:
    """Undo `packed_plan_layout`."""
    columns = tuple(PlanColumn(at, header, PlanField(field)) for at, header, field in kept["columns"])
    return PlanLayout(kept["sheet"], kept["first"], kept["last"], columns)
