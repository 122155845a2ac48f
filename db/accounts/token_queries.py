"""Reads the tokens that programs act with; never their hashes."""

import pandas as pd
from sqlmodel import col

from db.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import ApiToken


def tokens_frame(store: Store, *, officer_id: int) -> pd.DataFrame:
    """The tokens of an officer, newest first.

    Columns: token_id, name, scope, issued_at, expires_on, last_used_at, revoked_at.
    """
    rows = select(
        col(ApiToken.id).label("token_id"),
        ApiToken.name,
        ApiToken.scope,
        ApiToken.issued_at,
        ApiToken.expires_on,
        ApiToken.last_used_at,
        ApiToken.revoked_at,
    )
    return frame_of(store, rows.where(ApiToken.officer_id == officer_id).order_by(col(ApiToken.id).desc()))
