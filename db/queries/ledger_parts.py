"""Owns the two columns of the ledger that gather many rows into one line: interim nodes and reported values."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col

from db.queries.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import Indicator, IndicatorActual, Milestone, ProgressUpdate, Target, Task
from tracking.words import UpdateStatus


def interim_nodes(store: Store, chosen: list[Any]) -> dict[int, str]:
    """Task revision → its interim targets and milestones by day, as one line."""
    nodes: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for revision_id, due_on, value, name, unit in _parts(
        store, chosen, Target, Target.due_on, Target.value, Indicator.name, Indicator.unit
    ):
        nodes[revision_id].append((due_on, f"{name}{_plain(value)}{unit}"))
    for revision_id, due_on, title in _parts(store, chosen, Milestone, Milestone.due_on, Milestone.title):
        nodes[revision_id].append((due_on, title))
    return {
        revision_id: "；".join(f"{due_on} {said}" for due_on, said in sorted(steps))
        for revision_id, steps in nodes.items()
    }


def reported_values(store: Store, chosen: list[Any], period_id: int) -> dict[int, str]:
    """Task revision → the cumulative values reported for the period, each with its unit, as one line."""
    values: dict[int, list[str]] = defaultdict(list)
    rows = (
        select(Task.revision_id, Indicator.name, IndicatorActual.value, Indicator.unit)
        .join(ProgressUpdate, ProgressUpdate.task_id == Task.id)
        .join(IndicatorActual, IndicatorActual.update_id == ProgressUpdate.id)
        .join(Indicator, Indicator.id == IndicatorActual.indicator_id)
        .where(ProgressUpdate.period_id == period_id, ProgressUpdate.status != UpdateStatus.RETURNED)
        .where(col(ProgressUpdate.submitted_at).is_not(None), *chosen)
        .order_by(Indicator.number)
    )
    for revision_id, name, value, unit in frame_of(store, rows).itertuples(index=False):
        values[revision_id].append(f"{name}{_plain(value)}{unit}")
    return {revision_id: "；".join(said) for revision_id, said in values.items()}


def _parts(store: Store, chosen: list[Any], table: Any, *columns: Any) -> Any:
    rows = select(table.task_revision_id, *columns).join(Task, Task.revision_id == table.task_revision_id)
    if table is Target:
        rows = rows.join(Indicator, Indicator.id == Target.indicator_id)
    return frame_of(store, rows.where(*chosen)).itertuples(index=False)


def _plain(value: Decimal) -> str:
    """The number without needless zeros."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
