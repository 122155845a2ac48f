"""Where the traffic-light thresholds are stored: one row of `setting`."""

from dataclasses import asdict

from sqlmodel import Session

from db.tables import Setting
from tracking.figures.lights import DEFAULT_RULE, LightRule

KEY = "light_rule"


def read_light_rule(session: Session) -> LightRule:
    """The thresholds in force; by default those of the specification."""
    kept = session.get(Setting, KEY)
    return LightRule(**kept.value) if kept else DEFAULT_RULE


def keep_light_rule(session: Session, rule: LightRule) -> Setting:
    """Put new thresholds in force and return their row, for its audit event."""
    return session.merge(Setting(key=KEY, value=asdict(rule)))
