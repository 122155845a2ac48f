"""Uploaded ledgers: the user's file, what was found in it, and how long it is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import Grade, Question, Verdict


class Upload(SQLModel, table=True):
    """An uploaded ledger, visible to its uploader only.

    `counts` is the number of rows by verdict, empty if none was judged. A file refused as a whole has
    findings, but no period and no content. `heads` are the first rows of the sheets of a workbook that is not
    our form, so that its user can say what its columns mean; `layouts` are what they were said to mean, and `answers`
    what was answered about single cells and rows, both in their plain form. `files` are those of an upload of several:
    the name of each, the number of its rows, and why it was refused, if it was; `content` is then an archive of them.
    """

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("expires_at > uploaded_at", name="expires_after_upload"),)
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    authority_id: int = Field(foreign_key="authority.id")
    period_id: int | None = Field(default=None, foreign_key="reporting_period.id")
    name: str = Field(max_length=120)
    content: bytes = Field(default=b"", sa_type=LargeBinary)
    counts: Any = Field(default_factory=dict, sa_type=JSON)
    uploaded_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    committed_at: datetime | None = Field(default=None, sa_type=Instant)
    heads: Any = Field(default=None, sa_type=JSON, nullable=True)
    layouts: Any = Field(default=None, sa_type=JSON, nullable=True)
    answers: Any = Field(default=None, sa_type=JSON, nullable=True)
    files: Any = Field(default=None, sa_type=JSON, nullable=True)


class UploadRow(SQLModel, table=True):
    """A row of an upload with a change or a finding, in the plain form of `tracking.ledgers.results`.

    `file` is its place among the files, and `calls` why it calls for a sentence if it goes up as unchanged.
    """

    __tablename__ = "upload_row"
    __table_args__ = (
        one_of("verdict", Verdict),
        Index("upload_row_by_verdict", "upload_id", "verdict", "id"),
    )
    id: int = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id")
    sheet: str = Field(max_length=120)
    row: int
    verdict: Verdict = Field(sa_type=Word(Verdict))
    task_id: int | None = Field(default=None, foreign_key="task.id")
    number: int | None = None
    title: str = Field(default="", max_length=200)
    row_version: int = 0
    draft: Any = Field(default=None, sa_type=JSON)
    changes: Any = Field(default_factory=list, sa_type=JSON)
    calls: str = Field(default="", max_length=20)
    file: int = 0


class UploadFinding(SQLModel, table=True):
    """A problem in a cell of an upload, with the cell's content; a problem with the whole file names no cell.

    One that `asks` is a question to its user, or what was answered to it. `file` is its place among the files, None for
    what is in none of them.
    """

    __tablename__ = "upload_finding"
    __table_args__ = (
        one_of("grade", Grade),
        one_of("asks", Question),
        Index("upload_finding_by_grade", "upload_id", "grade", "id"),
        Index("upload_finding_by_question", "upload_id", "asks", "id"),
    )
    id: int = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id")
    grade: Grade = Field(sa_type=Word(Grade))
    sheet: str = Field(default="", max_length=120)
    cell: str = Field(default="", max_length=10)
    value: str = Field(default="", max_length=100)
    message: Any = Field(sa_type=JSON)
    asks: Question | None = Field(default=None, sa_type=Word(Question), nullable=True)
    file: int | None = None
