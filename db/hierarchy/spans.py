"""Where an authority stands by date, within a transaction that changes it; and what each change asks first."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlmodel import col

from db.authorities.tree import stands, whole_tree
from db.identity import SignedIn
from db.row_changes import key_of
from db.sql import select
from db.store import Transaction
from db.tables import Authority, AuthorityParent
from db.texts import cleaned_texts
from tracking import permissions
from tracking.hierarchy import may_stand_under
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation.days import check_days
from tracking.vocabulary import AuthorityKind, Relation

LIMITS = {"reason": 200}


def check_may(by: SignedIn | None) -> None:
    """Refuse whoever does not keep the list of units; the command line does."""
    if by is not None:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)


def check_reason(reason: str) -> str:
    """The reason as stored. Raises `Refusal`."""
    return str(cleaned_texts({"reason": reason}, LIMITS)["reason"])


def check_day(tx: Transaction, starts_on: date) -> None:
    """A change begins today or later: the figures of past days stay. Raises `Refusal`."""
    if starts_on < tx.today:
        raise Refusal(Message("hierarchy.in_the_past"), fields=("starts_on",))
    check_days(tx.today, starts_on=starts_on)


def check_stands(authority: Authority, on: date, field: str = "starts_on") -> None:
    """Refuse an authority that is not founded yet, is dissolved by then, or never reports."""
    if not authority.reports:
        raise Refusal(Message("hierarchy.not_covered", name=authority.short_name), fields=(field,))
    if authority.founded_on and authority.founded_on > on:
        told = {"name": authority.short_name, "day": authority.founded_on}
        raise Refusal(Message("hierarchy.not_founded_yet", **told), fields=(field,))
    if authority.dissolved_on:
        told = {"name": authority.short_name, "day": authority.dissolved_on}
        raise Refusal(Message("hierarchy.dissolved", **told), fields=(field,))


def check_place(
    tx: Transaction, authority: Authority, parent: Authority, relation: Relation, starts_on: date
) -> None:
    """Check that a host is a province, and any other parent of a higher kind and not below the moving authority."""
    check_stands(parent, starts_on, "parent_id")
    if relation is Relation.HOSTED_BY:
        fits = parent.kind is AuthorityKind.PROVINCE
    else:
        fits = may_stand_under(authority.kind, parent.kind)
        below = whole_tree(tx.session).under(key_of(authority), starts_on)
        fits = fits and key_of(parent) not in below
    if not fits:
        told = {"name": authority.short_name, "parent": parent.short_name}
        raise Refusal(Message("hierarchy.does_not_fit", **told), fields=("parent_id",))


def spans_of(tx: Transaction, authority: Authority) -> list[AuthorityParent]:
    """Its spans so far, earliest first; none for a unit under nobody."""
    rows = select(AuthorityParent).where(AuthorityParent.authority_id == authority.id)
    return list(tx.session.scalars(rows.order_by(col(AuthorityParent.starts_on))))


def standing_at(spans: list[AuthorityParent], on: date) -> AuthorityParent:
    """The span in effect just before a change, or the one that starts on the same day and is replaced."""
    earlier = [span for span in spans if span.starts_on < on]
    return (earlier or spans)[-1 if earlier else 0]


def beneath(tx: Transaction, parent: Authority, on: date) -> list[tuple[Authority, Relation]]:
    """The authorities directly under or hosted by one on a day, by code."""
    rows = select(Authority, AuthorityParent.relation).join(
        AuthorityParent, AuthorityParent.authority_id == Authority.id
    )
    found = [
        (authority, relation)
        for each in Relation
        for authority, relation in tx.session.execute(
            rows.where(AuthorityParent.parent_id == parent.id, *stands(each, on)).order_by(Authority.code)
        )
    ]
    return [(authority, relation) for authority, relation in found if authority.dissolved_on is None]


def units_of_all(tx: Transaction, authorities: Iterable[Authority]) -> dict[int, int]:
    """The authorities and all below them today → the unit each counts towards."""
    tree = whole_tree(tx.session)
    below = {one for authority in authorities for one in tree.under(key_of(authority), tx.today)}
    return {one: tree.unit_of(one, tx.today) for one in below}


def end_spans(tx: Transaction, spans: list[AuthorityParent], starts_on: date) -> None:
    """End the current span, drop those to come."""
    for span in spans:
        if span.starts_on >= starts_on:
            tx.session.delete(span)
        elif span.ends_on is None or span.ends_on >= starts_on:
            span.ends_on = starts_on - timedelta(1)
    tx.session.flush()


def put_under(
    tx: Transaction, spans: list[AuthorityParent], before: AuthorityParent, parent_id: int, starts_on: date
) -> None:
    """End the current span, drop future ones, start a new one; a move back on the same day keeps the current one."""
    end_spans(tx, spans, starts_on)
    if before.starts_on < starts_on and before.parent_id == parent_id:
        before.ends_on = None
        return
    tx.add(
        AuthorityParent(
            authority_id=before.authority_id,
            parent_id=parent_id,
            relation=before.relation,
            starts_on=starts_on,
        )
    )
