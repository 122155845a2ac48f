"""Saving many progress updates from another system in one transaction: all or none."""

from collections.abc import Mapping, Sequence

from db.identity import SignedIn
from db.store import Conflict, Store
from db.updates.drafts import UpdateLine, save_lines
from tracking.messages import Refusal
from tracking.validation import Problem, refuse_all


def save_progress_updates(
    store: Store, *, by: SignedIn, lines: Sequence[UpdateLine]
) -> list[tuple[int, int]]:
    """Keep the drafts, and give (update id, its row version) in the order of the lines.

    Raises `Refusal` with the faults of every line at `updates.<place>.<field>`; `Conflict` where the only faults
    are lines that somebody saved meanwhile. Nothing is kept then.
    """
    with store.write(by) as tx:
        saved = save_lines(tx, by, lines)
        refused = {place: one for place, one in enumerate(saved) if isinstance(one, Refusal)}
        _refuse(refused)
        return [(one.id, one.row_version) for one in saved if not isinstance(one, Refusal)]


def _refuse(refused: Mapping[int, Refusal]) -> None:
    problems = [problem for place, one in refused.items() for problem in _placed(place, one)]
    if refused and all(isinstance(one, Conflict) for one in refused.values()):
        fields = tuple(problem.field for problem in problems)
        raise Conflict(*(problem.message for problem in problems), fields=fields)
    refuse_all(problems)


def _placed(place: int, refused: Refusal) -> list[Problem]:
    named = zip(refused.messages, refused.fields, strict=True)
    return [Problem(f"updates.{place}.{field}".rstrip("."), message) for message, field in named]
