"""What must hold for a plan and an update before it is kept: every fault at once, each with its field.

Whether the moment is right is `tracking.workflow` and `tracking.periods`; whether the person may is
`tracking.permissions`.
"""

from tracking.validation.problems import LIMITS, Problem, cleaned, refuse_all
from tracking.validation.tasks import (
    MilestoneDraft,
    PlanFacts,
    TargetDraft,
    TaskDraft,
    check_plan,
    check_task,
)
from tracking.validation.updates import (
    NO_CHANGE_LIMIT,
    TaskFacts,
    UpdateDraft,
    asks_evidence,
    check_update,
    completion_of_draft,
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
    "UpdateDraft",
    "asks_evidence",
    "check_plan",
    "check_task",
    "check_update",
    "cleaned",
    "completion_of_draft",
    "refuse_all",
]
