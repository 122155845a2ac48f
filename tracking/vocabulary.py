"""The closed vocabularies of the field: roles, kinds, states and lights.

Which state may follow which is `tracking.workflow`; who may do what is `tracking.permissions`;
how a word reads on the screen is the catalogue's business (`role.member`, `light.red`, …).
"""

from enum import StrEnum


class Language(StrEnum):
    """Languages of the interface; the first is the source of every message."""

    ZH_CN = "zh_CN"
    EN = "en"


class Role(StrEnum):
    """What a signed-in officer is there for; the rights of each are in `tracking.permissions`."""

    REPORTING_OFFICER = "reporting_officer"
    SIGNATORY = "signatory"
    MEMBER = "member"
    LEADERSHIP = "leadership"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


class AuthorityKind(StrEnum):
    """Kinds of authority; `NOT_COVERED` ones stand on the tile grid and report nothing."""

    PROVINCE = "province"
    SEPARATE_PLAN_CITY = "separate_plan_city"
    XPCC = "xpcc"
    CCPIT_LOCAL = "ccpit_local"
    CCPIT_INDUSTRY = "ccpit_industry"
    CCPIT_DEPARTMENT = "ccpit_department"
    CITY = "city"
    COUNTY = "county"
    NOT_COVERED = "not_covered"


class Relation(StrEnum):
    """Why one authority stands under another for a span of days.

    `PART_OF`: reports through it and is seen by it. `HOSTED_BY`: reports for itself and is added
    to the host only in the view of 31 provinces.
    """

    PART_OF = "part_of"
    HOSTED_BY = "hosted_by"


class PlanStatus(StrEnum):
    """Life of a revision of a work plan."""

    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    SIGNED_OFF = "signed_off"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    FILED = "filed"


class UpdateStatus(StrEnum):
    """Life of a progress update."""

    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    SIGNED_OFF = "signed_off"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class TaskStatus(StrEnum):
    """Life of a task."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETION_REQUESTED = "completion_requested"
    COMPLETED = "completed"
    SUSPENDED = "suspended"


class PeriodStatus(StrEnum):
    """Life of a reporting period."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    FROZEN = "frozen"


class Light(StrEnum):
    """The traffic light of a task, worst first, the suspended beside them; computed from dates and figures, never stored."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"
    SUSPENDED = "suspended"


class Decision(StrEnum):
    """What a review decided."""

    FILED = "filed"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REOPENED = "reopened"
    CORRECTED = "corrected"


class RequestKind(StrEnum):
    """What an authority asks of the working group for a task: a later due date, to stop it, to take it up again."""

    EXTENSION = "extension"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"


class RequestStatus(StrEnum):
    """Life of a request that an authority makes for a task."""

    DRAFT = "draft"
    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CorrectionStatus(StrEnum):
    """Life of a correction to the published figures of a frozen period."""

    DRAFT = "draft"
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class MoveKind(StrEnum):
    """Which date of a task was moved, or how its goal was made smaller."""

    DUE = "due"
    START = "start"
    MILESTONE = "milestone"
    TARGET = "target"
    LOWERED = "lowered"
    DROPPED = "dropped"


class MoveCause(StrEnum):
    """What moved a date: a ruling, or an amendment of the plan that was filed."""

    EXTENSION = "extension"
    AMENDMENT = "amendment"


class SlipLevel(StrEnum):
    """Steps of urging, mildest first; each only after the one before went unmet."""

    BLUE = "blue"
    ORANGE = "orange"
    RED = "red"


class PaperKind(StrEnum):
    """A paper that is issued; of a handover also the sheet for those who are not told what was not submitted."""

    BRIEFING = "briefing"
    URGING_NOTICE = "urging_notice"
    HANDOVER_SHEET = "handover_sheet"
    HANDOVER_EXTRACT = "handover_extract"
    ATTESTATION = "attestation"


class HandoverKind(StrEnum):
    """What goes with a post when it is handed over, in the order of the sheet."""

    TASK = "task"
    RETURNED = "returned"
    DRAFT = "draft"
    SIGN_OFF = "sign_off"
    TO_SUBMIT = "to_submit"
    REQUEST = "request"
    SLIP = "slip"


class HandoverState(StrEnum):
    """Where a handover stands on a day; follows from its dates and is never stored."""

    TO_COME = "to_come"
    IN_EFFECT = "in_effect"
    CANCELLED = "cancelled"


class SlipStatus(StrEnum):
    """Life of an urging slip; that it went unmet by its day is computed, `ESCALATED` says the next level followed."""

    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    MET = "met"
    WITHDRAWN = "withdrawn"
    ESCALATED = "escalated"


class SlipGround(StrEnum):
    """Why a task is urged, worst first."""

    OVERDUE = "overdue"
    BEHIND = "behind"
    SILENT = "silent"


class DifficultyStatus(StrEnum):
    """Life of a difficulty that was raised to the working group."""

    RAISED = "raised"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"


class DifficultyStep(StrEnum):
    """What can happen to a raised difficulty, as its record tells it."""

    RAISED = "raised"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    REOPENED = "reopened"


class Register(StrEnum):
    """The registers that an authority keeps beside its plan."""

    COORDINATION = "coordination"
    COOPERATION = "cooperation"
    PUBLICITY = "publicity"


class TitleSource(StrEnum):
    """Where a reference text comes from, as it is shown beside it."""

    INTERPRETATION = "interpretation"
    TO_BE_CHECKED = "to_be_checked"
    PROJECT = "project"
    CONFIRMED = "confirmed"


class CompletionBasis(StrEnum):
    """What the completion of a task is derived from, in the order of precedence."""

    TARGETS = "targets"
    MILESTONES = "milestones"
    TYPED = "typed"


class TokenScope(StrEnum):
    """What a program may do with a token; who may write may read."""

    READ = "read"
    WRITE = "write"


class BriefingKind(StrEnum):
    """What the working group writes: to all units, to leaders, about one unit, about one measure."""

    CIRCULAR = "circular"
    BRIEF = "brief"
    UNIT_SHEET = "unit_sheet"
    MEASURE_SHEET = "measure_sheet"


class BriefingStatus(StrEnum):
    """The life of a briefing: edited until it is issued."""

    DRAFT = "draft"
    ISSUED = "issued"


class Grade(StrEnum):
    """How much a problem in an uploaded ledger weighs."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


class Verdict(StrEnum):
    """What becomes of a row of an uploaded ledger."""

    ADDED = "added"
    CHANGED = "changed"
    CONFLICT = "conflict"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


class AttestationKind(StrEnum):
    """What an attestation speaks of: a revision of a plan, or what was reported for a period."""

    PLAN = "plan"
    PERIOD = "period"
