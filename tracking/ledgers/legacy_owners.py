"""Whose task a row is, where a ledger carries rows of the authorities beneath: told by a column, a section or the sheet.

A row that names an authority without tasks, or leaves open whose it is, is nobody's: nothing is matched across authorities.
"""

from collections import defaultdict
from collections.abc import Sequence

from tracking.documents.legacy_layout import one_line
from tracking.documents.legacy_places import OWN, called, is_place
from tracking.documents.legacy_rows import LegacyRow
from tracking.documents.legacy_words import Meaning
from tracking.ledgers.legacy_matching import TaskIndex
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message


class Owners:
    """One's own authority and those beneath, each with its tasks, by the names they go by."""

    def __init__(self, tasks: Sequence[LedgerTask], own: int) -> None:
        by_owner: dict[int, list[LedgerTask]] = defaultdict(list)
        self._called: dict[str, set[int]] = defaultdict(set)
        for task in tasks:
            by_owner[task.authority_id].append(task)
            self._called[task.authority].add(task.authority_id)
        self.own, self._called[OWN] = own, {own}
        self.indexes = {owner: TaskIndex(found) for owner, found in by_owner.items()}
        self.indexes.setdefault(own, TaskIndex([]))
        # What is looked for: nothing where all tasks are of one's own authority.
        self.names = frozenset(self._called.keys() - {OWN} if len(self.indexes) > 1 else ())

    def of(self, sheet: str, row: LegacyRow) -> int | Message:
        """Whose a row is, or why it is nobody's."""
        if not self.names:
            return self.own
        column = Meaning.AUTHORITY in row.cells
        cell = row.first(Meaning.AUTHORITY)
        said = one_line(cell.value) if cell else row.section or (sheet if is_place(sheet, self.names) else "")
        if not said:
            return Message("legacy.whose") if column else self.own
        name = called(said, self.names)
        found = set() if name is None else self._called[name]
        return next(iter(found)) if len(found) == 1 else Message("legacy.unknown_authority", said=said)
