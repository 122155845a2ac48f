"""Reads authorities' tasks in the form of the offline ledger for a period."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col

from db import clock
from db.plans.drafts import final_targets
from db.sql import select
from db.store import NotFound, Store
from db.tables import Authority, Indicator, Measure, ReportingPeriod, Task
from db.updates.calls import calls_of
from db.updates.queries import ReportItem, items_of
from tracking import workflow
from tracking.ledgers.rows import LedgerIndicator, LedgerMilestone, LedgerTask
from tracking.messages import Message, refusal
from tracking.permissions import Scope
from tracking.vocabulary import TaskStatus, UpdateStatus


def ledger_tasks_of(
    store: Store, scope: Scope, *, authority_ids: Collection[int], period_id: int
) -> list[LedgerTask]:
    """The tasks of authorities due in a period, by number, grouped by authority in official order.

    Raises `NotFound` outside the scope.
    """
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
        tasks = list(tasks_among(session, scope, authority_ids, period))
        if len(authority_ids) > 1:
            rows = select(Authority.id).where(col(Authority.id).in_(authority_ids))
            order = rows.order_by(col(Authority.official_order).nulls_last(), Authority.code)
            places = {authority_id: at for at, authority_id in enumerate(session.scalars(order))}
            tasks.sort(key=lambda task: places[task.authority_id])
        return tasks


def tasks_among(
    session: Session,
    scope: Scope,
    authority_ids: Collection[int],
    period: ReportingPeriod,
    task_ids: Iterable[int] | None = None,
) -> Iterator[LedgerTask]:
    """The same within a session, for all their tasks or these. Raises `NotFound` outside the scope."""
    if not all(map(scope.covers, authority_ids)):
        raise NotFound(Message("store.not_found"))
    names = _Names.of(session)
    chosen = [] if task_ids is None else [col(Task.id).in_(task_ids)]
    today = clock.today()
    for items in items_of(session, scope, period, col(Task.authority_id).in_(authority_ids), *chosen):
        yield from (_task(item, names, today) for item in items)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names for the keys in a plan: indicator → name, unit and kind; measure → its short title."""

    indicators: dict[int, Any]
    measures: dict[int, str]

    @classmethod
    def of(cls, session: Session) -> "_Names":
        rows = session.execute(select(Indicator.id, Indicator.name, Indicator.unit, Indicator.kind))
        indicators = {row.id: row for row in rows}
        return cls(indicators, dict(session.execute(select(Measure.id, Measure.short_title)).all()))


def _task(item: ReportItem, names: _Names, today: date) -> LedgerTask:
    said = item.planned.draft
    targets = final_targets(said)
    return LedgerTask(
        task_id=item.task.id,
        number=item.planned.number,
        title=said.title,
        measure=names.measures[item.task.measure_id],
        due_on=said.due_on,
        row_version=item.row_version,
        indicators=tuple(_indicator(key, names.indicators[key], targets[key]) for key in sorted(targets)),
        milestones=tuple(LedgerMilestone(step.number, step.title, step.due_on) for step in said.milestones),
        draft=item.draft,
        last=item.last,
        facts=item.facts,
        reported_before=bool(item.before),
        begun=item.update is not None,
        calls=calls_of(item, today),
        refused=_refused(item),
        authority_id=item.task.authority_id,
        authority=item.authority_name,
    )


def _indicator(key: int, row: Any, target: Decimal) -> LedgerIndicator:
    return LedgerIndicator(key, row.name, row.unit, target, row.kind)


def _refused(item: ReportItem) -> Message | None:
    """Why the task takes no report now, according to `db.updates.drafts`."""
    if item.task.status in {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}:
        return Message("progress.task_takes_no_reports", task_status=item.task.status)
    update = item.update
    if update is None or update.status is UpdateStatus.RETURNED:
        return None
    return refusal(workflow.step, workflow.PROGRESS_UPDATE, update.status, "edit")
