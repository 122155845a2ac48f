"""Who writes while writing is measured: reports to be submitted or saved, and an uploaded ledger to be committed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import insert, update
from sqlmodel import col

from db import clock
from db.identity import SignedIn
from db.sql import select
from db.store import Store
from db.tables import ProgressUpdate, ReportingPeriod, Task, Upload, UploadRow
from db.updates import actions
from db.updates.standing import update_drafts
from db.updates.taking_back import take_back_update
from tracking.ledgers.results import packed_draft
from tracking.validation import UpdateDraft
from tracking.vocabulary import PeriodStatus, Role, TaskStatus, UpdateStatus, Verdict


@dataclass
class Writer:
    """The officer and signatory of one report, and what they do with it."""

    store: Store
    by: SignedIn
    task_id: int
    period_id: int
    said: UpdateDraft
    update_id: int = 0
    row_version: int = 0

    @property
    def steps(self) -> Sequence[Callable[[], object]]:
        """Once around, from signed off to signed off."""
        return self.submit, self.take_back, self.hand_over, self.sign_off

    def save(self) -> None:
        where = {"task_id": self.task_id, "period_id": self.period_id, "row_version": self.row_version}
        said = replace(self.said, progress=f"{self.said.progress}{self.row_version}")
        actions.save_progress_update(self.store, by=self.by, draft=said, **where)
        self.row_version += 1

    def submit(self) -> None:
        actions.submit_progress_update(self.store, by=self.by, update_id=self.update_id)

    def take_back(self) -> None:
        take_back_update(self.store, by=self.by, update_id=self.update_id)

    def hand_over(self) -> None:
        actions.request_update_sign_off(self.store, by=self.by, update_ids=[self.update_id])

    def sign_off(self) -> None:
        actions.sign_off_progress_updates(self.store, by=self.by, update_ids=[self.update_id])


def writers(store: Store, status: UpdateStatus, among: int) -> list[Writer]:
    """One for every second running task of the open period, whose report has this status from now on."""
    with store.upkeep() as session:
        rows = (
            select(ProgressUpdate, Task.authority_id)
            .join(Task, col(Task.id) == ProgressUpdate.task_id)
            .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
            .where(ReportingPeriod.status == PeriodStatus.OPEN, Task.status == TaskStatus.IN_PROGRESS)
            .where(ProgressUpdate.status != UpdateStatus.RETURNED, col(Task.id) % 2 == among)
            .order_by(Task.measure_id, Task.authority_id)
        )
        found = session.execute(rows).all()
        said = update_drafts(session, [report for report, _ in found])
        handed_over = None if status is UpdateStatus.DRAFT else clock.now()
        stands = {
            "status": status,
            "sign_off_requested_at": handed_over,
            "submitted_at": None,
            "accepted_at": None,
        }
        session.execute(update(ProgressUpdate).where(col(ProgressUpdate.id).in_(said)).values(**stands))
        return [
            Writer(
                store,
                _both(authority_id),
                report.task_id,
                report.period_id,
                said[report.id],
                report.id,
                report.row_version,
            )
            for report, authority_id in found
        ]


def _both(authority_id: int) -> SignedIn:
    return SignedIn(1, "", authority_id, frozenset({Role.REPORTING_OFFICER, Role.SIGNATORY}), "")


def writer_of_one(store: Store, by: SignedIn, period_id: int) -> Writer:
    """Somebody who begins the report of the first task of the officer's authority."""
    with store.read() as session:
        first = session.scalars(select(Task.id).where(Task.authority_id == by.authority_id).limit(1)).one()
    return Writer(store, by, first, period_id, UpdateDraft(typed_permille=300, progress="进展" * 60))


def waiting_upload(store: Store, by: SignedIn, period_id: int, rows: int) -> int:
    """A judged ledger that reports so many tasks of the officer's authority for the first time in the period."""
    now = clock.now()
    with store.upkeep() as session:
        upload = Upload(
            officer_id=by.officer_id,
            authority_id=by.authority_id or 0,
            period_id=period_id,
            name="台账.xlsx",
            uploaded_at=now,
            expires_at=now + timedelta(1),
            counts={"added": rows},
        )
        session.add(upload)
        session.flush()
        tasks = select(Task.id, Task.number).where(Task.authority_id == by.authority_id).limit(rows)
        lines = [
            {
                "upload_id": upload.id,
                "sheet": "台账",
                "row": task.number + 4,
                "verdict": Verdict.ADDED,
                "task_id": task.id,
                "number": task.number,
                "draft": packed_draft(_said(task.number % 3)),
            }
            for task in session.execute(tasks)
        ]
        session.execute(insert(UploadRow), lines)
        return upload.id


def _said(kind: int) -> UpdateDraft:
    """As the ledger's store measures its tasks: by a target, by milestones, by a percentage."""
    texts = {"progress": "进展" * 60, "difficulties": "困难" * 20, "next_steps": "打算" * 30}
    if kind == 0:
        return UpdateDraft(actuals={1: Decimal(400)}, **texts)
    if kind == 1:
        return UpdateDraft(milestones_reached=frozenset({1, 2}), **texts)
    return UpdateDraft(typed_permille=400, **texts)
