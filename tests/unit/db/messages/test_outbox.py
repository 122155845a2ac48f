"""Digests: once a working day for each person and system, taken by one, tried again, given up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from db.messages import outbox, webhooks
from db.messages.choices import set_message_choices
from db.site.actions import announce_year
from db.store import Store
from db.tables import Account, AuditEvent, Channel, Delivery, RoleGrant
from db.updates import reviews
from tests.conftest import beginning
from tests.support.factories import YEAR, at, fairs_held, filed_plan, people, reported, small_country
from tests.support.templates import empty_store
from tests.support.trail import only, rows
from tracking.backoff import ATTEMPTS
from tracking.reminders import ReminderKind
from tracking.vocabulary import Role
from tracking.webhooks import WebhookFormat

FRIDAY, SATURDAY, MONDAY = date(YEAR, 3, 20), date(YEAR, 3, 21), date(YEAR, 3, 23)
SECRET = "a-secret-of-enough-length"


def returned_update(store: Store) -> None:
    """A returned update, an officer and a member who chose e-mail, and one webhook."""
    empty_store(store)
    _reach_the_mail(store)
    with at(FRIDAY):
        small_country(store)
        cast = people()
        with store.write(None) as tx:
            for officer_id, name in ((1, "north"), (4, "member"), (5, "leader")):
                account = tx.add(Account(officer_id=officer_id, sign_in_name=name, password_hash="x"))
            # A member who also signs for the north is still told of the whole country.
            tx.add(RoleGrant(officer_id=4, role=Role.SIGNATORY, granted_at=tx.now))
            tx.audit("plant", account)
        for by in (cast.officer, cast.member, cast.leader):
            set_message_choices(store, by=by, by_email=True, email=f"{by.name}@office.test", muted=["stale"])
        webhooks.add_webhook(
            store,
            by=cast.administrator,
            name="系统",
            target=WebhookFormat.GENERAL,
            address="https://system.test/hook",
            secret=SECRET,
        )
        (task_id,) = filed_plan(store)
        update_id = reported(store, task_id, fairs_held(1))
        reviews.return_progress_update(store, by=cast.member, update_id=update_id, reason="补充")


store = beginning(returned_update)


@pytest.fixture(autouse=True)
def _friday(store: Store):
    _reach_the_mail(store)
    with at(FRIDAY):
        yield


def _reach_the_mail(store: Store) -> None:
    store.settings.smtp_host, store.settings.mail_from = "mail.test", "tracker@office.test"


KEYS = [f"email:1:{FRIDAY}", f"webhook:1:{FRIDAY}"]


def test_everybody_of_whom_there_is_something_to_tell_has_one_digest_a_day(store: Store):
    assert sorted(outbox.queue_digests(store)) == KEYS
    assert outbox.queue_digests(store) == []
    assert only(store, AuditEvent, action="queue_digests").detail == {"count": 2}
    told = outbox.digest_of(only(store, Delivery, digest_key=KEYS[0]))
    assert [(one.kind, one.count) for one in told.reminders] == [(ReminderKind.RETURNED, 1)]
    # The plan was filed and the update came back: both were told in the product, and are not yet read.
    assert [message.key for message in told.news] == [
        "notification.update_returned",
        "notification.plan_filed",
    ]
    system = outbox.digest_of(only(store, Delivery, digest_key=KEYS[1]))
    assert [(one.kind, one.count) for one in system.reminders] == [(ReminderKind.RETURNED, 1)]
    assert not system.news


def test_news_are_told_once(store: Store):
    outbox.queue_digests(store)
    with at(MONDAY):
        keys = outbox.queue_digests(store)
        assert f"email:1:{MONDAY}" in keys
        assert outbox.digest_of(only(store, Delivery, digest_key=f"email:1:{MONDAY}")).news == []


def test_people_are_left_alone_on_a_saturday_and_at_night_unless_asked_for(store: Store):
    with at(SATURDAY):
        assert outbox.queue_digests(store) == []
    with at(FRIDAY, 20):
        assert outbox.queue_digests(store) == []
        assert sorted(outbox.queue_digests(store, any_hour=True)) == KEYS


def test_an_entered_day_off_is_left_alone_and_an_estimated_one_says_so(store: Store):
    outbox.queue_digests(store)
    assert not outbox.digest_of(only(store, Delivery, digest_key=KEYS[0])).estimated
    year = FRIDAY.year
    off = f"1月1日放假。5月1日放假。10月1日放假。{MONDAY.month}月{MONDAY.day}日放假。"
    announce_year(store, by=people().administrator, year=year, notice=off)
    with at(MONDAY):
        assert outbox.queue_digests(store) == []
    with at(date(2099, 3, 20)):
        assert all(outbox.digest_of(draft).estimated for draft in outbox.planned(store))


def test_without_a_mail_server_and_with_the_target_switched_off_nothing_leaves(store: Store):
    store.settings.smtp_host = ""
    webhooks.set_webhook_active(store, by=people().administrator, target_id=1, active=False)
    assert outbox.queue_digests(store) == []


def test_whoever_switched_news_off_is_told_of_reminders_alone(store: Store):
    cast = people()
    set_message_choices(store, by=cast.officer, by_email=True, email="a@office.test", muted=["news"])
    outbox.queue_digests(store)
    assert outbox.digest_of(only(store, Delivery, digest_key=KEYS[0])).news == []


def test_a_member_is_told_of_the_whole_country(store: Store):
    reported(store, 1, fairs_held(2))
    outbox.queue_digests(store)
    told = outbox.digest_of(only(store, Delivery, digest_key=f"email:4:{FRIDAY}"))
    assert [(one.kind, one.count) for one in told.reminders] == [(ReminderKind.TO_REVIEW, 1)]


def test_a_row_is_taken_by_one_alone(store: Store):
    outbox.queue_digests(store)
    delivery_id = outbox.due(store)[0]
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: outbox.take(store, delivery_id), range(4)))
    (parcel,) = [one for one in taken if one is not None]
    assert (parcel.digest_key, parcel.address, parcel.test) == (KEYS[0], "officer@office.test", False)
    assert outbox.take(store, 99) is None


def test_two_rounds_at_once_queue_each_digest_once(store: Store):
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: outbox.queue_digests(store), range(2)))
    assert sorted(key for keys in both for key in keys) == KEYS
    assert len(rows(store, Delivery)) == 2


def test_what_fails_is_tried_again_later_and_what_is_sent_never(store: Store):
    outbox.queue_digests(store)
    first, second = outbox.due(store)
    for delivery_id in (first, second):
        outbox.take(store, delivery_id)
    assert outbox.due(store) == []
    outbox.record_attempt(store, first)
    outbox.record_attempt(store, second, error="HTTP 503")
    with at(FRIDAY, 11):
        assert outbox.due(store) == [second]
    assert only(store, Delivery, id=first).sent_at is not None
    kept = only(store, Delivery, id=second)
    assert (kept.attempts, kept.last_error, kept.sent_at) == (1, "HTTP 503", None)


def test_what_has_failed_often_enough_is_given_up(store: Store):
    outbox.queue_digests(store)
    delivery_id = outbox.due(store)[0]
    with store.upkeep() as session:
        session.get_one(Delivery, delivery_id).attempts = ATTEMPTS - 1
    assert outbox.take(store, delivery_id) is not None
    assert only(store, Delivery, id=delivery_id).next_try_at is None
    assert outbox.take(store, delivery_id) is None


@pytest.mark.parametrize("lost", ["choice", "account"])
def test_nobody_is_written_to_who_does_not_want_it_any_more(store: Store, lost: str):
    outbox.queue_digests(store)
    if lost == "choice":
        set_message_choices(store, by=people().officer, by_email=False, email="", muted=[])
    else:
        with store.upkeep() as session:
            session.get_one(Account, 1).active = False
    assert outbox.take(store, outbox.due(store)[0]) is None
    assert only(store, Delivery, digest_key=KEYS[0]).last_error == outbox.NOBODY


def test_a_test_is_taken_for_what_it_is_and_a_lost_row_is_no_trouble(store: Store):
    by = people().administrator
    delivery_id = webhooks.try_webhook(store, by=by, target_id=1)
    parcel = outbox.take(store, delivery_id)
    assert parcel is not None
    assert (parcel.channel, parcel.test, parcel.secret, parcel.digest.is_empty) == (
        Channel.WEBHOOK,
        True,
        SECRET,
        True,
    )
    webhooks.remove_webhook(store, by=by, target_id=1)
    outbox.record_attempt(store, delivery_id)
    assert rows(store, Delivery) == []
