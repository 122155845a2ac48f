"""API reads of tasks, the ledger, and a task's state for a period."""

from decimal import Decimal
from typing import Annotated

import pandas as pd
from fastapi import APIRouter, Depends, Query, Response

from db.ledger.queries import ledger_frame, ledger_page
from db.tasks.queries import task_page, tasks_of
from db.tasks.sheets import task_sheet, updates_frame
from db.updates.queries import ReportItem, report_item, report_items
from server.api.calls import (
    Asking,
    AsOf,
    Country,
    Cursor,
    Figures,
    Id,
    Limit,
    OfNotice,
    Page,
    country_given,
    fresh,
    period_of,
    rows_as,
    vintage_of,
)
from server.api.shapes import Actual, Evidence, LedgerRow, Report, Task, TaskSheet, Update
from server.api.versions import etag_of
from tracking.scales import parts_of
from tracking.vocabulary import Light

ROUTER = APIRouter(tags=["tasks"], dependencies=[Depends(fresh)])
Only = Annotated[Light | None, Query(description="A page may then hold fewer rows than the limit.")]


@ROUTER.get("/tasks")
def list_tasks(
    call: Asking,
    *,
    limit: Limit = 100,
    cursor: Cursor = None,
    period_id: Id | None = None,
    notice_id: OfNotice = None,
    authority_id: Id | None = None,
    unit_id: Id | None = None,
    measure_id: Id | None = None,
    country: Country = None,
    tag_id: Id | None = None,
    light: Only = None,
) -> Page[Task]:
    """The tasks in force of a period's year, by key, with their figures as of today."""
    period = period_of(call, period_id, notice_id)
    of_year = {"notice_id": period.notice_id, "year": period.year}
    narrowed = {"authority_id": authority_id, "unit_id": unit_id, "measure_id": measure_id}
    narrowed["tag_id"], about = tag_id, country_given(country)
    keys = task_page(
        call.store,
        call.scope,
        **of_year,
        after=cursor or 0,
        first=limit + 1,
        country=about,
        **narrowed,  # type: ignore[arg-type]  # a mapping of its keywords
    )
    frame = tasks_of(call.store, call.scope, task_ids=keys[:limit], light=light)
    items = rows_as(Task, frame.sort_values("task_id"))
    return Page(items=items, next_cursor=keys[limit - 1] if len(keys) > limit else None)


@ROUTER.get("/tasks/{task_id}")
def show_task(call: Asking, task_id: Id) -> TaskSheet:
    """One task with its updates; unsubmitted ones are visible only to their authority."""
    row = task_sheet(call.store, call.scope, task_id).row
    updates = rows_as(Update, updates_frame(call.store, call.scope, task_id))
    return TaskSheet(**rows_as(Task, pd.DataFrame([row]))[0].model_dump(), updates=updates)


@ROUTER.get("/ledger")
def list_ledger(
    call: Asking,
    *,
    limit: Limit = 100,
    cursor: Cursor = None,
    period_id: Id | None = None,
    notice_id: OfNotice = None,
    unit_id: Id | None = None,
    measure_id: Id | None = None,
    action_id: Id | None = None,
    country: Country = None,
    tag_id: Id | None = None,
    light: Only = None,
    as_of: AsOf = None,
    figures: Figures = "newest",
) -> Page[LedgerRow]:
    """The lines of a period's ledger, by task key; phones are left out."""
    period = period_of(call, period_id, notice_id)
    vintage = vintage_of(call, period, as_of, figures)
    asked = {"period_id": period.id, "vintage": vintage}
    narrowed = {"unit_id": unit_id, "measure_id": measure_id, "action_id": action_id}
    narrowed["tag_id"], about = tag_id, country_given(country)
    keys = ledger_page(
        call.store,
        call.scope,
        **asked,  # type: ignore[arg-type]  # a mapping of its keywords
        after=cursor or 0,
        first=limit + 1,
        country=about,
        **narrowed,  # type: ignore[arg-type]  # as above
    )
    frame = ledger_frame(call.store, call.scope, **asked, task_ids=keys[:limit])  # type: ignore[arg-type]  # as above
    frame = frame if light is None else frame[frame["light"] == light]
    items = rows_as(LedgerRow, frame.sort_values("task_id"))
    return Page(items=items, next_cursor=keys[limit - 1] if len(keys) > limit else None)


REPORTS = APIRouter(tags=["updates"])


@REPORTS.get("/tasks/{task_id}/updates/{period_id}")
def show_report(call: Asking, task_id: Id, period_id: Id, response: Response) -> Report:
    """A task's report for a period; its `ETag` is the `If-Match` for saving."""
    item = report_item(call.store, call.scope, task_id=task_id, period_id=period_id)
    response.headers["ETag"] = etag_of(item.row_version)
    return _report(item, period_id)


@REPORTS.get("/reports")
def list_reports(
    call: Asking,
    authority_id: Id | None = None,
    period_id: Id | None = None,
    notice_id: OfNotice = None,
) -> Page[Report]:
    """The reports of all tasks of one authority for a period, in one page; by default one's own."""
    period = period_of(call, period_id, notice_id)
    asked = {"authority_id": authority_id or call.by.authority_id or 0, "period_id": period.id}
    items = report_items(call.store, call.scope, **asked)
    return Page(items=[_report(item, period.id) for item in items])


def _report(item: ReportItem, period_id: int) -> Report:
    draft, update = item.draft, item.update
    texts = ("progress", "difficulties", "next_steps", "explanation", "no_change", "completion_requested")
    return Report(
        task_id=item.task.id,
        period_id=period_id,
        update_id=update.id if update else None,
        row_version=item.row_version,
        status=update.status if update else None,
        completion_permille=update.completion_permille if update else None,
        actuals=[
            Actual(indicator_id=key, value=Decimal(value), **parts_of(value))
            for key, value in draft.actuals.items()
        ],
        milestones_reached=sorted(draft.milestones_reached),
        confirmed=sorted(draft.confirmed),
        returned_because=item.returned_because,
        evidence=[
            Evidence(
                evidence_id=file.id,
                name=file.name,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
            )
            for file in item.evidence
        ],
        **{name: getattr(draft, name) for name in texts},
    )
