"""Counts of slips and difficulties waiting for an officer, as shown in the navigation."""

from collections import defaultdict
from collections.abc import Mapping

from db.authorities.scope import scope_of
from db.frames import rows_of
from db.home.oversight import (
    difficulties_to_answer,
    difficulties_to_assign,
    difficulties_to_confirm,
    slips_answered,
    slips_to_acknowledge,
    slips_to_answer,
    slips_unmet,
)
from db.identity import SignedIn
from db.remits.queries import minding
from db.store import Store
from tracking.permissions import Right, may

COUNTED = (
    (Right.ACKNOWLEDGE_SLIP, "urging", (slips_to_acknowledge, slips_to_answer)),
    (Right.URGE, "urging", (slips_answered, slips_unmet)),
    (Right.CONFIRM_ANSWER, "difficulties", (difficulties_to_confirm,)),
    (Right.HANDLE_DIFFICULTY, "difficulties", (difficulties_to_assign, difficulties_to_answer)),
)


def oversight_counts(store: Store, *, by: SignedIn) -> Mapping[str, int]:
    """Page name → number of distinct items waiting there; pages that do not concern the officer are left out."""
    scope, waiting = minding(store, by, scope_of(store, by)), defaultdict[str, set[int]](set)
    for right, page, kinds in COUNTED:
        if may(by, right):
            for rows in kinds:
                waiting[page] |= {row.id for row in rows_of(store, rows(scope, by))}
    return {page: len(keys) for page, keys in waiting.items()}
