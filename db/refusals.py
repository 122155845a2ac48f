"""Many things done one after the other and refused as one, so that whoever asked hears of every fault at once."""

from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

from db.store import Conflict
from tracking.messages import Message, Refusal
from tracking.validation import Problem, refuse_all

Item = TypeVar("Item")
Done = TypeVar("Done")

# Names the faults of one item.
Naming: TypeAlias = Callable[[Item, Refusal], list[Problem]]


def all_of(items: Iterable[Item], act: Callable[[Item], Done], named: Naming[Item]) -> list[Done]:
    """Call `act` for each item and return the results.

    Raises one `Refusal` with the faults of all of them as `named`, or a `Conflict` if there were only
    conflicts.
    """
    done: list[Done] = []
    problems: list[Problem] = []
    only_conflicts = True
    for item in items:
        try:
            done.append(act(item))
        except Refusal as refused:
            problems += named(item, refused)
            only_conflicts = only_conflicts and isinstance(refused, Conflict)
    refuse_all(problems, Conflict if only_conflicts else Refusal)
    return done


def problems_of(refused: Refusal) -> list[Problem]:
    """The problems of a refusal, each at its own field."""
    named = zip(refused.fields, refused.messages, strict=True)
    return [Problem(field, message) for field, message in named]


def of_task(task_id: int, number: int, refused: Refusal) -> list[Problem]:
    """What was refused of one task among many, in its name, at the field `tasks.<task id>.<its field>`."""
    return [
        Problem(
            f"tasks.{task_id}.{problem.field}".rstrip("."),
            Message("progress.of_task", number=number, problem=problem.message),
        )
        for problem in problems_of(refused)
    ]
