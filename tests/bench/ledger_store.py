"""The store that large ledgers are measured with: one authority of 100,000 tasks, one of 1,000."""

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from db import clock, migrations
from db.identity import SignedIn
from db.seed.rows import Rows, move_sequences, rows_after
from db.statistics import gather_statistics
from db.store import Store, open_store
from db.tables import (
    IndicatorActual,
    Milestone,
    MilestoneReached,
    PlanRevision,
    ProgressUpdate,
    ReportingPeriod,
    Target,
    Task,
    TaskRevision,
    WorkPlan,
)
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    MEASURES,
    NORTH,
    NORTH_POST,
    SECOND_QUARTER,
    SOUTH,
    SOUTH_POST,
    YEAR,
    people,
    small_country,
)
from tracking.vocabulary import PlanStatus, TaskStatus, UpdateStatus

LARGE, SMALL = 100_000, 1_000
PERIOD = SECOND_QUARTER
FOLDER = Path("data/bench/ledger")
_AT_ONCE = 40_000
_DRAW = random.Random(20261123)
_SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]
_VOCABULARY = ["".join(_DRAW.choices(_SIGNS, k=_DRAW.randint(2, 4))) for _ in range(4000)]


def words(count: int) -> str:
    """A text of so many words; no two are likely to be alike, so that nothing packs better than in life."""
    return "".join(_DRAW.choices(_VOCABULARY, k=count))


def officers() -> dict[int, SignedIn]:
    """How many tasks → who reports them."""
    return {LARGE: people().officer, SMALL: people().southerner}


def kept_store() -> Path:
    """The folder of the store, made when it is not there or its tables are no longer those of the code."""
    store = open_store(data_dir=FOLDER)
    if not (FOLDER / "whole").exists() or not migrations.is_current(store):
        store.engine.dispose()
        shutil.rmtree(FOLDER)
        store = open_store(data_dir=FOLDER)
        migrations.upgrade(store)
        _fill(store)
        (FOLDER / "whole").touch()
    _open_today(store)
    store.engine.dispose()
    return FOLDER


def _open_today(store: Store) -> None:
    with store.upkeep() as session:
        period = session.get_one(ReportingPeriod, PERIOD)
        period.opens_on, period.closes_on = clock.today() - timedelta(9), clock.today() + timedelta(9)


def _fill(store: Store) -> None:
    small_country(store)
    with store.write(None) as tx:
        rows = rows_after(tx.session)
        for authority_id, post_id, count in ((NORTH, NORTH_POST, LARGE), (SOUTH, SOUTH_POST, SMALL)):
            for _ in _plan(rows, authority_id, post_id, count):
                if rows.count() > _AT_ONCE:
                    rows.store(tx.session)
        rows.store(tx.session)
        move_sequences(tx.session)
        gather_statistics(tx.session)
        tx.audit("generate", tx.load(ReportingPeriod, PERIOD))


def _plan(rows: Rows, authority_id: int, post_id: int, count: int) -> Iterator[int]:
    """A filed plan, task by task, of which everything was accepted for the first quarter."""
    then = clock.now() - timedelta(200)
    plan = rows.add(WorkPlan, notice_id=1, authority_id=authority_id, year=YEAR)
    filed = {"status": PlanStatus.FILED, "created_at": then, "filed_at": then}
    revision = rows.add(PlanRevision, plan_id=plan, number=1, **filed)
    for number in range(1, count + 1):
        told = {"plan_id": plan, "measure_id": MEASURES[number % 3], "number": number}
        key = rows.add(Task, **told, **_maintained(authority_id))
        said = rows.add(
            TaskRevision, plan_revision_id=revision, task_id=key, title=words(6), post_id=post_id, **_DAYS
        )
        rows.waiting["task"][-1] |= {"revision_id": said, "baseline_revision_id": said}
        update = rows.add(ProgressUpdate, task_id=key, **_accepted(then))
        _measure(rows, said, update, number % 3)
        yield key


_DAYS = {"starts_on": date(YEAR, 1, 1), "due_on": date(YEAR, 12, 31)}


def _maintained(authority_id: int) -> dict[str, Any]:
    standing = {
        "in_force": True,
        "status": TaskStatus.IN_PROGRESS,
        "weight_tenths": 10,
        "latest_permille": 250,
    }
    return {"authority_id": authority_id, "unit_id": authority_id, "year": YEAR, **standing, **_DAYS}


def _accepted(then: Any) -> dict[str, Any]:
    texts = {"progress": words(18), "difficulties": words(6), "next_steps": words(9)}
    steps = ("written_at", "sign_off_requested_at", "signed_off_at", "submitted_at", "accepted_at")
    counts = {"period_id": FIRST_QUARTER, "status": UpdateStatus.ACCEPTED, "completion_permille": 250}
    return {**texts, **counts, **dict.fromkeys(steps, then)}


def _measure(rows: Rows, said: int, update: int, kind: int) -> None:
    """Of three tasks one has a target, one milestones, one a typed percentage."""
    if kind == 0:
        rows.add(
            Target, task_revision_id=said, indicator_id=FAIRS, due_on=_DAYS["due_on"], value=Decimal(1000)
        )
        rows.add(IndicatorActual, update_id=update, indicator_id=FAIRS, value=Decimal(250))
    if kind == 1:
        for number in range(1, 5):
            step = {"number": number, "title": words(4), "due_on": date(YEAR, number * 3, 1)}
            rows.add(Milestone, task_revision_id=said, share_permille=250, **step)
        rows.add(MilestoneReached, update_id=update, milestone_number=1)
