"""Owns many progress updates saved in one transaction, as another system hands them over: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.actions.update_drafts import figures, open_draft, reportable, write_draft
from db.identity import SignedIn
from db.store import Conflict, Store, Transaction
from tracking.messages import Refusal
from tracking.validation import Problem, UpdateDraft, refuse_all


@dataclass(frozen=True, slots=True)
class Line:
    """What is reported of one task for one period; `row_version` 0 begins a draft."""

    task_id: int
    period_id: int
    row_version: int
    draft: UpdateDraft
    hand_over: bool = False


def save_progress_updates(store: Store, *, by: SignedIn, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Keep the drafts, and give (update id, its row version) in the order of the lines.

    Raises `Refusal` with the faults of every line at `updates.<place>.<field>`; `Conflict` where the only faults
    are lines that somebody saved meanwhile. Nothing is kept then.
    """
    with store.write(by) as tx:
        problems: list[Problem] = []
        conflicts, saved = 0, []
        for place, line in enumerate(lines):
            try:
                saved.append(_save(tx, by, line))
            except Refusal as refused:
                conflicts += isinstance(refused, Conflict)
                problems += _placed(place, refused)
        _refuse(problems, conflicts)
        return saved


def _save(tx: Transaction, by: SignedIn, line: Line) -> tuple[int, int]:
    place = reportable(tx, by, line.task_id, line.period_id)
    update = open_draft(tx, place, line.row_version)
    write_draft(tx, place, update, line.draft, hand_over=line.hand_over)
    action = "hand_over_progress_update" if line.hand_over else "save_progress_update"
    tx.audit(action, update, place.task.authority_id, **figures(update))
    return update.id, update.row_version


def _placed(place: int, refused: Refusal) -> list[Problem]:
    named = zip(refused.messages, refused.fields, strict=True)
    return [Problem(f"updates.{place}.{field}".rstrip("."), message) for message, field in named]


def _refuse(problems: list[Problem], conflicts: int) -> None:
    if problems and conflicts == len(problems):
        fields = tuple(problem.field for problem in problems)
        raise Conflict(*(problem.message for problem in problems), fields=fields)
    refuse_all(problems)
