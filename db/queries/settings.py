"""Owns reading what the working group and the administrators have set; what nobody set has its default."""

from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session, col

from db.store import Store
from db.tables import Setting
from tracking.lights import LightRule
from tracking.site import SiteSettings, checked_setting

LIGHT_RULE = "light_rule"


def light_rule(session: Session) -> LightRule:
    """The thresholds of the lights that hold in this transaction."""
    stored = session.get(Setting, LIGHT_RULE)
    return LightRule(**stored.value) if stored else LightRule()


def thresholds(store: Store) -> LightRule:
    """The thresholds of the lights that hold now."""
    with store.read() as session:
        return light_rule(session)


def site_settings(store: Store) -> SiteSettings:
    """What the administrators have switched; a small site may also be declared by the environment."""
    with store.read() as session:
        stored = session.scalars(select(Setting).where(col(Setting.key) != LIGHT_RULE)).all()
    values = {row.key: checked_setting(row.key, row.value) for row in stored}
    return replace(SiteSettings(small_site=store.settings.small_site), **values)
