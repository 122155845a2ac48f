"""Where the traffic-light thresholds are stored: those in force and those to come, a row of `setting` each."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from db.sql import bound, fetch, select
from db.tables import Setting
from tracking.figures.lights import DEFAULT_RULE, LightRule

KEY = "light_rule"
# In force once their figures are made; see `db.figures.renewal`.
COMING = "light_rule_to_come"
_VALUE = select(Setting.value).where(Setting.key == bound("key"))


def read_light_rule(session: Session) -> LightRule:
    """The thresholds in force; by default those of the specification."""
    kept = _value(session, KEY)
    return LightRule(**kept) if kept else DEFAULT_RULE


def keep_light_rule(session: Session, rule: LightRule) -> Setting:
    """Put new thresholds in force and return their row, for its audit event."""
    return session.merge(Setting(key=KEY, value=asdict(rule)))


def read_rule_to_come(session: Session) -> LightRule | None:
    """The thresholds that somebody has set and whose figures are being made."""
    kept = _value(session, COMING)
    return LightRule(**kept["rule"]) if kept else None


def _value(session: Session, key: str) -> Any:
    return fetch(session, _VALUE, key=key).scalar_one_or_none()


def keep_rule_to_come(session: Session, rule: LightRule) -> Setting:
    """Let these thresholds be the ones to come and return their row, for its audit event; any before them are dropped."""
    return session.merge(Setting(key=COMING, value={"rule": asdict(rule)}))
