"""Reads tasks as they stood at the end of a past day, from history; frames match `db.tasks.queries`."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from db import clock
from db.figures.history import history_of, said_at
from db.frames import frame_of
from db.site.thresholds import read_light_rule
from db.store import Store
from db.tasks.queries import of_light, task_frame, task_rows, tasks_chosen
from tracking.figures.completion import FULL
from tracking.figures.task_facts import LAST, facts_at
from tracking.permissions import Scope
from tracking.vocabulary import Light

_FIGURES = (
    "task_id",
    "status",
    "light",
    "weight_tenths",
    "starts_on",
    "due_on",
    "baseline_due_on",
    "completion_permille",
    "expected_permille",
    "last_reported_on",
)
_DAYS = ("starts_on", "due_on", "baseline_due_on", "last_reported_on")


def task_frame_at(
    store: Store,
    scope: Scope,
    *,
    known_on: date | None,
    notice_id: int,
    year: int,
    light: Light | None = None,
    **ids: int | None,
) -> pd.DataFrame:
    """`task_frame` as known at the end of a past day, by default as of today.

    `ids` are the same as for `task_frame`.
    """
    if known_on is None:
        return task_frame(store, scope, notice_id=notice_id, year=year, light=light, **ids)  # type: ignore[arg-type]  # all are keys
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year, **ids)
    facts = facts_known(store, chosen, known_on=known_on)
    rows = frame_of(store, task_rows(known_on, said_at(clock.end_of(known_on))).where(*chosen))
    return of_light(rows.merge(figures_of(facts), on="task_id", validate="one_to_one"), light)


def facts_known(store: Store, chosen: list[Any], *, known_on: date, number: int = LAST) -> pd.DataFrame:
    """The facts of tasks as known at the end of a day, up to a period of its year by number.

    Columns of `tracking.figures.task_facts.facts_at`.
    """
    with store.read() as session:
        history = history_of(session, *chosen, known_at=clock.end_of(known_on))
        return facts_at(history, number=number, as_of_on=known_on, rule=read_light_rule(session))


def figures_of(facts: pd.DataFrame) -> pd.DataFrame:
    """Each task's figures and days as in `task_frame`, with its `task_id`."""
    capped = np.minimum(facts["completion_permille"], FULL)
    days = {name: [_day(ordinal) for ordinal in facts[name]] for name in _DAYS}
    return facts[list(_FIGURES)].assign(
        **{name: pd.Series(dated, facts.index, dtype=object) for name, dated in days.items()},
        deviation_permille=capped - facts["expected_permille"],
    )


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
