"""Changing authorities from a day on: where they stand, what they are called; and where they are listed.

A change begins today or later. What was before stays as it was: a period that is over keeps its figures.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import col

from db.authorities.standing import NAMED, settle_names
from db.figures import summaries
from db.hierarchy.listing import check_listing, founding_of
from db.hierarchy.spans import (
    beneath,
    check_day,
    check_may,
    check_place,
    check_reason,
    check_stands,
    put_under,
    spans_of,
    standing_at,
    units_of_all,
)
from db.identity import SignedIn
from db.row_changes import change, key_of, plain
from db.sql import select
from db.store import Store, Transaction
from db.tables import Authority, AuthorityName, AuthorityParent
from db.texts import cleaned_texts
from tracking.founding import LIMITS
from tracking.hierarchy import may_be_hosted, may_become, may_stand_under
from tracking.messages import Message, Refusal
from tracking.validation.days import FIRST_DAY
from tracking.vocabulary import AuthorityKind, Relation


def move_authority(
    store: Store, *, by: SignedIn | None, authority_id: int, parent_id: int, starts_on: date, reason: str
) -> None:
    """Move an authority under another from a day on, replacing any moves planned after that day.

    An authority that reports through another keeps doing so, a hosted one is hosted elsewhere; no reporting
    unit ceases to be one. Raises `Refusal`.
    """
    with store.write(by) as tx:
        check_may(by)
        authority, parent = tx.load(Authority, authority_id), tx.load(Authority, parent_id)
        reason = check_reason(reason)
        check_day(tx, starts_on)
        check_stands(authority, starts_on)
        move(tx, authority, parent, starts_on, reason)


def move(tx: Transaction, authority: Authority, parent: Authority, starts_on: date, reason: str) -> None:
    """Move an authority within a transaction. Raises `Refusal` where it does not fit, or is there already."""
    spans = spans_of(tx, authority)
    if not spans:
        raise Refusal(Message("hierarchy.stands_alone", name=authority.short_name))
    check_place(tx, authority, parent, spans[-1].relation, starts_on)
    before = standing_at(spans, starts_on)
    relation, former = before.relation, tx.load(Authority, before.parent_id)
    if before.parent_id == parent.id and spans[-1] is before:
        raise Refusal(Message("hierarchy.same", parent=parent.short_name), fields=("parent_id",))
    left = units_of_all(tx, [authority])
    put_under(tx, spans, before, key_of(parent), starts_on)
    tx.audit(
        "move_authority",
        authority,
        authority.id,
        relation=relation.value,
        from_authority=former.short_name,
        to_authority=parent.short_name,
        starts_on=starts_on.isoformat(),
        reason=reason,
    )
    if relation is Relation.PART_OF:
        summaries.rehome(tx.session, left, left=set(left.values()), known_at=tx.now)


def rename_authority(
    store: Store,
    *,
    by: SignedIn | None,
    authority_id: int,
    name: str,
    short_name: str,
    kind: AuthorityKind,
    starts_on: date,
    reason: str,
) -> None:
    """Give an authority other names or another kind from a day on, replacing any planned after that day.

    Raises `Refusal` for a kind that does not fit where it stands, or if nothing would change.
    """
    with store.write(by) as tx:
        check_may(by)
        authority, reason = tx.load(Authority, authority_id), check_reason(reason)
        texts = cleaned_texts({"name": name, "short_name": short_name}, LIMITS)
        check_day(tx, starts_on)
        check_stands(authority, starts_on)
        rename(tx, authority, texts | {"kind": AuthorityKind(kind)}, starts_on, reason)


def rename(
    tx: Transaction, authority: Authority, called: dict[str, Any], starts_on: date, reason: str
) -> None:
    """Call an authority by these names and this kind within a transaction. Raises `Refusal`."""
    _check_kind(tx, authority, called["kind"], starts_on)
    before = _called_before(tx, authority, starts_on)
    changes = {
        name: {"before": plain(before[name]), "after": plain(called[name])}
        for name in NAMED
        if before[name] != called[name]
    }
    if not changes:
        raise Refusal(Message("hierarchy.unchanged", name=authority.short_name), fields=("name",))
    tx.add(AuthorityName(authority_id=key_of(authority), starts_on=starts_on, **called))
    tx.audit(
        "rename_authority",
        authority,
        authority.id,
        changes=changes,
        starts_on=starts_on.isoformat(),
        reason=reason,
    )
    settle_names(tx.session, tx.today)


def _called_before(tx: Transaction, authority: Authority, starts_on: date) -> dict[str, Any]:
    """What it is called until a day, kept from its beginning; names to come after that day are dropped."""
    rows = select(AuthorityName).where(AuthorityName.authority_id == authority.id)
    names = list(tx.session.scalars(rows.order_by(col(AuthorityName.starts_on))))
    first = authority.founded_on or FIRST_DAY
    if not names and first < starts_on:
        now = {name: getattr(authority, name) for name in NAMED}
        names.append(tx.add(AuthorityName(authority_id=key_of(authority), starts_on=first, **now)))
    for later in [named for named in names if named.starts_on >= starts_on]:
        tx.session.delete(later)
    tx.session.flush()
    earlier: Any = next((named for named in reversed(names) if named.starts_on < starts_on), authority)
    return {name: getattr(earlier, name) for name in NAMED}


def _check_kind(tx: Transaction, authority: Authority, kind: AuthorityKind, on: date) -> None:
    if kind is authority.kind:
        return
    fits = may_become(authority.kind, kind) and all(
        may_stand_under(one.kind, kind) if relation is Relation.PART_OF else kind is AuthorityKind.PROVINCE
        for one, relation in beneath(tx, authority, on)
    )
    spans = spans_of(tx, authority)
    above = [standing_at(spans, on), spans[-1]] if spans else []
    if not fits or not all(_fits_under(tx, kind, span) for span in above):
        told = {"name": authority.short_name, "before": authority.kind, "after": kind}
        raise Refusal(Message("hierarchy.kind_does_not_fit", **told), fields=("kind",))


def _fits_under(tx: Transaction, kind: AuthorityKind, span: AuthorityParent) -> bool:
    if span.relation is Relation.HOSTED_BY:
        return may_be_hosted(kind)
    return may_stand_under(kind, tx.load(Authority, span.parent_id).kind)


def list_authority(
    store: Store,
    *,
    by: SignedIn | None,
    authority_id: int,
    region_seven: str,
    region_four: str,
    official_order: int | None = None,
    tile_row: int | None = None,
    tile_col: int | None = None,
) -> None:
    """Change where an authority is listed: its regions, its place in the official order, its tile. Raises `Refusal`."""
    with store.write(by) as tx:
        check_may(by)
        authority = tx.load(Authority, authority_id)
        listed: dict[str, Any] = {
            "region_seven": region_seven,
            "region_four": region_four,
            "official_order": official_order,
            "tile_row": tile_row,
            "tile_col": tile_col,
        }
        check_listing(tx, replace(founding_of(authority), **listed), but=authority_id)
        tx.audit("list_authority", authority, authority_id, changes=change(authority, **listed))
