"""Founding authorities: one by one, or out of another that is split."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from db.hierarchy.actions import move
from db.hierarchy.listing import check_code, check_listing, check_name, next_order
from db.hierarchy.spans import (
    LIMITS,
    beneath,
    check_day,
    check_may,
    check_place,
    check_reason,
    check_stands,
    spans_of,
)
from db.identity import SignedIn
from db.row_changes import key_of, plain
from db.store import NotFound, Store, Transaction
from db.tables import Authority, AuthorityParent
from tracking.cleaning import clean_text
from tracking.founding import NO_REGION, Founding, founding_problems
from tracking.hierarchy import is_beneath, may_be_hosted
from tracking.messages import Message, Refusal
from tracking.validation import refuse_all
from tracking.validation.problems import text_problems
from tracking.vocabulary import AuthorityKind, Relation


def found_authority(
    store: Store,
    *,
    by: SignedIn | None,
    founding: Founding,
    starts_on: date,
    reason: str,
    parent_id: int | None = None,
) -> int:
    """Found an authority from a day on, under a parent or hosted by one, and return its id. Raises `Refusal`."""
    with store.write(by) as tx:
        check_may(by)
        check_day(tx, starts_on)
        return key_of(found(tx, founding, starts_on, reason, parent_id))


def split_authority(
    store: Store,
    *,
    by: SignedIn | None,
    authority_id: int,
    founding: Founding,
    moving: Collection[int],
    starts_on: date,
    reason: str,
) -> int:
    """Found an authority out of another from a day on, with some of those below that one, and return its id.

    Tasks go along with the authority whose they are. Raises `Refusal`.
    """
    with store.write(by) as tx:
        check_may(by)
        reason = check_reason(reason)
        check_day(tx, starts_on)
        former = tx.load(Authority, authority_id)
        check_stands(former, starts_on)
        below = {key_of(one): one for one, _ in beneath(tx, former, starts_on)}
        if not below.keys() >= set(moving):
            raise NotFound(Message("store.not_found"))
        above = [span.parent_id for span in spans_of(tx, former) if span.starts_on <= starts_on]
        parent_id = above[-1] if above and is_beneath(founding.kind) else None
        split = found(tx, founding, starts_on, reason, parent_id, of=former)
        for one in sorted(moving):
            move(tx, below[one], split, starts_on, reason)
        return key_of(split)


def found(
    tx: Transaction,
    founding: Founding,
    starts_on: date,
    reason: str,
    parent_id: int | None = None,
    *,
    of: Authority | None = None,
) -> Authority:
    """Found an authority within a transaction, with the regions of its parent where it has none.

    Raises `Refusal` with every fault.
    """
    parent = None if parent_id is None else tx.load(Authority, parent_id)
    founding = _cleaned(founding, parent)
    why = text_problems("reason", reason, required=True, limit=LIMITS["reason"])
    refuse_all([*founding_problems(founding, parent.code if parent else ""), *why])
    check_code(tx, founding.code)
    check_listing(tx, founding, on=starts_on)
    if not is_beneath(founding.kind):
        check_name(tx, founding.name, starts_on)
        founding = replace(founding, official_order=founding.official_order or next_order(tx))
    authority = tx.add(_row(founding, starts_on))
    _place(tx, authority, parent, starts_on)
    tx.audit(
        "found_authority",
        authority,
        authority.id,
        code=founding.code,
        name=founding.name,
        kind=plain(founding.kind),
        starts_on=starts_on.isoformat(),
        reason=clean_text(reason),
        to_authority=parent.short_name if parent else None,
        split_from=of.short_name if of else None,
    )
    return authority


def _cleaned(founding: Founding, parent: Authority | None) -> Founding:
    regions: dict[str, Any] = {
        name: getattr(parent, name) or NO_REGION
        for name in ("region_seven", "region_four")
        if parent and getattr(founding, name) == NO_REGION
    }
    texts: dict[str, Any] = {
        name: clean_text(getattr(founding, name)) for name in ("code", "name", "short_name")
    }
    return replace(founding, **texts, **regions)


def _row(founding: Founding, starts_on: date) -> Authority:
    return Authority(
        code=founding.code,
        code_standard=founding.code_standard,
        name=founding.name,
        short_name=founding.short_name,
        kind=founding.kind,
        region_seven=founding.region_seven,
        region_four=founding.region_four,
        official_order=founding.official_order,
        tile_row=founding.tile_row,
        tile_col=founding.tile_col,
        founded_on=starts_on,
    )


def _place(tx: Transaction, authority: Authority, parent: Authority | None, starts_on: date) -> None:
    """Under its parent if it reports through one, else hosted by it. Raises `Refusal`."""
    if authority.kind is AuthorityKind.NOT_COVERED:
        raise Refusal(Message("hierarchy.kind_not_covered"), fields=("kind",))
    if parent is None and is_beneath(authority.kind):
        raise Refusal(Message("hierarchy.parent_needed", kind=authority.kind), fields=("parent_id",))
    if parent is None:
        return
    relation = Relation.PART_OF if is_beneath(authority.kind) else Relation.HOSTED_BY
    if relation is Relation.HOSTED_BY and not may_be_hosted(authority.kind):
        raise Refusal(Message("hierarchy.not_hosted", kind=authority.kind), fields=("parent_id",))
    check_place(tx, authority, parent, relation, starts_on)
    tx.add(
        AuthorityParent(
            authority_id=key_of(authority), parent_id=key_of(parent), relation=relation, starts_on=starts_on
        )
    )
