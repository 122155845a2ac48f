"""Owns reading the tasks of an authority as the ledger that is filled in shows them for a period."""

from sqlmodel import col

from db.queries.drafts import final_targets
from db.queries.progress import ReportItem, report_items
from db.sql import select
from db.store import Store
from db.tables import Indicator, Measure
from tracking import workflow
from tracking.ledger_rows import LedgerIndicator, LedgerMilestone, LedgerTask
from tracking.messages import Message, refusal
from tracking.permissions import Scope
from tracking.words import TaskStatus, UpdateStatus


def ledger_tasks(store: Store, scope: Scope, *, authority_id: int, period_id: int) -> list[LedgerTask]:
    """The tasks that a period asks an authority about, by number. Raises `NotFound` outside the scope."""
    items = report_items(store, scope, authority_id=authority_id, period_id=period_id)
    with store.read() as session:
        indicators = {row.id: row for row in session.execute(select(Indicator)).scalars()}
        measures = dict(session.execute(select(col(Measure.id), col(Measure.short_title))).all())
    return [_task(item, indicators, measures) for item in items]


def _task(item: ReportItem, indicators: dict[int, Indicator], measures: dict[int, str]) -> LedgerTask:
    said = item.planned.draft
    targets = final_targets(said)
    return LedgerTask(
        task_id=item.task.id,
        number=item.planned.number,
        title=said.title,
        measure=measures[item.task.measure_id],
        due_on=said.due_on,
        row_version=item.row_version,
        indicators=tuple(
            LedgerIndicator(key, indicators[key].name, indicators[key].unit, targets[key])
            for key in sorted(targets)
        ),
        milestones=tuple(LedgerMilestone(step.number, step.title, step.due_on) for step in said.milestones),
        draft=item.draft,
        last=item.last,
        facts=item.facts,
        reported_before=bool(item.before),
        refused=_refused(item),
    )


def _refused(item: ReportItem) -> Message | None:
    """Why the task takes no report now, by the rules of `db.actions.update_drafts`."""
    if item.task.status in {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}:
        return Message("progress.task_takes_no_reports", task_status=item.task.status)
    update = item.update
    if update is None or update.status is UpdateStatus.RETURNED:
        return None
    return refusal(workflow.step, workflow.PROGRESS_UPDATE, update.status, "edit")
