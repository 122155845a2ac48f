"""The notifications of a sample: those that the product would have left, older ones already read."""

from datetime import datetime, timedelta
from typing import Any

from db.clock import end_of
from db.packed import pack
from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import Draw
from db.seed.officers import SampleOfficer, Staff
from db.tables import Notification

DAYS_UNREAD = 10
READ_AFTER = timedelta(hours=3)
# Officers who, judging by their reports for the current period, have not read their messages.
NOT_LOOKED = frozenset({"fresh", "silent"})


def tell_unit(build: Build, staff: Staff, message: str, link: str, at: datetime, **details: Any) -> None:
    """Notify the reporting officer and the signatory; large sets have no notifications."""
    if not build.brief:
        for officer in (staff.reporter, staff.signatory):
            _tell(build, officer, message, link, at, **details)


def tell_of_opening(build: Build, draw: Draw, staff: Staff) -> None:
    """Notify the reporting officer that the current period is open; not in large sets."""
    period = build.present
    if not build.brief and period.window.first <= build.standing(staff.authority).last:
        details = {"period": pack(period.name), "closes_on": period.window.last.isoformat()}
        opened_at = moment(draw, period.window.first)
        unread = staff.authority.profile.reporting in NOT_LOOKED
        _tell(build, staff.reporter, "period_opened", "report", opened_at, unread=unread, **details)


def _tell(
    build: Build,
    officer: SampleOfficer,
    message: str,
    link: str,
    at: datetime,
    *,
    unread: bool = False,
    **details: Any,
) -> None:
    unread = unread or at > end_of(build.today - timedelta(DAYS_UNREAD))
    build.rows.add(
        Notification,
        officer_id=officer.id,
        message=f"notification.{message}",
        details=details,
        link=link,
        created_at=at,
        read_at=None if unread else at + READ_AFTER,
    )
