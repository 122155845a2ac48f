"""Changing the thresholds of the lights."""

from dataclasses import asdict

from db.figures.renewal import renew
from db.identity import SignedIn
from db.site.thresholds import keep_rule_to_come, read_light_rule, read_rule_to_come
from db.store import Store
from tracking import permissions
from tracking.figures.lights import LightRule
from tracking.permissions import Right
from tracking.site_settings import check_thresholds


def set_thresholds(store: Store, *, by: SignedIn, rule: LightRule) -> None:
    """Set new light thresholds: in force for everybody, every task and every figure once the figures are made.

    Raises `Refusal` with every value that is out of range.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.SET_THRESHOLDS)
        check_thresholds(rule)
        before = read_rule_to_come(tx.session) or read_light_rule(tx.session)
        kept = keep_rule_to_come(tx.session, rule)
        tx.audit("set_thresholds", kept, before=asdict(before), after=asdict(rule))
    renew(store)
