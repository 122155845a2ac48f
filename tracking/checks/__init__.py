"""核验: what is looked at in a report before it leaves its writer, as one table for every door.

The form, an uploaded ledger, other systems and whatever else takes reports ask `findings` what there is to say, and
`check_update` what keeps the report from being handed over.
"""

from tracking.checks.table import (
    CHECKS,
    Check,
    Finding,
    check_update,
    confirmable,
    confirmation_of,
    findings,
    has_sound_figures,
    is_settled,
    token_of,
)

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "check_update",
    "confirmable",
    "confirmation_of",
    "findings",
    "has_sound_figures",
    "is_settled",
    "token_of",
]
