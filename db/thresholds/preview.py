"""How many tasks each light has today, and would have under other thresholds, without changing anything."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from db import clock
from db.beside import Tell, beside
from db.cases import word_of
from db.figures.history import history_of
from db.figures.lights import light_facts
from db.periods.queries import begun_period
from db.sql import select
from db.store import Store
from db.tables import Task, WorkPlan
from tracking.figures.lights import LIGHT, LightRule
from tracking.figures.task_facts import facts_at
from tracking.vocabulary import Light


def lights_today(store: Store, *, notice_id: int) -> Mapping[Light, int]:
    """Light → tasks in force of the current year that have it today; zeros before the first period."""
    light = word_of(LIGHT, light_facts(clock.today()))
    with store.read() as session:
        period = begun_period(session, notice_id)
        if period is None:
            return dict.fromkeys(Light, 0)
        chosen = select(light, func.count()).where(*_in_force(notice_id, period.year))
        counts = dict(session.execute(chosen.group_by(light)).all())
    return {light: counts.get(light, 0) for light in Light}


def light_counts(store: Store, *, notice_id: int, rule: LightRule) -> Mapping[Light, int]:
    """Light → tasks in force of the current year that have it today; zeros before the first period."""
    return beside(store, _counted, notice_id=notice_id, rule=rule)


def _counted(store: Store, _tell: Tell, *, notice_id: int, rule: LightRule) -> Mapping[Light, int]:
    now = clock.now()
    with store.read() as session:
        period = begun_period(session, notice_id)
        if period is None:
            return dict.fromkeys(Light, 0)
        history = history_of(session, *_in_force(notice_id, period.year), known_at=now)
        facts = facts_at(history, number=period.number, as_of_on=clock.day_of(now), rule=rule)
    counts = facts["light"].value_counts()
    return {light: int(counts.get(light, 0)) for light in Light}


def _in_force(notice_id: int, year: int) -> tuple[Any, ...]:
    plans = select(col(WorkPlan.id)).where(WorkPlan.notice_id == notice_id, WorkPlan.year == year)
    return col(Task.plan_id).in_(plans), col(Task.in_force)
