"""Reads a site's webhooks and the state of outgoing messages, for administrators."""

import pandas as pd
from sqlalchemy import func
from sqlmodel import col

from db.frames import frame_of, frame_of_rows, rows_of
from db.sql import select
from db.store import Store
from db.tables import Delivery, Officer, WebhookTarget
from tracking.webhooks import host_of

SHOWN = 20
TARGET_COLUMNS = ("target_id", "name", "format", "host", "active")


def webhooks_frame(store: Store) -> pd.DataFrame:
    """The webhooks by name, without their secrets; columns `TARGET_COLUMNS`."""
    columns = (WebhookTarget.id, WebhookTarget.name, WebhookTarget.format, WebhookTarget.address)
    found = rows_of(store, select(*columns, WebhookTarget.active).order_by(WebhookTarget.name))
    return frame_of_rows(((*row[:3], host_of(row[3]), row[4]) for row in found), TARGET_COLUMNS)


def deliveries_frame(store: Store) -> pd.DataFrame:
    """The latest deliveries, newest first, without their content.

    Columns: delivery_id, channel, recipient (a person's name or a webhook's), created_at, attempts, next_try_at
    (missing once sent or given up), last_error, sent_at.
    """
    rows = (
        select(
            col(Delivery.id).label("delivery_id"),
            Delivery.channel,
            func.coalesce(Officer.name, WebhookTarget.name).label("recipient"),
            Delivery.created_at,
            Delivery.attempts,
            Delivery.next_try_at,
            Delivery.last_error,
            Delivery.sent_at,
        )
        .join(Officer, Officer.id == Delivery.officer_id, isouter=True)
        .join(WebhookTarget, WebhookTarget.id == Delivery.target_id, isouter=True)
        .order_by(col(Delivery.id).desc())
        .limit(SHOWN)
    )
    return frame_of(store, rows)
