"""The authorities for which an officer has something to report, or a plan to begin."""

import pandas as pd
from sqlalchemy import and_, case, func
from sqlmodel import col

from db import clock
from db.figures.lineage import asked_for
from db.frames import frame_of
from db.home.waiting import handed_on
from db.reference.addressed import authorities_addressed
from db.sql import select
from db.store import Store
from db.tables import Authority, ReportingPeriod, Task, WorkPlan
from db.tasks.queries import tasks_within
from tracking.permissions import Scope


def reporting_authorities(store: Store, scope: Scope, *, period_id: int) -> pd.DataFrame:
    """The authorities in a scope with tasks due for a period, in official order.

    Columns: authority_id, authority_name, tasks (due), waiting (not handed on yet).
    """
    rows = (
        select(
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            func.count().label("tasks"),
            func.sum(case((handed_on(), 0), else_=1)).label("waiting"),
        )
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(ReportingPeriod, and_(*asked_for()))
        .where(ReportingPeriod.id == period_id, *tasks_within(scope))
        .group_by(Task.authority_id, Authority.short_name, Authority.official_order, Authority.code)
        .order_by(col(Authority.official_order).nulls_last(), Authority.code)
    )
    return frame_of(store, rows)


def authorities_without_plan(store: Store, scope: Scope, *, notice_id: int, year: int) -> pd.DataFrame:
    """The authorities in a scope that a notice addresses and that have no plan for a year.

    Columns: authority_id, authority_name.
    """
    plans = select(WorkPlan.authority_id).where(WorkPlan.notice_id == notice_id, WorkPlan.year == year)
    with store.read() as session:
        addressed = authorities_addressed(session, notice_id, clock.today())
    reach = scope.authority_ids or frozenset()
    reach = reach if addressed is None else reach & addressed
    rows = select(col(Authority.id).label("authority_id"), col(Authority.short_name).label("authority_name"))
    rows = rows.where(col(Authority.id).in_(sorted(reach)), col(Authority.id).not_in(plans))
    return frame_of(store, rows.order_by(col(Authority.official_order).nulls_last(), Authority.code))
