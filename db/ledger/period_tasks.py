"""Reads tasks as of one reporting period: the rows that its summary cells add up."""

from typing import Unpack

import pandas as pd

from db import clock
from db.figures.history import history_of
from db.frames import frame_of
from db.ledger.columns import LedgerWhere
from db.ledger.queries import ledger_line, lines_chosen
from db.site.thresholds import read_light_rule
from db.store import Store
from db.tasks.past_tasks import figures_of
from db.tasks.queries import of_light, task_rows
from tracking.figures.task_facts import facts_at
from tracking.figures.vintages import NEWEST, Vintage
from tracking.permissions import Scope


def period_task_frame(
    store: Store,
    scope: Scope,
    *,
    period_id: int,
    vintage: Vintage = NEWEST,
    **where: Unpack[LedgerWhere],
) -> pd.DataFrame:
    """One row per task in force, the columns and order of `db.tasks.queries.task_frame`, figures as of the period."""
    with store.read() as session:
        line = ledger_line(session, period_id, vintage)
        chosen = lines_chosen(scope, line, **where)
        history = history_of(session, *chosen, known_at=line.known_at or clock.end_of(clock.today()))
        rule = read_light_rule(session)
    facts = facts_at(history, number=line.period.number, as_of_on=line.as_of_on, rule=rule)
    rows = frame_of(store, task_rows(line.as_of_on, line.said).where(*chosen))
    return of_light(rows.merge(figures_of(facts), on="task_id", validate="one_to_one"), None)
