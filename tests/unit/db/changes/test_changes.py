"""What changed between two days: new and cleared reds, new evidence, silent units, posts that changed hands."""

from datetime import date, timedelta

import pytest

from db import clock, migrations
from db.authorities.scope import NATION
from db.changes.queries import (
    new_evidence_frame,
    officer_changes_frame,
    red_changes_frame,
    silent_units_frame,
)
from db.evidence import actions as evidence
from db.figures import summaries
from db.figures.past import keep_past_day
from db.moves.queries import MoveFilter, moves_frame
from db.officers import actions as officers
from db.store import Store
from db.updates import actions as updates
from tests.conftest import lend
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    NORTH_POST,
    SECOND_QUARTER,
    SOUTH,
    YEAR,
    accepted,
    amended,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
)
from tracking.permissions import Scope
from tracking.spans import Span

START = date(YEAR, 2, 1)
ASKED = {"notice_id": 1, "year": YEAR}


def one_task(store: Store) -> None:
    """Five fairs are due by the end of June: without any the task is red from the twentieth of April or so."""
    migrations.upgrade(store)
    with at(START):
        small_country(store)
        filed_plan(store)


@pytest.fixture
def store(databases, tmp_path):
    yield from lend(databases, databases.fresh(one_task, tmp_path / "data"))


def _reds(store: Store, since: date, until: date, scope: Scope = NATION) -> list[tuple[int, str]]:
    summaries.keep_current(store)
    for day in (since, until):
        if day < clock.today():
            keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
    found = red_changes_frame(store, scope, **ASKED, span=Span(since, until))
    return list(zip(found["task_id"], found["change"], strict=True))


GREEN, RED = date(YEAR, 3, 1), date(YEAR, 6, 1)


def test_a_task_that_turned_red_is_new_once(store):
    with at(RED):
        assert _reds(store, GREEN, RED) == [(1, "new")]
        assert _reds(store, RED - timedelta(5), RED) == []
    with at(RED + timedelta(5)):
        assert _reds(store, GREEN, RED) == [(1, "new")]


def test_a_task_that_caught_up_is_cleared(store):
    with at(RED):
        accepted(store, 1, fairs_held(5), SECOND_QUARTER)
    with at(RED + timedelta(1)):
        before = RED - timedelta(1)
        assert _reds(store, before, RED) == [(1, "cleared")]
        assert _reds(store, before, RED + timedelta(1)) == [(1, "cleared")]
        assert _reds(store, before, RED, Scope(frozenset({SOUTH}))) == []


def test_evidence_counts_from_the_day_its_update_reached_the_working_group(store):
    cast, written = people(), date(YEAR, 3, 10)
    with at(written):
        asked = {"by": cast.officer, "task_id": 1, "period_id": FIRST_QUARTER, "row_version": 0}
        update_id = updates.save_progress_update(store, **asked, draft=fairs_held(1))
        evidence.attach_evidence(
            store, by=cast.officer, update_id=update_id, name="证明.pdf", content=b"%PDF-1.7\n"
        )
        updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
        updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    with at(written + timedelta(5)):
        updates.submit_progress_update(store, by=cast.officer, update_id=update_id)
        before = Span(START, written + timedelta(4))
        assert new_evidence_frame(store, NATION, **ASKED, span=before).empty
        (line,) = new_evidence_frame(
            store, NATION, **ASKED, span=Span(before.until, written + timedelta(5))
        ).to_dict("records")
    assert (line["name"], line["task_id"], line["unit_name"], line["files"]) == ("证明.pdf", 1, "北省", 1)


def test_a_unit_is_silent_until_something_comes_from_it(store):
    with at(date(YEAR, 3, 10)):
        whole = Span(START, clock.today())
        (line,) = silent_units_frame(store, NATION, **ASKED, span=whole).to_dict("records")
        assert (line["unit_id"], line["unit_name"], line["tasks"]) == (NORTH, "北省", 1)
        accepted(store, 1, fairs_held(1))
        assert silent_units_frame(store, NATION, **ASKED, span=whole).empty
    with at(date(YEAR, 3, 20)):
        later = Span(date(YEAR, 3, 12), clock.today())
        found = silent_units_frame(store, NATION, **ASKED, span=later)
        assert found["last_reported_on"].tolist() == [date(YEAR, 3, 10)]


def test_a_post_that_changes_hands_is_told_of_both(store):
    day = date(YEAR, 3, 10)
    with at(day):
        officers.appoint_officer(
            store, by=people().officer, post_id=NORTH_POST, starts_on=day, name="接任", office_phone=""
        )
        found = officer_changes_frame(store, NATION, span=Span(START, day))
        said = list(zip(found["officer_name"], found["change"], found["changed_on"], strict=True))
        assert said == [("接任", "began", day), ("officer", "ended", day - timedelta(1))]
        assert officer_changes_frame(store, Scope(frozenset({SOUTH})), span=Span(START, day)).empty
        assert officer_changes_frame(store, NATION, span=Span(day, day + timedelta(1))).empty


def test_the_dates_moved_in_a_span_are_those_of_its_instants(store):
    day = date(YEAR, 3, 10)
    with at(day):
        amended(store, 1, fair_task(due_on=date(YEAR, 11, 30), targets=fair_task().targets[:1]))
    with at(day + timedelta(2)):
        for since, until, count in ((START, day, 1), (day, clock.today(), 0), (START, day - timedelta(1), 0)):
            where = MoveFilter(after=clock.end_of(since), until=clock.end_of(until))
            assert bool(len(moves_frame(store, NATION, **ASKED, where=where))) is bool(count)
