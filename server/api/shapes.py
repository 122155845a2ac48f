"""Rows in the API's answers, with the product's own names and units.

`_permille` are tenths of a percent, `weight_tenths` tenths of a weight, `_on` days, `_at` instants in UTC.
"""

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel

from tracking.making import Making
from tracking.vocabulary import (
    AuthorityKind,
    Currency,
    IndicatorKind,
    Light,
    PeriodStatus,
    PlanStatus,
    RequestKind,
    RequestStatus,
    ResultLevel,
    Role,
    TaskStatus,
    TitleSource,
    TokenScope,
    UpdateStatus,
)


class Me(BaseModel):
    """Whom the token acts as, and what it may do."""

    officer_id: int
    name: str
    authority_id: int | None
    roles: list[Role]
    scope: TokenScope


class Period(BaseModel):
    """A reporting period and its reporting window."""

    period_id: int
    notice_id: int
    year: int
    number: int
    cycle: str
    starts_on: date
    ends_on: date
    opens_on: date
    closes_on: date
    status: PeriodStatus
    frozen_at: datetime | None
    closed_on: date | None


class Unit(BaseModel):
    """A reporting unit; a council may stand in no region."""

    unit_id: int
    code: str
    name: str
    short_name: str
    kind: AuthorityKind
    host_id: int | None
    region_seven: str | None
    region_four: str | None
    official_order: int | None


class Measure(BaseModel):
    """A measure of the notice with its key area."""

    measure_id: int
    number: int
    title: str
    short_title: str
    key_area_id: int
    key_area_number: int
    key_area_title: str


class Tag(BaseModel):
    """A field of cooperation or a direction of it."""

    tag_id: int
    number: int
    title: str
    title_source: TitleSource
    starts_on: date | None
    retired_on: date | None


class Action(BaseModel):
    """A concrete action under a measure; `retired_on`: from that day no new task may take it up."""

    action_id: int
    measure_id: int
    measure_number: int
    number: int
    title: str
    title_source: TitleSource
    retired_on: date | None


class Indicator(BaseModel):
    """A figure reported under a measure."""

    indicator_id: int
    measure_id: int
    measure_number: int
    number: int
    name: str
    unit: str
    additive: bool
    headline: bool
    kind: IndicatorKind
    currency: Currency | None
    making: Making
    level: ResultLevel | None


class Task(BaseModel):
    """A task in force, with its figures as of today."""

    task_id: int
    number: int
    authority_id: int
    authority_name: str
    unit_id: int
    unit_name: str
    measure_id: int
    measure_number: int
    action_id: int | None
    action_title: str | None
    title: str
    goal: str
    status: TaskStatus
    weight_tenths: int
    starts_on: date
    due_on: date
    baseline_due_on: date | None
    completion_permille: int
    expected_permille: int
    deviation_permille: int
    light: Light
    post_title: str | None
    officer_name: str | None
    last_reported_on: date | None


class Update(BaseModel):
    """One version of a progress update."""

    update_id: int
    period_id: int
    year: int
    number: int
    version: int
    status: UpdateStatus
    completion_permille: int
    no_change: bool
    completion_requested: bool
    progress: str
    difficulties: str
    next_steps: str
    explanation: str
    written_at: datetime
    signed_off_at: datetime | None
    submitted_at: datetime | None
    accepted_at: datetime | None
    returned_at: datetime | None
    reason: str | None
    evidence: int


class TaskSheet(Task):
    """A task with every version of every update, newest first."""

    updates: list[Update]


class LedgerRow(BaseModel):
    """One line of the ledger; percent and percentage points with one decimal."""

    task_id: int
    key_area: str
    measure: str
    task: str
    goal: str
    authority: str
    lead_unit: str
    supporting_units: str
    supervising_leader: str
    officer: str | None
    post: str | None
    liaison: str
    starts_on: date
    due_on: date
    quarter_nodes: str
    progress: str | None
    completed_value: str
    completion: float
    expected: float
    deviation: float
    light: Light
    difficulties: str | None
    next_steps: str | None
    evidence: int | None
    review_status: UpdateStatus | None
    submitted_on: date | None
    countries: list[str]
    tags: str
    remark: str


class Actual(BaseModel):
    """What an indicator has reached since the beginning of the year; a rate, in percent, has its two parts beside it."""

    indicator_id: int
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None


class Evidence(BaseModel):
    """A file supporting an update."""

    evidence_id: int
    name: str
    media_type: str
    size: int
    sha256: str


class Attached(BaseModel):
    """The stored file."""

    evidence_id: int


class Queued(BaseModel):
    """An update waiting for somebody; `last_permille` is the completion that counts so far."""

    update_id: int
    task_id: int
    notice_id: int
    authority_id: int
    authority_name: str
    measure_number: int
    task_number: int
    title: str
    period_id: int
    version: int
    status: UpdateStatus
    completion_permille: int
    last_permille: int
    no_change: bool
    completion_requested: bool
    progress: str
    author: str | None
    written_at: datetime
    sign_off_requested_at: datetime | None
    signed_off_at: datetime | None
    submitted_at: datetime | None
    evidence: int


class Report(BaseModel):
    """A task's report for a period: the draft to save against `row_version`, 0 if none is begun."""

    task_id: int
    period_id: int
    update_id: int | None
    row_version: int
    status: UpdateStatus | None
    completion_permille: int | None
    actuals: list[Actual]
    milestones_reached: list[int]
    progress: str
    difficulties: str
    next_steps: str
    explanation: str
    no_change: bool
    completion_requested: bool
    confirmed: list[str]
    returned_because: str
    evidence: list[Evidence]


class Saved(BaseModel):
    """The saved item, and the version to save against next."""

    update_id: int
    row_version: int


class SavedAll(BaseModel):
    """The same for every line, in order."""

    updates: list[Saved]


class Updates(BaseModel):
    """The updates acted on."""

    update_ids: list[int]


class TaskRequest(BaseModel):
    """An authority's request for a task, and the ruling; only an extension has days."""

    request_id: int
    kind: RequestKind
    status: RequestStatus
    task_id: int
    notice_id: int
    authority_id: int
    authority_name: str
    task_number: int
    title: str
    reason: str
    progress: str
    due_on: date | None
    requested_due_on: date | None
    granted_due_on: date | None
    written_at: datetime
    author: str | None
    requested_at: datetime | None
    signatory: str | None
    withdrawn_at: datetime | None
    ruled_at: datetime | None
    ruled_by: str | None
    ruling: str


class RequestId(BaseModel):
    """The request made or acted on."""

    request_id: int


class Plan(BaseModel):
    """A work plan, as of its newest revision."""

    plan_id: int
    notice_id: int
    year: int
    authority_id: int
    authority_name: str
    revision_id: int
    number: int
    status: PlanStatus
    submitted_at: datetime | None
    filed_at: datetime | None
    tasks: int


class Revision(BaseModel):
    """One revision of a plan."""

    revision_id: int
    plan_id: int
    notice_id: int
    year: int
    authority_id: int
    authority_name: str
    number: int
    status: PlanStatus
    goals: str
    reason: str
    row_version: int
    is_newest: bool
    returned_because: str


class RevisionId(BaseModel):
    """The revision begun or acted on."""

    revision_id: int


class RowVersion(BaseModel):
    """The version to save against next."""

    row_version: int


class Brought(BaseModel):
    """The tasks of a plan as they were stored, in the order of the entries."""

    task_revision_ids: list[int]


class Added(BaseModel):
    """The task added to a draft."""

    task_revision_id: int
