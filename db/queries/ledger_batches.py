"""Owns reading a ledger of any size, some lines at a time, so that a file of the whole nation needs little memory."""

from collections.abc import Iterator, Sequence

import pandas as pd
from sqlmodel import col

from db.queries.ledger import ledger_frame, ledger_order, line_of, lines_chosen
from db.sql import select
from db.store import Store
from db.tables import Authority, Task, TaskRevision
from tracking.permissions import Scope
from tracking.vintages import NEWEST, Vintage
from tracking.words import Light

BATCH = 2000


def ledger_keys(
    store: Store,
    scope: Scope,
    *,
    period_id: int,
    region: str | None = None,
    unit_id: int | None = None,
    measure_id: int | None = None,
    vintage: Vintage = NEWEST,
) -> list[int]:
    """The keys of the tasks that `ledger_frame` gives a line for, in its order."""
    with store.read() as session:
        line = line_of(session, period_id, vintage)
        tasks = select(col(Task.id)).select_from(Task).join(TaskRevision, line.said)
        tasks = tasks.join(Authority, Authority.id == Task.authority_id)
        chosen = lines_chosen(scope, line, region, unit_id, measure_id)
        return list(session.scalars(tasks.where(*chosen).order_by(*ledger_order())))


def ledger_batches(
    store: Store,
    scope: Scope,
    keys: Sequence[int],
    *,
    period_id: int,
    light: Light | None = None,
    text: str | None = None,
    vintage: Vintage = NEWEST,
) -> Iterator[pd.DataFrame]:
    """The lines of these tasks in their order, `BATCH` tasks at a time; columns of `ledger_frame`.

    Each batch is read when it is asked for: what is saved meanwhile stands in the later ones.
    """
    for first in range(0, len(keys), BATCH):
        asked = keys[first : first + BATCH]
        frame = ledger_frame(
            store, scope, period_id=period_id, task_ids=asked, light=light, text=text, vintage=vintage
        )
        places = {key: place for place, key in enumerate(asked, start=first + 1)}
        yield frame.assign(seq=frame["task_id"].map(places))
