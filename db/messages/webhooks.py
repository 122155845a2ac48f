"""A site's webhooks: added, switched, removed and tested; and testing e-mail."""

from uuid import uuid4

from sqlalchemy import delete
from sqlmodel import col

from db.identity import SignedIn
from db.sql import select
from db.store import Store, Transaction
from db.tables import Channel, Delivery, MessageChoice, Officer, WebhookTarget
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.webhooks import WebhookFormat, check_target, host_of


def add_webhook(
    store: Store, *, by: SignedIn, name: str, target: WebhookFormat, address: str, secret: str
) -> int:
    """Send another system the national figures from now on, and return its id.

    The trail records the name and host only: the rest of the address and the secret act as passwords. Raises
    `Refusal` with every fault.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        called, place, key = name.strip(), address.strip(), secret.strip()
        check_target(name=called, address=place, secret=key, target=target)
        if tx.session.scalars(select(WebhookTarget).where(WebhookTarget.name == called)).first():
            raise Refusal(Message("webhook.name_taken"), fields=("name",))
        kept = tx.add(WebhookTarget(name=called, format=target, address=place, secret=key))
        tx.audit("add_webhook", kept, name=called, format=target.value, host=host_of(place))
        return kept.id


def set_webhook_active(store: Store, *, by: SignedIn, target_id: int, active: bool) -> None:
    """Pause or resume a webhook."""
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        target = tx.load(WebhookTarget, target_id)
        target.active = active
        tx.audit("set_webhook_active", target, name=target.name, active=active)


def remove_webhook(store: Store, *, by: SignedIn, target_id: int) -> None:
    """Delete a webhook with its secret and pending deliveries."""
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        target = tx.load(WebhookTarget, target_id)
        tx.session.execute(delete(Delivery).where(col(Delivery.target_id) == target.id))
        tx.audit("remove_webhook", target, name=target.name)
        tx.session.delete(target)


def try_webhook(store: Store, *, by: SignedIn, target_id: int) -> int:
    """Queue a test message to a webhook and return its delivery; the next round sends it, at any hour."""
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        target = tx.load(WebhookTarget, target_id)
        tx.audit("try_webhook", target, name=target.name)
        return _queue_test(tx, Channel.WEBHOOK, target_id=target.id)


def try_email(store: Store, *, by: SignedIn) -> int:
    """Queue a test message to one's own address and return its delivery.

    Raises `Refusal` if no address is chosen.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        choice = tx.session.get(MessageChoice, by.officer_id)
        if choice is None or not choice.email:
            raise Refusal(Message("message_choice.none"))
        tx.audit("try_email", tx.load(Officer, by.officer_id))
        return _queue_test(tx, Channel.EMAIL, officer_id=by.officer_id)


def _queue_test(
    tx: Transaction, channel: Channel, *, officer_id: int | None = None, target_id: int | None = None
) -> int:
    test = Delivery(
        channel=channel,
        officer_id=officer_id,
        target_id=target_id,
        digest_key=f"test:{uuid4()}",
        details={"test": True},
        created_at=tx.now,
        next_try_at=tx.now,
    )
    return tx.add(test).id
