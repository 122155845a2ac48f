"""What becomes of a filled-in row: added, changed, unchanged, conflicting or refused, with every problem.

A problem names its cell and what stands there, and is graded as in the form: `tracking.checks`. A row that holds what
could never be kept is refused; any other becomes a draft, and is handed over once all is settled.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from tracking.checks import check_update, findings, is_settled
from tracking.cleaning import AMOUNT_LIMIT, UNSEEN, clean_text, parse_amount, parse_percent
from tracking.documents.ledger_reading import LedgerCell, LedgerRow
from tracking.figures.completion import permille_of, ratio_of
from tracking.ledgers.merging import Merged, merged
from tracking.ledgers.rows import TEXTS, FieldValue, LedgerTask, draft_of, values_of
from tracking.ledgers.untouched import calls_of, locked_edits
from tracking.messages import Message, Refusal
from tracking.scales import NO, YES, read_value
from tracking.validation import Problem
from tracking.vocabulary import Grade, IndicatorKind, Question, Verdict

_SAYING = (*TEXTS, "completion")
# What Excel writes for a carriage return.
_RETURN = "_x000D_"
_EXCESS, _HUNDRED = Decimal("0.000001"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a cell, with what stands there; one that `refuses` keeps the row from being written at all.

    `asks` is the question to which its user may give an answer, or has given one.
    """

    grade: Grade
    cell: str
    value: str
    message: Message
    refuses: bool = False
    asks: Question | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged ledger row; `task` is None if no task matches.

    `calls` is why a row without change calls for a sentence, see `tracking.ledgers.untouched`.
    """

    row: int
    verdict: Verdict
    task: LedgerTask | None
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    sheet: str = ""
    calls: str = ""

    @property
    def changes(self) -> list[tuple[str, FieldValue, FieldValue]]:
        """Field, current value and the row's value, where they differ."""
        old = values_of(self.task) if self.task else {}
        return [(name, old[name], value) for name, value in self.values.items() if value != old[name]]


# Task → the sheet and the row that named it first.
Seen: TypeAlias = dict[int, tuple[str, int]]


def judge_ledger(
    rows: Iterable[LedgerRow],
    tasks: Mapping[int, LedgerTask],
    period_id: int,
    seen: Seen | None = None,
) -> list[Judged]:
    """Judge every row with content against the current tasks of an authority.

    When judging in batches, pass the same `seen` to each.
    """
    seen = {} if seen is None else seen
    judged = []
    for row in rows:
        place = (row.sheet, row.row)
        before = seen.setdefault(row.key.task_id, place) if row.key else place
        judged.append(replace(_judge(row, tasks, period_id, first=before), sheet=row.sheet))
    return judged


def _judge(row: LedgerRow, tasks: Mapping[int, LedgerTask], period_id: int, first: tuple[str, int]) -> Judged:
    task = tasks.get(row.key.task_id) if row.key and row.key.period_id == period_id else None
    told = tuple(replace(_finding(Grade.D, one.cell, one.message), asks=one.asked) for one in row.told)
    if row.aside is not None:
        noted = () if told else (_finding(Grade.D, _named(row), row.aside),)
        return Judged(row.row, Verdict.UNCHANGED, None, {}, (*told, *noted))
    fault = _key_fault(row, task, period_id, first)
    if task is None or fault is not None:
        refused = _refusing(_named(row), fault or Message("ledger_problem.not_yours"))
        asks = Question.ROW if row.own and row.key is None else None
        return Judged(row.row, Verdict.REFUSED, task, {}, (replace(refused, asks=asks), *told))
    read = _Reading(row, task)
    values = read.values()
    return _weighed(row, task, values, [*told, *read.findings, *_half_rates(row, task, values)])


def _named(row: LedgerRow) -> LedgerCell:
    """The cell that names the task of a row."""
    return row.cells.get("title") or row.cells["task"]


def _key_fault(
    row: LedgerRow, task: LedgerTask | None, period_id: int, first: tuple[str, int]
) -> Message | None:
    if row.key is None:
        return row.fault or Message("ledger_problem.no_key")
    if row.key.period_id != period_id:
        return Message("ledger_problem.other_period")
    if first != (row.sheet, row.row):
        elsewhere = "" if first[0] == row.sheet else "_elsewhere"
        return Message(f"ledger_problem.twice{elsewhere}", row=first[1], sheet=first[0])
    number = row.cells.get("number")
    if task is not None and number is not None and _plain(number) != str(task.number):
        return Message("ledger_problem.mixed_up", number=task.number)
    return None


def _weighed(
    row: LedgerRow, task: LedgerTask, values: dict[str, FieldValue], findings: list[Finding]
) -> Judged:
    stands = values_of(task)
    locked = tuple(_locked(row, task))
    if any(finding.refuses for finding in findings):
        return Judged(row.row, Verdict.REFUSED, task, stands | values, (*findings, *locked))
    verdict, values = _verdict(row, task, values)
    if verdict is Verdict.UNCHANGED:
        return _left(row, task, values, (*findings, *locked) if row.own else locked)
    named = _named(row)
    if task.refused is not None:
        # Perhaps it is the wrong task: that can still be said.
        told = (one for one in findings if one.asks is Question.ROW)
        return Judged(
            row.row, Verdict.REFUSED, task, values, (_refusing(named, task.refused), *told, *locked)
        )
    noted = [_finding(Grade.D, cell, message) for cell, message in row.notes]
    found = [*findings, *noted, *_rule_findings(row, task, values), *locked]
    if row.hidden:
        found.append(_finding(Grade.D, named, Message("ledger_problem.hidden")))
    if verdict is Verdict.CONFLICT:
        found.append(_finding(Grade.C, named, Message("ledger_problem.conflict")))
    refused = any(finding.refuses for finding in found)
    return Judged(row.row, Verdict.REFUSED if refused else verdict, task, values, tuple(found))


def _left(
    row: LedgerRow, task: LedgerTask, values: dict[str, FieldValue], findings: tuple[Finding, ...]
) -> Judged:
    """A row without change; one of our form, left as it was handed out, may be reported as that."""
    calls = None if row.own else calls_of(task)
    verdict = Verdict.UNCHANGED if calls is None else Verdict.NO_CHANGE
    return Judged(row.row, verdict, task, values, findings, calls=calls or "")


def _locked(row: LedgerRow, task: LedgerTask) -> Iterator[Finding]:
    """Edits of what only the plan says: they are not taken, and that is said."""
    if row.key is not None and not row.own:
        for cell, said in locked_edits(row.cells, row.key.locked, task):
            yield _finding(Grade.D, cell, Message("ledger_problem.locked", said=str(said or "—")))


def _verdict(
    row: LedgerRow, task: LedgerTask, values: dict[str, FieldValue]
) -> tuple[Verdict, dict[str, FieldValue]]:
    """What becomes of a row, and what it says once merged with the store."""
    stands = values_of(task)
    if values == stands:
        return Verdict.UNCHANGED, values
    found = Merged(values) if row.key is None else merged(row.key, task, values)
    if found.contested:
        return Verdict.CONFLICT, found.values
    if found.values == stands:
        return Verdict.UNCHANGED, found.values
    return (Verdict.CHANGED if task.row_version else Verdict.ADDED), found.values


def _rule_findings(row: LedgerRow, task: LedgerTask, values: Mapping[str, FieldValue]) -> Iterator[Finding]:
    """What the table of checks says, but for what only its writer is told, which is kept nowhere."""
    draft = draft_of(task, values)
    never = check_update(draft, task.facts, complete=False)
    for found in findings(draft, task.facts):
        if not found.private and not is_settled(found, draft):
            cell = _cell_of(row, task, found)
            yield replace(_finding(found.grade, cell, found.message), refuses=found in never)


def _cell_of(row: LedgerRow, task: LedgerTask, problem: Problem) -> LedgerCell:
    """The cell of a form field, or the title's if the sheet has none for it."""
    kind, _, key = problem.field.partition(".")
    places = {str(one.indicator_id): at for at, one in enumerate(task.indicators, start=1)}
    names = {
        "actuals": f"actual.{places.get(key)}",
        "typed_permille": "percent",
        "milestones_reached": "milestone.1",
    }
    return row.cells.get(names.get(kind, kind)) or _named(row)


class _Reading:
    """Reads the fields of one row, each by its rule, and notes what was wrong or corrected."""

    def __init__(self, row: LedgerRow, task: LedgerTask) -> None:
        self.row, self.task = row, task
        self.findings: list[Finding] = []

    def values(self) -> dict[str, FieldValue]:
        """Field → value; a field without a column in the sheet or without a valid value stays unchanged."""
        stands = values_of(self.task)
        for name, cell in self.row.cells.items():
            kind = name.partition(".")[0]
            if (
                name not in stands
                and kind in {"actual", "base", "milestone", "percent"}
                and self._meant(kind, cell)
            ):
                self._refuse(cell, cell.problem or Message("ledger_problem.no_such_field"))
        return {name: self._value(name, stand) for name, stand in stands.items()}

    def _meant(self, kind: str, cell: LedgerCell) -> bool:
        """Whether somebody filled in a cell for which the task has no field; a "no" does not count."""
        return cell.filled and not (kind == "milestone" and _plain(cell).lower() in NO)

    def _value(self, name: str, stands: FieldValue) -> FieldValue:
        cell = self.row.cells.get(name)
        if cell is None:
            return stands
        if cell.fault is not None:
            key = "ledger_problem.error" if cell.fault else "ledger_problem.uncomputed"
            self._refuse(cell, Message(key))
            return stands
        if cell.problem is not None:
            self._refuse(cell, cell.problem)
            return stands
        try:
            value = self._read(name, cell)
        except Refusal as refused:
            self._refuse(cell, refused.messages[0])
            return stands
        if cell.merged and value != stands:
            self._note(Grade.D, cell, Message("ledger_problem.merged"))
        if cell.note is not None:
            self._note(Grade.D, cell, cell.note)
        return value

    def _read(self, name: str, cell: LedgerCell) -> FieldValue:
        kind = name.partition(".")[0]
        if kind in {"milestone", "completion"}:
            return _yes_or_no(cell)
        if kind in TEXTS:
            return _words(cell)
        if not cell.filled or not _plain(cell):
            return None
        if kind == "percent":
            return self._percent(cell)
        indicator = self.task.indicators[int(name.partition(".")[2]) - 1]
        if indicator.kind is IndicatorKind.YES_NO:
            return read_value(_plain(cell), indicator)
        return self._amount(cell, "" if indicator.kind is IndicatorKind.RATE else indicator.unit)

    def _amount(self, cell: LedgerCell, unit: str) -> Decimal:
        if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
            return parse_amount(_figure(cell.value, 2))
        if not isinstance(cell.value, str):
            raise Refusal(Message("ledger_problem.no_number"))
        value = parse_amount(_plain(cell).removesuffix(unit).strip())
        if not cell.written:
            self._note(Grade.D, cell, Message("ledger_problem.as_number", number=value))
        return value

    def _percent(self, cell: LedgerCell) -> int:
        if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
            return self._rounded(cell, _figure(cell.value, 1, times=100 if cell.percent else 1))
        if not isinstance(cell.value, str):
            raise Refusal(Message("ledger_problem.no_number"))
        permille = parse_percent(_plain(cell))
        self._note(Grade.D, cell, Message("ledger_problem.as_percent", percent=f"{permille / 10:.1f}"))
        return permille

    def _rounded(self, cell: LedgerCell, said: str) -> int:
        """A number as permille; one that a formula works out (12/17) has more decimals than are kept."""
        exact = Decimal(said)
        if not 0 < exact <= AMOUNT_LIMIT or exact == round(exact, 1):
            return parse_percent(said)
        permille = permille_of(ratio_of(exact, _HUNDRED))
        self._note(Grade.D, cell, Message("ledger_problem.rounded", percent=f"{permille / 10:.1f}"))
        return permille

    def _refuse(self, cell: LedgerCell, message: Message) -> None:
        """Refuse the row for a cell; in an office's own ledger ask about the cell, and leave what stands."""
        asked = replace(_finding(Grade.C, cell, message), asks=Question.CELL)
        self.findings.append(asked if self.row.own else _refusing(cell, message))

    def _note(self, grade: Grade, cell: LedgerCell, message: Message) -> None:
        self.findings.append(_finding(grade, cell, message))


def _refusing(cell: LedgerCell, message: Message) -> Finding:
    return replace(_finding(Grade.A, cell, message), refuses=True)


def _finding(grade: Grade, cell: LedgerCell, message: Message) -> Finding:
    shown = cell.fault or cell.written or ("" if cell.value is None else _shown(cell))
    # No database stores this character in a text.
    return Finding(grade, cell.address, shown[:100].replace("\0", "\ufffd"), message)


def _half_rates(row: LedgerRow, task: LedgerTask, values: Mapping[str, FieldValue]) -> Iterator[Finding]:
    """Rates of which one part is given: as they are they would say nothing, and what was typed would be lost."""
    for at, indicator in enumerate(task.indicators, start=1):
        names = (f"actual.{at}", f"base.{at}")
        given = [values.get(name) is not None for name in names]
        if indicator.kind is IndicatorKind.RATE and any(given) and not all(given):
            cell = row.cells.get(names[given.index(False)]) or _named(row)
            yield _refusing(cell, Message("validation.rate_needs_parts"))


def _shown(cell: LedgerCell) -> str:
    return _figure(cell.value, 6) if isinstance(cell.value, float) else str(cell.value)


def _plain(cell: LedgerCell) -> str:
    """The content of a cell as one line, without surrounding spaces or invisible characters."""
    if isinstance(cell.value, float):
        return _figure(cell.value, 6)
    return "" if cell.value is None else str(cell.value).translate(UNSEEN).strip()


def _words(cell: LedgerCell) -> str:
    if isinstance(cell.value, str):
        return clean_text(cell.value.replace(_RETURN, ""))
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    return _plain(cell)


def _yes_or_no(cell: LedgerCell) -> bool:
    word = _plain(cell).lower()
    if word not in YES | NO:
        raise Refusal(Message("ledger_problem.yes_or_no"))
    return word in YES


def _figure(value: float, decimals: int, *, times: int = 1) -> str:
    """A number as it was typed: spreadsheets store 0.1 + 0.2 as slightly more than 0.3."""
    exact = Decimal(repr(value)) * times
    # Larger ones have more digits than can be rounded, and no decimals.
    rounded = round(exact, decimals) if abs(exact) <= AMOUNT_LIMIT else exact
    near = rounded if abs(exact - rounded) < _EXCESS else exact
    return f"{near.normalize():f}"
