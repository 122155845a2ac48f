"""The sample is as alive on any day of the year as on an ordinary one."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from db import migrations, seed
from db.clock import end_of
from db.figures import summaries
from db.figures.history import history_of
from db.periods.queries import year_in_hand
from db.seed.days import winds_up
from db.site.thresholds import read_light_rule
from db.store import Store
from db.tables import Task
from tests.support.databases import SqliteFiles
from tests.support.factories import at
from tests.support.years import ORDINARY
from tests.unit.seed.conftest import Ask, asker
from tests.unit.seed.test_sample import INSTANTS
from tracking.figures.task_facts import LAST, facts_at
from tracking.vocabulary import (
    CorrectionStatus,
    DifficultyStatus,
    Light,
    RequestStatus,
    SlipStatus,
    TaskStatus,
    UpdateStatus,
)

DAYS = [
    ORDINARY,
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 1, 20),
    date(2027, 2, 14),  # the last on which the old year is in hand
    date(2027, 2, 15),
    date(2028, 2, 29),
    date(2027, 3, 31),
]
# Where less than this share of the tasks has a light, or fewer than so many things are in a state, nobody finds one.
SEEN, ENOUGH = 0.01, 3
STATES = {
    "progress_update": set(UpdateStatus),
    "task_request": set(RequestStatus) - {RequestStatus.DRAFT},
    "urging_slip": set(SlipStatus),
    "difficulty": set(DifficultyStatus),
    "correction": set(CorrectionStatus) - {CorrectionStatus.WITHDRAWN},
}


@pytest.fixture(params=DAYS, ids=str, scope="module")
def loaded(request: pytest.FixtureRequest, sqlite_files: SqliteFiles, tmp_path_factory) -> tuple[Store, date]:
    def sample_of_that_day(store: Store) -> None:
        migrations.upgrade(store)
        seed.load_sample(store, request.param)

    sample_of_that_day.__name__ = f"sample_of_{request.param}"
    folder: Path = tmp_path_factory.mktemp("any_day") / "data"
    return sqlite_files.fresh(sample_of_that_day, folder), request.param


@pytest.fixture
def day(loaded: tuple[Store, date]) -> date:
    return loaded[1]


@pytest.fixture
def ask(loaded: tuple[Store, date]) -> Ask:
    return asker(loaded[0])


def _year(loaded: tuple[Store, date]) -> int:
    return year_in_hand(loaded[0], notice_id=1, on=loaded[1])


def test_the_latest_period_is_open_and_has_reports_in_every_state(ask: Ask, day: date) -> None:
    [(period_id, status, closes_on)] = ask(
        f"SELECT id, status, closes_on FROM reporting_period WHERE starts_on <= '{day}' ORDER BY starts_on DESC LIMIT 1"
    )
    assert (status, closes_on >= str(day)) == ("open", True)
    assert ask("SELECT count(*) FROM reporting_period WHERE status = 'closed'")[0] > 0
    found = dict(
        ask(f"SELECT status, count(*) FROM progress_update WHERE period_id = {period_id} GROUP BY status")
    )
    assert found.keys() == set(UpdateStatus)
    assert min(found.values()) > ENOUGH


def test_every_light_is_lit(loaded: tuple[Store, date]) -> None:
    store, day = loaded
    with store.read() as session:
        history = history_of(session, Task.year == _year(loaded), known_at=end_of(day))
        lights = facts_at(history, number=LAST, as_of_on=day, rule=read_light_rule(session))["light"]
    shares = lights.value_counts(normalize=True)
    # Tasks begin within the year of their plan, so at its end none is left that has not.
    none_left = {Light.GREY} if winds_up(day) else set()
    assert {light for light, share in shares.items() if share > SEEN} == set(Light) - none_left
    assert shares[Light.RED] < 0.35


def test_things_are_overdue_and_due_soon(loaded: tuple[Store, date], ask: Ask, day: date) -> None:
    unfinished = (
        f"SELECT count(*) FROM task WHERE in_force AND year = {_year(loaded)}"
        f" AND status NOT IN ('{TaskStatus.COMPLETED}', '{TaskStatus.SUSPENDED}')"
    )
    assert ask(f"{unfinished} AND due_on < '{day}'")[0] > ENOUGH
    assert ask(f"{unfinished} AND due_on BETWEEN '{day}' AND '{day + timedelta(14)}'")[0] > ENOUGH


def test_everything_else_is_there_in_every_state(ask: Ask) -> None:
    found = {table: set(ask(f"SELECT DISTINCT status FROM {table}")) for table in STATES}
    assert {table: set(map(str, states)) - found[table] for table, states in STATES.items()} == {
        table: set() for table in STATES
    }


def test_zhejiang_finds_its_work_on_its_home_page(loaded: tuple[Store, date], ask: Ask) -> None:
    of_zhejiang = "JOIN task t ON t.id = x.task_id JOIN authority a ON a.id = t.authority_id"
    here = f"{of_zhejiang} WHERE a.code = '330000'"
    assert ask(f"SELECT count(*) FROM urging_slip x {here} AND x.status = 'issued'")[0] > 0
    assert ask(f"SELECT count(*) FROM difficulty x {here} AND x.status = 'answered'")[0] > 0
    to_report = (
        f"SELECT count(*) FROM task t JOIN authority a ON a.id = t.authority_id WHERE a.code = '330000'"
        f" AND t.in_force AND t.year = {_year(loaded)} AND t.status IN ('not_started', 'in_progress')"
    )
    assert ask(to_report) == [30]


def test_nothing_has_happened_today_or_later(ask: Ask, day: date) -> None:
    last = str(end_of(day - timedelta(1)).replace(tzinfo=None))
    newest = {
        f"{table}.{column}": str(ask(f"SELECT max({column}) FROM {table}")[0])
        for table, columns in INSTANTS.items()
        for column in columns
    }
    assert {name: at for name, at in newest.items() if at > last} == {}


def test_nothing_is_corrected_or_put_on_paper_before_it_was_published(ask: Ask) -> None:
    corrected = (
        "SELECT count(*) FROM correction c JOIN progress_update u ON u.id = c.update_id"
        " JOIN reporting_period p ON p.id = u.period_id WHERE c.written_at <= p.frozen_at"
    )
    briefed = (
        "SELECT count(*) FROM briefing_version v JOIN briefing b ON b.id = v.briefing_id"
        " JOIN reporting_period p ON p.id = b.period_id WHERE v.written_at <= p.frozen_at"
    )
    signed = (
        "SELECT count(*) FROM attestation x JOIN reporting_period p ON p.id = x.period_id"
        " WHERE x.made_at <= p.frozen_at"
    )
    assert [ask(statement)[0] for statement in (corrected, briefed, signed)] == [0, 0, 0]


def test_summaries_equal_their_recomputation(loaded: tuple[Store, date]) -> None:
    store, day = loaded
    with at(day), store.read() as session:
        assert summaries.differences(session, known_at=end_of(day)).empty
