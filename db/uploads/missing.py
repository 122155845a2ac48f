"""Tasks whose rows are not in the ledgers that were to hold them: deleted, or new since the form was handed out."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from sqlmodel import col

from db.authorities.delegation import writing_scope
from db.authorities.scope import scope_of
from db.figures.lineage import asked_in_period
from db.identity import SignedIn
from db.sql import select
from db.store import Store
from db.tables import ReportingPeriod, Task, WorkPlan
from db.uploads.judged_ledgers import JudgedLedger
from db.uploads.tasks import tasks_among
from tracking.documents.ledger_reading import Ledger
from tracking.ledgers.handed import FormScope
from tracking.ledgers.results import text_by_language
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message
from tracking.vocabulary import Grade, TaskStatus

# Named one by one; of more only the number is told.
MOST = 200
_CLOSED = (TaskStatus.COMPLETED, TaskStatus.SUSPENDED)


def note_missing(
    store: Store, by: SignedIn, judged: JudgedLedger, ledgers: Iterable[Ledger], period_id: int
) -> None:
    """Add to what was judged the tasks that these ledgers were to hold, and do not."""
    scopes = [ledger.scope for ledger in ledgers if ledger.scope is not None]
    if told := _missing(store, by, scopes, period_id, judged.named):
        judged.batches.put(([], told))


def _missing(
    store: Store, by: SignedIn, scopes: Iterable[FormScope], period_id: int, named: Collection[int]
) -> list[dict[str, Any]]:
    """A finding for every task of these forms that may be reported and that no row names; no cell, no file."""
    within = _within(by, scopes)
    if not within:
        return []
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
        gone = [key for key in session.scalars(_due(period, within)) if key not in named]
        tasks = tasks_among(session, scope_of(store, by), within, period, gone[: 2 * MOST])
        told = [_told(task) for task in islice((one for one in tasks if one.refused is None), MOST)]
    if len(gone) > MOST:
        told.append(_finding(Message("ledger_problem.missing_more", count=len(gone) - MOST)))
    return told


def _within(by: SignedIn, scopes: Iterable[FormScope]) -> frozenset[int]:
    """The authorities of these forms for which this officer may write."""
    mine = writing_scope(by).authority_ids or frozenset()
    asked: set[int] = set()
    for scope in scopes:
        asked |= mine if scope.beneath else {scope.authority_id}
    return mine & asked


def _due(period: ReportingPeriod, within: Collection[int]) -> Any:
    return (
        select(Task.id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(ReportingPeriod, asked_in_period())
        .where(ReportingPeriod.id == period.id, WorkPlan.notice_id == period.notice_id, Task.in_force)
        .where(col(Task.authority_id).in_(within), col(Task.status).not_in(_CLOSED))
        .order_by(col(Task.authority_id), col(Task.number))
    )


def _told(task: LedgerTask) -> dict[str, Any]:
    return _finding(Message("ledger_problem.missing"), f"{task.authority} {task.number} {task.title}")


def _finding(message: Message, value: str = "") -> dict[str, Any]:
    said = {"grade": Grade.C, "sheet": "", "cell": "", "value": value[:100], "file": None}
    return {**said, "message": text_by_language(message)}
