"""Guessing where the ledger is in a workbook of any layout, and what its columns mean.

Told by the words of the headers, then by the values below them; what was remembered of a header goes before both.
Only the first rows of a sheet are looked at.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from tracking.documents.grids import Sheet, place_of
from tracking.documents.ledger_reading import Cells
from tracking.documents.legacy_layout import Layout, LegacyColumn, headers_of, known, one_line
from tracking.documents.legacy_values import Kind, mostly
from tracking.documents.legacy_words import SEVERAL, Meaning, bare_title, is_numbered, meaning_of

# How many rows and columns of each sheet, and how many sheets of a workbook, are examined.
LOOKED_AT, WIDEST, MOST_SHEETS = 60, 40, 20
_HEADERS_WITHIN, _DEEPEST, _LONGEST_HEADER, _FEWEST = 25, 3, 60, 3
_LONGEST_VALUE = 120
_BY_TITLES, _BY_VALUES, _BY_PLACE = 100, 70, 40
_SURE_ENOUGH = 55
_PROSE = {Kind.PROSE: Meaning.PROGRESS}
# What the values of a column suggest, whatever its header says.
_SPOKEN_FOR = {
    Meaning.PROGRESS: {
        Kind.PERCENT: Meaning.PERCENT,
        Kind.NUMBER: Meaning.ACTUAL,
        Kind.YES_NO: Meaning.COMPLETION,
    },
    Meaning.PERCENT: {**_PROSE, Kind.LONG: Meaning.PROGRESS, Kind.YES_NO: Meaning.COMPLETION},
    Meaning.COMPLETION: {**_PROSE, Kind.LONG: Meaning.PROGRESS, Kind.PERCENT: Meaning.PERCENT},
    # A long text with figures may well hold the values of several indicators.
    Meaning.ACTUAL: {**_PROSE, Kind.PERCENT: Meaning.PERCENT},
}


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
    )


def _looked_at(address: str) -> bool:
    row, column = place_of(address)
    return row <= LOOKED_AT and column <= WIDEST


def guess_layouts(
    heads: Sequence[Sheet], titles: Collection[str] = (), remembered: Sequence[Layout] = ()
) -> list[Layout]:
    """The layout of every sheet that may be a ledger, likeliest first.

    `titles` are the bare titles of the known tasks; `remembered` the layouts the same authority used before.
    """
    guessed = [guess_layout(head, titles, remembered) for head in heads]
    return sorted(filter(None, guessed), key=lambda layout: (-layout.usable, -layout.score))


def guess_layout(
    head: Sheet, titles: Collection[str] = (), remembered: Sequence[Layout] = ()
) -> Layout | None:
    """The likeliest layout of a sheet, None if no row looks like a header."""
    cells, width = Cells(head), _width(head)
    candidates = [_at(head, cells, *rows) for rows in _header_rows(cells, len(head.rows), width)]
    for layout in reversed(candidates):
        for before in remembered:
            if layout.signature == before.signature:
                return _carried(layout, before)
    best = max(candidates, key=lambda layout: (layout.score, layout.last - layout.first), default=None)
    return by_values(best, head, cells, titles) if best and best.score else None


def layout_of(head: Sheet, first: int, last: int, titles: Collection[str] = ()) -> Layout:
    """The layout of a sheet whose header rows a user has named."""
    cells = Cells(head)
    return by_values(_at(head, cells, first, last), head, cells, titles)


def _at(head: Sheet, cells: Cells, first: int, last: int) -> Layout:
    return Layout(head.name, first, last, _by_words(headers_of(cells, _width(head), first, last)))


def _width(head: Sheet) -> int:
    return max(map(len, head.rows), default=0)


def _carried(layout: Layout, before: Layout) -> Layout:
    pairs = zip(layout.columns, before.columns, strict=True)
    return known(replace(layout, columns=tuple(replace(one, meaning=other.meaning) for one, other in pairs)))


def _header_rows(cells: Cells, height: int, width: int) -> Iterator[tuple[int, int]]:
    """The rows that may be the header, from the first to the last."""
    like = [_like_header(cells, row, width) for row in range(1, min(height, _HEADERS_WITHIN) + 1)]
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
    return len(values) >= min(_FEWEST, width) and all(
        isinstance(value, str) and len(value) <= _LONGEST_HEADER for value in values.values()
    )


def _by_words(headers: Iterable[tuple[int, str]]) -> tuple[LegacyColumn, ...]:
    """The surest column for each meaning; others of the same meaning are ignored, except numbered ones."""
    said = [(at, header, *(meaning_of(header) or (Meaning.IGNORED, 0))) for at, header in headers]
    taken: set[Meaning] = set()
    found = {}
    for at, header, meaning, sure in sorted(said, key=lambda one: -one[3]):
        several = meaning in SEVERAL and is_numbered(header)
        free = sure >= _SURE_ENOUGH and (several or meaning not in taken)
        found[at] = LegacyColumn(
            at, header, meaning if free else Meaning.IGNORED, sure, "words" if sure else ""
        )
        taken |= {meaning} if free else set()
    return tuple(found[at] for at, *_ in said)


def by_values(layout: Layout, head: Sheet, cells: Cells, titles: Collection[str] = ()) -> Layout:
    """The layout, revised by the values below its headers."""
    rows = range(layout.last + 1, len(head.rows) + 1)
    below = {one.at: [cells.at(row, one.at) for row in rows] for one in layout.columns}
    kinds = {at: mostly(found) for at, found in below.items()}
    texts = {at: [bare_title(one_line(cell.value)) for cell in found] for at, found in below.items()}
    columns = {one.at: _spoken_for(one, kinds[one.at]) for one in layout.columns}
    hits = {at: sum(text in titles for text in set(found)) for at, found in texts.items()}
    best = max(hits, key=lambda at: hits[at], default=0)
    if hits.get(best):
        _give(columns, best, Meaning.TITLE, _BY_TITLES, "titles")
    meant = {one.meaning for one in columns.values()}
    unknown = [one.at for one in columns.values() if not one.sure]
    texts_of_them = [at for at in unknown if kinds[at] in {Kind.TEXT, Kind.LONG, Kind.PROSE}]
    if Meaning.TITLE not in meant and texts_of_them:
        _give(
            columns,
            max(texts_of_them, key=lambda at: len(set(texts[at]))),
            Meaning.TITLE,
            _BY_PLACE,
            "values",
        )
    numbers = [at for at in unknown if kinds[at] is Kind.COUNT]
    if Meaning.NUMBER not in meant and numbers:
        _give(columns, min(numbers), Meaning.NUMBER, _BY_PLACE, "values")
    return replace(layout, columns=_each_once(columns))


def _spoken_for(column: LegacyColumn, kind: Kind | None) -> LegacyColumn:
    meaning = _SPOKEN_FOR.get(column.meaning, {}).get(kind) if kind else None
    return column if meaning is None else replace(column, meaning=meaning, sure=_BY_VALUES, why="values")


def _give(columns: dict[int, LegacyColumn], at: int, meaning: Meaning, sure: int, why: str) -> None:
    """Give this meaning to one column and no other."""
    for place, column in columns.items():
        if column.meaning is meaning and place != at:
            columns[place] = replace(column, meaning=Meaning.IGNORED)
    columns[at] = replace(columns[at], meaning=meaning, sure=sure, why=why)


def _each_once(columns: Mapping[int, LegacyColumn]) -> tuple[LegacyColumn, ...]:
    """Of several columns that mean the same, the surest."""
    taken: set[Meaning] = set()
    kept = {}
    for at, column in sorted(columns.items(), key=lambda one: -one[1].sure):
        twice = column.meaning in taken and not (column.meaning in SEVERAL and is_numbered(column.header))
        kept[at] = replace(column, meaning=Meaning.IGNORED) if twice else column
        taken.add(column.meaning)
    return tuple(kept[at] for at in sorted(kept))


def header_rows(head: Sheet) -> list[tuple[int, int]]:
    """First and last row of every header that a sheet could have."""
    height = min(len(head.rows), _HEADERS_WITHIN)
    return [
        (first, last)
        for first in range(1, height + 1)
        for last in range(first, min(first + _DEEPEST, height + 1))
    ]


def likely_sheets(
    heads: Sequence[Sheet], layouts: Sequence[Layout], remembered: Iterable[Layout] = ()
) -> list[str]:
    """The sheets with the same name and headers as before.

    Otherwise the likeliest sheet, and others with the same headers naming other tasks: a ledger split by key
    area.
    """
    before = {(layout.sheet, layout.signature) for layout in remembered}
    if chosen := [layout.sheet for layout in layouts if (layout.sheet, layout.signature) in before]:
        return chosen
    named: dict[str, set[str]] = {}
    for layout in layouts:
        texts = _titles_on(next(head for head in heads if head.name == layout.sheet), layout)
        like_first = layout.usable and layout.signature == layouts[0].signature
        if not named or (like_first and not any(texts & others for others in named.values())):
            named[layout.sheet] = texts
    return list(named)


def _titles_on(head: Sheet, layout: Layout) -> set[str]:
    cells, columns = Cells(head), layout.meant.get(Meaning.TITLE, [])
    below = range(layout.last + 1, len(head.rows) + 1)
    texts = {bare_title(one_line(cells.at(row, one.at).value)) for one in columns for row in below}
    return texts - {""}
