"""Rows left as they were handed out: what would be reported of them, and what in them was not to be touched."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracking.carrying import unchanged
from tracking.checks import check_update
from tracking.documents.ledger_layout import locked_cells_of
from tracking.documents.ledger_reading import LedgerCell
from tracking.ledgers.rows import LedgerTask, locked_mark, locked_words
from tracking.vocabulary import Language

# Asked of a task that was reported as unchanged too often.
AGAIN = "again"
# Stands for the sentence that is not written yet.
_ANY = "已说明"
_TOLD = frozenset({"measure", "title", "due_on", "steps", "indicator"})


def calls_of(task: LedgerTask) -> str | None:
    """Why a task calls for a sentence if it is reported as unchanged: empty for a quiet one.

    None if it cannot be reported so: it was never reported, it is on its way already, or something else is asked.
    """
    if task.refused is not None or task.begun or not task.reported_before:
        return None
    explained = unchanged(task.last, task.facts, explanation=_ANY)
    if check_update(explained, task.facts):
        return None
    if task.calls is not None:
        return task.calls
    return AGAIN if check_update(unchanged(task.last, task.facts), task.facts) else ""


def locked_edits(
    cells: Mapping[str, LedgerCell], locked: str, task: LedgerTask
) -> Iterator[tuple[LedgerCell, Any]]:
    """The locked cells of a row that were edited, each with what the store says; `locked` is their mark as handed out.

    A row that says what was handed out is never blamed for what the plan has changed since.
    """
    here = {name: cell for name, cell in cells.items() if name.partition(".")[0] in _TOLD}
    if not locked or locked_mark({name: cell.value for name, cell in here.items()}) == locked:
        return
    said = [locked_cells_of(task, language) for language in Language]
    for name, cell in here.items():
        if locked_words(cell.value) not in {locked_words(one.get(name)) for one in said}:
            yield cell, said[0].get(name)
