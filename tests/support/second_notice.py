"""A second notice beside the one a store holds: one measure, one indicator, one open period, and plans filed under it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from db import clock
from db.identity import SignedIn
from db.plans import actions as plans, task_actions
from db.reference import actions as reference
from db.sql import select
from db.store import Store
from db.tables import Notice, Post, ReportingPeriod, Task
from tracking.validation import TargetDraft, TaskDraft
from tracking.vocabulary import CataloguePart, PeriodStatus

NUMBER = "工信部企业〔2025〕8号"
MEASURE = "专精特新"
TITLE = "培育专精特新企业"


@dataclass(frozen=True)
class Second:
    """The keys of what it consists of, and its year."""

    notice_id: int
    measure_id: int
    indicator_id: int
    period_id: int
    year: int


def second_notice(
    store: Store,
    by: SignedIn,
    *,
    name: str = "展会",
    unit: str = "场",
    additive: bool = True,
    ends_on: date | None = None,
) -> Second:
    """The notice, newer than any other; its period takes reports and is the half-year of today, or ends on a day."""
    notice_id, today = _notice(store), clock.today()
    entry = {"by": by, "cited": "", "starts_on": None}
    area = reference.add_entry(store, part=CataloguePart.AREA, within_id=notice_id, title="梯度培育", **entry)
    measure = reference.add_measure(store, key_area_id=area, title=MEASURE, short_title=MEASURE, **entry)
    indicator = reference.add_indicator(
        store, by=by, measure_id=measure, name=name, unit=unit, additive=additive, headline=True
    )
    return Second(notice_id, measure, indicator, _period(store, notice_id, today, ends_on), today.year)


def _notice(store: Store) -> int:
    with store.write(None) as tx:
        newest = date(2025, 6, 1)
        row = tx.add(
            Notice(number=NUMBER, title="专精特新行动", issued_by="工业和信息化部", issued_on=newest)
        )
        tx.audit("plant", row)
        return row.id


def _period(store: Store, notice_id: int, today: date, last: date | None) -> int:
    number = 1 if today.month < 7 else 2
    ends_on = last or (date(today.year, 6, 30) if number == 1 else date(today.year, 12, 31))
    starts_on = date(today.year, 1 if number == 1 else 7, 1)
    with store.write(None) as tx:
        period = tx.add(
            ReportingPeriod(
                notice_id=notice_id,
                year=today.year,
                number=number,
                cycle="half_year",
                starts_on=starts_on,
                ends_on=ends_on,
                opens_on=starts_on,
                closes_on=ends_on + timedelta(15),
                status=PeriodStatus.OPEN,
            )
        )
        tx.audit("plant", period)
        return period.id


def plan_under(
    store: Store, second: Second, cast: Mapping[str, SignedIn], *, target: int = 10, filed: bool = True
) -> int:
    """The plan of the officer's authority under it, with one task; gives the task, filed or only submitted."""
    officer = cast["officer"]
    asked = {"notice_id": second.notice_id, "authority_id": officer.authority_id or 0, "year": second.year}
    revision_id = plans.start_plan(store, by=officer, **asked)
    plans.save_goals(store, by=officer, revision_id=revision_id, row_version=1, goals="年度目标")
    task_actions.add_task(
        store, by=officer, revision_id=revision_id, draft=_draft(store, second, officer, target)
    )
    plans.request_plan_sign_off(store, by=officer, revision_id=revision_id)
    plans.sign_off_plan(store, by=cast["signatory"], revision_id=revision_id)
    plans.submit_plan(store, by=officer, revision_id=revision_id)
    if filed:
        plans.file_plan(store, by=cast["member"], revision_id=revision_id)
    with store.read() as session:
        return int(session.scalars(select(Task.id).order_by(Task.id)).all()[-1])


def _draft(store: Store, second: Second, officer: SignedIn, target: int) -> TaskDraft:
    with store.read() as session:
        post = session.scalars(select(Post.id).where(Post.authority_id == officer.authority_id)).first()
    ends_on = date(second.year, 12, 31)
    return TaskDraft(
        measure_id=second.measure_id,
        title=TITLE,
        goal="全年十家",
        starts_on=date(second.year, 1, 1),
        due_on=ends_on,
        post_id=post,
        lead_unit="企业处",
        targets=(TargetDraft(second.indicator_id, ends_on, Decimal(target)),),
    )
