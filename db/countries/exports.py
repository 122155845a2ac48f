"""Exporting how much there is of each country: who may, and the audit record."""

import pandas as pd

from db import clock
from db.authorities.scope import scope_of
from db.countries.queries import countries_frame
from db.identity import SignedIn
from db.periods.queries import year_in_hand
from db.store import Store
from db.tables import Notice
from tracking import permissions
from tracking.permissions import Right


def export_countries(store: Store, *, by: SignedIn, notice_id: int, country: str | None) -> pd.DataFrame:
    """Export the counts that `by` may read (columns of `countries_frame`), of the year in hand; audited.

    Raises `Refusal`, `NotFound` for an unknown notice.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.EXPORT_LEDGER)
        tx.audit("export_countries", tx.load(Notice, notice_id), by.authority_id, country=country)
    year = year_in_hand(store, notice_id=notice_id, on=clock.today())
    return countries_frame(store, scope_of(store, by), notice_id=notice_id, year=year, country=country)
