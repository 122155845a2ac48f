"""Saying whom a notice addresses, from a day on: kinds of units, and units one by one."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col

from db.authorities.scope import authorities_under
from db.authorities.standing import standing
from db.identity import SignedIn
from db.reference.addressed import addressed_by, in_list, is_planned
from db.sql import select
from db.store import Store, Transaction
from db.tables import Authority, Notice, NoticeAuthority, WorkPlan
from db.texts import required_reason
from tracking import permissions
from tracking.hierarchy import UNIT_KINDS
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation.days import check_days
from tracking.vocabulary import AuthorityKind

# How many a sentence names.
_NAMED = 5
Addressee = tuple[AuthorityKind | None, int | None]


def address(
    store: Store,
    *,
    by: SignedIn,
    notice_id: int,
    kinds: Collection[AuthorityKind],
    authority_ids: Collection[int],
    starts_on: date,
    reason: str,
) -> None:
    """Let a notice address every unit of these kinds, and these units, from a day on, and nobody else.

    Past days keep whom it addressed, unless nothing is planned yet. Raises `Refusal`, also where somebody who has a
    plan would be left out.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        notice, written = tx.load(Notice, notice_id), required_reason(reason)
        _check_day(tx, notice_id, starts_on)
        if set(kinds) - set(UNIT_KINDS):
            raise Refusal(Message("reference.no_unit_kind"), fields=("kinds",))
        wanted: set[Addressee] = {(AuthorityKind(kind), None) for kind in kinds}
        wanted |= {(None, one) for one in _units(tx, authority_ids, starts_on)}
        if not wanted:
            raise Refusal(Message("reference.nobody_addressed"), fields=("kinds",))
        counts = _replace(tx, notice_id, wanted, starts_on)
        _check_nobody_left_out(tx.session, notice_id, max(starts_on, tx.today))
        tx.audit(
            "address_notice",
            notice,
            starts_on=starts_on.isoformat(),
            reason=written,
            changes={"addressed": counts},
        )


def _check_day(tx: Transaction, notice_id: int, starts_on: date) -> None:
    check_days(tx.today, starts_on=starts_on)
    if starts_on < tx.today and is_planned(tx.session, notice_id):
        raise Refusal(Message("reference.addressed_too_early", day=tx.today), fields=("starts_on",))


def _units(tx: Transaction, authority_ids: Collection[int], on: date) -> list[int]:
    """The units asked for. Raises `Refusal` where one is no unit on that day."""
    chosen = (col(Authority.id).in_(list(authority_ids)), *_of_units(on))
    found = list(tx.session.scalars(select(Authority.id).where(*chosen)))
    if len(found) != len(set(authority_ids)):
        raise Refusal(Message("reference.no_unit_then", day=on), fields=("authority_ids",))
    return found


def _of_units(on: date) -> tuple[Any, ...]:
    return col(Authority.kind).in_(UNIT_KINDS), col(Authority.reports), *standing(on)


def _replace(tx: Transaction, notice_id: int, wanted: set[Addressee], starts_on: date) -> dict[str, int]:
    """End what is not wanted any more, begin what is new; tells how many of both."""
    of_notice = NoticeAuthority.notice_id == notice_id
    later = select(NoticeAuthority).where(of_notice, col(NoticeAuthority.starts_on) >= starts_on)
    for row in tx.session.scalars(later).all():
        tx.session.delete(row)
    tx.session.flush()
    before = tx.session.scalars(select(NoticeAuthority).where(of_notice, in_list(starts_on))).all()
    held = {(row.kind, row.authority_id): row for row in before}
    for key, row in held.items():
        row.ends_on = None if key in wanted else starts_on - timedelta(1)
    for kind, authority_id in sorted(wanted - held.keys(), key=str):
        tx.add(
            NoticeAuthority(notice_id=notice_id, kind=kind, authority_id=authority_id, starts_on=starts_on)
        )
    tx.session.flush()
    return {"before": len(held), "after": len(wanted)}


def _check_nobody_left_out(session: Session, notice_id: int, on: date) -> None:
    """Raises `Refusal`, naming them, where units that are not addressed have plans of the year or later, or those below."""
    plans = select(WorkPlan.authority_id).where(WorkPlan.notice_id == notice_id, WorkPlan.year >= on.year)
    planned = set(session.scalars(plans))
    if not planned:
        return
    units = select(Authority.id, Authority.short_name).where(*_of_units(on), ~addressed_by(notice_id, on))
    left = [name for key, name in session.execute(units) if planned & authorities_under(session, key, on=on)]
    if left:
        named = "、".join(left[:_NAMED])
        raise Refusal(Message("reference.planned_left_out", count=len(left), names=named), fields=("kinds",))
