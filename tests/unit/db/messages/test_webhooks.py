"""The systems that are told: added, switched, tried, removed; their secrets stay out of sight."""

import json
from datetime import date

import pytest

from db.messages import webhooks
from db.messages.choices import set_message_choices
from db.messages.deliveries import deliveries_frame, webhooks_frame
from db.store import Store
from db.tables import AuditEvent, Delivery
from tests.support.factories import YEAR, at, people, small_country
from tests.support.trail import only, rows
from tracking.messages import Refusal
from tracking.webhooks import WebhookFormat

SECRET, TOKEN = "a-secret-of-enough-length", "access_token=9f3c"
ASKED = {"name": "群", "target": WebhookFormat.DINGTALK, "address": f"https://robot.test/send?{TOKEN}"}


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def _added(store: Store) -> int:
    return webhooks.add_webhook(store, by=people().administrator, secret=SECRET, **ASKED)


def test_a_target_is_shown_and_audited_without_what_is_secret_of_it(store: Store):
    _added(store)
    (shown,) = webhooks_frame(store).to_dict("records")
    assert shown == {"target_id": 1, "name": "群", "format": "dingtalk", "host": "robot.test", "active": True}
    trail = json.dumps([event.detail for event in rows(store, AuditEvent)])
    assert SECRET not in trail
    assert TOKEN not in trail


def test_a_name_stands_once_and_faults_are_told(store: Store):
    _added(store)
    with pytest.raises(Refusal) as refused:
        _added(store)
    assert refused.value.fields == ("name",)
    with pytest.raises(Refusal):
        webhooks.add_webhook(store, by=people().administrator, secret="", **ASKED)


def test_a_target_is_switched_and_removed_with_what_is_on_its_way(store: Store):
    by, target_id = people().administrator, _added(store)
    webhooks.set_webhook_active(store, by=by, target_id=target_id, active=False)
    assert not webhooks_frame(store)["active"].iloc[0]
    delivery_id = webhooks.try_webhook(store, by=by, target_id=target_id)
    (shown,) = deliveries_frame(store).to_dict("records")
    assert (shown["delivery_id"], shown["recipient"], shown["channel"]) == (delivery_id, "群", "webhook")
    webhooks.remove_webhook(store, by=by, target_id=target_id)
    assert webhooks_frame(store).empty
    assert deliveries_frame(store).empty


def test_the_email_is_tried_on_oneself(store: Store):
    by = people().administrator
    with pytest.raises(Refusal):
        webhooks.try_email(store, by=by)
    set_message_choices(store, by=by, by_email=True, email="admin@office.test", muted=[])
    webhooks.try_email(store, by=by)
    assert only(store, Delivery).officer_id == by.officer_id
    assert deliveries_frame(store)["recipient"].tolist() == ["administrator"]
