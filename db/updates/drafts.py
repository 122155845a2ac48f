"""Drafts of an update: begun, checked and written.

Each draft is judged by itself; then all of them are written together, by a few statements for a thousand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, insert

from db import signatures
from db.evidence.keeping import carry_evidence
from db.figures.submission_cells import recount_reports
from db.identity import SignedIn
from db.refusals import Naming, all_of
from db.sql import among, flushed
from db.store import Conflict, Transaction, check_version
from db.tables import EvidenceFile, IndicatorActual, MilestoneReached, ProgressUpdate, Task
from db.updates.openings import Opening, Openings
from db.updates.standing import facts_of_update, update_draft
from tracking import workflow
from tracking.carrying import judged, unchanged
from tracking.checks import check_update, confirmable
from tracking.messages import Message
from tracking.scales import parts_of
from tracking.validation import (
    UpdateDraft,
    cleaned,
    completion_of_draft,
    refuse_all,
)
from tracking.vocabulary import UpdateStatus

_PARTS = (IndicatorActual.__table__, MilestoneReached.__table__)  # type: ignore[attr-defined]  # SQLModel hides the table from type checkers
_DROP = [delete(part).where(among(part.c.update_id, "update_ids")) for part in _PARTS]
_KEEP = [insert(part) for part in _PARTS]
TEXTS = ("progress", "difficulties", "next_steps", "explanation", "no_change", "completion_requested")


@dataclass(frozen=True, slots=True)
class UpdateLine:
    """What is reported of one task for one period; `row_version` 0 begins a draft.

    With `confirm` whoever sends it has looked at all that only has to be confirmed.
    """

    task_id: int
    period_id: int
    row_version: int
    draft: UpdateDraft
    hand_over: bool = False
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A valid draft on its way into the store; `evidence` is taken over from the previous version.

    `action` is its name in the audit trail. What `stays` a draft counts nowhere else than before.
    """

    update: ProgressUpdate
    task: Task
    said: UpdateDraft
    evidence: Sequence[EvidenceFile]
    action: str
    stays: bool = False


def save_lines(
    tx: Transaction, by: SignedIn, lines: Sequence[UpdateLine], named: Naming[int], /, **detail: object
) -> list[ProgressUpdate]:
    """Write the draft of every line, or of none.

    Raises one `Refusal` with all faults; `named` names those of the line at a position in the list.
    """
    return write_drafts(tx, judge_lines(tx, by, lines, named), **detail)


def judge_lines(
    tx: Transaction, by: SignedIn, lines: Sequence[UpdateLine], named: Naming[int]
) -> list[Draft]:
    """The draft of every line, to be written; raises as `save_lines` does."""
    places = Openings(tx, by, [(line.task_id, line.period_id) for line in lines])

    def drafted(index: int) -> Draft:
        return draft_of(tx, places.at(lines[index].task_id, lines[index].period_id), lines[index])

    return all_of(range(len(lines)), drafted, named)


def draft_of(tx: Transaction, place: Opening, line: UpdateLine) -> Draft:
    """The draft of one line, to be written at its place. Raises `Refusal`, `Conflict`."""
    draft = line.draft
    if line.confirm:
        facts = place.standing.facts
        draft = replace(draft, confirmed=confirmable(_judged(draft, place), facts))
    return draft_at(tx, place, line.row_version, draft, hand_over=line.hand_over)


def _judged(draft: UpdateDraft, place: Opening) -> UpdateDraft:
    stands = place.standing
    return judged(draft, stands.last, stands.facts, again=bool(stands.before))


def draft_at(
    tx: Transaction, place: Opening, row_version: int, draft: UpdateDraft, *, hand_over: bool
) -> Draft:
    """The draft for an opening; to be handed over it must be complete. What it calls no change is judged anew.

    Raises `Conflict` if somebody else saved in the meantime, `Refusal` with every fault.
    """
    before = place.update
    stays = before is not None and before.status is UpdateStatus.DRAFT and not hand_over
    update = _opened(tx, place, row_version)
    facts, draft = place.standing.facts, _judged(draft, place)
    refuse_all(check_update(draft, facts, complete=hand_over))
    said = cleaned(replace(draft, confirmed=confirmable(draft, facts) & draft.confirmed))
    update.written_at, update.written_by_id = tx.now, tx.by.officer_id if tx.by else None
    if hand_over:
        signatures.hand_over(workflow.PROGRESS_UPDATE, update, tx.now)
    say(update, said, completion_of_draft(said, facts))
    action = "hand_over_progress_update" if hand_over else "save_progress_update"
    evidence = [] if update is before else place.standing.evidence
    return Draft(update, place.task, said, evidence, action, stays=stays)


def _opened(tx: Transaction, place: Opening, row_version: int) -> ProgressUpdate:
    """The open draft, checked for conflicts, or a new version. Raises `Conflict`."""
    update = place.update
    if update is None or update.status is UpdateStatus.RETURNED:
        if row_version:
            raise Conflict(Message("store.changed_meanwhile"))
        place.update = next_version(tx, place.task.id, place.period.id, update)
        return place.update
    signatures.back_to_draft(workflow.PROGRESS_UPDATE, update, "edit")
    check_version(update, row_version)
    return update


def next_version(
    tx: Transaction, task_id: int, period_id: int, before: ProgressUpdate | None
) -> ProgressUpdate:
    """A new draft version after the newest one; it has its key once flushed."""
    version = before.version + 1 if before else 1
    if before:
        before.followed = True
    # With all that has a default made anew for each row: to find out how to make it takes longer than the rest.
    update = ProgressUpdate(
        task_id=task_id, period_id=period_id, version=version, written_at=tx.now, confirmed=[]
    )
    tx.session.add(update)
    return update


def write_drafts(tx: Transaction, drafts: Sequence[Draft], /, **detail: object) -> list[ProgressUpdate]:
    """Store drafts with their content and audit events; evidence of the previous version is carried over."""
    tx.session.flush()
    for draft in drafts:
        carry_evidence(tx, draft.update, draft.evidence)
    write_parts(tx, {draft.update.id: draft.said for draft in drafts})
    for draft in drafts:
        tx.audit(draft.action, draft.update, draft.task.authority_id, **figures(draft.update), **detail)
    written = [draft.update for draft in drafts]
    recount_reports(tx.session, [draft.update for draft in drafts if not draft.stays])
    return written


def say(update: ProgressUpdate, said: UpdateDraft, completion_permille: int) -> None:
    """Set the content of an update, except its actuals and milestones."""
    update.sqlmodel_update({name: getattr(said, name) for name in TEXTS})
    update.confirmed = sorted(said.confirmed)
    update.completion_permille = completion_permille


def write_parts(tx: Transaction, said: Mapping[int, UpdateDraft]) -> None:
    """Store the actuals and milestones of updates, by key, replacing any earlier ones."""
    connection = flushed(tx.session)
    for drop in _DROP:
        connection.execute(drop, {"update_ids": list(said)})
    actuals: list[dict[str, Any]] = [
        {"update_id": key, "indicator_id": indicator, "value": value, **parts_of(value)}
        for key, draft in said.items()
        for indicator, value in draft.actuals.items()
    ]
    reached: list[dict[str, Any]] = [
        {"update_id": key, "milestone_number": number}
        for key, draft in said.items()
        for number in sorted(draft.milestones_reached)
    ]
    for keep, rows in zip(_KEEP, (actuals, reached), strict=True):
        if rows:
            connection.execute(keep, rows)


def unchanged_at(tx: Transaction, place: Opening, row_version: int = 0, explanation: str = "") -> Draft:
    """A complete draft saying that nothing has changed since the last accepted update. Raises `Refusal`."""
    stands = place.standing
    draft = unchanged(stands.last, stands.facts, explanation=explanation)
    return replace(draft_at(tx, place, row_version, draft, hand_over=True), action="report_no_change")


def check_complete(tx: Transaction, update: ProgressUpdate) -> None:
    """Refuse an update that could not be submitted as it stands. Raises `Refusal` with every fault."""
    refuse_all(check_update(update_draft(tx.session, update), facts_of_update(tx.session, update)))


def figures(update: ProgressUpdate) -> dict[str, object]:
    """What the audit trail records of an update."""
    return {"task_id": update.task_id, "completion_permille": update.completion_permille}
