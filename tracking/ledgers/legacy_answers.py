"""What the user of a ledger of any layout answered: what is meant by a cell, and which task a row is of.

Kept under the sheet and the address of the cell, or of the title of the row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracking.documents.grids import Sheet, place_of
from tracking.documents.ledger_reading import Cells, LedgerCell
from tracking.documents.legacy_layout import one_line
from tracking.documents.legacy_rows import LegacyRow
from tracking.documents.legacy_words import bare_title
from tracking.messages import Message

# The row is of none of the tasks.
NO_TASK = 0
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Answers:
    """Place → what is meant there, "" to leave what stands; place → the task of the row, or `NO_TASK`.

    `names` are titles that were matched by hand before, each with its tasks, or `NO_TASK`.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, Sequence[int]] = field(default_factory=dict)


UNASKED = Answers()


def place_in(sheet: str, cell: str) -> str:
    """The name under which an answer is kept."""
    return f"{sheet}!{cell}"


def answered(row: LegacyRow, sheet: str, cells: Mapping[str, str]) -> LegacyRow:
    """The row with its answers in place of its cells; each is read by the rules of the cell."""
    if not cells:
        return row
    return replace(
        row,
        cells={
            meaning: [
                (column, _answered(cell, cells.get(place_in(sheet, cell.address)))) for column, cell in found
            ]
            for meaning, found in row.cells.items()
        },
    )


def _answered(cell: LedgerCell, answer: str | None) -> LedgerCell:
    return cell if answer is None else LedgerCell(cell.address, answer or None)


def answers_in(row: LegacyRow, sheet: str, cells: Mapping[str, str]) -> Iterator[tuple[LedgerCell, Message]]:
    """The cells of a row that were answered, as they stand in the ledger, each with its answer."""
    every = {cell.address: cell for found in row.cells.values() for _, cell in found} if cells else {}
    for address, cell in every.items():
        answer = cells.get(place_in(sheet, address))
        if answer is not None:
            told = Message("legacy.answered", answer=answer[:_SHOWN])
            yield cell, told if answer else Message("legacy.left")


def titles_at(sheets: Sequence[Sheet], places: Sequence[str]) -> dict[str, str]:
    """Place → the title that stands there, normalised; places that hold a number or nothing are left out."""
    cells = {sheet.name: Cells(sheet) for sheet in sheets}
    found = {}
    for place in places:
        sheet, _, address = place.rpartition("!")
        title = bare_title(one_line(cells[sheet].at(*place_of(address)).value))
        if title and not title.isdecimal():
            found[place] = title
    return found


def names_learned(
    names: Mapping[str, Sequence[int]],
    rows: Mapping[str, int],
    titles: Mapping[str, str],
    owners: Mapping[int, int],
) -> dict[str, list[int]]:
    """The titles matched by hand until now and those of `rows`, one task for each authority; `owners`: task → authority.

    What was chosen last counts; a title of which two rows name different tasks of one authority tells neither, and one
    that is a task in one row and none in another is forgotten.
    """
    chosen: dict[str, set[int]] = {}
    for place, title in titles.items():
        chosen.setdefault(title, set()).add(rows[place])
    learned = {title: list(tasks) for title, tasks in names.items()}
    for title, tasks in chosen.items():
        anew = {owners[task] for task in tasks if task in owners}
        stay = [task for task in learned.pop(title, []) if task in owners and owners[task] not in anew]
        told = sorted(task for task in tasks if task in owners)
        if tasks == {NO_TASK}:
            learned[title] = [NO_TASK]
        elif NO_TASK not in tasks and (stay or told):
            learned[title] = [*stay, *told]
    return learned
