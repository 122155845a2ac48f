"""The plan year that a store is at work on today: in winter the one before."""

from db import clock
from db.periods.queries import year_in_hand
from db.store import Store


def this_year(store: Store) -> int:
    """The year whose tasks the pages show unless they are asked for another."""
    return year_in_hand(store, notice_id=1, on=clock.today())
