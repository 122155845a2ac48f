"""Reads site settings, with defaults for those nobody has set."""

from dataclasses import asdict, replace

from sqlmodel import Session

from db.site.thresholds import read_light_rule
from db.site.working_days import read_working_days
from db.sql import among, fetch, select
from db.store import Store
from db.tables import Setting
from tracking.figures.lights import LightRule
from tracking.site_settings import SiteSettings, checked_setting
from tracking.working_days import WorkingDays

_STORED = select(Setting.key, Setting.value).where(among(Setting.key, "keys"))


def thresholds(store: Store) -> LightRule:
    """The light thresholds in force."""
    with store.read() as session:
        return read_light_rule(session)


def working_days(store: Store) -> WorkingDays:
    """The working calendar in force."""
    with store.read() as session:
        return read_working_days(session)


def site_settings(store: Store) -> SiteSettings:
    """The site settings as set by administrators."""
    with store.read() as session:
        return read_site_settings(session, small_site=store.settings.small_site)


def read_site_settings(session: Session, *, small_site: bool = False) -> SiteSettings:
    """The same within a transaction; until set, whether the site is small comes from the environment."""
    default = SiteSettings(small_site=small_site)
    stored = fetch(session, _STORED, keys=list(asdict(default)))
    return replace(default, **{key: checked_setting(key, value) for key, value in stored})
