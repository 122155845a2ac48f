"""Dissolving authorities, and merging them into another that goes on with their tasks.

Whoever is dissolved keeps all it did. From its day on it is not asked; who merged reports through its successor.
"""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import and_, func, or_
from sqlmodel import col

from db.accounts.queries import accounts_in_use
from db.authorities.tree import whole_tree
from db.figures import summaries
from db.hierarchy.actions import move
from db.hierarchy.spans import (
    beneath,
    check_day,
    check_may,
    check_reason,
    check_stands,
    end_spans,
    spans_of,
    units_of_all,
)
from db.identity import SignedIn
from db.row_changes import key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Authority, AuthorityParent, PlanRevision, ReportingPeriod, Task, TaskRevision, WorkPlan
from tracking.hierarchy import may_take_over
from tracking.messages import Message, Refusal
from tracking.vocabulary import PlanStatus, Relation, TaskStatus

# How many a sentence names.
NAMED = 5
_UNDER_WAY = (
    PlanStatus.HANDED_OVER,
    PlanStatus.SIGNED_OFF,
    PlanStatus.CHECKING,
    PlanStatus.SUBMITTED,
)


def dissolve_authority(
    store: Store, *, by: SignedIn | None, authority_id: int, starts_on: date, reason: str
) -> None:
    """Let an authority end, the day given being the first without it.

    Raises `Refusal`, naming them, while others are under it, or it has tasks that would be nobody's.
    """
    with store.write(by) as tx:
        check_may(by)
        authority, reason = tx.load(Authority, authority_id), check_reason(reason)
        check_day(tx, starts_on)
        _check_may_end(authority, starts_on, "starts_on")
        _check_nobody_beneath(tx, authority, starts_on)
        _check_no_tasks(tx, authority, starts_on)
        authority.dissolved_on = starts_on
        told = {"starts_on": starts_on.isoformat(), "reason": reason, "accounts": _accounts(tx, authority)}
        tx.audit("dissolve_authority", authority, authority.id, **told)


def merge_authorities(
    store: Store,
    *,
    by: SignedIn | None,
    authority_ids: Collection[int],
    successor_id: int,
    starts_on: date,
    reason: str,
) -> None:
    """Merge authorities into another, which goes on from that day with their tasks and with those below them.

    The tasks keep their history, and count towards the successor's unit from then on. Raises `Refusal`.
    """
    with store.write(by) as tx:
        check_may(by)
        successor, reason = tx.load(Authority, successor_id), check_reason(reason)
        check_day(tx, starts_on)
        check_stands(successor, starts_on, "successor_id")
        if not authority_ids:
            raise Refusal(Message("hierarchy.none_chosen"), fields=("authority_ids",))
        merging = [tx.load(Authority, one) for one in sorted(authority_ids)]
        left = units_of_all(tx, merging)
        for authority in merging:
            _merge(tx, authority, successor, starts_on, reason)
        summaries.rehome(tx.session, left, left=set(left.values()), known_at=tx.now)


def _merge(tx: Transaction, authority: Authority, successor: Authority, starts_on: date, reason: str) -> None:
    _check_may_end(authority, starts_on, "authority_ids")
    below = whole_tree(tx.session).under(key_of(authority), starts_on)
    if key_of(successor) in below or not may_take_over(authority.kind, successor.kind):
        told = {"name": authority.short_name, "successor": successor.short_name}
        raise Refusal(Message("hierarchy.cannot_take_over", **told), fields=("successor_id",))
    for one, _ in beneath(tx, authority, starts_on):
        if one is successor:  # it was hosted by the one it goes on for
            end_spans(tx, spans_of(tx, one), starts_on)
        else:
            move(tx, one, successor, starts_on, reason)
    end_spans(tx, spans_of(tx, authority), starts_on)
    tx.add(
        AuthorityParent(
            authority_id=key_of(authority),
            parent_id=key_of(successor),
            relation=Relation.PART_OF,
            starts_on=starts_on,
        )
    )
    authority.dissolved_on = starts_on
    tx.audit(
        "merge_authority",
        authority,
        authority.id,
        to_authority=successor.short_name,
        starts_on=starts_on.isoformat(),
        reason=reason,
        open_tasks=len(_tasks(tx, authority, starts_on)),
        accounts=_accounts(tx, authority),
    )


def withdraw_ending(store: Store, *, by: SignedIn | None, authority_id: int) -> None:
    """Let an authority stand after all, until the day of its end is over; who moved on stays there. Raises `Refusal`."""
    with store.write(by) as tx:
        check_may(by)
        authority = tx.load(Authority, authority_id)
        if authority.dissolved_on is None or authority.dissolved_on < tx.today:
            raise Refusal(Message("hierarchy.nothing_to_withdraw", name=authority.short_name))
        left, ended = units_of_all(tx, [authority]), authority.dissolved_on
        authority.dissolved_on = None
        for span in spans_of(tx, authority):
            if span.starts_on == ended:
                tx.session.delete(span)
            elif span.ends_on == ended - timedelta(1):
                span.ends_on = None
        tx.audit("withdraw_ending", authority, authority.id, ends_on=ended.isoformat())
        summaries.rehome(tx.session, left, left=set(left.values()), known_at=tx.now)


def _check_may_end(authority: Authority, starts_on: date, field: str) -> None:
    """Refuse one that does not stand then, or would not have stood for a day."""
    check_stands(authority, starts_on, field)
    if authority.founded_on == starts_on:
        told = {"name": authority.short_name, "day": starts_on}
        raise Refusal(Message("hierarchy.founded_that_day", **told), fields=(field,))


def _accounts(tx: Transaction, authority: Authority) -> int:
    """How many accounts end with it: from its last day on nobody signs in with them."""
    return accounts_in_use(tx.session, key_of(authority))


def _check_nobody_beneath(tx: Transaction, authority: Authority, starts_on: date) -> None:
    below = [one.short_name for one, _ in beneath(tx, authority, starts_on)]
    if below:
        told = {"name": authority.short_name, "count": len(below), "names": "、".join(below[:NAMED])}
        raise Refusal(Message("hierarchy.others_beneath", **told))


def _check_no_tasks(tx: Transaction, authority: Authority, starts_on: date) -> None:
    tasks = _tasks(tx, authority, starts_on)
    if tasks:
        told = {"name": authority.short_name, "count": len(tasks), "titles": "；".join(tasks[:NAMED])}
        raise Refusal(Message("hierarchy.tasks_left", **told))
    under_way = (
        select(WorkPlan.year)
        .join(PlanRevision, PlanRevision.plan_id == WorkPlan.id)
        .where(WorkPlan.authority_id == authority.id, WorkPlan.year >= starts_on.year)
        .where(col(PlanRevision.status).in_(_UNDER_WAY))
    )
    if (year := tx.session.scalar(under_way)) is not None:
        raise Refusal(Message("hierarchy.plan_under_way", name=authority.short_name, year=str(year)))


def _tasks(tx: Transaction, authority: Authority, starts_on: date) -> list[str]:
    """The titles of its tasks that would be nobody's: all of that year, and of the year then in hand those not completed."""
    begun = select(func.max(ReportingPeriod.year)).where(ReportingPeriod.starts_on <= starts_on)
    open_before = and_(col(Task.year) >= begun.scalar_subquery(), col(Task.status) != TaskStatus.COMPLETED)
    rows = (
        select(TaskRevision.title)
        .join(Task, Task.revision_id == TaskRevision.id)
        .where(Task.authority_id == authority.id, Task.in_force)
        .where(or_(col(Task.year) >= starts_on.year, open_before))
    )
    return list(tx.session.scalars(rows.order_by(Task.year, Task.number)))
