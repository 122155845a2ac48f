"""Reads the cells of a measure action by action, by the same arithmetic as those of all measures."""

import numpy as np
import pandas as pd
from sqlmodel import col

from db.frames import rows_of
from db.ledger.queries import ledger_line, line_facts, lines_chosen
from db.sql import select
from db.store import Store
from db.tables import Task, TaskRevision
from tracking.catalogue import NO_ACTION
from tracking.figures.cells import CELL_COLUMNS, cells_of
from tracking.figures.vintages import NEWEST, Vintage
from tracking.permissions import Scope


def action_cells_of_period(
    store: Store, scope: Scope, *, period_id: int, measure_id: int, vintage: Vintage = NEWEST
) -> pd.DataFrame:
    """The cells of a measure in a period, a row per unit and action: columns `CELL_COLUMNS`, in `measure_id` the action.

    Tasks that name no action stand under `NO_ACTION`, so that the rows of a unit add up to the cell of the measure.
    """
    with store.read() as session:
        line = ledger_line(session, period_id, vintage)
        facts = line_facts(session, line, lines_chosen(scope, line, measure_id=measure_id))
    if facts.empty:
        return pd.DataFrame(columns=list(CELL_COLUMNS))
    taken = select(TaskRevision.id, TaskRevision.measure_action_id).join(
        Task, col(Task.id) == TaskRevision.task_id
    )
    actions = dict(rows_of(store, taken.where(Task.measure_id == measure_id)))
    keys = np.array([actions[key] or NO_ACTION for key in facts["revision_id"].tolist()])
    return cells_of(facts.assign(measure_id=keys), as_of_on=line.as_of_on)
