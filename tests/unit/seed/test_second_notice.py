"""The sample with a second, invented notice beside the first."""

import pytest

from db import migrations, seed
from db.clock import end_of
from db.figures import summaries
from db.reference.queries import notices_frame, units_frame
from db.store import Store
from tests.conftest import beginning
from tests.unit.seed.conftest import DAY, Ask, asker


def two_notices(store: Store) -> None:
    migrations.upgrade(store)
    seed.load_sample(store, DAY, two_notices=True)


@pytest.fixture
def ask(store: Store) -> Ask:
    return asker(store)


store = beginning(two_notices)


def test_the_first_notice_stays_the_one_that_pages_open_with(store: Store) -> None:
    numbers = list(notices_frame(store)["number"])
    assert numbers == ["工信部联企业〔2017〕191号", f"示例〔{DAY.year}〕1号"]


def test_it_has_three_measures_and_addresses_twelve_units_of_three_kinds(store: Store) -> None:
    units = units_frame(store, on=DAY, notice_id=2)
    addressed = units[units["reports"]]
    assert len(addressed) == 12
    assert set(addressed["kind"]) == {"province", "separate_plan_city", "ccpit_local"}


def test_every_unit_that_it_addresses_has_a_plan_and_most_have_reported(ask: Ask) -> None:
    tasks = "FROM task t JOIN work_plan w ON w.id = t.plan_id WHERE w.notice_id = 2 AND t.in_force"
    assert ask(f"SELECT count(*), count(DISTINCT t.authority_id), count(DISTINCT t.measure_id) {tasks}") == [
        (36, 12, 3)
    ]
    reported = (
        f"SELECT count(DISTINCT u.task_id) FROM progress_update u WHERE u.task_id IN (SELECT t.id {tasks})"
    )
    assert ask(reported)[0] > 24


def test_it_shares_one_indicator_with_the_first(ask: Ask) -> None:
    shared = (
        "SELECT own.notice_id, other.notice_id FROM indicator_share s"
        " JOIN indicator i ON i.id = s.indicator_id JOIN measure own ON own.id = i.measure_id"
        " JOIN indicator o ON o.id = s.same_as_id JOIN measure other ON other.id = o.measure_id"
        " WHERE i.name = o.name"
    )
    assert ask(shared) == [(2, 1)]


def test_summaries_equal_their_recomputation(store: Store) -> None:
    with store.read() as session:
        assert summaries.differences(session, known_at=end_of(DAY)).empty
