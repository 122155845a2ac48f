"""Reading the register of moved dates and the requests for extension: whose, which, and what they come to."""

from dataclasses import replace
from datetime import date

import pytest

from db import clock
from db.authorities.scope import NATION, NOBODY, scope_of
from db.home.queries import waiting
from db.home.waiting import waiting_counts
from db.ledger.exports import export_moves
from db.moves.queries import (
    MoveFilter,
    MoveTotals,
    move_totals,
    moves_by_measure_frame,
    moves_by_unit_frame,
    moves_frame,
    task_moves_frame,
)
from db.plans.queries import plan_sheet
from db.requests import actions as requests
from db.requests.queries import (
    last_request,
    near_due_frame,
    open_requests_frame,
    past_requests_frame,
    request_of,
    standing_of,
)
from db.store import NotFound, Store
from tests.conftest import beginning
from tests.support.factories import (
    NORTH,
    YEAR,
    accepted,
    amended,
    at,
    draft_plan,
    fair_task,
    filed_plan,
    more_time,
    people,
    requested,
    small_country,
    typed_task,
)
from tests.support.templates import empty_store
from tests.support.trail import last_event
from tracking.permissions import Scope
from tracking.validation import UpdateDraft
from tracking.vocabulary import Light, MoveCause, MoveKind

DAY = date(YEAR, 3, 20)
DUE, LATER, LATEST = date(YEAR, 4, 30), date(YEAR, 6, 30), date(YEAR, 8, 31)
OF_YEAR = {"notice_id": 1, "year": YEAR}
FIRST, SECOND = typed_task(1, due_on=DUE), typed_task(3, due_on=LATEST)


def a_country(store: Store) -> None:
    empty_store(store)
    with at(DAY):
        small_country(store)


def two_that_moved(store: Store) -> None:
    """The first amended by 61 days and extended by 31 of them, the second brought forward by 62 days."""
    a_country(store)
    with at(DAY):
        tasks = filed_plan(store, FIRST, SECOND)
        amended(store, 1, replace(FIRST, due_on=LATER))
        granted = {"by": people().member, "request_id": requested(store, tasks[0], LATEST)}
        requests.grant_request(store, **granted, granted_due_on=date(YEAR, 5, 31))
        amended(store, 1, replace(SECOND, due_on=LATER), number=2)


store = beginning(two_that_moved)
country = beginning(a_country)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY):
        yield


@pytest.fixture
def tasks() -> list[int]:
    return [1, 2]


def test_the_register_says_who_moved_what_when_why_and_how_often(store: Store, tasks: list[int]):
    lines = moves_frame(store, NATION, **OF_YEAR)
    columns = ["task_id", "kind", "from_on", "to_on", "days", "cause", "changes_light", "times", "delay_days"]
    assert lines[columns].to_numpy().tolist() == [
        [tasks[1], MoveKind.DUE, LATEST, LATER, -62, MoveCause.AMENDMENT, False, 1, 0],
        [tasks[0], MoveKind.DUE, DUE, date(YEAR, 5, 31), 31, MoveCause.EXTENSION, True, 2, 61],
        [tasks[0], MoveKind.DUE, DUE, LATER, 61, MoveCause.AMENDMENT, False, 2, 61],
    ]
    assert lines["asked_by"].tolist() == ["officer"] * 3
    assert lines["decided_by"].tolist() == ["member"] * 3
    assert lines["reason"].tolist() == ["展会改期"] * 3
    assert set(lines["moved_on"]) == {date(YEAR, 3, 20)}
    assert lines["due_on"].tolist() == [LATEST, date(YEAR, 5, 31), date(YEAR, 5, 31)]


def test_the_delay_of_what_is_finished_ends_where_it_was_reported(store: Store, tasks: list[int]):
    with at(date(YEAR, 5, 5)):
        accepted(store, tasks[0], UpdateDraft(typed_permille=1000, progress="全部完成"), 2)
    with at(date(YEAR, 7, 20)):
        lines = moves_frame(store, NATION, **OF_YEAR)
        assert lines["delay_days"].tolist() == [0, 5, 5]
        assert lines["light"].tolist()[1:] == [Light.GREEN] * 2


def test_totals_count_moves_tasks_and_the_median_of_days(store: Store, tasks: list[int]):
    assert move_totals(store, NATION, **OF_YEAR) == MoveTotals(3, 1, 2, 1, 1, 31)
    assert move_totals(store, NATION, **OF_YEAR).amendments == 2
    assert move_totals(store, NATION, notice_id=1, year=YEAR + 1) == MoveTotals(0, 0, 0, 0, 0, None)


@pytest.mark.parametrize(
    ("where", "days"),
    [
        (MoveFilter(unit_id=NORTH), [-62, 31, 61]),
        (MoveFilter(unit_id=NORTH + 1), []),
        (MoveFilter(measure_id=3), [-62]),
        (MoveFilter(kind=MoveKind.START), []),
        (MoveFilter(cause=MoveCause.EXTENSION), [31]),
        (MoveFilter(cause=MoveCause.AMENDMENT), [-62, 61]),
        (MoveFilter(repeated=True), [31, 61]),
    ],
)
def test_the_register_is_narrowed(store: Store, tasks: list[int], where: MoveFilter, days: list[int]):
    assert moves_frame(store, NATION, **OF_YEAR, where=where)["days"].tolist() == days
    assert move_totals(store, NATION, **OF_YEAR, where=where).moves == len(days)


def test_a_long_register_is_read_page_by_page(
    store: Store, tasks: list[int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("db.moves.queries.ON_A_PAGE", 2)
    pages = [moves_frame(store, NATION, **OF_YEAR, page=page)["days"].tolist() for page in (1, 2, 3)]
    assert pages == [[-62, 31], [61], []]


def test_moves_are_counted_by_unit_and_by_measure(store: Store, tasks: list[int]):
    rows = moves_by_unit_frame(store, NATION, **OF_YEAR).to_numpy().tolist()
    assert rows == [[NORTH, "北省", 1, 2]]
    rows = moves_by_measure_frame(store, NATION, **OF_YEAR).to_numpy().tolist()
    assert rows == [[1, "举措1", 1, 1], [3, "举措3", 0, 1]]


def test_nobody_reads_moves_out_of_reach(store: Store, tasks: list[int]):
    assert moves_frame(store, NOBODY, **OF_YEAR).empty
    assert task_moves_frame(store, NOBODY, task_id=tasks[0]).empty
    for known_on, days in ((None, [31, 61]), (date(YEAR, 3, 20), [31, 61]), (date(YEAR, 3, 19), [])):
        found = task_moves_frame(store, NATION, task_id=tasks[0], known_on=known_on)
        assert found["days"].tolist() == days
    assert export_moves(
        store, by=people().southerner, **OF_YEAR, where=MoveFilter(), file_format="xlsx"
    ).empty


def test_that_the_register_was_taken_is_kept(store: Store, tasks: list[int]):
    where = MoveFilter(kind=MoveKind.DUE, repeated=True)
    lines = export_moves(store, by=people().leader, **OF_YEAR, where=where, file_format="xlsx")
    assert lines["days"].tolist() == [31, 61]
    event = last_event(store)
    assert (event.action, event.subject) == ("export_moves", "notice")
    assert event.detail == {"year": YEAR, "file_format": "xlsx", "kind": "due", "repeated": True}


OWN = Scope(None, own=frozenset({NORTH}))
OTHERS = Scope(None, own=frozenset())
ASKED = more_time(LATER)


def test_what_is_not_signed_stays_in_its_authority(country: Store):
    (task_id,) = filed_plan(country, FIRST)
    cast = people()
    request_id = requests.make_request(country, by=cast.officer, task_id=task_id, asked=ASKED)
    for scope, seen in ((OWN, [request_id]), (OTHERS, [])):
        assert open_requests_frame(country, scope, notice_id=1)["request_id"].tolist() == seen
        found = last_request(country, scope, task_id=task_id)
        assert [found.id] * len(seen) == seen if found else seen == []
    with pytest.raises(NotFound):
        request_of(country, OTHERS, request_id=request_id)
    requests.sign_request(country, by=cast.signatory, request_id=request_id)
    row = request_of(country, OTHERS, request_id=request_id)
    assert (row.author, row.signatory, row.requested_due_on) == ("officer", "signatory", LATER)


def test_what_is_over_is_kept_apart(country: Store):
    (task_id,) = filed_plan(country, FIRST)
    request_id = requested(country, task_id, LATER)
    assert past_requests_frame(country, NATION, notice_id=1).empty
    requests.refuse_request(country, by=people().member, request_id=request_id, reason="不充分")
    assert open_requests_frame(country, NATION, notice_id=1).empty
    assert past_requests_frame(country, NATION, notice_id=1)["ruling"].tolist() == ["不充分"]


def test_tasks_that_fall_due_soon_are_offered_until_somebody_asks(country: Store):
    tasks = filed_plan(country, FIRST, SECOND)
    near = near_due_frame(country, NATION, notice_id=1)
    assert near.to_numpy().tolist() == [[tasks[0], 1, 1, "任务1", DUE]]
    requested(country, tasks[0], LATER)
    assert near_due_frame(country, NATION, notice_id=1).empty
    with at(DUE):
        assert near_due_frame(country, NATION, notice_id=1).empty


def test_a_light_hangs_on_the_task_and_its_baseline(store: Store, tasks: list[int]):
    standing = standing_of(store, NATION, task_id=tasks[0])
    due_on = date(YEAR, 5, 31)
    assert (standing.task.due_on, standing.schedule.line.points[-1]) == (due_on, (due_on, 1000))
    for scope, task_id in ((NOBODY, tasks[0]), (NATION, 999)):
        with pytest.raises(NotFound):
            standing_of(store, scope, task_id=task_id)


def test_nothing_is_expected_before_today_of_a_task_whose_plan_was_never_filed(store: Store):
    revision_id = draft_plan(store, people().southerner, fair_task(post_id=None))
    (task,) = plan_sheet(store, NATION, revision_id=revision_id).tasks
    standing = standing_of(store, NATION, task_id=task.task_id)
    assert (standing.title, standing.schedule.starts_on) == ("", clock.today())


def test_requests_wait_for_the_signatory_then_the_member_then_tell_the_officer(country: Store):
    (task_id,) = filed_plan(country, FIRST)
    cast = people()

    def lines(by) -> dict[str, int]:
        found = {line.kind: line.count for line in waiting(country, scope_of(country, by), by)}
        return {kind: count for kind, count in found.items() if kind.startswith("requests")}

    request_id = requests.make_request(country, by=cast.officer, task_id=task_id, asked=ASKED)
    assert [lines(by) for by in (cast.officer, cast.signatory, cast.member)] == [
        {},
        {"requests_to_sign": 1},
        {},
    ]
    assert waiting_counts(country, by=cast.signatory)["extensions"] == 1
    requests.sign_request(country, by=cast.signatory, request_id=request_id)
    assert lines(cast.member) == {"requests_to_rule": 1}
    assert waiting_counts(country, by=cast.member)["extensions"] == 1
    requests.refuse_request(country, by=cast.member, request_id=request_id, reason="不充分")
    assert lines(cast.officer) == {"requests_ruled": 1}
    with at(date(YEAR, 3, 28)):
        assert lines(cast.officer) == {}
    assert waiting_counts(country, by=cast.member)["extensions"] == 0
