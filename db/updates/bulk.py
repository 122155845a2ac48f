"""Saving many progress updates from another system in one transaction: all or none."""

from collections.abc import Sequence

from db.identity import SignedIn
from db.refusals import problems_of
from db.store import Store
from db.updates.drafts import UpdateLine, save_lines
from tracking.messages import Refusal
from tracking.validation import Problem


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
