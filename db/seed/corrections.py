"""The corrections of a sample: one or two of each state, to the latest figures that were published."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from sqlmodel import Session, col, select

from db.clock import end_of
from db.figures import summaries
from db.seed.build import Build
from db.seed.days import moment
from db.seed.draws import Draw, draws
from db.seed.periods import frozen_by
from db.seed.texts import phrase
from db.tables import (
    Authority,
    Correction,
    IndicatorActual,
    ProgressUpdate,
    ReportingPeriod,
    Review,
    Task,
)
from db.updates.standing import facts_of_update, update_draft
from tracking.corrections import figures_of
from tracking.figures.completion import FULL
from tracking.scales import parts_of
from tracking.validation import UpdateDraft, completion_of_draft
from tracking.vocabulary import CorrectionStatus, Decision, UpdateStatus

# By unit code; for each, the first update that fits.
STATES = {
    "320000": CorrectionStatus.APPROVED,
    "330000": CorrectionStatus.DRAFT,
    "330200": CorrectionStatus.REQUESTED,
    "440000": CorrectionStatus.APPROVED,
    "510000": CorrectionStatus.REFUSED,
}
SIGNED = frozenset(STATES.values()) - {CorrectionStatus.DRAFT}
RULED = frozenset({CorrectionStatus.APPROVED, CorrectionStatus.REFUSED})
LONGEST_AGO = 60  # days since a decided correction was written
KEPT_SHARE = Decimal("0.9")  # what remains of the first value, which was counted twice


@dataclass(frozen=True)
class _Case:
    """A published update and what it should have said."""

    update: ProgressUpdate
    task: Task
    corrected: UpdateDraft
    corrected_permille: int


def add_corrections(session: Session, build: Build) -> None:
    """One correction in each state; approved ones count at once."""
    draw = draws("corrections")
    cases = list(_cases(session, build))
    for case, status in cases:
        _add(session, build, draw, case, status)
    summaries.refresh(session, [case.task.id for case, _ in cases], known_at=end_of(build.today))


def _cases(session: Session, build: Build) -> Iterator[tuple[_Case, CorrectionStatus]]:
    """For each unit, its latest published update that fits."""
    for code, status in STATES.items():
        fitting = (
            select(ProgressUpdate, Task)
            .join(Task, col(Task.id) == ProgressUpdate.task_id)
            .join(Authority, col(Authority.id) == Task.authority_id)
            .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
            .join(IndicatorActual, col(IndicatorActual.update_id) == ProgressUpdate.id)
            .where(Authority.code == code, frozen_by(build.today - timedelta(LONGEST_AGO + 1)))
            .where(ProgressUpdate.status == UpdateStatus.ACCEPTED, IndicatorActual.value > 1)
            .where(ProgressUpdate.completion_permille < FULL)
            .order_by(col(ReportingPeriod.ends_on).desc(), col(ProgressUpdate.id))
            .limit(1)
        )
        for update, task in session.exec(fitting).all():
            yield _case(session, update, task), status


def _case(session: Session, update: ProgressUpdate, task: Task) -> _Case:
    """A case in which a tenth of the first value was counted twice."""
    said = update_draft(session, update)
    first, *others = said.actuals.items()
    less = first[0], (first[1] * KEPT_SHARE).to_integral_value(ROUND_FLOOR)
    corrected = replace(said, actuals=dict([less, *others]), no_change=False)
    facts = facts_of_update(session, update)
    return _Case(update, task, corrected, completion_of_draft(corrected, facts))


def _add(session: Session, build: Build, draw: Draw, case: _Case, status: CorrectionStatus) -> None:
    written_on = build.today - timedelta(
        {CorrectionStatus.DRAFT: 2, CorrectionStatus.REQUESTED: 6}.get(status, LONGEST_AGO)
    )
    reason = phrase(draw, "correction_reason")
    correction = Correction(
        update_id=case.update.id,
        status=status,
        figures=figures_of(case.corrected),
        published_permille=case.update.completion_permille,
        corrected_permille=case.corrected_permille,
        reason=reason,
        written_at=moment(draw, written_on),
        written_by_id=case.update.written_by_id,
    )
    if status in SIGNED:
        correction.requested_at = moment(draw, written_on + timedelta(1))
        correction.signed_off_by_id = case.update.signed_off_by_id
    if status in RULED:
        correction.ruled_at = moment(draw, written_on + timedelta(4))
        correction.ruled_by_id = build.member(draw)
        correction.ruling = phrase(draw, f"correction_{status}")
    if status is CorrectionStatus.APPROVED:
        correction.corrected_update_id = _replace(session, case, correction)
    session.add(correction)
    session.flush()


def _replace(session: Session, case: _Case, correction: Correction) -> int:
    """Add the version that replaces the published one."""
    ruled_at: Any = correction.ruled_at
    case.update.status, case.update.returned_at = UpdateStatus.RETURNED, ruled_at
    session.flush()
    kept = case.update.model_dump(exclude={"id", "returned_at"})
    case.update.followed = True
    version = ProgressUpdate(
        **{
            **kept,
            "version": case.update.version + 1,
            "status": UpdateStatus.ACCEPTED,
            "completion_permille": case.corrected_permille,
            "explanation": correction.reason,
            "no_change": False,
            "written_at": correction.written_at,
            "sign_off_requested_at": correction.written_at,
            "signed_off_at": correction.requested_at,
            "submitted_at": ruled_at,
            "accepted_at": ruled_at,
        }
    )
    session.add(version)
    session.flush()
    session.add_all(
        IndicatorActual(update_id=version.id, indicator_id=indicator, value=value, **parts_of(value))
        for indicator, value in case.corrected.actuals.items()
    )
    for update, decision, reason in (
        (case.update, Decision.CORRECTED, correction.reason),
        (version, Decision.ACCEPTED, ""),
    ):
        ruling: Any = {"reviewed_at": ruled_at, "reviewed_by_id": correction.ruled_by_id}
        session.add(Review(update_id=update.id, decision=decision, reason=reason, **ruling))
    return version.id
