"""The clock: instants are UTC, days are those of the offices (Asia/Shanghai)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.seen import note_instant

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
# The same in summer and winter since 1992.
OFFICE_OFFSET = timedelta(hours=8)


def now() -> datetime:
    """This instant, in UTC; what pages keep of it cannot be told again once something under it was written."""
    note_instant()
    return datetime.now(UTC)


def day_of(instant: datetime) -> date:
    """The day of an instant in office local time."""
    return instant.astimezone(OFFICE_ZONE).date()


def today() -> date:
    """Today in office local time."""
    return day_of(datetime.now(UTC))


def end_of(day: date) -> datetime:
    """The last instant of a day in office local time, as UTC: what "as of that day" includes."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, OFFICE_ZONE).astimezone(UTC)
