"""Guessing where the ledger is in a workbook of any layout, and what its columns mean.

Told by the words of the headers, then by the values below them; what was remembered of a header goes before both.
Only the first rows of a sheet are looked at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from tracking.documents.grids import Sheet, Value, place_of
from tracking.documents.ledger_reading import Cells, LedgerCell
from tracking.documents.legacy_binding import (
    carried,
    column_of,
    doubtful,
    each_once,
    of_period,
    same_headers,
)
from tracking.documents.legacy_kinds import FIGURES, kind_of_figure
from tracking.documents.legacy_layout import (
    NOTHING,
    Context,
    Layout,
    LegacyColumn,
    header_text,
    headers_of,
    one_line,
)
from tracking.documents.legacy_places import called, is_place
from tracking.documents.legacy_spans import Fit, fit_of, months_of
from tracking.documents.legacy_units import unit_above
from tracking.documents.legacy_values import Kind, mostly
from tracking.documents.legacy_words import (
    Meaning,
    bare,
    bare_title,
    brief,
    lasting,
    names_only_time,
)

# How many rows and columns of each sheet, and how many sheets of a workbook, are examined.
LOOKED_AT, WIDEST, MOST_SHEETS = 60, 120, 20
_HEADERS_WITHIN, _DEEPEST, _LONGEST_HEADER, _FEWEST = 25, 3, 60, 3
_LONGEST_VALUE = 120
# Headers that are numbers: other numbers are numbers of tasks.
_YEARS = range(2000, 2100)
_BY_TITLES, _BY_VALUES, _BY_PLACE = 100, 70, 40
_MOST, _MAY_NAME_OWNERS = 0.7, {Meaning.IGNORED, Meaning.UNIT}
_PROSE = {Kind.PROSE: Meaning.PROGRESS}
# What the values of a column suggest, whatever its header says.
_SPOKEN_FOR = {
    Meaning.PROGRESS: {
        Kind.PERCENT: Meaning.PERCENT,
        Kind.NUMBER: Meaning.ACTUAL,
        Kind.COUNT: Meaning.ACTUAL,
        Kind.YES_NO: Meaning.COMPLETION,
    },
    Meaning.PERCENT: {
        **_PROSE,
        Kind.LONG: Meaning.PROGRESS,
        Kind.YES_NO: Meaning.COMPLETION,
        Kind.DAY: Meaning.DUE_ON,
    },
    Meaning.COMPLETION: {
        **_PROSE,
        Kind.LONG: Meaning.PROGRESS,
        Kind.PERCENT: Meaning.PERCENT,
        Kind.DAY: Meaning.DUE_ON,
    },
    # A long text with figures may well hold the values of several indicators.
    Meaning.ACTUAL: {**_PROSE, Kind.PERCENT: Meaning.PERCENT},
}


_AT_A_TIME = {Kind.COUNT: Meaning.ACTUAL, Kind.NUMBER: Meaning.ACTUAL, Kind.PERCENT: Meaning.PERCENT}


def heads_of(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The part of a workbook that is examined: the first non-empty sheets."""
    return [head_of(sheet) for sheet in islice((sheet for sheet in sheets if sheet.rows), MOST_SHEETS)]


def head_of(sheet: Sheet) -> Sheet:
    """The part of a sheet that is examined; longer texts are cut."""
    return replace(
        sheet,
        rows=tuple(
            tuple(value[:_LONGEST_VALUE] if isinstance(value, str) else value for value in row[:WIDEST])
            for row in sheet.rows[:LOOKED_AT]
        ),
        hidden=frozenset(row for row in sheet.hidden if row <= LOOKED_AT),
        merged=tuple(
            (top, left, min(end, LOOKED_AT), min(right, WIDEST))
            for top, left, end, right in sheet.merged
            if top <= LOOKED_AT and left <= WIDEST
        ),
        faults=tuple((cell, error) for cell, error in sheet.faults if _looked_at(cell)),
        percents=frozenset(filter(_looked_at, sheet.percents)),
        hidden_columns=frozenset(column for column in sheet.hidden_columns if column <= WIDEST),
        struck=frozenset(filter(_looked_at, sheet.struck)),
        beyond=max(max(map(len, sheet.rows), default=0) - WIDEST, 0),
    )


def _looked_at(address: str) -> bool:
    row, column = place_of(address)
    return row <= LOOKED_AT and column <= WIDEST


def guess_layouts(
    heads: Sequence[Sheet], context: Context = NOTHING, remembered: Sequence[Layout] = ()
) -> list[Layout]:
    """The layout of every sheet that may be a ledger, likeliest first.

    `remembered` are the layouts the same authority used before.
    """
    guessed = [
        ((head.concealed, -layout.usable, -fit_of(head.name, context.period), -layout.score), at, layout)
        for at, head in enumerate(heads)
        if (layout := guess_layout(head, context, remembered)) is not None
    ]
    return [layout for *_, layout in sorted(guessed, key=lambda one: one[:2])]


def guess_layout(head: Sheet, context: Context = NOTHING, remembered: Sequence[Layout] = ()) -> Layout | None:
    """The likeliest layout of a sheet, None if no row looks like a header."""
    cells, width = Cells(head), _width(head)
    candidates = [_at(head, cells, *rows, context) for rows in _header_rows(cells, len(head.rows), width)]
    for layout in reversed(candidates):
        for before in remembered:
            if same_headers(layout, before):
                return carried(layout, before, context)
    best = max(candidates, key=lambda layout: (layout.score, layout.last - layout.first), default=None)
    return by_values(best, head, cells, context) if best and best.score else None


def layout_of(head: Sheet, first: int, last: int, context: Context = NOTHING) -> Layout:
    """The layout of a sheet whose header rows a user has named."""
    cells = Cells(head)
    return by_values(_at(head, cells, first, last, context), head, cells, context)


def _at(head: Sheet, cells: Cells, first: int, last: int, context: Context) -> Layout:
    """The layout as its headers alone tell, so that it is known which rows are the likeliest header."""
    lines = (one_line(value) for row in head.rows[: first - 1] for value in row)
    unit = next(filter(None, map(unit_above, lines)), "")
    headers = headers_of(cells, _width(head), first, last)
    columns = (column_of(at, header, context, unit) for at, header in headers)
    seen = (doubtful(one) if one.at in head.hidden_columns else one for one in columns)
    return Layout(head.name, first, last, tuple(seen))


def _width(head: Sheet) -> int:
    return max(map(len, head.rows), default=0)


def _header_rows(cells: Cells, height: int, width: int) -> Iterator[tuple[int, int]]:
    """The rows that may be the header, from the first to the last."""
    rows = range(1, min(height, _HEADERS_WITHIN) + 1)
    words = [[bare(one_line(cells.at(row, at).value)) for at in range(1, width + 1)] for row in rows]
    # A header that is repeated further down heads nothing but the next page.
    like = [_like_header(cells, row, width) and words[row - 1] not in words[: row - 1] for row in rows]
    for first in range(1, len(like) + 1):
        for last in range(first, min(first + _DEEPEST, len(like) + 1)):
            if all(like[first - 1 : last]):
                yield first, last


def _like_header(cells: Cells, row: int, width: int) -> bool:
    """Several short texts and nothing else; a title across the whole width is only one text."""
    values = {
        cells.source(row, column): cell.value
        for column in range(1, width + 1)
        if (cell := cells.at(row, column)).filled
    }
    texts = [value for value in values.values() if isinstance(value, str)]
    times = {
        at: value for (_, at), value in values.items() if not isinstance(value, str) and value not in _YEARS
    }
    short = all(len(brief(one_line(value))) <= _LONGEST_HEADER for value in texts)
    leftmost = next((at for at in range(1, width + 1) if cells.at(max(row - 1, 1), at).filled), 0)
    return len(values) >= min(_FEWEST, width) and short and _are_times(times, leftmost)


def _are_times(times: Mapping[int, Value], leftmost: int) -> bool:
    """Whether these, by column, are a run of months or days; 1, 2, 3 … from the leftmost column on number the columns."""
    if not times:
        return True
    months = [months_of(header_text(value)) for value in times.values()]
    run = [
        (month.year or 0, month.last) for month in months if month is not None and month.first == month.last
    ]
    in_turn = len(run) == len(times) >= _FEWEST and run == sorted(set(run))
    first, value = next(iter(times.items()))
    return in_turn and value != first - leftmost + 1


def by_values(layout: Layout, head: Sheet, cells: Cells, context: Context) -> Layout:
    """The layout, revised by the values below its headers, each meaning given once."""
    rows = range(layout.last + 1, len(head.rows) + 1)
    below = {one.at: [cells.at(row, one.at) for row in rows] for one in layout.columns}
    kinds = {at: mostly(found) for at, found in below.items()}
    texts = {at: [bare_title(one_line(cell.value)) for cell in found] for at, found in below.items()}
    columns = {one.at: of_period(_spoken_for(one, kinds[one.at]), context) for one in layout.columns}
    _name_tasks(columns, kinds, texts, context)
    _name_owners(columns, below, context)
    return replace(layout, columns=each_once(columns.values(), context))


def _name_tasks(
    columns: dict[int, LegacyColumn],
    kinds: Mapping[int, Kind | None],
    texts: Mapping[int, Sequence[str]],
    context: Context,
) -> None:
    """Find the columns of titles and numbers where no header tells; a number stands before its title."""
    hits = {at: sum(text in context.titles for text in set(found)) for at, found in texts.items()}
    best = max(hits, key=lambda at: hits[at], default=0)
    if hits.get(best):
        _give(columns, best, Meaning.TITLE, _BY_TITLES, "titles")
    unknown = [one.at for one in columns.values() if not one.sure]
    texts_of_them = [at for at in unknown if kinds[at] in {Kind.TEXT, Kind.LONG, Kind.PROSE}]
    if texts_of_them and not _places(columns, Meaning.TITLE):
        likeliest = max(texts_of_them, key=lambda at: len(set(texts[at])))
        _give(columns, likeliest, Meaning.TITLE, _BY_PLACE, "values")
    before = min(_places(columns, Meaning.TITLE), default=len(kinds))
    numbers = [at for at in unknown if kinds[at] is Kind.COUNT and at < before]
    if numbers and not _places(columns, Meaning.NUMBER):
        _give(columns, min(numbers), Meaning.NUMBER, _BY_PLACE, "values")


def _name_owners(
    columns: dict[int, LegacyColumn], below: Mapping[int, Sequence[LedgerCell]], context: Context
) -> None:
    """Find the column of the authorities whose tasks these are, by its values alone; it is worth a look."""
    for at, cells in below.items():
        names = {text for cell in cells if (text := one_line(cell.value))}
        known = sum(called(name, context.authorities) is not None for name in names)
        places = sum(is_place(name, context.authorities) for name in names)
        if known and places >= len(names) * _MOST and columns[at].meaning in _MAY_NAME_OWNERS:
            _give(columns, at, Meaning.AUTHORITY, _BY_VALUES, "values")
            return


def _places(columns: Mapping[int, LegacyColumn], meaning: Meaning) -> list[int]:
    return [at for at, one in columns.items() if one.meaning is meaning]


def _spoken_for(column: LegacyColumn, kind: Kind | None) -> LegacyColumn:
    if kind and not column.sure and names_only_time(column.header):
        return _of_a_time(column, kind)
    meaning = _SPOKEN_FOR.get(column.meaning, {}).get(kind) if kind and not column.indicator else None
    if meaning is None:
        return column
    asked = ""
    if meaning in FIGURES:
        meaning, asked = kind_of_figure(column.header, bare(column.header), meaning)
    if asked:
        return replace(column, meaning=Meaning.IGNORED, could=Meaning.ACTUAL, why=asked)
    return replace(column, meaning=meaning, sure=_BY_VALUES, why="values")


def _of_a_time(column: LegacyColumn, kind: Kind) -> LegacyColumn:
    """A column headed 四季度 and no more: what was done in it, or what is planned for it?"""
    could = _AT_A_TIME.get(kind, Meaning.PROGRESS)
    return replace(column, sure=_BY_VALUES, could=could, why="kind")


def _give(columns: dict[int, LegacyColumn], at: int, meaning: Meaning, sure: int, why: str) -> None:
    """Give this meaning to one column and no other."""
    for place, column in columns.items():
        if column.meaning is meaning and place != at:
            columns[place] = replace(column, meaning=Meaning.IGNORED)
    columns[at] = replace(columns[at], meaning=meaning, sure=sure, why=why)


def header_rows(head: Sheet) -> list[tuple[int, int]]:
    """First and last row of every header that a sheet could have."""
    height = min(len(head.rows), _HEADERS_WITHIN)
    return [
        (first, last)
        for first in range(1, height + 1)
        for last in range(first, min(first + _DEEPEST, height + 1))
    ]


def likely_sheets(
    heads: Sequence[Sheet],
    layouts: Sequence[Layout],
    context: Context = NOTHING,
    remembered: Iterable[Layout] = (),
) -> list[str]:
    """The sheets with the same name and headers as before, but for the periods in them.

    Otherwise the likeliest sheet, and others with the same headers naming other tasks: a ledger split by key
    area. Hidden sheets and those of another period are left to their user, and so are two that name the same
    tasks, unless one is the sheet that is open.
    """
    by_name = {head.name: head for head in heads}
    shown = [layout for layout in layouts if _is_shown(by_name[layout.sheet], context)]
    before = {_like_before(layout) for layout in remembered}
    if chosen := [layout.sheet for layout in shown if _like_before(layout) in before]:
        return chosen
    named = {
        layout.sheet: _titles_on(by_name[layout.sheet], layout, called(layout.sheet, context.authorities))
        for layout in shown
    }
    return _apart([layout for layout in shown if _goes_with(layout, shown[0], context)], named, by_name)


def _is_shown(head: Sheet, context: Context) -> bool:
    return not head.concealed and fit_of(head.name, context.period) is not Fit.ELSEWHERE


def _like_before(layout: Layout) -> tuple[str, tuple[str, ...]]:
    return lasting(layout.sheet), tuple(sorted(layout.signature))


def _goes_with(layout: Layout, first: Layout, context: Context) -> bool:
    """Whether a sheet is the likeliest one or may be another part of the same ledger."""
    same = layout.usable and layout.signature == first.signature
    fits = fit_of(layout.sheet, context.period) is fit_of(first.sheet, context.period)
    return layout is first or (same and fits)


def _apart(
    layouts: Sequence[Layout], named: Mapping[str, set[str]], by_name: Mapping[str, Sheet]
) -> list[str]:
    """The sheets that name different tasks; of those that name the same the open one, or none."""
    names = [layout.sheet for layout in layouts]
    rivals = {
        name: [other for other in names if other != name and named[name] & named[other]] for name in names
    }
    return [name for name in names if by_name[name].active or not rivals[name]]


def _titles_on(head: Sheet, layout: Layout, owner: str | None) -> set[str]:
    """The titles on a sheet; those of one authority are not those of another."""
    cells, columns = Cells(head), layout.meant.get(Meaning.TITLE, [])
    below = range(layout.last + 1, len(head.rows) + 1)
    texts = {bare_title(one_line(cells.at(row, one.at).value)) for one in columns for row in below}
    return {f"{owner or ''}/{text}" for text in texts - {""}}
