"""Trying out thresholds: how many tasks each light would have today, without changing anything."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col

from db import clock
from db.beside import Tell, beside
from db.figures.history import history_of
from db.periods.queries import begun_period
from db.sql import select
from db.store import Store
from db.tables import Task, WorkPlan
from tracking.figures.lights import LightRule
from tracking.figures.task_facts import facts_at
from tracking.vocabulary import Light


def light_counts(store: Store, *, notice_id: int, rule: LightRule) -> Mapping[Light, int]:
    """Light → tasks in force of the current year that would have it today; zeros before the first period."""
    return beside(store, _counted, notice_id=notice_id, rule=rule)


def _counted(store: Store, _tell: Tell, *, notice_id: int, rule: LightRule) -> Mapping[Light, int]:
    now = clock.now()
    with store.read() as session:
        period = begun_period(session, notice_id)
        if period is None:
            return dict.fromkeys(Light, 0)
        plans = select(col(WorkPlan.id)).where(WorkPlan.notice_id == notice_id, WorkPlan.year == period.year)
        chosen: list[Any] = [col(Task.plan_id).in_(plans), Task.in_force]
        history = history_of(session, *chosen, known_at=now)
        facts = facts_at(history, number=period.number, as_of_on=clock.day_of(now), rule=rule)
    counts = facts["light"].value_counts()
    return {light: int(counts.get(light, 0)) for light in Light}
