"""Which year and day the sample of a test is about."""

from datetime import date

from db import clock
from db.periods.queries import year_in_hand
from db.store import Store

# Every task has reported before, and no year begins or ends.
ORDINARY = date(2026, 11, 29)


def this_year(store: Store) -> int:
    """The year whose tasks the pages show unless they are asked for another: in winter the one before."""
    return year_in_hand(store, notice_id=1, on=clock.today())
