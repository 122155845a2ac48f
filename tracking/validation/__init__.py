"""What must hold for a plan before it is kept, every fault at once, each with its field; and what an update is made of.

What is checked of an update is `tracking.checks`; whether the moment is right is `tracking.workflow` and `tracking.periods`; whether the person may is
`tracking.permissions`.
"""

from tracking.validation.problems import LIMITS, Problem, cleaned, refuse_all
from tracking.validation.tasks import (
    MilestoneDraft,
    PlanFacts,
    TargetDraft,
    TaskDraft,
    TermDraft,
    check_plan,
    check_task,
    country_faults,
    offered_faults,
)
from tracking.validation.updates import (
    NO_CHANGE_LIMIT,
    TaskFacts,
    UpdateDraft,
    Yardstick,
    asks_evidence,
    completion_of_draft,
    has_moved,
)

__all__ = [
    "LIMITS",
    "NO_CHANGE_LIMIT",
    "MilestoneDraft",
    "PlanFacts",
    "Problem",
    "TargetDraft",
    "TaskDraft",
    "TaskFacts",
    "TermDraft",
    "UpdateDraft",
    "Yardstick",
    "asks_evidence",
    "check_plan",
    "check_task",
    "cleaned",
    "completion_of_draft",
    "country_faults",
    "has_moved",
    "offered_faults",
    "refuse_all",
]
