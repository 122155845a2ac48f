"""A task stops and goes on as its authority asked and the working group ruled, and what follows everywhere."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from db import clock
from db.authorities.scope import NATION
from db.figures import summaries
from db.figures.queries import cells_frame
from db.home.queries import waiting
from db.messages.reminders import reminders_for
from db.requests import actions as requests
from db.requests.queries import near_due_frame, suspended_frame
from db.store import Store
from db.tables import Notification, Task, TaskRequest, UrgingSlip
from db.tasks.sheets import suspension_of
from db.updates import actions as updates, reviews
from db.urging import actions as urging
from db.urging.candidates import candidates_frame
from tests.conftest import beginning
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    YEAR,
    asked_for,
    at,
    fairs_held,
    filed_plan,
    people,
    reported,
    requested,
    resumed,
    small_country,
    suspended,
    typed_task,
)
from tests.support.templates import empty_store
from tests.support.trail import last_event, only, refusal_of, row, rows
from tracking.permissions import Scope
from tracking.requests import Asked
from tracking.validation import UpdateDraft
from tracking.vocabulary import RequestKind, RequestStatus, SlipStatus, TaskStatus

STOP = Asked(RequestKind.SUSPENSION, "境外安全形势变化")
GO_ON = Asked(RequestKind.RESUMPTION, "形势好转")
DUE = date(YEAR, 12, 31)
DAY = date(YEAR, 3, 20)


def a_country(store: Store) -> None:
    empty_store(store)
    with at(DAY):
        small_country(store)


def one_task(store: Store) -> None:
    a_country(store)
    with at(DAY):
        filed_plan(store)


store = beginning(one_task)
country = beginning(a_country)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY):
        yield


@pytest.fixture
def task_id() -> int:
    return 1


def _key(refused) -> str:
    return refused.messages[0].key


def _told(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.exec(select(Notification.message)))


def test_a_suspension_is_written_signed_and_granted_and_says_by_whom_and_why(store: Store, task_id: int):
    cast = people()
    request_id = requests.make_request(store, by=cast.officer, task_id=task_id, asked=STOP)
    assert row(store, Task, task_id).status is TaskStatus.NOT_STARTED
    requests.sign_request(store, by=cast.signatory, request_id=request_id)
    assert row(store, Task, task_id).status is TaskStatus.NOT_STARTED
    with at(date(YEAR, 4, 1)):
        requests.grant_request(store, by=cast.member, request_id=request_id, ruling="同意")
        stands = suspension_of(store, NATION, task_id=task_id)
        assert (stands.since, stands.reason, stands.ruled_by) == (clock.now(), STOP.reason, "member")
    event = last_event(store)
    assert (event.action, event.subject) == ("grant_suspension", "task_request")
    assert event.detail["changes"] == {"status": {"before": "not_started", "after": "suspended"}}
    ruled = row(store, TaskRequest, request_id)
    assert (ruled.status, ruled.ruling, ruled.due_on) == (RequestStatus.GRANTED, "同意", None)
    assert row(store, Task, task_id).status is TaskStatus.SUSPENDED
    assert _told(store) >= {"notification.suspension_granted"}


def test_a_refusal_leaves_the_task_running_and_is_told(store: Store, task_id: int):
    request_id = asked_for(store, task_id, STOP)
    requests.refuse_request(store, by=people().member, request_id=request_id, reason="理由不充分")
    assert row(store, Task, task_id).status is TaskStatus.NOT_STARTED
    assert suspension_of(store, NATION, task_id=task_id) is None
    assert _told(store) >= {"notification.suspension_refused"}
    assert last_event(store).action == "refuse_suspension"


def test_no_day_is_fixed_for_a_suspension(store: Store, task_id: int):
    granting = {"by": people().member, "request_id": asked_for(store, task_id, STOP)}
    refused = refusal_of(requests.grant_request, store, **granting, granted_due_on=DUE)
    assert (_key(refused), refused.fields) == ("request.names_no_day", ("granted_due_on",))


def test_a_suspended_task_goes_on_as_it_was_asked(store: Store, task_id: int):
    suspended(store, task_id)
    resumed(store, task_id)
    assert row(store, Task, task_id).status is not TaskStatus.SUSPENDED
    assert suspension_of(store, NATION, task_id=task_id) is None
    assert last_event(store).action == "grant_resumption"
    with store.read() as session:
        assert summaries.differences(session, known_at=clock.now()).empty


def test_a_past_day_knows_what_was_suspended_then(store: Store, task_id: int):
    suspended(store, task_id)
    with at(date(YEAR, 4, 10)):
        resumed(store, task_id)
        for known_on, stood in ((date(YEAR, 3, 19), False), (date(YEAR, 4, 9), True), (None, False)):
            found = suspension_of(store, NATION, task_id=task_id, known_on=known_on)
            assert (found is not None) is stood


def test_others_are_not_told_why_a_task_stands_still(store: Store, task_id: int):
    suspended(store, task_id)
    assert suspension_of(store, Scope(frozenset({2})), task_id=task_id) is None


def test_while_suspended_nothing_is_reported_extended_or_suspended_again(store: Store, task_id: int):
    cast = people()
    begun = updates.save_progress_update(
        store,
        by=cast.officer,
        task_id=task_id,
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(1),
    )
    suspended(store, task_id)
    saving = {"task_id": task_id, "period_id": FIRST_QUARTER, "row_version": 1, "draft": fairs_held(2)}
    refused = refusal_of(updates.save_progress_update, store, by=cast.officer, **saving)
    assert _key(refused) == "progress.task_takes_no_reports"
    refused = refusal_of(updates.request_update_sign_off, store, by=cast.officer, update_ids=[begun])
    assert _key(refused) == "progress.task_takes_no_reports"
    for asked, key in (
        (Asked(RequestKind.EXTENSION, "改期", date(YEAR + 1, 1, 31), "已办"), "extension.suspended"),
        (STOP, "suspension.suspended_already"),
    ):
        asking = {"by": cast.officer, "task_id": task_id, "asked": asked}
        assert _key(refusal_of(requests.make_request, store, **asking)) == key


def test_what_was_on_its_way_may_be_ruled_on_but_counts_only_once_the_task_goes_on(
    store: Store, task_id: int
):
    update_id = reported(store, task_id, fairs_held(3))
    suspended(store, task_id)
    reviews.accept_progress_update(store, by=people().member, update_id=update_id)
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert (cell["tasks"], cell["suspended"], cell["done"]) == (0, 1, 0)
    resumed(store, task_id)
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert (cell["tasks"], cell["suspended"], cell["done"]) == (1, 0, 3000)


def test_an_open_slip_ends_and_says_so_and_no_other_is_issued(store: Store, task_id: int):
    member = people().member
    with at(date(YEAR, 9, 1)):
        issuing = {"task_ids": [task_id], "answer_by": date(YEAR, 9, 20), "demand": "请抓紧"}
        (slip_id,) = urging.issue_slips(store, by=member, **issuing)
        suspended(store, task_id)
        slip = row(store, UrgingSlip, slip_id)
        assert (slip.status, slip.closing) == (
            SlipStatus.WITHDRAWN,
            "该任务已批准中止，本催办单随之撤回。",
        )
        assert _told(store) >= {"notification.slip_withdrawn", "notification.suspension_granted"}
        assert candidates_frame(store, NATION, notice_id=1, year=YEAR).empty
        assert _key(refusal_of(urging.issue_slips, store, by=member, **issuing)) == "urging.of_task"
        resumed(store, task_id)
        assert len(candidates_frame(store, NATION, notice_id=1, year=YEAR)) == 1


def test_a_slip_that_is_over_stays_as_it_was(store: Store, task_id: int):
    member = people().member
    with at(date(YEAR, 9, 1)):
        urging.issue_slips(store, by=member, task_ids=[task_id], answer_by=date(YEAR, 9, 20), demand="请抓紧")
        urging.meet_slips(store, by=member, slip_ids=[1])
        suspended(store, task_id)
        assert only(store, UrgingSlip).status is SlipStatus.MET


def test_neither_reminders_nor_the_lists_of_what_waits_speak_of_a_suspended_task(country: Store):
    cast = people()
    (task_id,) = filed_plan(country, typed_task(2, due_on=date(YEAR, 4, 5)))
    update_id = reported(country, task_id, UpdateDraft(typed_permille=100, progress="已开始"))
    reviews.return_progress_update(country, by=cast.member, update_id=update_id, reason="补充")

    def told() -> set[str]:
        lines = waiting(country, Scope(frozenset({NORTH})), cast.officer)
        return {line.kind for line in lines} | {
            str(one.kind) for one in reminders_for(country, by=cast.officer)
        }

    with at(date(YEAR, 4, 3)):
        assert told() >= {"returned_updates", "returned", "due_soon"}
        suspended(country, task_id)
        assert not told() & {"to_report", "returned_updates", "returned", "due_soon", "stale", "overdue"}


def test_tasks_are_offered_for_what_may_be_asked_of_them(country: Store):
    day = date(YEAR, 4, 10)
    stopped, running = filed_plan(country, typed_task(2, due_on=day), typed_task(3, due_on=day))
    suspended(country, stopped)
    assert near_due_frame(country, NATION, notice_id=1)["task_id"].tolist() == [running]
    assert suspended_frame(country, NATION, notice_id=1)["task_id"].tolist() == [stopped]
    asked_for(country, stopped, GO_ON)
    assert suspended_frame(country, NATION, notice_id=1).empty
    requested(country, running, date(YEAR, 4, 30))
    assert near_due_frame(country, NATION, notice_id=1).empty
    assert len(rows(country, TaskRequest, status=RequestStatus.REQUESTED)) == 2


def test_what_waits_is_told_to_whoever_has_to_act(store: Store, task_id: int):
    cast = people()

    def lines(by) -> dict[str, int]:
        found = {line.kind: line.count for line in waiting(store, NATION, by)}
        return {kind: count for kind, count in found.items() if kind.startswith("requests")}

    request_id = requests.make_request(store, by=cast.officer, task_id=task_id, asked=STOP)
    assert (lines(cast.signatory), lines(cast.member)) == ({"requests_to_sign": 1}, {})
    requests.sign_request(store, by=cast.signatory, request_id=request_id)
    assert (lines(cast.signatory), lines(cast.member)) == ({}, {"requests_to_rule": 1})
    requests.grant_request(store, by=cast.member, request_id=request_id)
    assert lines(cast.officer) == {"requests_ruled": 1}
    with at(date(YEAR, 3, 20) + timedelta(10)):
        assert lines(cast.officer) == {}
