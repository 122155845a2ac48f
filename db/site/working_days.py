"""Where the working calendar is stored: the years that administrators have entered, one row of `setting`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from db.sql import bound, fetch, select
from db.tables import Setting
from tracking.working_days import AnnouncedYear, WorkingDays

KEY = "announced_years"
_VALUE = select(Setting.value).where(Setting.key == bound("key"))


def read_working_days(session: Session) -> WorkingDays:
    """The calendar in force."""
    return WorkingDays({int(year): _year_of(kept) for year, kept in kept_years(session).items()})


def kept_years(session: Session) -> Mapping[str, Any]:
    """The entered years as they are stored: year → days `off` and `worked`."""
    return fetch(session, _VALUE, key=KEY).scalar_one_or_none() or {}


def keep_years(session: Session, years: Mapping[str, Any]) -> Setting:
    """Put entered years in force and return their row, for its audit event."""
    return session.merge(Setting(key=KEY, value=years))


def stored(year: AnnouncedYear) -> dict[str, list[str]]:
    """A year as it is stored."""
    return {name: [day.isoformat() for day in sorted(getattr(year, name))] for name in ("off", "worked")}


def _year_of(kept: Mapping[str, list[str]]) -> AnnouncedYear:
    off, worked = (frozenset(map(date.fromisoformat, kept[name])) for name in ("off", "worked"))
    return AnnouncedYear(off, worked)
