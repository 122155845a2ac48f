"""Who is responsible: appointments by date, vacancies, handovers, and phones that stay masked."""

from datetime import date

import pytest

from db.authorities.scope import NATION, NOBODY
from db.officers import actions as officers
from db.officers.queries import Holder, appointments_frame, holder_on, officers_of, posts_frame
from db.site.actions import change_setting
from db.store import Store
from db.tables import Appointment, Officer, Post
from tests.support.factories import (
    NORTH,
    NORTH_POST,
    SOUTH,
    SOUTH_POST,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.trail import everything, last_event, refusal_of, row
from tracking.permissions import Scope

TODAY = date(YEAR, 3, 20)
APRIL = date(YEAR, 4, 1)
LAST_OF_MARCH = date(YEAR, 3, 31)
OWN = Scope(frozenset({NORTH}))


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


@pytest.fixture
def officer():
    return people().officer


def _appoint(store: Store, **changed) -> int:
    asked = {
        "post_id": NORTH_POST,
        "name": "新人",
        "office_phone": "010-87654321",
        "starts_on": APRIL,
        **changed,
    }
    return officers.appoint_officer(store, by=people().officer, **asked)


def _post(store: Store, on: date = TODAY, scope: Scope = NATION, post_id: int = NORTH_POST):
    frame = posts_frame(store, scope, on=on)
    return frame[frame["post_id"] == post_id].iloc[0]


def test_every_post_says_who_holds_it_since_when_and_for_how_many_open_tasks(store):
    filed_plan(store, fair_task(), typed_task(2))
    post = _post(store)
    assert (post.officer_name, post.since_on, post.open_tasks) == ("officer", date(2020, 1, 1), 2)
    assert (post.office_phone, post.alarm, post.authority_name) == ("010-******78", False, "北省主管部门")
    assert _post(store, post_id=SOUTH_POST).open_tasks == 0


def test_a_completed_task_is_no_open_task(store):
    change_setting(store, by=people().administrator, key="evidence_rule", value="never")
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(10, completion_requested=True, explanation="提前完成"))
    assert _post(store).open_tasks == 0


def test_a_unit_reads_its_own_posts_only(store):
    assert list(posts_frame(store, OWN, on=TODAY)["authority_id"]) == [NORTH]
    assert list(posts_frame(store, NATION, on=TODAY)["authority_id"]) == [NORTH, SOUTH]
    assert list(posts_frame(store, NATION, on=TODAY, authority_id=SOUTH)["authority_id"]) == [SOUTH]
    assert posts_frame(store, NOBODY, on=TODAY).empty
    assert appointments_frame(store, OWN, post_id=SOUTH_POST).empty
    assert officers_of(store, OWN, authority_id=SOUTH).empty


def test_the_people_of_an_authority_are_listed_without_their_numbers(store):
    frame = officers_of(store, OWN, authority_id=NORTH)
    assert list(frame["name"]) == ["officer", "signatory"]
    assert set(frame["office_phone"]) == {"010-******78"}


def test_a_handover_ends_the_tenure_before_and_rewrites_no_day(store):
    filed_plan(store)
    appointment_id = _appoint(store)
    assert holder_on(store, NORTH_POST, LAST_OF_MARCH).name == "officer"
    new = row(store, Appointment, appointment_id).officer_id
    assert holder_on(store, NORTH_POST, APRIL) == Holder(new, "新人", APRIL, None)
    history = appointments_frame(store, NATION, post_id=NORTH_POST)
    assert list(history["starts_on"]) == [APRIL, date(2020, 1, 1)]
    assert list(history["ends_on"]) == [None, LAST_OF_MARCH]
    assert list(history["office_phone"]) == ["010-******21", "010-******78"]
    assert last_event(store).detail == {
        "post_id": NORTH_POST,
        "officer_id": new,
        "previous_officer_id": 1,
        "starts_on": "2026-04-01",
        "open_tasks": 1,
    }


def test_until_its_day_comes_a_handover_changes_nothing(store):
    _appoint(store)
    post = _post(store)
    assert (post.officer_name, post.until_on) == ("officer", LAST_OF_MARCH)
    assert _post(store, on=APRIL).officer_name == "新人"


def test_somebody_known_is_appointed_by_key(store):
    _appoint(store, officer_id=2, name="", office_phone="")
    assert _post(store, on=APRIL).officer_name == "signatory"


def test_a_post_of_ones_own_is_created_once(store, officer):
    post_id = officers.create_post(store, by=officer, authority_id=NORTH, title=" 联络员 ")
    assert row(store, Post, post_id).title == "联络员"
    refused = refusal_of(officers.create_post, store, by=officer, authority_id=NORTH, title="联络员")
    assert refused.fields == ("title",)
    refused = refusal_of(officers.create_post, store, by=officer, authority_id=SOUTH, title="联络员")
    assert refused.messages[0].key == "permission.other_authority"


def test_a_post_nobody_ever_held_is_vacant_and_raises_the_alarm(store, officer):
    post_id = officers.create_post(store, by=officer, authority_id=NORTH, title="联络员")
    post = _post(store, post_id=post_id)
    assert bool(post.alarm)
    assert post[["vacant_since_on", "vacant_days", "officer_name"]].isna().all()
    assert holder_on(store, post_id, TODAY) is None
    _appoint(store, post_id=post_id, starts_on=TODAY)
    assert not _post(store, post_id=post_id).alarm


@pytest.mark.parametrize(("day", "days", "alarm"), [(1, 0, False), (30, 29, False), (31, 30, False)])
def test_a_vacancy_counts_its_days(store, officer, day, days, alarm):
    officers.end_appointment(store, by=officer, appointment_id=1, ends_on=date(YEAR, 4, 30))
    post = _post(store, on=date(YEAR, 5, day))
    assert (post.vacant_since_on, post.vacant_days, bool(post.alarm)) == (date(YEAR, 5, 1), days, alarm)


def test_a_vacancy_longer_than_the_site_allows_raises_the_alarm(store, officer):
    officers.end_appointment(store, by=officer, appointment_id=1, ends_on=date(YEAR, 4, 30))
    assert bool(_post(store, on=date(YEAR, 6, 1)).alarm)
    change_setting(store, by=people().administrator, key="vacancy_days", value=60)
    assert not _post(store, on=date(YEAR, 6, 1)).alarm


@pytest.mark.parametrize("starts_on", [date(2020, 1, 1), date(2019, 6, 1)])
def test_an_appointment_cannot_begin_before_the_tenure_it_ends(store, starts_on):
    before = everything(store)
    refused = refusal_of(_appoint, store, starts_on=starts_on)
    assert refused.fields == ("starts_on",)
    assert refused.messages[0].values == {"earliest": date(2020, 1, 2)}
    assert everything(store) == before


def test_days_that_cannot_be_meant_begin_and_end_no_tenure(store):
    refused = [refusal_of(_appoint, store, starts_on=date.max), refusal_of(_end, store, date.max)]
    assert [one.fields for one in refused] == [("starts_on",), ("ends_on",)]
    assert {one.messages[0].key for one in refused} == {"validation.day_far_off"}


def test_an_appointment_cannot_begin_within_a_tenure_that_is_over(store, officer):
    officers.end_appointment(store, by=officer, appointment_id=1, ends_on=date(YEAR, 3, 1))
    refused = refusal_of(_appoint, store, starts_on=date(YEAR, 3, 1))
    assert refused.messages[0].values == {"earliest": date(YEAR, 3, 2)}
    _appoint(store, starts_on=date(YEAR, 3, 2))
    assert holder_on(store, NORTH_POST, TODAY).name == "新人"
    assert last_event(store).detail["previous_officer_id"] == 1


def test_a_tenure_whose_end_is_known_is_shortened_by_the_next(store, officer):
    officers.end_appointment(store, by=officer, appointment_id=1, ends_on=date(YEAR, 6, 30))
    _appoint(store)
    assert row(store, Appointment, 1).ends_on == LAST_OF_MARCH


def test_a_gap_before_the_next_tenure_stays_a_vacancy(store, officer):
    officers.end_appointment(store, by=officer, appointment_id=1, ends_on=TODAY)
    _appoint(store)
    assert row(store, Appointment, 1).ends_on == TODAY
    assert holder_on(store, NORTH_POST, LAST_OF_MARCH) is None


def test_whoever_holds_a_post_is_not_appointed_again(store):
    refused = refusal_of(_appoint, store, officer_id=1)
    assert refused.messages[0].key == "officer.holds_it_already"


def test_somebody_whose_tenure_ends_may_follow_himself(store, officer):
    officers.end_appointment(store, by=officer, appointment_id=1, ends_on=LAST_OF_MARCH)
    _appoint(store, officer_id=1)
    assert holder_on(store, NORTH_POST, APRIL).officer_id == 1


def test_somebody_of_another_authority_is_not_appointed(store):
    refused = refusal_of(_appoint, store, officer_id=3)
    assert refused.fields == ("officer_id",)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"name": ""}, ("name",)),
        ({"name": "长" * 41, "office_phone": "0" * 31}, ("name", "office_phone")),
        ({"office_phone": "电话"}, ("office_phone",)),
    ],
)
def test_a_name_or_number_that_cannot_be_kept_is_refused(store, changed, fields):
    before = everything(store)
    assert refusal_of(_appoint, store, **changed).fields == fields
    assert everything(store) == before


def test_nobody_registers_for_another_authority(store):
    refused = refusal_of(_appoint, store, post_id=SOUTH_POST)
    assert refused.messages[0].key == "permission.other_authority"


def _end(store: Store, ends_on: date) -> None:
    officers.end_appointment(store, by=people().officer, appointment_id=1, ends_on=ends_on)


def test_a_tenure_ends_after_it_began_and_only_once(store):
    assert refusal_of(_end, store, date(2019, 12, 31)).fields == ("ends_on",)
    _end(store, date(YEAR, 3, 19))
    assert last_event(store).detail["changes"] == {"ends_on": {"before": None, "after": "2026-03-19"}}
    assert refusal_of(_end, store, APRIL).messages[0].key == "officer.tenure_over"


def test_a_tenure_cannot_be_drawn_into_the_next_one(store):
    _appoint(store)
    refused = refusal_of(_end, store, APRIL)
    assert (refused.messages[0].key, refused.fields) == ("officer.next_begins", ("ends_on",))
    _end(store, TODAY)
    assert holder_on(store, NORTH_POST, LAST_OF_MARCH) is None


def test_a_number_is_revealed_to_those_who_may_and_the_trail_says_so_without_it(store, officer):
    assert officers.reveal_phone(store, by=officer, officer_id=2) == "010-12345678"
    assert officers.reveal_phone(store, by=people().member, officer_id=3) == "010-12345678"
    event = last_event(store)
    assert (event.action, event.subject_id, event.authority_id, event.detail) == (
        "reveal_phone",
        3,
        SOUTH,
        {},
    )


@pytest.mark.parametrize("officer_id", [3, 4])
def test_a_unit_does_not_reveal_the_numbers_of_others(store, officer, officer_id):
    before = everything(store)
    refused = refusal_of(officers.reveal_phone, store, by=officer, officer_id=officer_id)
    assert refused.messages[0].key == "permission.other_authority"
    assert everything(store) == before


def test_a_changed_number_is_in_the_store_and_not_in_the_trail(store, officer):
    officers.change_phone(store, by=officer, officer_id=2, office_phone="010-11112222")
    assert row(store, Officer, 2).office_phone == "010-11112222"
    assert last_event(store).detail == {"changed": True}
    officers.change_phone(store, by=officer, officer_id=2, office_phone="010-11112222")
    assert last_event(store).detail == {"changed": False}
    refused = refusal_of(officers.change_phone, store, by=officer, officer_id=2, office_phone="无")
    assert refused.fields == ("office_phone",)
    refused = refusal_of(officers.change_phone, store, by=officer, officer_id=4, office_phone="")
    assert refused.messages[0].key == "permission.other_authority"
