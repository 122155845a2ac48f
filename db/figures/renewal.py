"""Figures for thresholds to come: made beside the server, brought in by one short transaction.

Until then the former thresholds are in force, with their figures. What is written meanwhile is noted
(`db.figures.to_come`) and made again before that transaction; what little remains then is recomputed in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import chain
from operator import itemgetter
from threading import Lock, Thread
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import delete, insert, update
from sqlmodel import col

from db import clock
from db.batches import batches
from db.beside import Lost, Tell, beside
from db.engine import StoreFailed
from db.figures.summaries import bring_in, figured
from db.figures.to_come import CellName, ClaimLost, claim, forget, keep_claim, take_touched, unclaimed
from db.site.thresholds import keep_light_rule, read_light_rule, read_rule_to_come
from db.sql import select
from db.store import Store
from db.tables import ComingLight, Task, WorkPlan
from tracking.figures.lights import LightRule

_LOG = structlog.get_logger()
# One after the other: whoever comes second finds nothing to do, or what was set last.
_ONE = Lock()
# Store → percent made in this process.
_MADE: dict[str, int] = {}
Row = Mapping[str, Any]
Cells = dict[CellName, Sequence[Row]]
# A task and the days on which its light turns amber and red.
Light = tuple[int, date | None, date | None]
_LIGHT = ("task_id", "amber_on", "red_on")
# How often what was written meanwhile is made again: each time takes a fraction of the time before.
ROUNDS = 6


def renew(store: Store) -> None:
    """Have the figures made that are to come, if any: in the background, or now if nothing is done beside the server."""
    if not store.settings.work_beside:
        _until_done(store)
    elif rule_to_come(store):
        Thread(target=_unheard, args=(store,), name="renewal", daemon=True).start()


def rule_to_come(store: Store) -> LightRule | None:
    """The thresholds whose figures are being made."""
    with store.read() as session:
        return read_rule_to_come(session)


def percent_made(store: Store) -> int | None:
    """How far they are; None if another process makes them."""
    return _MADE.get(str(store.engine.url))


def _unheard(store: Store) -> None:
    try:
        _until_done(store)
    except (StoreFailed, OSError) as error:
        # Taken up again within the hour; an unreachable store is reported by /healthz.
        _LOG.error("renewal_failed", exc_info=error)


def _until_done(store: Store) -> None:
    site = str(store.engine.url)
    with _ONE:
        try:
            while _once(store, partial(_note, site)):
                pass
        finally:
            _MADE.pop(site, None)


def _note(site: str, *said: int) -> None:
    for percent in said:
        _MADE[site] = percent


def _once(store: Store, told: Callable[..., object]) -> bool:
    try:
        return beside(store, renew_once, told=told)
    except Lost:
        _LOG.exception("renewal_lost")
        return renew_once(store, told)


def renew_once(store: Store, tell: Tell) -> bool:
    """Make the figures to come and bring them in; whether it is to begin again."""
    name = uuid4().hex
    with store.upkeep() as session:
        rule = claim(session, name)
    if rule is None:
        return False
    try:
        cells = _cells(store, name, rule, tell)
        _catch_up(store, name, rule, cells)
        _bring_in(store, name, rule, [row for rows in cells.values() for row in rows])
    except ClaimLost:
        with store.read() as session:
            return unclaimed(session)
    return False


def _cells(store: Store, name: str, rule: LightRule, tell: Tell) -> Cells:
    """The cells under these thresholds; the lights that turn on another day than now are laid ready in the store."""
    cells: Cells = {}
    with store.read() as session:
        steps = 2 * len(session.execute(select(WorkPlan.notice_id, WorkPlan.year).distinct()).all())
        now = set(map(tuple, session.execute(select(Task.id, Task.amber_on, Task.red_on))))
        tell(0)
        for step, made in enumerate(figured(session, rule, clock.now()), start=1):
            if made is not None:
                cells.update(made.cells)
                _lay_ready(store, name, (light for light in _lights(made.columns) if light not in now))
            tell(100 * step // steps)
    return cells


def _catch_up(store: Store, name: str, rule: LightRule, cells: Cells) -> None:
    """Make again what was written meanwhile, as long as there is something, but not for ever."""
    for _ in range(ROUNDS):
        with store.upkeep() as session:
            meanwhile = take_touched(session, name)
        if not meanwhile:
            return
        with store.read() as session:
            again = list(filter(None, figured(session, rule, clock.now(), meanwhile)))
        for made in again:
            cells.update(made.cells)
        _lay_ready(store, name, chain.from_iterable(_lights(made.columns) for made in again))


def _lights(columns: Sequence[Row]) -> Iterator[Light]:
    return map(itemgetter("task_id", "new_amber_on", "new_red_on"), columns)


def _lay_ready(store: Store, name: str, lights: Iterable[Light]) -> None:
    for some in batches(lights):
        with store.upkeep() as session:
            keep_claim(session, name)
            tasks = [task_id for task_id, *_ in some]
            session.execute(delete(ComingLight).where(col(ComingLight.task_id).in_(tasks)))
            rows = [dict(zip(_LIGHT, light, strict=True)) for light in some]
            session.execute(insert(ComingLight), rows)


def _bring_in(store: Store, name: str, rule: LightRule, cells: Sequence[Row]) -> None:
    """The one moment in which thresholds, lights and cells change, with what was written meanwhile."""
    with store.write(None) as tx:
        meanwhile = take_touched(tx.session, name)
        before = asdict(read_light_rule(tx.session))
        kept = keep_light_rule(tx.session, rule)
        tx.audit("thresholds_in_force", kept, before=before, after=asdict(rule))
        lights = update(Task).where(col(Task.id) == ComingLight.task_id)
        days = {"amber_on": ComingLight.amber_on, "red_on": ComingLight.red_on}
        tx.session.execute(lights.values(days).execution_options(synchronize_session=False))
        forget(tx.session)
        bring_in(tx.session, cells, meanwhile, tx.now)
