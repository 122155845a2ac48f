"""Saving many progress updates in one transaction: from another system all or none, from a grid whatever is sound."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.identity import SignedIn
from db.refusals import all_of, of_task, problems_of
from db.store import Conflict, Store, Transaction
from db.tables import Task
from db.updates.drafts import Draft, UpdateLine, draft_of, save_lines, write_drafts
from db.updates.openings import Openings
from tracking.messages import Refusal
from tracking.validation import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line; `refused` is why it was not kept, or why it was not handed over."""

    line: UpdateLine
    kept: bool
    refused: Refusal | None = None

    @property
    def handed_over(self) -> bool:
        """Whether it has gone to the signatory."""
        return self.line.hand_over and self.refused is None

    @property
    def conflicts(self) -> bool:
        """Whether somebody else has saved it meanwhile."""
        return isinstance(self.refused, Conflict)


def save_sound_updates(store: Store, *, by: SignedIn, lines: Sequence[UpdateLine]) -> list[Outcome]:
    """Keep every draft that can be kept, one that cannot be handed over yet as a draft; gives what became of each.

    Raises `Refusal` with the faults of every line in its task's name where none can be kept, `Conflict` where all of
    these are that somebody saved meanwhile.
    """
    with store.write(by) as tx:
        places = Openings(tx, by, [(line.task_id, line.period_id) for line in lines])
        places.check_rights()  # a right that is missing is not a fault of one line
        tried = [_tried(tx, places, line) for line in lines]
        drafts = [draft for _, draft in tried if draft]
        outcomes = [outcome for outcome, _ in tried]
        if not drafts:
            _refuse(tx, outcomes)
        write_drafts(tx, drafts)
        return outcomes


def _tried(tx: Transaction, places: Openings, line: UpdateLine) -> tuple[Outcome, Draft | None]:
    """What can be kept of a line; whatever cannot leaves no trace."""
    try:
        with tx.session.begin_nested():
            draft = draft_of(tx, replace(places.at(line.task_id, line.period_id)), line)
    except Refusal as refused:
        kept = None
        if line.hand_over and not isinstance(refused, Conflict):
            _, kept = _tried(tx, places, replace(line, hand_over=False))
        return Outcome(line, kept is not None, refused), kept
    return Outcome(line, kept=True), draft


def _refuse(tx: Transaction, outcomes: Sequence[Outcome]) -> None:
    """Refuse for all that was met. Raises `Refusal`, `Conflict`."""
    refused = [(one.line.task_id, one.refused) for one in outcomes if one.refused]
    tasks = tx.load_all(Task, {task_id for task_id, _ in refused})

    def again(met: tuple[int, Refusal]) -> None:
        raise met[1]

    def named(met: tuple[int, Refusal], refused: Refusal) -> list[Problem]:
        task = tasks.get(met[0])
        return of_task(met[0], task.number if task else 0, refused)

    all_of(refused, again, named)


def save_progress_updates(
    store: Store, *, by: SignedIn, lines: Sequence[UpdateLine]
) -> list[tuple[int, int]]:
    """Save the drafts, and return (update id, row version) in the order of the lines.

    Raises `Refusal` with the faults of every line at `updates.<place>.<field>`; `Conflict` if the only faults
    are lines saved by somebody in the meantime. Nothing is saved then.
    """
    with store.write(by) as tx:
        return [(update.id, update.row_version) for update in save_lines(tx, by, lines, _placed)]


def _placed(place: int, refused: Refusal) -> list[Problem]:
    named = problems_of(refused)
    return [Problem(f"updates.{place}.{one.field}".rstrip("."), one.message) for one in named]
