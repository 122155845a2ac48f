"""Judging ledger rows against the store, batch by batch."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from sqlmodel import Session

from db.authorities.delegation import writing_scope
from db.authorities.scope import scope_of
from db.batches import batches
from db.identity import SignedIn
from db.spool import Spool
from db.store import NotFound, Store
from db.tables import ReportingPeriod
from db.uploads.tasks import tasks_among
from tracking.documents.ledger_reading import Ledger, LedgerRow
from tracking.ledgers.gathering import Filed, Gathering, filed
from tracking.ledgers.judging import Judged, Seen, judge_ledger
from tracking.ledgers.results import counts_of, findings_of, row_of
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.steps import OnStep, Step, untold
from tracking.vocabulary import Verdict

# Rows and findings in the plain form of `tracking.ledgers.results`.
Batch: TypeAlias = tuple[list[dict[str, Any]], list[dict[str, Any]]]
# The content of an uploaded row.
LONGEST_TITLE = 200


# Tasks kept because several files may speak of them: more than most provinces have.
MOST_KNOWN = 4_000


@dataclass(frozen=True, slots=True)
class JudgedLedger:
    """The number of rows by verdict, what to store for rows with content, and the tasks that were named."""

    counts: dict[str, int]
    batches: Spool[Batch]
    named: Collection[int]


def judged_ledger(
    store: Store,
    by: SignedIn,
    rows: Iterable[LedgerRow],
    *,
    period_id: int,
    lines: int = 0,
    on_step: OnStep = untold,
) -> JudgedLedger:
    """Judge the rows against the tasks one may report for a period; `lines` is the most there may be.

    Raises `NotFound` for an unknown period.
    """
    judging = _Judging(lines, on_step)
    seen: Seen = {}
    with _against(store, by, period_id) as against:
        for some in batches(rows):
            judging.put([filed(0, one) for one in against.judged(some, seen)], len(some))
    return judging.done(seen)


def judged_ledgers(
    store: Store,
    by: SignedIn,
    ledgers: Mapping[int, Ledger],
    *,
    period_id: int,
    on_step: OnStep = untold,
) -> JudgedLedger:
    """Judge several ledgers, by their places, and bring together what they say of the same task.

    Raises `NotFound` for an unknown period.
    """
    judging = _Judging(sum(ledger.lines for ledger in ledgers.values()), on_step)
    gathering, named = Gathering(), set[int]()
    with _against(store, by, period_id) as against:
        for place, ledger in ledgers.items():
            seen: Seen = {}
            for some in batches(ledger.rows):
                judging.put(list(gathering.take(place, some, against.judged(some, seen))), len(some))
            named |= seen.keys()
        for several in batches(gathering.together(period_id)):
            judging.put(several, 0)
    return judging.done(named)


class _Judging:
    """What was judged so far, put aside until it is kept."""

    def __init__(self, lines: int, on_step: OnStep) -> None:
        self._counts: Counter[str] = Counter()
        self._spool: Spool[Batch] = Spool()
        self._lines, self._done, self._on_step = lines, 0, on_step

    def put(self, some: Sequence[Filed], rows: int) -> None:
        self._counts += counts_of(one.judged for one in some)
        self._spool.put(_plain(some))
        if rows:
            self._done += rows
            self._on_step(Step.JUDGING, self._done, max(self._done, self._lines))

    def done(self, named: Collection[int]) -> JudgedLedger:
        """Rows without change are told apart only where there are any."""
        told = (verdict for verdict in Verdict if verdict is not Verdict.NO_CHANGE or self._counts[verdict])
        return JudgedLedger({str(verdict): self._counts[verdict] for verdict in told}, self._spool, named)


@contextmanager
def _against(store: Store, by: SignedIn, period_id: int) -> Iterator["_Against"]:
    with store.read() as session:
        period = session.get(ReportingPeriod, period_id)
        if period is None:
            raise NotFound(Message("store.not_found"))
        yield _Against(session, scope_of(store, by), by, period)


@dataclass(frozen=True, slots=True)
class _Against:
    """What rows are judged against: the tasks somebody reports for a period, read once as rows name them."""

    session: Session
    scope: Scope
    by: SignedIn
    period: ReportingPeriod
    known: dict[int, LedgerTask] = field(default_factory=dict)

    def judged(self, rows: list[LedgerRow], seen: Seen) -> list[Judged]:
        self._know({row.key.task_id for row in rows if row.key})
        return judge_ledger(rows, self.known, self.period.id, seen)

    def _know(self, keys: set[int]) -> None:
        if len(self.known) > MOST_KNOWN:
            self.known.clear()
        new = keys - self.known.keys()
        within = writing_scope(self.by).authority_ids or ()
        for task in tasks_among(self.session, self.scope, within, self.period, new) if new else ():
            self.known[task.task_id] = self._named(task)

    def _named(self, task: LedgerTask) -> LedgerTask:
        """Adds the name of another authority to its tasks, so that the preview distinguishes equal numbers."""
        own = task.authority_id == self.by.authority_id
        return task if own else replace(task, title=f"{task.authority} {task.title}"[:LONGEST_TITLE])


def _plain(judged: Sequence[Filed]) -> Batch:
    """What is kept: of a row that changes nothing only what is asked about it."""
    telling = [one for one in judged if one.judged.verdict is not Verdict.UNCHANGED]
    rows = [row_of(one.judged) | {"file": one.file} for one in telling]
    return rows, [found for one in judged for found in _findings(one)]


def _findings(one: Filed) -> list[dict[str, Any]]:
    """The problems of a row, each with the file of its cell."""
    told = sorted(one.findings, key=lambda found: found[1].grade)
    plain = findings_of(replace(one.judged, findings=tuple(finding for _, finding in told)))
    return [found | {"file": file} for (file, _), found in zip(told, plain, strict=True)]
