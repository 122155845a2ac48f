"""Judging ledger rows against the store, batch by batch."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
from tracking.documents.ledger_reading import LedgerRow
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


@dataclass(frozen=True, slots=True)
class JudgedLedger:
    """The number of rows by verdict, and what to store for rows with content."""

    counts: dict[str, int]
    batches: Spool[Batch]


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
    counts: Counter[str] = Counter()
    spool: Spool[Batch] = Spool()
    seen: Seen = {}
    done = 0
    with store.read() as session:
        period = session.get(ReportingPeriod, period_id)
        if period is None:
            raise NotFound(Message("store.not_found"))
        against = _Against(session, scope_of(store, by), by, period)
        for some in batches(rows):
            judged = against.judged(some, seen)
            counts += counts_of(judged)
            spool.put(_plain(judged))
            done += len(some)
            on_step(Step.JUDGING, done, max(done, lines))
    return JudgedLedger({str(verdict): counts[verdict] for verdict in Verdict}, spool)


@dataclass(frozen=True, slots=True)
class _Against:
    """What rows are judged against: the tasks somebody reports for a period, read as rows name them."""

    session: Session
    scope: Scope
    by: SignedIn
    period: ReportingPeriod

    def judged(self, rows: list[LedgerRow], seen: Seen) -> list[Judged]:
        keys = {row.key.task_id for row in rows if row.key}
        within = writing_scope(self.by).authority_ids or ()
        tasks = tasks_among(self.session, self.scope, within, self.period, keys)
        return judge_ledger(rows, {task.task_id: self._named(task) for task in tasks}, self.period.id, seen)

    def _named(self, task: LedgerTask) -> LedgerTask:
        """Adds the name of another authority to its tasks, so that the preview distinguishes equal numbers."""
        own = task.authority_id == self.by.authority_id
        return task if own else replace(task, title=f"{task.authority} {task.title}"[:LONGEST_TITLE])


def _plain(judged: Iterable[Judged]) -> Batch:
    """What is kept: of a row that changes nothing only what is asked about it."""
    every = list(judged)
    telling = [one for one in every if one.verdict is not Verdict.UNCHANGED]
    return [row_of(one) for one in telling], [found for one in every for found in findings_of(one)]
