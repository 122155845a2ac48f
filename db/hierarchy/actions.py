"""Moving an authority within the tree: to another parent or host, from a given day.

A move begins today or later. What was before stays as it was: a period that is over keeps its figures.
"""

from datetime import date, timedelta

from sqlmodel import col

from db.authorities.tree import whole_tree
from db.figures import summaries
from db.identity import SignedIn
from db.row_changes import key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Authority, AuthorityParent
from db.texts import cleaned_texts
from tracking import permissions
from tracking.hierarchy import may_stand_under
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation.days import check_days
from tracking.vocabulary import AuthorityKind, Relation

LIMITS = {"reason": 200}


def move_authority(
    store: Store, *, by: SignedIn, authority_id: int, parent_id: int, starts_on: date, reason: str
) -> None:
    """Move an authority under another from a day on, replacing any moves planned after that day.

    An authority that reports through another keeps doing so, a hosted one is hosted elsewhere; no reporting
    unit ceases to be one. Raises `Refusal`.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        authority, parent = tx.load(Authority, authority_id), tx.load(Authority, parent_id)
        texts = cleaned_texts({"reason": reason}, LIMITS)
        spans = _spans(tx, authority)
        _check_day(tx, starts_on)
        _check_place(tx, authority, parent, spans[-1].relation, starts_on)
        before = _standing(spans, starts_on)
        if before.parent_id == parent_id and spans[-1] is before:
            raise Refusal(Message("hierarchy.same", parent=parent.short_name), fields=("parent_id",))
        left = _units_of_all(tx, authority_id)
        _replace(tx, spans, before, parent_id, starts_on)
        tx.audit(
            "move_authority",
            authority,
            authority_id,
            relation=before.relation.value,
            from_authority=tx.load(Authority, before.parent_id).short_name,
            to_authority=parent.short_name,
            starts_on=starts_on.isoformat(),
            **texts,
        )
        if before.relation is Relation.PART_OF:
            summaries.rehome(tx.session, left, left=set(left.values()), known_at=tx.now)


def _spans(tx: Transaction, authority: Authority) -> list[AuthorityParent]:
    """Its spans so far, earliest first. Raises `Refusal` for a unit under nobody."""
    rows = select(AuthorityParent).where(AuthorityParent.authority_id == authority.id)
    spans = list(tx.session.scalars(rows.order_by(col(AuthorityParent.starts_on))))
    if not spans:
        raise Refusal(Message("hierarchy.stands_alone", name=authority.short_name))
    return spans


def _check_day(tx: Transaction, starts_on: date) -> None:
    if starts_on < tx.today:
        raise Refusal(Message("hierarchy.in_the_past"), fields=("starts_on",))
    check_days(tx.today, starts_on=starts_on)


def _check_place(
    tx: Transaction, authority: Authority, parent: Authority, relation: Relation, starts_on: date
) -> None:
    """Check that a host is a province, and any other parent of a higher kind and not below the moving authority."""
    if relation is Relation.HOSTED_BY:
        fits = parent.kind is AuthorityKind.PROVINCE
    else:
        fits = may_stand_under(authority.kind, parent.kind)
        below = whole_tree(tx.session).under(key_of(authority), starts_on)
        fits = fits and key_of(parent) not in below
    if not fits:
        told = {"name": authority.short_name, "parent": parent.short_name}
        raise Refusal(Message("hierarchy.does_not_fit", **told), fields=("parent_id",))


def _standing(spans: list[AuthorityParent], on: date) -> AuthorityParent:
    """The span in effect just before a move, or the one that starts on the same day and is replaced."""
    earlier = [span for span in spans if span.starts_on < on]
    return (earlier or spans)[-1 if earlier else 0]


def _units_of_all(tx: Transaction, authority_id: int) -> dict[int, int]:
    """The authority and all below it today → the unit it counts towards."""
    tree = whole_tree(tx.session)
    below = tree.under(authority_id, tx.today)
    return {one: tree.unit_of(one, tx.today) for one in below}


def _replace(
    tx: Transaction, spans: list[AuthorityParent], before: AuthorityParent, parent_id: int, starts_on: date
) -> None:
    """End the current span, drop future ones, start a new one; a move back on the same day keeps the current one."""
    for span in spans:
        if span.starts_on >= starts_on:
            tx.session.delete(span)
    tx.session.flush()
    stays = before.starts_on < starts_on
    if stays and before.parent_id == parent_id:
        before.ends_on = None
        return
    if stays:
        before.ends_on = starts_on - timedelta(1)
    tx.add(
        AuthorityParent(
            authority_id=before.authority_id,
            parent_id=parent_id,
            relation=before.relation,
            starts_on=starts_on,
        )
    )
