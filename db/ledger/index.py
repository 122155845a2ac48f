"""Which lines a ledger has, narrowed by light or text and paged, without reading their content.

The nation's ledger holds tens of thousands of lines; a screen shows the first, a file takes them batch by batch.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Unpack

import pandas as pd
from sqlalchemy import or_
from sqlmodel import Session, col

from db import clock
from db.batches import batches
from db.frames import frame_of
from db.ledger.columns import LedgerLine, LedgerWhere
from db.ledger.queries import ledger_frame, ledger_line, ledger_order, line_facts, lines_chosen
from db.sql import Statement, select
from db.store import Store
from db.tables import Authority, ProgressUpdate, Task, TaskRevision
from tracking.figures.cells import light_column
from tracking.figures.vintages import NEWEST, Vintage
from tracking.ledgers.columns import OVERDUE, Overdue
from tracking.permissions import Scope
from tracking.vocabulary import Light

# Beyond this number they are not listed one by one in a statement.
_FEW = 5000
_TURNING: tuple[Any, ...] = (
    Task.status,
    Task.starts_on,
    Task.due_on,
    Task.amber_on,
    Task.red_on,
    col(Task.latest_permille).label("completion_permille"),
)


def ledger_index(
    store: Store,
    scope: Scope,
    *,
    period_id: int,
    light: Light | Overdue | None = None,
    text: str | None = None,
    vintage: Vintage = NEWEST,
    with_lights: bool = True,
    **where: Unpack[LedgerWhere],
) -> pd.DataFrame:
    """One row per line, in the order of `ledger_frame`: task_id, authority_id, unit_id, and its light if requested.

    `OVERDUE` in place of a light keeps those that are red because their day is past. `text` keeps the lines
    whose task, goal or progress contains it, ignoring case.
    """
    with store.read() as session:
        line = ledger_line(session, period_id, vintage)
        chosen = lines_chosen(scope, line, **where)
        rows = frame_of(store, _rows(line, text).where(*chosen))
        if with_lights or light is not None:
            rows = rows.assign(**_standing(session, line, rows, chosen))
    kept = rows
    if light is not None:
        kept = rows[rows["overdue"].astype(bool) if light == OVERDUE else rows["light"] == light]
    return kept.filter(["task_id", "authority_id", "unit_id", "light"]).reset_index(drop=True)


def ledger_batches(
    store: Store, scope: Scope, keys: Sequence[int], *, period_id: int, vintage: Vintage = NEWEST
) -> Iterator[pd.DataFrame]:
    """The lines of these tasks in their order, a batch of `db.batches` at a time.

    Columns of `ledger_frame` with figures. Each batch is read on demand, so later ones include what was saved in the meantime.
    """
    given = 0
    for some in batches(keys):
        frame = ledger_frame(
            store, scope, period_id=period_id, task_ids=some, vintage=vintage, with_figures=True
        )
        yield frame.assign(seq=frame["seq"] + given)
        given += len(some)


def _rows(line: LedgerLine, text: str | None) -> Statement:
    rows = (
        select(col(Task.id).label("task_id"), Task.authority_id, Task.unit_id, *_TURNING)
        .select_from(Task)
        .join(TaskRevision, line.said)
        .join(Authority, Authority.id == Task.authority_id)
        .order_by(*ledger_order())
    )
    if text is None:
        return rows
    said = (TaskRevision.title, TaskRevision.goal, ProgressUpdate.progress)
    contains = or_(*(col(words).icontains(text, autoescape=True) for words in said))
    return rows.join(ProgressUpdate, line.reported, isouter=True).where(contains)


def _standing(session: Session, line: LedgerLine, rows: pd.DataFrame, chosen: list[Any]) -> dict[str, Any]:
    """Light and overdue of each row: as stored if the lines are as of today, else read from history."""
    if line.known_at is None and line.as_of_on == clock.today():
        days = {name: rows[name].to_numpy() for name in ("starts_on", "amber_on", "red_on")}
        completion = rows["completion_permille"].to_numpy()
        light = light_column(
            status=rows["status"], today=line.as_of_on, completion_permille=completion, **days
        )
        return {"light": light, "overdue": (light == Light.RED) & (rows["due_on"] < line.as_of_on)}
    few = [col(Task.id).in_(rows["task_id"].tolist())] if len(rows) <= _FEW else []
    facts = line_facts(session, line, [*chosen, *few]).set_index("task_id")
    return {name: rows["task_id"].map(facts[name]) for name in ("light", "overdue")}
