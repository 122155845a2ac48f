"""Several ledgers of one period brought together, task by task.

What only one file says of a task stands; what several say is put together where they speak of different fields, and is
in conflict where they do not agree. A row left as it was handed out gives way to any that was filled in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tracking.documents.ledger_reading import LedgerRow
from tracking.ledgers.judging import Finding, Judged, judge_ledger
from tracking.ledgers.rows import LedgerTask, fingerprint, values_of
from tracking.messages import Message
from tracking.vocabulary import Grade, Verdict

_SAYING = frozenset({Verdict.ADDED, Verdict.CHANGED, Verdict.CONFLICT})


@dataclass(frozen=True, slots=True)
class Filed:
    """A judged row, the place of the file it is from, and every finding with the file of its cell."""

    file: int
    judged: Judged
    findings: tuple[tuple[int, Finding], ...]


def filed(file: int, judged: Judged) -> Filed:
    """A row of which only one file speaks."""
    return Filed(file, judged, tuple((file, finding) for finding in judged.findings))


@dataclass(frozen=True, slots=True)
class _Filled:
    """A row in which somebody filled something in."""

    file: int
    row: LedgerRow
    judged: Judged
    task: LedgerTask


class Gathering:
    """The rows of several files; what no other file has a say in is given back at once, the rest by `together`."""

    def __init__(self) -> None:
        self._filled: dict[int, list[_Filled]] = {}
        self._left: dict[int, Filed] = {}
        self._refused: set[int] = set()

    def take(self, file: int, rows: Sequence[LedgerRow], judged: Iterable[Judged]) -> Iterator[Filed]:
        """Take in some rows of a file with what was judged of them; yields those that are refused."""
        for row, one in zip(rows, judged, strict=True):
            if one.task is None or one.verdict is Verdict.REFUSED:
                self._refused.add(one.task.task_id if one.task else 0)
                yield filed(file, one)
            elif one.verdict in _SAYING:
                self._filled.setdefault(one.task.task_id, []).append(_Filled(file, row, one, one.task))
            else:
                self._leave(one.task.task_id, filed(file, one))

    def _leave(self, task_id: int, one: Filed) -> None:
        before = self._left.setdefault(task_id, one)
        if before is not one:
            self._left[task_id] = replace(before, findings=(*before.findings, *one.findings))

    def together(self, period_id: int) -> Iterator[Filed]:
        """What the files say of every task: those in conflict one after the other."""
        for task_id, several in self._filled.items():
            left = self._left.pop(task_id, None)
            first, *others = _settled(_different(several), period_id)
            yield replace(first, findings=(*first.findings, *left.findings)) if left else first
            yield from others
        for task_id, one in self._left.items():
            # Somebody has tried to report it: it does not go up as unchanged.
            tried = task_id in self._refused
            yield replace(one, judged=replace(one.judged, verdict=Verdict.UNCHANGED)) if tried else one


def _different(several: Sequence[_Filled]) -> list[_Filled]:
    """Those that say something of their own, the first of each."""
    found: dict[tuple[object, ...], _Filled] = {}
    for one in several:
        found.setdefault(tuple(one.judged.changes), one)
    return list(found.values())


def _settled(several: Sequence[_Filled], period_id: int) -> list[Filed]:
    if len(several) == 1:
        return [filed(several[0].file, several[0].judged)]
    if any(one.judged.verdict is Verdict.CONFLICT for one in several) or _disagree(several):
        return [_in_conflict(one) for one in several]
    return [_put_together(several, period_id)]


def _disagree(several: Iterable[_Filled]) -> bool:
    said: dict[str, object] = {}
    return any(said.setdefault(name, new) != new for one in several for name, _, new in one.judged.changes)


def _in_conflict(one: _Filled) -> Filed:
    cell = one.row.cells.get("title") or one.row.cells["task"]
    finding = Finding(Grade.C, cell.address, "", Message("ledger_problem.conflict_files"))
    told = replace(one.judged, verdict=Verdict.CONFLICT, findings=(*one.judged.findings, finding))
    return filed(one.file, told)


def _put_together(several: Sequence[_Filled], period_id: int) -> Filed:
    """One row of the fields that each has filled in, judged anew: each alone may have been only half a report."""
    first, task = several[0], several[0].task
    stands = values_of(task)
    cells = {name: cell for name, cell in first.row.cells.items() if name not in stands}
    files: dict[str, int] = {}
    for one in several:
        for name, _, _ in one.judged.changes:
            cells[name] = one.row.cells[name]
            files.setdefault(cells[name].address, one.file)
    key = first.row.key and replace(
        first.row.key, row_version=task.row_version, base=fingerprint(stands), marks=""
    )
    row = replace(first.row, key=key, cells=cells)
    (judged,) = judge_ledger([row], {task.task_id: task}, period_id)
    return Filed(
        first.file,
        replace(judged, sheet=first.row.sheet),
        tuple((files.get(finding.cell, first.file), finding) for finding in judged.findings),
    )
