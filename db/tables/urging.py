"""Urging slips to authorities, and difficulties that authorities raise."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Several, Word, one_of
from tracking.difficulties import DifficultyCause, DifficultyStep
from tracking.vocabulary import DifficultyStatus, SlipGround, SlipLevel, SlipStatus

_OPEN_SLIP = text("status IN ('issued', 'acknowledged', 'answered')")
_OPEN_DIFFICULTY = text("status <> 'closed'")


class UrgingSlip(SQLModel, table=True):
    """An urging slip on a task; the next level follows only after this one went unmet.

    It is closed when the working group confirms that it was met, withdraws it with a reason in `closing`, or
    issues the next level.
    """

    __tablename__ = "urging_slip"
    __table_args__ = (
        one_of("level", SlipLevel),
        one_of("status", SlipStatus),
        one_of("ground", SlipGround),
        CheckConstraint(
            "status NOT IN ('acknowledged', 'answered') OR acknowledged_at IS NOT NULL",
            name="acknowledged_has_its_instant",
        ),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_has_its_words"),
        CheckConstraint("status <> 'answered' OR answered_at IS NOT NULL", name="answered_has_its_instant"),
        CheckConstraint(
            "(status IN ('met', 'withdrawn', 'escalated')) = (closed_at IS NOT NULL)",
            name="closed_has_its_instant",
        ),
        CheckConstraint("status <> 'withdrawn' OR length(closing) > 0", name="withdrawn_has_its_reason"),
        Index(
            "one_open_slip_a_task",
            "task_id",
            unique=True,
            sqlite_where=_OPEN_SLIP,
            postgresql_where=_OPEN_SLIP,
        ),
        Index("slip_by_status", "status", "answer_by"),
    )
    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    level: SlipLevel = Field(sa_type=Word(SlipLevel))
    issued_at: datetime = Field(sa_type=Instant)
    issued_by_id: int | None = Field(default=None, foreign_key="officer.id")
    answer_by: date
    demand: str = Field(default="", max_length=1000)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Instant)
    acknowledged_by_id: int | None = Field(default=None, foreign_key="officer.id")
    status: SlipStatus = Field(default=SlipStatus.ISSUED, sa_type=Word(SlipStatus))
    ground: SlipGround = Field(sa_type=Word(SlipGround))
    answer: str = Field(default="", max_length=1000)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    answered_by_id: int | None = Field(default=None, foreign_key="officer.id")
    closing: str = Field(default="", max_length=1000)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_by_id: int | None = Field(default=None, foreign_key="officer.id")


class Difficulty(SQLModel, table=True):
    """A difficulty of a submitted update that was raised to the working group; its history is in its events.

    `countries` are codes of ISO 3166-1. Those raised before causes were asked for have none.
    """

    __tablename__ = "difficulty"
    __table_args__ = (
        one_of("status", DifficultyStatus),
        one_of("cause", DifficultyCause),
        CheckConstraint(
            "status NOT IN ('assigned', 'answered') OR handler_id IS NOT NULL", name="handled_by_somebody"
        ),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_has_its_instant"),
        Index(
            "one_open_difficulty_a_task",
            "task_id",
            unique=True,
            sqlite_where=_OPEN_DIFFICULTY,
            postgresql_where=_OPEN_DIFFICULTY,
        ),
        Index("difficulty_by_status", "status", "raised_at"),
    )
    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    update_id: int = Field(foreign_key="progress_update.id", unique=True)
    description: str = Field(max_length=1000)
    status: DifficultyStatus = Field(default=DifficultyStatus.RAISED, sa_type=Word(DifficultyStatus))
    raised_at: datetime = Field(sa_type=Instant)
    handler_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    countries: tuple[str, ...] = Field(
        default=(), sa_type=Several(str), sa_column_kwargs={"server_default": ""}
    )
    cause: DifficultyCause | None = Field(default=None, sa_type=Word(DifficultyCause))


class DifficultyEvent(SQLModel, table=True):
    """One step in the life of a difficulty; rows are only ever added."""

    __tablename__ = "difficulty_event"
    __table_args__ = (
        one_of("step", DifficultyStep),
        CheckConstraint(
            "step NOT IN ('answered', 'closed', 'reopened') OR length(words) > 0", name="words_given"
        ),
        CheckConstraint("(step = 'assigned') = (handler_id IS NOT NULL)", name="assigned_to_somebody"),
    )
    id: int = Field(default=None, primary_key=True)
    difficulty_id: int = Field(foreign_key="difficulty.id", index=True)
    step: DifficultyStep = Field(sa_type=Word(DifficultyStep))
    happened_at: datetime = Field(sa_type=Instant)
    officer_id: int | None = Field(default=None, foreign_key="officer.id")
    handler_id: int | None = Field(default=None, foreign_key="officer.id")
    words: str = Field(default="", max_length=1000)
