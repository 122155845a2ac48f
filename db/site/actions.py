"""Changing what a site has set: the switches of the administrators, and the working days of a year."""

from dataclasses import asdict
from typing import Any

from db.identity import SignedIn
from db.site.queries import read_site_settings
from db.site.working_days import keep_years, kept_years, stored
from db.store import NotFound, Store
from db.tables import Setting
from tracking import permissions
from tracking.holiday_notice import read_notice
from tracking.messages import Message
from tracking.permissions import Right
from tracking.site_settings import checked_setting
from tracking.working_days import AnnouncedYear


def change_setting(store: Store, *, by: SignedIn, key: str, value: Any) -> None:
    """Change one field of `tracking.site_settings.SiteSettings`.

    Raises `Refusal` for a value out of range, `NotFound` for an unknown setting.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        before = asdict(read_site_settings(tx.session, small_site=store.settings.small_site))
        if key not in before:
            raise NotFound(Message("store.not_found"))
        checked = checked_setting(key, value)
        kept = tx.session.merge(Setting(key=key, value=checked))
        tx.audit("change_setting", kept, key=key, before=before[key], after=checked)


def announce_year(store: Store, *, by: SignedIn, year: int, notice: str) -> AnnouncedYear:
    """Keep the days of a year's notice instead of what was entered for it.

    Raises `Refusal` for a notice that cannot be read, see `tracking.holiday_notice.read_notice`.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        announced, before = read_notice(notice, year), kept_years(tx.session)
        after = stored(announced)
        kept = keep_years(tx.session, {**before, str(year): after})
        tx.audit("announce_year", kept, year=year, before=before.get(str(year)), after=after)
        return announced


def forget_year(store: Store, *, by: SignedIn, year: int) -> None:
    """Return a year to the packaged calendar or the estimate. Raises `NotFound` where nothing was entered."""
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        years = dict(kept_years(tx.session))
        if (before := years.pop(str(year), None)) is None:
            raise NotFound(Message("store.not_found"))
        kept = keep_years(tx.session, years)
        tx.audit("forget_year", kept, year=year, before=before)
