"""Finds what waits of parts in tasks of others and of supplied figures: to write about, to answer and to rule on."""

from typing import Any

from sqlmodel import col

from db.authorities.delegation import own_scope, writing_scope
from db.identity import SignedIn
from db.sql import Statement, select
from db.supplied.queries import to_answer, to_rule
from db.support.queries import parts_to_add
from db.tables import Contest, Task
from db.tasks.queries import tasks_within
from tracking.permissions import Right, Scope
from tracking.support import ContestStatus


def parts_to_write(_scope: Scope, by: SignedIn) -> Statement:
    """Asked about in an open period, and nobody has said what was done."""
    return parts_to_add(writing_scope(by))


def contests_to_answer(_scope: Scope, by: SignedIn) -> Statement:
    """Raised about one's own authority's tasks."""
    return _contests(tasks_within(own_scope(by)), Contest.raised_at, ContestStatus.RAISED)


def contests_to_maintain(_scope: Scope, by: SignedIn) -> Statement:
    """One's own authority's, answered by whoever leads the task."""
    mine = col(Contest.authority_id).in_(sorted(own_scope(by).authority_ids or ()))
    return _contests([mine], Contest.answered_at, ContestStatus.ANSWERED)


def contests_to_rule(scope: Scope, _by: SignedIn) -> Statement:
    """Standing after the answer: for the working group."""
    return _contests(tasks_within(scope), Contest.answered_at, ContestStatus.MAINTAINED)


def figures_to_answer(_scope: Scope, by: SignedIn) -> Statement:
    """Supplied for one's own authority, which has neither agreed nor contested."""
    return to_answer(own_scope(by).authority_ids or frozenset())


def figures_to_rule(scope: Scope, _by: SignedIn) -> Statement:
    """Supplied and contested: for the working group."""
    return to_rule(scope)


def _contests(within: list[Any], since: Any, status: ContestStatus) -> Statement:
    rows = select(Contest.id, col(since).label("since")).join(Task, Task.id == Contest.task_id)
    return rows.where(*within, Contest.status == status)


CONTESTS = (
    (Right.MAKE_REQUEST, contests_to_answer),
    (Right.MAKE_REQUEST, contests_to_maintain),
    (Right.RULE_REQUEST, contests_to_rule),
    (Right.MAKE_REQUEST, figures_to_answer),
    (Right.RULE_REQUEST, figures_to_rule),
)
