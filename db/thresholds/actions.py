"""Changing the thresholds of the lights."""

from dataclasses import asdict

from db.figures import summaries
from db.identity import SignedIn
from db.site.thresholds import keep_light_rule, read_light_rule
from db.store import Store
from tracking import permissions
from tracking.figures.lights import LightRule
from tracking.permissions import Right
from tracking.site_settings import check_thresholds


def set_thresholds(store: Store, *, by: SignedIn, rule: LightRule) -> None:
    """Put new light thresholds in force, for every task and every figure at once.

    Raises `Refusal` with every value that is out of range.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.SET_THRESHOLDS)
        check_thresholds(rule)
        before = asdict(read_light_rule(tx.session))
        kept = keep_light_rule(tx.session, rule)
        tx.audit("set_thresholds", kept, before=before, after=asdict(rule))
        summaries.rebuild(tx.session, known_at=tx.now)
