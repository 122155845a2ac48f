"""Which rows of a ledger of any layout describe tasks, and what they say, by meaning.

Left out are blank rows, sums, notes, headings within the table, headers that are repeated, and rows that number the
columns. Tasks that are struck out or said to be cancelled are told as such.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from tracking.documents.grids import Sheet
from tracking.documents.ledger_reading import Cells, LedgerCell
from tracking.documents.legacy_layout import Layout, LegacyColumn, one_line
from tracking.documents.legacy_places import is_place
from tracking.documents.legacy_values import number_of
from tracking.documents.legacy_words import NAMING, PARTED, REPORTED, Meaning, bare, brief, is_note, is_sum
from tracking.messages import Message

_ENDED = r"已?(?:取消|作废|撤销|终止|不再(?:实施|推进|执行|开展))|cancell?ed|withdrawn|void"
_HINT = re.compile("取消|作废|撤销|终止|不再|cancel|withdrawn|void", re.IGNORECASE)
_CANCELLED = re.compile(
    rf"(?:[该本]?(?:项工作|任务|事项|项目|工作))?(?:{_ENDED})(?:[。.；;，,（(].*)?", re.IGNORECASE
)
_MARKED = re.compile(rf"[（(【\[](?:{_ENDED})(?:[，,；;：:][^（）()【】\[\]]*)?[）)】\]]", re.IGNORECASE)
# In these such a word may be of something else.
_SAYING = (
    Meaning.TITLE,
    Meaning.DIFFICULTIES,
    Meaning.NEXT_STEPS,
    Meaning.DIFFICULTIES_AND_STEPS,
    Meaning.EXPLANATION,
)
_Found: TypeAlias = Mapping[Meaning, list[tuple[LegacyColumn, LedgerCell]]]
_MOST = 2 / 3
_FEWEST_NUMBERED = 3


@dataclass(frozen=True, slots=True)
class LegacyRow:
    """A task's row, counted from 1: its cells by meaning, each with its column.

    `section` is the authority that a heading above it names, "" if none does; `aside` says why it reports nothing.
    """

    row: int
    cells: _Found
    hidden: bool = False
    section: str = ""
    aside: Message | None = None

    def first(self, meaning: Meaning) -> LedgerCell | None:
        """The filled cell of a meaning, or None."""
        return next((cell for _, cell in self.cells.get(meaning, []) if cell.filled), None)

    @property
    def says(self) -> bool:
        """Whether anything is reported in it, or why nothing is."""
        return self.aside is not None or any(self.first(meaning) for meaning in REPORTED)


def legacy_rows(
    sheet: Sheet, layout: Layout, authorities: frozenset[str] = frozenset()
) -> Iterator[LegacyRow]:
    """The rows of tasks below the header, in order; a heading may name one of these `authorities`."""
    cells, width = Cells(sheet), max(map(len, sheet.rows), default=0)
    meant = layout.meant
    reported = {one.at for meaning in REPORTED & meant.keys() for one in meant[meaning]}
    headers = {one.at: set(map(bare, one.header.split(PARTED))) for one in layout.columns}
    section = ""
    for row in range(layout.last + 1, len(sheet.rows) + 1):
        filled = {at: cell for at in range(1, width + 1) if (cell := cells.at(row, at)).filled}
        if not filled or _is_furniture(filled, headers, reported):
            continue
        if authorities and (place := _place_in(filled, layout, reported, authorities)):
            section = place
            continue
        if _is_heading(cells, row, filled, reported):
            continue
        found = {
            meaning: [(one, cells.at(row, one.at)) for one in columns] for meaning, columns in meant.items()
        }
        aside = _cancelled(found, filled)
        one = LegacyRow(row, found if aside else _standing(found), row in sheet.hidden, section, aside)
        if any(one.first(meaning) for meaning in NAMING | REPORTED):
            yield one


def _cancelled(found: _Found, filled: Mapping[int, LedgerCell]) -> Message | None:
    """Why a row reports nothing: its title, or its number where there is none, is struck out, or a word cancels it."""
    titles = found.get(Meaning.TITLE) or found.get(Meaning.NUMBER, [])
    if any(cell.struck for _, cell in titles):
        return Message("legacy.struck_out")
    beside = {one.at for meaning in _SAYING for one, _ in found.get(meaning, [])}
    speaking = {
        at: cell.value
        for at, cell in filled.items()
        if isinstance(cell.value, str) and _HINT.search(cell.value)
    }
    if not speaking:
        return None
    texts = [one_line(value) for at, value in speaking.items() if at not in beside]
    said = next(filter(_CANCELLED.fullmatch, texts), "")
    named = (mark[0] for _, cell in titles if (mark := _MARKED.search(one_line(cell.value))))
    word = said or next(named, "")
    return Message("legacy.cancelled", said=word) if word else None


def _standing(found: _Found) -> _Found:
    """The cells without those that are struck out: they say nothing."""
    return {
        meaning: [(one, replace(cell, value=None) if cell.struck else cell) for one, cell in cells]
        for meaning, cells in found.items()
    }


def _is_heading(cells: Cells, row: int, filled: Mapping[int, LedgerCell], reported: set[int]) -> bool:
    """Whether the row holds a single text, spanning several columns or where nothing is reported."""
    alone = len({cells.source(row, at) for at in filled}) == 1
    return alone and (len(filled) > 1 or not reported & filled.keys())


def _place_in(
    filled: Mapping[int, LedgerCell], layout: Layout, reported: set[int], authorities: frozenset[str]
) -> str:
    """The authority that a heading names, alone in its row or where the tasks are named; "" if it names none."""
    naming = {one.at for meaning in NAMING & layout.meant.keys() for one in layout.meant[meaning]}
    texts = {one_line(cell.value): at for at, cell in filled.items()}
    if reported & filled.keys() and len(texts) > 1:
        return ""
    named = (text for text, at in texts.items() if at in naming or len(texts) == 1)
    return next((text for text in named if is_place(text, authorities)), "")


def _is_furniture(
    filled: Mapping[int, LedgerCell], headers: Mapping[int, set[str]], reported: set[int]
) -> bool:
    """Whether a row is a total, a note, a repeated header or column numbers."""
    texts = {at: one_line(cell.value) for at, cell in filled.items()}
    names = [next(iter(texts.values())), *(text for at, text in texts.items() if at not in reported)]
    if any(map(is_sum, names[:4])) or is_note(next(iter(texts.values()))):
        return True
    repeated = sum(bare(brief(text)) in headers.get(at, ()) for at, text in texts.items())
    return repeated >= len(filled) * _MOST or _numbers_columns(filled)


def _numbers_columns(filled: Mapping[int, LedgerCell]) -> bool:
    """Whether this is 1, 2, 3 …, one per column."""
    numbers = [number_of(cell) for cell in filled.values()]
    return len(numbers) >= _FEWEST_NUMBERED and numbers == list(range(1, len(numbers) + 1))


def samples(head: Sheet, layout: Layout, most: int = 2) -> dict[int, list[str]]:
    """Column → its first distinct values in task rows, or in all rows below the header if no task row is known."""
    cells = Cells(head)
    rows = [row.row for row in legacy_rows(head, layout) if row.aside is None] or range(
        layout.last + 1, len(head.rows) + 1
    )
    found = {}
    for one in layout.columns:
        texts = dict.fromkeys(_short(cells.at(row, one.at)) for row in rows)
        found[one.at] = [text for text in texts if text][:most]
    return found


def _short(cell: LedgerCell) -> str:
    if isinstance(cell.value, float):
        return f"{cell.value * 100:g}%" if cell.percent else f"{cell.value:g}"
    return one_line(cell.value)
