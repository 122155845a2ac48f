"""Giving members of the working group their remits, and saying to which of its bodies each belongs."""

from datetime import date

from db.accounts.queries import standing_roles
from db.identity import SignedIn
from db.row_changes import change, key_of
from db.store import Store, Transaction
from db.tables import Authority, Measure, Officer, Remit
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation.days import check_days
from tracking.vocabulary import Body, Role


def give_remit(
    store: Store,
    *,
    by: SignedIn,
    officer_id: int,
    starts_on: date,
    measure_id: int | None = None,
    authority_id: int | None = None,
) -> int:
    """Let a member look after a measure, a unit, or a measure of a unit from a day on; gives its id. Raises `Refusal`."""
    with store.write(by) as tx:
        officer = _member(tx, by, officer_id)
        if measure_id is None and authority_id is None:
            raise Refusal(Message("remit.of_nothing"), fields=("measure_id",))
        check_days(tx.today, starts_on=starts_on)
        if starts_on < tx.today:
            raise Refusal(Message("remit.begins_before"), fields=("starts_on",))
        _check_known(tx, measure_id, authority_id)
        remit = tx.add(
            Remit(
                officer_id=officer_id, measure_id=measure_id, authority_id=authority_id, starts_on=starts_on
            )
        )
        named = {"measure_id": measure_id, "of_authority_id": authority_id, "of_officer": officer.name}
        tx.audit("give_remit", remit, None, starts_on=starts_on.isoformat(), **named)
        return key_of(remit)


def end_remit(store: Store, *, by: SignedIn, remit_id: int) -> None:
    """Let today be the last day of a remit; one that has not begun never does. Raises `Refusal` if it is over."""
    with store.write(by) as tx:
        permissions.check(by, Right.GRANT_ROLES)
        remit = tx.load(Remit, remit_id)
        if remit.ends_on is not None:
            raise Refusal(Message("remit.over"))
        remit.ends_on = max(tx.today, remit.starts_on)
        tx.audit("end_remit", remit, None, ends_on=remit.ends_on.isoformat())


def set_body(store: Store, *, by: SignedIn, officer_id: int, body: Body | None) -> None:
    """Say to which body of the working group a member belongs."""
    with store.write(by) as tx:
        officer = _member(tx, by, officer_id)
        tx.audit("set_body", officer, None, changes=change(officer, body=body))


def _member(tx: Transaction, by: SignedIn, officer_id: int) -> Officer:
    permissions.check(by, Right.GRANT_ROLES)
    officer = tx.load(Officer, officer_id)
    if Role.MEMBER not in standing_roles(tx.session, officer_id):
        raise Refusal(Message("remit.not_a_member", name=officer.name))
    return officer


def _check_known(tx: Transaction, measure_id: int | None, authority_id: int | None) -> None:
    for table, key in ((Measure, measure_id), (Authority, authority_id)):
        if key is not None:
            tx.load(table, key)
