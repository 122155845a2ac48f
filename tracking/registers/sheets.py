"""Entries of a register in the sheet of a workbook: which column is which, and what each line says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracking.documents.grids import Sheet, Value, address_of
from tracking.messages import Message, Refusal, text
from tracking.registers.contents import Content, Known
from tracking.registers.definitions import Register, RegisterField
from tracking.registers.wording import kept_word
from tracking.unit_lists import MOST_LINES, ListChange
from tracking.vocabulary import FieldKind, Language

KEEPER, ENTRY = "keeper_name", "entry_id"


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """A line: its number in the file, and field → what its cell says and where that is; "" says nothing."""

    line: int
    said: Mapping[str, Any]
    places: Mapping[str, str]

    @property
    def entry_id(self) -> int | None:
        """The entry that the line corrects; None for a new one, 0 for what is no number."""
        written = self.said.get(ENTRY, "")
        return (int(written) if written.isdecimal() else 0) if written else None


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """A line, what it would do, field → value before and after, and the cells that are refused."""

    line: int
    change: ListChange
    changes: Mapping[str, Any]
    faults: tuple[tuple[str, Message], ...] = ()


def listed_entries(register: Register, sheets: Sequence[Sheet]) -> list[ListedEntry]:
    """The lines of the first sheet with the required columns. Raises `Refusal` if there is none, or none of its lines."""
    fields = _columned(register)
    required = {one.key for one in fields if one.required}
    for sheet in sheets:
        for place, row in enumerate(sheet.rows):
            columns = _columns(register, row)
            if columns.keys() & {one.key for one in fields} and columns.keys() >= required:
                return _lines(sheet.rows, place, columns)
    heads = tuple(one for one in fields if one.required)
    raise Refusal(Message("register_sheet.no_head", heads=heads))


def merged(register: Register, listed: ListedEntry, kept: Content, known: Known) -> dict[str, Any]:
    """The content of an entry as the line has it: a cell that says what was exported stands for what is kept."""
    content = {one.key: kept[one.key] for one in register.asked if one.key in kept}
    for one in register.asked:
        given = listed.said.get(one.key)
        before = kept.get(one.key)
        same = {str(kept_word(one, before, known, language) or "") for language in Language}
        if given is not None and str(given) not in same:
            content[one.key] = given
    return content


def _columned(register: Register) -> list[RegisterField]:
    """The fields that a sheet may fill in; files are only named in it."""
    return [one for one in register.asked if one.kind is not FieldKind.FILES]


def _columns(register: Register, row: Iterable[Value]) -> dict[str, int]:
    heads = [str(value or "").strip() for value in row]
    names = {
        one.key: [one.title, *(one.named(language) for language in Language)] for one in _columned(register)
    }
    names |= {
        key: [text(f"register_field.{key}", language) for language in Language] for key in (KEEPER, ENTRY)
    }
    return {key: heads.index(name) for key, known in names.items() for name in known if name in heads}


def _lines(rows: Sequence[Sequence[Value]], head: int, columns: Mapping[str, int]) -> list[ListedEntry]:
    read = [_line(place + 1, row, columns) for place, row in enumerate(rows) if place > head]
    # The line under the table, which says where it comes from, stands below the keepers.
    filled = [one for one in read if any(value for key, value in one.said.items() if key != KEEPER)]
    if not filled:
        raise Refusal(Message("unit_list.empty"))
    if len(filled) > MOST_LINES:
        raise Refusal(Message("unit_list.too_long", most=MOST_LINES, lines=len(filled)))
    return filled


def _line(number: int, row: Sequence[Value], columns: Mapping[str, int]) -> ListedEntry:
    said = {key: _written(row[at]) for key, at in columns.items()}
    return ListedEntry(number, said, {key: address_of(number, at + 1) for key, at in columns.items()})


def _written(cell: Value) -> Any:
    """A cell as text, or the day it is; a spreadsheet keeps whole numbers with a point."""
    if cell is None or isinstance(cell, str | date):
        return (cell or "").strip() if not isinstance(cell, date) else cell
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell)
