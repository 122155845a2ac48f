"""Work plans and their revisions: tasks as revised, milestones and targets.

A `Task` is the lasting identity; what it says at a revision is a `TaskRevision`. The columns of `Task`
under "maintained" are derived from history by `db.figures.summaries` and by nothing else.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from db.tables.types import (
    Amount,
    Instant,
    Several,
    Word,
    handed_over_has_its_instant,
    one_of,
    who_checks_since_when,
)
from tracking.vocabulary import PlanStatus, TaskStatus

_OPEN = text("status IN ('draft', 'handed_over', 'signed_off', 'checking', 'submitted')")


class WorkPlan(SQLModel, table=True):
    """An authority's plan for one year of one notice; its life is that of its newest revision."""

    __tablename__ = "work_plan"
    __table_args__ = (UniqueConstraint("notice_id", "authority_id", "year"),)
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    authority_id: int = Field(foreign_key="authority.id", index=True)
    year: int


class PlanRevision(SQLModel, table=True):
    """One revision of a plan; immutable once signed off. The first one filed is the baseline.

    `sent_back_because` is what the signatory last gave it back for; `to_check` says that the goals are last year's,
    `opened_at` since when whoever it lies with has seen it, and `reductions_granted` whether the working group, filing
    it, let the lights count against the goals that it makes smaller. `checker_id` and `received_at` as of an update.
    """

    __tablename__ = "plan_revision"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        one_of("status", PlanStatus),
        CheckConstraint("(status = 'filed') = (filed_at IS NOT NULL)", name="filed_has_its_instant"),
        handed_over_has_its_instant(),
        who_checks_since_when(),
        Index(
            "one_open_revision_a_plan",
            "plan_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )
    id: int = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="work_plan.id")
    number: int
    status: PlanStatus = Field(default=PlanStatus.DRAFT, sa_type=Word(PlanStatus))
    goals: str = Field(default="", max_length=2000)
    reason: str = Field(default="", max_length=1000)
    row_version: int = 1
    created_at: datetime = Field(sa_type=Instant)
    created_by_id: int | None = Field(default=None, foreign_key="officer.id")
    sign_off_requested_at: datetime | None = Field(default=None, sa_type=Instant)
    signed_off_at: datetime | None = Field(default=None, sa_type=Instant)
    signed_off_by_id: int | None = Field(default=None, foreign_key="officer.id")
    submitted_at: datetime | None = Field(default=None, sa_type=Instant)
    filed_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_back_because: str = Field(default="", max_length=1000, sa_column_kwargs={"server_default": ""})
    reductions_granted: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    to_check: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    opened_at: datetime | None = Field(default=None, sa_type=Instant)
    checker_id: int | None = Field(default=None, foreign_key="authority.id")
    received_at: datetime | None = Field(default=None, sa_type=Instant)


class Task(SQLModel, table=True):
    """A task of a plan under one measure, with what the pages read of it at every visit.

    `continues_id` is the task of an earlier year that it goes on for: they have one history.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        UniqueConstraint("continues_id"),
        one_of("status", TaskStatus),
        CheckConstraint("latest_permille >= 0", name="completion_not_negative"),
        CheckConstraint("weight_tenths > 0 OR NOT in_force", name="weight_positive"),
        Index("task_of_year", "year", "id"),
        Index(
            "task_of_cell",
            "unit_id",
            "year",
            "measure_id",
            "in_force",
            "status",
            "weight_tenths",
            "latest_permille",
            "starts_on",
            "due_on",
            "amber_on",
            "red_on",
        ),
    )
    id: int = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="work_plan.id")
    number: int
    measure_id: int = Field(foreign_key="measure.id", index=True)
    # maintained from history
    authority_id: int = Field(foreign_key="authority.id", index=True)
    unit_id: int = Field(foreign_key="authority.id")
    year: int
    in_force: bool = False
    status: TaskStatus = Field(default=TaskStatus.NOT_STARTED, sa_type=Word(TaskStatus))
    revision_id: int | None = None
    baseline_revision_id: int | None = None
    weight_tenths: int = 0
    starts_on: date | None = None
    due_on: date | None = None
    baseline_due_on: date | None = None
    amber_on: date | None = None
    red_on: date | None = None
    latest_permille: int = 0
    latest_update_id: int | None = None
    latest_period_id: int | None = None
    last_reported_on: date | None = None
    # not maintained
    continues_id: int | None = Field(default=None, foreign_key="task.id")


class TaskRevision(SQLModel, table=True):
    """What a task says at one revision of its plan; `to_check` says that it was taken over and nobody has saved it since.

    `countries` are codes of ISO 3166-1, `tags` keys of `Tag`.
    """

    __tablename__ = "task_revision"
    __table_args__ = (
        UniqueConstraint("plan_revision_id", "task_id"),
        CheckConstraint("weight_tenths > 0", name="weight_positive"),
        CheckConstraint("due_on >= starts_on", name="due_after_start"),
    )
    id: int = Field(default=None, primary_key=True)
    plan_revision_id: int = Field(foreign_key="plan_revision.id")
    task_id: int = Field(foreign_key="task.id", index=True)
    measure_action_id: int | None = Field(default=None, foreign_key="measure_action.id")
    title: str = Field(max_length=200)
    goal: str = Field(default="", max_length=500)
    weight_tenths: int = 10
    starts_on: date
    due_on: date
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    lead_unit: str = Field(default="", max_length=100)
    supporting_units: str = Field(default="", max_length=300)
    supervising_leader: str = Field(default="", max_length=40)
    liaison: str = Field(default="", max_length=40)
    remark: str = Field(default="", max_length=500)
    row_version: int = 1
    to_check: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    countries: tuple[str, ...] = Field(
        default=(), sa_type=Several(str), sa_column_kwargs={"server_default": ""}
    )
    tags: tuple[int, ...] = Field(default=(), sa_type=Several(int), sa_column_kwargs={"server_default": ""})


class Milestone(SQLModel, table=True):
    """A step of a task, with its share of the task in tenths of a percent."""

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("task_revision_id", "number"),
        CheckConstraint("share_permille > 0 AND share_permille <= 1000", name="share_in_range"),
    )
    id: int = Field(default=None, primary_key=True)
    task_revision_id: int = Field(foreign_key="task_revision.id")
    number: int
    title: str = Field(max_length=100)
    due_on: date
    share_permille: int


class Target(SQLModel, table=True):
    """The cumulative value an indicator should reach by a day; the latest day holds the final target."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("task_revision_id", "indicator_id", "due_on"),
        CheckConstraint("value > 0", name="target_positive"),
    )
    id: int = Field(default=None, primary_key=True)
    task_revision_id: int = Field(foreign_key="task_revision.id")
    indicator_id: int = Field(foreign_key="indicator.id")
    due_on: date
    value: Decimal = Field(sa_type=Amount)


class IndicatorTerm(SQLModel, table=True):
    """What a task says of an indicator besides its targets: the value it starts from, or why it does not apply."""

    __tablename__ = "indicator_term"
    __table_args__ = (
        UniqueConstraint("task_revision_id", "indicator_id"),
        CheckConstraint("(baseline IS NULL) = (length(exempt_because) > 0)", name="says_one_thing"),
        CheckConstraint("baseline >= 0", name="baseline_not_negative"),
    )
    id: int = Field(default=None, primary_key=True)
    task_revision_id: int = Field(foreign_key="task_revision.id")
    indicator_id: int = Field(foreign_key="indicator.id")
    baseline: Decimal | None = Field(default=None, sa_type=Amount)
    exempt_because: str = Field(default="", max_length=300)


class TaskStatusChange(SQLModel, table=True):
    """Every change of a task's status, so that its status on any past day is a query."""

    __tablename__ = "task_status_change"
    __table_args__ = (one_of("status", TaskStatus), Index("status_change_by_status", "status", "task_id"))
    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    status: TaskStatus = Field(sa_type=Word(TaskStatus))
    changed_at: datetime = Field(sa_type=Instant)
    changed_by_id: int | None = Field(default=None, foreign_key="officer.id")
    reason: str = Field(default="", max_length=1000)
