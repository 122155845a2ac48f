"""Extensions on the real store: asked, signed, ruled on, and what each step refuses and leaves behind."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from db import clock
from db.authorities.scope import NATION
from db.figures import summaries
from db.requests import actions as requests
from db.requests.queries import last_request
from db.store import Store
from db.tables import Notification, Task, TaskRequest
from db.tasks.queries import task_frame
from tests.conftest import beginning
from tests.support.factories import (
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    more_time,
    people,
    requested,
    small_country,
)
from tests.support.templates import empty_store
from tests.support.trail import last_event, refusal_of, row
from tracking.requests import Asked
from tracking.vocabulary import Light, RequestKind, RequestStatus

DUE = date(YEAR, 6, 30)
ASKED = more_time(date(YEAR, 9, 30))
DAY = timedelta(1)


def one_that_falls_due(store: Store) -> None:
    empty_store(store)
    with at(date(YEAR, 3, 20)):
        small_country(store)
        filed_plan(store, fair_task(due_on=DUE, targets=fair_task().targets[:1]))


store = beginning(one_that_falls_due)


@pytest.fixture(autouse=True)
def _today(store: Store):
    with at(date(YEAR, 3, 20)):
        yield


@pytest.fixture
def task_id() -> int:
    return 1


def _written(store: Store, task_id: int) -> int:
    return requests.make_request(store, by=people().officer, task_id=task_id, asked=ASKED)


def _keys(refused) -> list[tuple[str, str]]:
    return [(field, message.key) for field, message in zip(refused.fields, refused.messages, strict=True)]


def test_a_request_waits_for_the_signatory_and_is_made_when_it_is_signed(store: Store, task_id: int):
    request_id = _written(store, task_id)
    written = row(store, TaskRequest, request_id)
    assert (written.status, written.requested_at, written.due_on) == (RequestStatus.DRAFT, None, DUE)
    with at(date(YEAR, 4, 1)):
        requests.sign_request(store, by=people().signatory, request_id=request_id)
        signed = row(store, TaskRequest, request_id)
        assert (signed.status, signed.requested_at) == (RequestStatus.REQUESTED, clock.now())
    assert signed.signed_off_by_id == people().signatory.officer_id
    assert last_event(store).action == "sign_extension"


def test_every_fault_of_a_request_is_told_beside_its_field(store: Store, task_id: int):
    refused = refusal_of(
        requests.make_request,
        store,
        by=people().officer,
        task_id=task_id,
        asked=Asked(RequestKind.EXTENSION, " ", DUE),
    )
    assert _keys(refused) == [
        ("requested_due_on", "extension.not_later"),
        ("reason", "validation.required"),
        ("progress", "validation.required"),
    ]


def test_one_request_a_task_is_open_and_after_it_another_may_be_made(store: Store, task_id: int):
    request_id = _written(store, task_id)
    again = {"by": people().officer, "task_id": task_id, "asked": ASKED}
    refused = refusal_of(requests.make_request, store, **again)
    assert _keys(refused) == [("", "request.open_already")]
    requests.withdraw_request(store, by=people().officer, request_id=request_id)
    assert row(store, TaskRequest, request_id).withdrawn_at == clock.now()
    assert requests.make_request(store, **again) > request_id


def test_what_is_finished_needs_none(store: Store, task_id: int):
    accepted(store, task_id, fairs_held(5))
    refused = refusal_of(requests.make_request, store, by=people().officer, task_id=task_id, asked=ASKED)
    assert _keys(refused) == [("", "extension.finished")]


def test_a_request_signed_too_late_is_not_made(store: Store, task_id: int):
    request_id = _written(store, task_id)
    with at(DUE):
        refused = refusal_of(requests.sign_request, store, by=people().signatory, request_id=request_id)
    assert _keys(refused) == [("", "extension.too_late")]
    assert row(store, TaskRequest, request_id).status is RequestStatus.DRAFT


def test_what_is_sent_back_is_over_and_says_why(store: Store, task_id: int):
    request_id = _written(store, task_id)
    asked = {"by": people().signatory, "request_id": request_id}
    refused = refusal_of(requests.send_back_request, store, **asked, reason=" ")
    assert _keys(refused) == [("reason", "review.reason_required")]
    requests.send_back_request(store, **asked, reason="先与主办方核实")
    sent_back = row(store, TaskRequest, request_id)
    assert (sent_back.status, sent_back.ruling) == (RequestStatus.WITHDRAWN, "先与主办方核实")
    assert _told(store) == {"notification.extension_sent_back"}


def _told(store: Store) -> set[str]:
    with store.read() as session:
        told = session.exec(
            select(Notification.message).where(
                col(Notification.link).startswith("extensions?show=waiting&request=")
            )
        )
        return set(told)


def test_a_ruling_after_the_due_date_fixes_an_earlier_day_and_the_light_counts_from_it(
    store: Store, task_id: int
):
    request_id = requested(store, task_id, ASKED.requested_due_on)
    with at(date(YEAR, 7, 10)):
        before = task_frame(store, NATION, notice_id=1, year=YEAR)
        assert before["light"].tolist() == [Light.RED]
        requests.grant_request(
            store,
            by=people().member,
            request_id=request_id,
            granted_due_on=date(YEAR, 8, 31),
            ruling="请抓紧",
        )
        with store.read() as session:
            assert summaries.differences(session, known_at=clock.now()).empty
    task = row(store, Task, task_id)
    assert (task.due_on, task.baseline_due_on) == (date(YEAR, 8, 31), DUE)
    assert task.red_on is not None
    assert task.red_on <= date(YEAR, 9, 1)
    ruled = row(store, TaskRequest, request_id)
    assert (ruled.status, ruled.ruling) == (RequestStatus.GRANTED, "请抓紧")
    assert last_event(store).detail["changes"] == {"due_on": {"before": "2026-06-30", "after": "2026-08-31"}}
    assert _told(store) == {"notification.extension_granted"}


@pytest.mark.parametrize("granted", [DUE, ASKED.requested_due_on + DAY])
def test_a_ruling_stays_between_the_due_date_and_what_was_asked(store: Store, task_id: int, granted: date):
    request_id = requested(store, task_id, ASKED.requested_due_on)
    refused = refusal_of(
        requests.grant_request,
        store,
        by=people().member,
        request_id=request_id,
        granted_due_on=granted,
        ruling="长" * 1001,
    )
    assert _keys(refused) == [
        ("granted_due_on", "extension.outside_request"),
        ("ruling", "validation.too_long"),
    ]


def test_a_refusal_gives_its_reason_and_leaves_the_date(store: Store, task_id: int):
    request_id = requested(store, task_id, ASKED.requested_due_on)
    asked = {"by": people().member, "request_id": request_id}
    assert _keys(refusal_of(requests.refuse_request, store, **asked, reason="")) == [
        ("reason", "review.reason_required")
    ]
    requests.refuse_request(store, **asked, reason="理由不充分")
    refused = row(store, TaskRequest, request_id)
    assert (refused.status, refused.ruling) == (RequestStatus.REFUSED, "理由不充分")
    assert row(store, Task, task_id).due_on == DUE
    assert _told(store) == {"notification.extension_refused"}


def test_what_was_ruled_on_cannot_be_withdrawn(store: Store, task_id: int):
    request_id = requested(store, task_id, ASKED.requested_due_on)
    requests.refuse_request(store, by=people().member, request_id=request_id, reason="理由不充分")
    refused = refusal_of(requests.withdraw_request, store, by=people().officer, request_id=request_id)
    assert _keys(refused) == [("", "workflow.not_allowed")]


def test_the_last_request_is_found_by_its_kind(store: Store, task_id: int):
    request_id = _written(store, task_id)
    for kind, found_id in (
        (None, request_id),
        (RequestKind.EXTENSION, request_id),
        (RequestKind.SUSPENSION, None),
    ):
        found = last_request(store, NATION, task_id=task_id, kind=kind)
        assert (found and found.id) == found_id, kind
