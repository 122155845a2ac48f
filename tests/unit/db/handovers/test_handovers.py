"""Handing a post over: everything goes in one transaction, the dates alone decide, and no past day is rewritten."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from db.authorities.scope import NATION, NOBODY
from db.handovers import actions as handovers
from db.handovers.actions import cancel_handover, hand_over_post
from db.handovers.items import listed_lines, open_lines
from db.handovers.queries import (
    HandoverFilter,
    handing_authorities,
    handover_counts,
    handover_sheet,
    handovers_frame,
)
from db.home.queries import notifications_frame
from db.officers import actions as officers
from db.officers.queries import holder_on, posts_frame
from db.officers.responsible import responsible_frame
from db.requests import actions as requests
from db.store import NotFound, Store
from db.tables import Account, Appointment, Handover, HandoverItem, ProgressUpdate
from db.updates import actions as updates, reviews
from db.urging import actions as urging
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    NORTH_POST,
    SECOND_QUARTER,
    SOUTH,
    YEAR,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    more_time,
    people,
    reported,
    small_country,
    typed_task,
)
from tests.support.trail import everything, last_event, refusal_of, row
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.vocabulary import HandoverKind, HandoverState

TODAY = date(YEAR, 3, 20)
APRIL = date(YEAR, 4, 1)
MAY = date(YEAR, 5, 1)
# By then an untouched task is far enough behind to be urged.
URGED = date(YEAR, 6, 20)
LAST_OF_MARCH = date(YEAR, 3, 31)
BEGAN = date(2020, 1, 1)
SIGNATORY = 2
OWN = Scope(frozenset({NORTH}), own=frozenset({NORTH}))
ASKED = more_time(date(YEAR + 1, 1, 31))
ABOVE = Scope(None, own=frozenset())


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def _hand_over(store: Store, **changed) -> int:
    asked = {"post_id": NORTH_POST, "effective_on": TODAY, "officer_id": SIGNATORY, **changed}
    return hand_over_post(store, by=people().officer, **asked)


def _cancel(store: Store, handover_id: int = 1, reason: str = "暂缓调整") -> None:
    cancel_handover(store, by=people().officer, handover_id=handover_id, reason=reason)


def _with_account(store: Store, *officer_ids: int) -> None:
    with store.write(None) as tx:
        for key in officer_ids:
            account = tx.add(Account(officer_id=key, sign_in_name=f"n{key}", password_hash="x"))
        tx.audit("plant", account)


def _work_of_every_kind(store: Store) -> None:
    """Six tasks: one untouched, and of the others an update in each unfinished state, and a slip."""
    cast = people()
    tasks = filed_plan(store, fair_task(), *(typed_task(1, title=f"任务{number}") for number in range(2, 7)))
    drafted, asked, signed, returned, submitted = tasks[1:]
    draft = fairs_held(0, actuals={}, typed_permille=100)
    for task_id in (drafted, asked, signed):
        updates.save_progress_update(
            store, by=cast.officer, task_id=task_id, period_id=FIRST_QUARTER, row_version=0, draft=draft
        )
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[2, 3])
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[3])
    sent_back = reported(store, returned, draft)
    reviews.return_progress_update(store, by=cast.member, update_id=sent_back, reason="补充")
    reported(store, submitted, draft)
    requests.make_request(store, by=cast.officer, task_id=drafted, asked=ASKED)
    with at(URGED):
        urging.issue_slips(
            store, by=cast.member, task_ids=tasks[:1], answer_by=URGED + timedelta(10), demand="请报进展"
        )


def _kinds(lines) -> list[tuple[HandoverKind, int]]:
    return [(line.kind, line.task_number) for line in lines]


EVERY_KIND = [
    *((HandoverKind.TASK, number) for number in range(1, 7)),
    (HandoverKind.RETURNED, 5),
    (HandoverKind.DRAFT, 2),
    (HandoverKind.SIGN_OFF, 3),
    (HandoverKind.TO_SUBMIT, 4),
    (HandoverKind.REQUEST, 2),
    (HandoverKind.SLIP, 1),
]


def test_everything_unfinished_goes_with_the_post(store):
    _work_of_every_kind(store)
    before = open_lines(store, OWN, post_id=NORTH_POST)
    assert _kinds(before) == EVERY_KIND
    handover_id = _hand_over(store)
    sheet = handover_sheet(store, OWN, handover_id=handover_id)
    assert _kinds(sheet.lines) == EVERY_KIND
    assert all(line.now == line.state and line.listed for line in sheet.lines)
    assert (holder_on(store, NORTH_POST, TODAY).officer_id, last_event(store).detail["task_items"]) == (
        SIGNATORY,
        6,
    )


def test_who_wrote_a_draft_stays_its_author(store):
    _work_of_every_kind(store)
    _hand_over(store)
    assert row(store, ProgressUpdate, 1).written_by_id == 1


def test_what_has_not_left_the_authority_is_not_told_above_it(store):
    _work_of_every_kind(store)
    handover_id = _hand_over(store)
    unsent = {HandoverKind.DRAFT, HandoverKind.SIGN_OFF, HandoverKind.TO_SUBMIT, HandoverKind.REQUEST}
    for lines in (
        open_lines(store, ABOVE, post_id=NORTH_POST),
        handover_sheet(store, ABOVE, handover_id=handover_id).lines,
    ):
        assert _kinds(lines) == [one for one in EVERY_KIND if one[0] not in unsent]
    assert open_lines(store, NOBODY, post_id=NORTH_POST) == open_lines(store, NATION, post_id=99) == []


def test_another_post_and_another_authority_keep_their_work(store):
    post_id = officers.create_post(store, by=people().officer, authority_id=NORTH, title="副处长")
    filed_plan(store, fair_task(), typed_task(2, post_id=post_id))
    assert _kinds(open_lines(store, OWN, post_id=post_id)) == [(HandoverKind.TASK, 2)]
    assert _kinds(open_lines(store, OWN, post_id=NORTH_POST)) == [(HandoverKind.TASK, 1)]


def test_the_sheet_tells_what_has_become_of_each_item(store):
    cast = people()
    (task_id,) = filed_plan(store)
    updates.save_progress_update(
        store, by=cast.officer, task_id=task_id, period_id=FIRST_QUARTER, row_version=0, draft=fairs_held(3)
    )
    handover_id = _hand_over(store, effective_on=MAY)
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[1])
    assert [line.now for line in handover_sheet(store, OWN, handover_id=handover_id).lines] == [
        "amber",
        "sign_off",
    ]
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[1])
    updates.submit_progress_update(store, by=cast.officer, update_id=1)
    with at(APRIL):
        updates.save_progress_update(
            store,
            by=cast.officer,
            task_id=task_id,
            period_id=SECOND_QUARTER,
            row_version=0,
            draft=fairs_held(4),
        )
    with at(APRIL):
        lines = handover_sheet(store, OWN, handover_id=handover_id).lines
        assert [(line.now, line.listed) for line in lines] == [
            ("amber", True),
            (None, True),
            ("draft", False),
        ]
    with at(MAY):
        assert len(handover_sheet(store, OWN, handover_id=handover_id).lines) == 2


@pytest.mark.parametrize(
    ("effective_on", "state"),
    [
        (TODAY, HandoverState.IN_EFFECT),
        (APRIL, HandoverState.TO_COME),
        (date(YEAR, 2, 1), HandoverState.IN_EFFECT),
        (BEGAN + timedelta(1), HandoverState.IN_EFFECT),
    ],
)
def test_the_day_may_be_today_past_or_to_come(store, effective_on, state):
    _hand_over(store, effective_on=effective_on)
    assert holder_on(store, NORTH_POST, effective_on - timedelta(1)).officer_id == 1
    assert holder_on(store, NORTH_POST, effective_on).officer_id == SIGNATORY
    assert handover_counts(store, OWN)[state] == 1
    [found] = handovers_frame(store, OWN).itertuples()
    assert (found.outgoing_name, found.incoming_name, found.made_by) == ("officer", "signatory", "officer")
    assert (found.handover_state, found.outgoing_until_on) == (state, effective_on - timedelta(1))


def test_it_takes_effect_by_the_dates_alone(store):
    _hand_over(store, effective_on=APRIL)
    with at(LAST_OF_MARCH):
        assert handovers_frame(store, OWN)["handover_state"].tolist() == [HandoverState.TO_COME]
    with at(APRIL):
        assert handovers_frame(store, OWN)["handover_state"].tolist() == [HandoverState.IN_EFFECT]


@pytest.mark.parametrize(
    ("changed", "fields", "key"),
    [
        ({"effective_on": BEGAN}, ("starts_on",), "officer.starts_too_early"),
        ({"officer_id": 1}, ("officer_id",), "handover.same_person"),
        ({"officer_id": 3}, ("officer_id",), "officer.other_authority"),
        ({"officer_id": None}, ("name",), "validation.required"),
        (
            {"officer_id": None, "name": "新人", "office_phone": "无"},
            ("office_phone",),
            "officer.phone_unclear",
        ),
        ({"note": "长" * 501}, ("note",), None),
    ],
)
def test_what_cannot_be_is_refused_in_words_beside_its_field(store, changed, fields, key):
    before = everything(store)
    refused = refusal_of(_hand_over, store, **changed)
    assert refused.fields == fields
    assert key in (None, refused.messages[0].key) or "required" in refused.messages[0].key
    assert everything(store) == before


def test_a_post_that_nobody_held_has_nothing_to_hand_over(store):
    post_id = officers.create_post(store, by=people().officer, authority_id=NORTH, title="联络员")
    assert refusal_of(_hand_over, store, post_id=post_id).messages[0].key == "handover.nobody_yet"


def test_nobody_hands_over_the_post_of_another_authority(store):
    handover_id = _hand_over(store, effective_on=APRIL)
    southerner = people().southerner
    refused = refusal_of(
        hand_over_post, store, by=southerner, post_id=NORTH_POST, effective_on=APRIL, officer_id=1
    )
    assert refused.messages[0].key == "permission.other_authority"
    refused = refusal_of(cancel_handover, store, by=southerner, handover_id=handover_id, reason="误填")
    assert refused.messages[0].key == "permission.other_authority"


def test_a_vacant_post_is_handed_over_by_its_last_holder(store):
    officers.end_appointment(store, by=people().officer, appointment_id=1, ends_on=date(YEAR, 3, 1))
    _hand_over(store)
    assert handovers_frame(store, OWN)["outgoing_name"].tolist() == ["officer"]
    assert holder_on(store, NORTH_POST, date(YEAR, 3, 10)) is None
    assert holder_on(store, NORTH_POST, TODAY).officer_id == SIGNATORY


def test_somebody_new_takes_over_and_both_are_told_who_can_sign_in(store):
    _with_account(store, 1)
    filed_plan(store)
    _hand_over(store, officer_id=None, name="新人", office_phone="010-87654321")
    told = notifications_frame(store, by=people().officer).iloc[0]
    assert (told["message"], told["details"]["name"], told["link"]) == (
        "notification.post_handed_over",
        "新人",
        "handover?handover=1",
    )
    _with_account(store, SIGNATORY)
    _hand_over(store, effective_on=APRIL)
    told = notifications_frame(store, by=people().signatory).iloc[0]
    assert (told["message"], told["details"]) == (
        "notification.post_taken_over",
        {"name": "新人", "items": 1, "post": "处长", "effective_on": "2026-04-01"},
    )


def test_a_handover_to_come_is_cancelled_without_a_trace_in_the_tenures(store):
    _with_account(store, 1, SIGNATORY)
    before = everything(store)["appointment"]
    _hand_over(store, effective_on=APRIL)
    _cancel(store)
    assert everything(store)["appointment"] == before
    [found] = handovers_frame(store, OWN, where=HandoverFilter(state=HandoverState.CANCELLED)).itertuples()
    assert (found.cancelled_by, found.cancel_reason) == ("officer", "暂缓调整")
    assert last_event(store).detail["reason"] == "暂缓调整"
    for by in (people().officer, people().signatory):
        assert notifications_frame(store, by=by).iloc[0]["message"] == "notification.handover_cancelled"


def test_a_cancelled_handover_leaves_the_end_that_was_known_before(store):
    officers.end_appointment(store, by=people().officer, appointment_id=1, ends_on=date(YEAR, 4, 20))
    _hand_over(store, effective_on=APRIL)
    _cancel(store)
    assert row(store, Appointment, 1).ends_on == date(YEAR, 4, 20)
    with at(date(YEAR, 7, 1)):
        [post] = posts_frame(store, OWN, on=date(YEAR, 7, 1)).itertuples()
        assert (post.vacant_since_on, post.alarm) == (date(YEAR, 4, 21), True)


def test_a_cancelled_handover_does_not_undo_an_end_set_since(store):
    _hand_over(store, effective_on=APRIL)
    officers.end_appointment(store, by=people().officer, appointment_id=1, ends_on=TODAY)
    _cancel(store)
    assert row(store, Appointment, 1).ends_on == TODAY


def test_only_the_last_handover_to_come_can_be_cancelled_and_only_once(store):
    first = _hand_over(store, effective_on=APRIL)
    second = _hand_over(store, effective_on=date(YEAR, 5, 1), officer_id=1)
    assert refusal_of(_cancel, store, first).messages[0].key == "handover.followed"
    assert refusal_of(_cancel, store, second, "").fields == ("reason",)
    _cancel(store, second)
    assert refusal_of(_cancel, store, second).messages[0].key == "handover.cancelled_already"
    with at(APRIL):
        assert refusal_of(_cancel, store, first).messages[0].key == "handover.in_effect"
    _cancel(store, first)
    assert row(store, Appointment, 1).ends_on is None


def test_a_handover_that_fails_takes_everything_with_it(store, monkeypatch):
    _work_of_every_kind(store)
    before = everything(store)

    def fails(*_arguments, **_details):
        raise Refusal

    monkeypatch.setattr(handovers, "notify_officers", fails)
    refusal_of(_hand_over, store, officer_id=None, name="新人")
    assert everything(store) == before
    with store.read() as session:
        assert session.exec(select(Handover)).all() == session.exec(select(HandoverItem)).all() == []


def test_the_record_is_read_within_reach_narrowed_and_page_by_page(store):
    first = _hand_over(store)
    second = _hand_over(store, effective_on=APRIL, officer_id=1)
    assert handovers_frame(store, NATION)["handover_id"].tolist() == [second, first]
    assert handovers_frame(store, NATION, page=2, page_size=1)["handover_id"].tolist() == [first]
    to_come = HandoverFilter(state=HandoverState.TO_COME)
    assert handovers_frame(store, OWN, where=to_come)["handover_id"].tolist() == [second]
    assert handovers_frame(store, OWN, where=HandoverFilter(authority_id=SOUTH)).empty
    assert handovers_frame(store, OWN, where=HandoverFilter(post_id=NORTH_POST))["tasks"].tolist() == [0, 0]
    assert handovers_frame(store, NOBODY).empty
    assert (handing_authorities(store, NATION), handing_authorities(store, NOBODY)) == (
        {NORTH: "北省主管部门"},
        {},
    )
    assert handover_counts(store, NATION, authority_id=NORTH) == {
        HandoverState.TO_COME: 1,
        HandoverState.IN_EFFECT: 1,
        HandoverState.CANCELLED: 0,
    }
    assert listed_lines(store, NOBODY, handover_id=first) == listed_lines(store, NATION, handover_id=99) == []
    with pytest.raises(NotFound):
        handover_sheet(store, Scope(frozenset({SOUTH})), handover_id=first)


def test_a_task_tells_who_was_responsible_over_time_and_on_any_day(store):
    with at(date(YEAR, 1, 10)):
        (task_id,) = filed_plan(store)
    _hand_over(store, effective_on=APRIL)
    frame = responsible_frame(store, OWN, task_id=task_id)
    assert [tuple(one) for one in frame.itertuples(index=False)] == [
        ("处长", "officer", date(YEAR, 1, 10), LAST_OF_MARCH),
        ("处长", "signatory", APRIL, None),
    ]
    for on, name in ((date(YEAR, 1, 9), []), (LAST_OF_MARCH, ["officer"]), (APRIL, ["signatory"])):
        assert responsible_frame(store, OWN, task_id=task_id, on=on)["officer_name"].tolist() == name
    assert responsible_frame(store, NOBODY, task_id=task_id).empty
    assert responsible_frame(store, OWN, task_id=99).empty
