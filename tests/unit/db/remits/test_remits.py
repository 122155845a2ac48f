"""What members look after: their queue, desk, counts and reminders follow, and what nobody looks after is everybody's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.accounts.actions import create_account
from db.authorities.scope import NATION
from db.home.queries import waiting
from db.home.waiting import waiting_counts
from db.identity import SignedIn
from db.messages.reminders import reminders_for
from db.plans.queries import plans_frame
from db.remits import actions as acts
from db.remits.queries import authorities_minded, body_of, minding, remits_frame
from db.remits.rows import RemitRow
from db.store import Store
from db.tables import Account, AuditEvent
from db.typed_rows import rows_as
from db.updates.queues import waiting_index
from tests.conftest import beginning
from tests.support.factories import (
    NORTH,
    SOUTH,
    TOWN,
    YEAR,
    at,
    draft_plan,
    fair_task,
    fairs_held,
    filed_plan,
    hand_in,
    people,
    reported,
    small_country,
    typed_task,
)
from tests.support.trail import only, refusal_of
from tests.unit.db.test_typed_rows import misfits
from tracking.validation import UpdateDraft
from tracking.vocabulary import Body, Role

DAY = date(YEAR, 3, 20)
FIRST_MEMBER, SECOND_MEMBER = 4, 7


def _begin(store: Store) -> None:
    with at(DAY):
        small_country(store)
        create_account(store, by=None, sign_in_name="member.one", officer_id=FIRST_MEMBER)
        create_account(store, by=None, sign_in_name="member.two", name="second", roles=[Role.MEMBER])
        fairs, typed = filed_plan(store, fair_task(), typed_task(2))
        reported(store, fairs, fairs_held(1))
        reported(store, typed, UpdateDraft(typed_permille=100, progress="推进"))


store = beginning(_begin)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY):
        yield


def secadmin() -> SignedIn:
    return SignedIn(6, "安全", None, frozenset({Role.SECURITY_ADMINISTRATOR}), "sec")


def first() -> SignedIn:
    return people().member


def second() -> SignedIn:
    return replace(first(), officer_id=SECOND_MEMBER, name="second")


def given(store: Store, officer_id: int = FIRST_MEMBER, starts_on: date = DAY, **named: int) -> int:
    return acts.give_remit(store, by=secadmin(), officer_id=officer_id, starts_on=starts_on, **named)


def queued(store: Store, by: SignedIn) -> int:
    return len(waiting_index(store, minding(store, by, NATION), notice_id=1))


def test_without_remits_everybody_looks_after_everything(store: Store):
    assert minding(store, first(), NATION) == NATION
    assert (queued(store, first()), queued(store, second())) == (2, 2)


def test_a_measure_is_in_the_queue_of_whoever_looks_after_it_and_the_rest_in_everybodys(store: Store):
    given(store, measure_id=1)
    assert (queued(store, first()), queued(store, second())) == (2, 1)
    assert waiting_counts(store, by=second())["review"] == 1
    scope = minding(store, second(), NATION)
    assert next(one for one in waiting(store, scope, second()) if one.kind == "updates_to_review").count == 1
    assert next(one for one in waiting(store, NATION, second()) if one.kind == "updates_to_review").count == 2
    assert minding(store, people().leader, NATION) == NATION


def test_a_unit_is_looked_after_with_its_plans_and_its_reminders(store: Store):
    given(store, authority_id=NORTH)
    assert (queued(store, first()), queued(store, second())) == (2, 0)
    revision = draft_plan(store, replace(people().officer, authority_id=TOWN), fair_task())
    hand_in(store, people(), revision)
    for by, plans in ((first(), 2), (second(), 0)):
        assert len(plans_frame(store, minding(store, by, NATION), notice_id=1)) == plans
    with store.read() as session:
        assert authorities_minded(session, FIRST_MEMBER) is None
        assert authorities_minded(session, SECOND_MEMBER) == {SOUTH}
    assert {one.kind for one in reminders_for(store, by=second())} < {
        one.kind for one in reminders_for(store, by=first())
    }


def test_a_remit_begins_later_ends_today_and_goes_with_the_account(store: Store):
    key = given(store, starts_on=DAY + timedelta(1), authority_id=NORTH)
    assert queued(store, second()) == 2
    with at(DAY + timedelta(2)):
        assert queued(store, second()) == 0
        acts.end_remit(store, by=secadmin(), remit_id=key)
        assert queued(store, second()) == 0
        assert refusal_of(acts.end_remit, store, by=secadmin(), remit_id=key).messages[0].key == "remit.over"
    with at(DAY + timedelta(3)):
        assert queued(store, second()) == 2
        given(store, starts_on=DAY + timedelta(3), authority_id=NORTH)
        with store.write(None) as tx:
            account = tx.load(Account, 1)
            account.active = False
            tx.audit("plant", account)
        assert queued(store, second()) == 2


def test_what_a_member_looks_after_is_listed_with_its_days(store: Store):
    given(store, measure_id=1, authority_id=SOUTH)
    frame = remits_frame(store, officer_id=FIRST_MEMBER)
    (found,) = rows_as(RemitRow, frame)
    assert (found.measure_number, found.unit_name, found.starts_on) == (1, "南市", DAY)
    assert misfits(RemitRow, frame) == []
    assert only(store, AuditEvent, action="give_remit").detail["of_officer"] == "member"


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({}, "remit.of_nothing"),
        ({"measure_id": 1, "officer_id": 1}, "remit.not_a_member"),
        ({"measure_id": 1, "starts_on": DAY - timedelta(1)}, "remit.begins_before"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(store: Store, asked: dict, key: str):
    assert refusal_of(given, store, **asked).messages[0].key == key


def test_members_belong_to_a_body(store: Store):
    assert body_of(store, officer_id=FIRST_MEMBER) is None
    acts.set_body(store, by=secadmin(), officer_id=FIRST_MEMBER, body=Body.MIIT)
    assert body_of(store, officer_id=FIRST_MEMBER) is Body.MIIT
    assert body_of(store, officer_id=99) is None
