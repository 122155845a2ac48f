"""The closed vocabularies of the field: roles, kinds, states and lights.

Which state may follow which is `tracking.workflow`; who may do what is `tracking.permissions`;
how a word reads on the screen is the catalogue's business (`role.member`, `light.red`, …).
"""

from enum import StrEnum


class Language(StrEnum):
    """Languages of the interface; the first one is the source of every message."""

    ZH_CN = "zh_CN"
    EN = "en"


class Role(StrEnum):
    """The job of a signed-in officer; the rights of each are in `tracking.permissions`."""

    REPORTING_OFFICER = "reporting_officer"
    SIGNATORY = "signatory"
    MEMBER = "member"
    LEADERSHIP = "leadership"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


class AuthorityKind(StrEnum):
    """Kinds of authority; `NOT_COVERED` ones appear on the tile grid but report nothing."""

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
    """Why one authority is under another for a span of days.

    `PART_OF`: reports through it and is seen by it. `HOSTED_BY`: reports for itself and is added to its host
    only in the view of 31 provinces.
    """

    PART_OF = "part_of"
    HOSTED_BY = "hosted_by"


class PlanStatus(StrEnum):
    """Life of a revision of a work plan."""

    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    SIGNED_OFF = "signed_off"
    CHECKING = "checking"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    FILED = "filed"


class UpdateStatus(StrEnum):
    """Life of a progress update."""

    DRAFT = "draft"
    HANDED_OVER = "handed_over"
    SIGNED_OFF = "signed_off"
    CHECKING = "checking"
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
    """The traffic light of a task, worst first, suspended last; computed from dates and figures, never stored."""

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
    """What an authority requests for a task: a later due date, suspension or resumption."""

    EXTENSION = "extension"
    SUSPENSION = "suspension"
    RESUMPTION = "resumption"


class RequestStatus(StrEnum):
    """Life of an authority's request for a task."""

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
    """What moved a date: a ruling, or a filed amendment of the plan."""

    EXTENSION = "extension"
    AMENDMENT = "amendment"


class SlipLevel(StrEnum):
    """Steps of urging, mildest first; each follows only when the previous one went unmet."""

    BLUE = "blue"
    ORANGE = "orange"
    RED = "red"


class PaperKind(StrEnum):
    """A kind of issued paper; a handover has a second sheet for readers who may not see unsubmitted items."""

    BRIEFING = "briefing"
    URGING_NOTICE = "urging_notice"
    HANDOVER_SHEET = "handover_sheet"
    HANDOVER_EXTRACT = "handover_extract"
    ATTESTATION = "attestation"


class HandoverKind(StrEnum):
    """What goes with a post when it is handed over, in sheet order."""

    TASK = "task"
    RETURNED = "returned"
    DRAFT = "draft"
    SIGN_OFF = "sign_off"
    TO_SUBMIT = "to_submit"
    REQUEST = "request"
    SLIP = "slip"


class HandoverState(StrEnum):
    """The state of a handover on a day; computed from its dates, never stored."""

    TO_COME = "to_come"
    IN_EFFECT = "in_effect"
    CANCELLED = "cancelled"


class SlipStatus(StrEnum):
    """Life of an urging slip; whether it went unmet is computed, `ESCALATED` means that the next level followed."""

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


class FieldKind(StrEnum):
    """What a field of a register holds, and so how it is typed, checked, kept and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    PARTNER = "partner"
    LINK = "link"
    DAY = "day"
    NUMBER = "number"
    AMOUNT = "amount"
    CHOICE = "choice"
    YES_NO = "yes_no"
    COUNTRIES = "countries"
    UNIT = "unit"
    OFFICER = "officer"
    FILES = "files"


class Keeper(StrEnum):
    """Who writes in a register: the units, the working group, or both, each its own entries."""

    UNITS = "units"
    GROUP = "group"
    BOTH = "both"


class Body(StrEnum):
    """The bodies that issued the notice and keep entries of their own."""

    MIIT = "miit"
    CCPIT = "ccpit"


class TitleSource(StrEnum):
    """Where a reference text comes from, shown next to it: the first word for word, a paraphrase by its sense."""

    INTERPRETATION = "interpretation"
    PARAPHRASE = "paraphrase"
    TO_BE_CHECKED = "to_be_checked"
    PROJECT = "project"
    CONFIRMED = "confirmed"


class CataloguePart(StrEnum):
    """The parts of a notice's catalogue, in the order in which they are shown."""

    AREA = "area"
    MEASURE = "measure"
    ACTION = "action"
    SAFEGUARD = "safeguard"
    INDICATOR = "indicator"
    TAG = "tag"
    COUNTRY = "country"
    COMPOSITE = "composite"
    FACT = "fact"
    REGISTER = "register"
    FIELD = "register_field"


class NoticeFactKey(StrEnum):
    """What is said of a notice as a fact; the last is the list of units that report."""

    NUMBER = "number"
    TITLE = "title"
    ISSUED_BY = "issued_by"
    ISSUED_ON = "issued_on"
    UNITS = "units"


class IndicatorKind(StrEnum):
    """What the values of an indicator are: things counted, money, a numerator over a denominator, yes or no."""

    COUNT = "count"
    AMOUNT = "amount"
    RATE = "rate"
    YES_NO = "yes_no"


class Currency(StrEnum):
    """The currencies (ISO 4217) that an amount may be in; amounts of two are never added."""

    CNY = "CNY"
    USD = "USD"
    EUR = "EUR"
    GBP = "GBP"
    HKD = "HKD"
    JPY = "JPY"
    RUB = "RUB"


class ResultLevel(StrEnum):
    """How near an indicator is to what the programme is for: what is done, what comes of it, what it changes."""

    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"


class CompletionBasis(StrEnum):
    """What the completion of a task is derived from, in order of precedence."""

    TARGETS = "targets"
    MILESTONES = "milestones"
    TYPED = "typed"


class TokenScope(StrEnum):
    """What a program may do with a token; write includes read."""

    READ = "read"
    WRITE = "write"


class BriefingKind(StrEnum):
    """The kinds of briefing: to all units, to leaders, about one unit, about one measure."""

    CIRCULAR = "circular"
    BRIEF = "brief"
    UNIT_SHEET = "unit_sheet"
    MEASURE_SHEET = "measure_sheet"


class BriefingStatus(StrEnum):
    """Life of a briefing: editable until it is issued."""

    DRAFT = "draft"
    ISSUED = "issued"


class Grade(StrEnum):
    """How serious a problem in an uploaded ledger is."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


class Verdict(StrEnum):
    """What becomes of a row of an uploaded ledger; one that can go up as a report of no change is told apart."""

    ADDED = "added"
    CHANGED = "changed"
    CONFLICT = "conflict"
    REFUSED = "refused"
    NO_CHANGE = "no_change"
    UNCHANGED = "unchanged"


class Question(StrEnum):
    """What the user of an uploaded ledger is asked: what a cell means, or which task a row is of."""

    CELL = "cell"
    ROW = "row"


class AttestationKind(StrEnum):
    """What an attestation covers: a revision of a plan, or the reports of a period."""

    PLAN = "plan"
    PERIOD = "period"
