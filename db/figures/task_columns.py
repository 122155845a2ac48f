"""The derived columns of a task: what lists and rankings read without its history."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Update, update
from sqlmodel import Session

from db.direct import change
from db.figures.blocks import Block, rows_of
from db.sql import bound, fetch, flushed, narrowed, select
from db.tables import Task
from tracking.figures.cells import STATUSES
from tracking.figures.expected import Schedule
from tracking.figures.lights import LightRule, turning_days
from tracking.figures.task_facts import LAST, History, facts_in_columns

CHUNK = 5000


def keep_columns(session: Session, block: Block, history: History) -> None:
    """Write the derived columns of the block's tasks; a task no longer in any plan is out of force."""
    held = fetch(session, narrowed(_IN_FORCE, *block.tasks()), **block.values).scalars()
    gone = set(held) - set(history.tasks["task_id"].tolist())
    _run(session, _OUT_OF_FORCE, [{"task_id": task_id} for task_id in sorted(gone)])
    keep_columns_in_force(session, block, history, {})


def keep_columns_in_force(
    session: Session, block: Block, history: History, held: Mapping[int, Mapping[str, Any]]
) -> None:
    """The same after a change that takes no task out of force.

    Of a task with its columns in `held` only what has changed is written: who read the others need not look again.
    """
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for columns in task_columns(block, history):
        changed = _changed(columns, held.get(columns["task_id"], {}))
        alike[tuple(changed)].append(changed)
    for names, rows in alike.items():
        if len(names) > 1:
            _run(session, _update(names), rows)
    for row in session.identity_map.values():
        if isinstance(row, Task):
            session.expire(row)


def _changed(columns: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """What is not as it is held, with `task_id`."""
    known = {f"new_{name}": value for name, value in held.items()}
    return {name: value for name, value in columns.items() if name not in known or known[name] != value}


def _run(session: Session, statement: Update, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), CHUNK):
        change(flushed(session), statement, rows[start : start + CHUNK])


def task_columns(block: Block, history: History) -> list[dict[str, Any]]:
    """The derived columns of every task of the history, each named `new_`, with `task_id`."""
    facts = facts_in_columns(history, number=LAST, as_of_on=block.today, rule=block.rule)
    return [_columns(SimpleNamespace(**fact), history, block.rule) for fact in rows_of(facts)]


COLUMNS = (
    "in_force",
    "status",
    "revision_id",
    "baseline_revision_id",
    "weight_tenths",
    "starts_on",
    "due_on",
    "baseline_due_on",
    "amber_on",
    "red_on",
    "latest_permille",
    "latest_update_id",
    "latest_period_id",
    "last_reported_on",
)
_TASK = Task.__table__  # type: ignore[attr-defined]  # SQLModel hides the table from type checkers
_ONE = update(_TASK).where(_TASK.c.id == bound("task_id"))
_OUT_OF_FORCE = _ONE.values(in_force=False)
_IN_FORCE = select(Task.id).where(Task.in_force)


@cache
def _update(names: tuple[str, ...]) -> Update:
    """Of one task, what is named so."""
    new = [name for name in names if name != "task_id"]
    return _ONE.values({name.removeprefix("new_"): bound(name) for name in new})


def _columns(fact: Any, history: History, rule: LightRule) -> dict[str, Any]:
    """The derived columns of one task, from today's facts."""
    starts_on, due_on, baseline = map(date.fromordinal, (fact.starts_on, fact.due_on, fact.baseline_due_on))
    line = history.lines.get(fact.task_id) or Schedule(starts_on, due_on).line
    turning = turning_days(line, fact.completion_permille, due_on, rule)
    values = {
        "in_force": True,
        "status": STATUSES[fact.status],
        "revision_id": fact.revision_id,
        "baseline_revision_id": fact.baseline_revision_id,
        "weight_tenths": fact.weight_tenths,
        "starts_on": starts_on,
        "due_on": due_on,
        "baseline_due_on": baseline,
        "amber_on": turning.amber_on,
        "red_on": turning.red_on,
        "latest_permille": fact.completion_permille,
        "latest_update_id": fact.update_id or None,
        "latest_period_id": fact.latest_period_id or None,
        "last_reported_on": date.fromordinal(fact.last_reported_on) if fact.last_reported_on else None,
    }
    return {"task_id": fact.task_id, **{f"new_{name}": value for name, value in values.items()}}
