"""An officer's messages, read and unread, and what they choose to be told."""

from datetime import date

import pytest

from db.messages.choices import set_message_choices
from db.messages.inbox import (
    PAGE_LENGTH,
    Choices,
    choices_of,
    message_count,
    messages_frame,
    pages_of,
    unread_count,
)
from db.notifications.actions import read_notifications
from db.notifications.sending import notify_role
from db.store import Store
from db.tables import AuditEvent, MessageChoice, Officer
from tests.support.factories import YEAR, at, people, small_country
from tests.support.trail import only
from tracking.messages import Refusal
from tracking.vocabulary import Role


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def _tell(store: Store, times: int) -> None:
    with store.write(None) as tx:
        for number in range(times):
            notify_role(tx, Role.MEMBER, "notification.plan_filed", "work_plan", year=number)
        tx.audit("tell", tx.load(Officer, 1))


def test_messages_stay_after_they_are_read_and_nobody_sees_anothers(store: Store):
    cast = people()
    _tell(store, 2)
    assert unread_count(store, by=cast.member) == 2
    newest, older = messages_frame(store, by=cast.member, unread_only=True).to_dict("records")
    assert (newest["details"], older["details"]) == ({"year": 1}, {"year": 0})
    read_notifications(store, by=cast.member, notification_ids=[newest["notification_id"]])
    assert message_count(store, by=cast.member, unread_only=True) == 1
    assert message_count(store, by=cast.member, unread_only=False) == 2
    assert unread_count(store, by=cast.officer) == 0


def test_a_long_list_comes_in_pages(store: Store):
    _tell(store, PAGE_LENGTH + 1)
    member = people().member
    assert [pages_of(number) for number in (0, 1, PAGE_LENGTH, PAGE_LENGTH + 1)] == [0, 1, 1, 2]
    first, second = (messages_frame(store, by=member, unread_only=False, page=page) for page in (1, 2))
    assert (len(first), len(second)) == (PAGE_LENGTH, 1)
    assert second["details"].iloc[0] == {"year": 0}


def test_a_choice_is_kept_and_the_address_is_forgotten_with_it_and_never_told_to_the_trail(store: Store):
    by = people().officer
    assert choices_of(store, by=by) == Choices()
    asked = {"by": by, "muted": ["stale", "news"]}
    set_message_choices(store, by_email=True, email=" north@office.test ", **asked)
    assert choices_of(store, by=by) == Choices(True, "north@office.test", frozenset({"stale", "news"}))
    event = only(store, AuditEvent, action="set_message_choices")
    assert event.detail == {"by_email": True, "muted": ["news", "stale"]}
    set_message_choices(store, by_email=False, email="north@office.test", **asked)
    assert only(store, MessageChoice, officer_id=by.officer_id).email is None


def test_an_address_that_is_none_is_refused_only_where_it_is_needed(store: Store):
    by = people().officer
    with pytest.raises(Refusal) as refused:
        set_message_choices(store, by=by, by_email=True, email="north", muted=[])
    assert refused.value.fields == ("email",)
    set_message_choices(store, by=by, by_email=False, email="north", muted=[])
