"""The accounts that a unit keeps itself: for its own people and for those beneath it, up to a quota.

Only a signatory keeps them, since whoever leads an authority answers for who acts in its name. Only the two roles of a
unit are given here, never to administrators and never to oneself.
"""

from db import passwords
from db.accounts.actions import NewAccount, grant_within, new_account_within, revoke_within, switched
from db.accounts.endings import end_all
from db.accounts.queries import accounts_in_use, standing_roles, successor_of
from db.identity import SignedIn
from db.row_changes import key_of
from db.site.queries import read_site_settings
from db.store import Store, Transaction
from db.tables import Account, Authority, Officer
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import UNIT_ROLES, Right
from tracking.vocabulary import Role

# No authority has this key, so reaching one authority does not reach an officer without one.
AT_NONE = 0


def open_unit_account(
    store: Store,
    *,
    by: SignedIn,
    authority_id: int,
    sign_in_name: str,
    role: Role,
    name: str = "",
    officer_id: int | None = None,
) -> NewAccount:
    """Open an account with one of the two roles of a unit, for a known officer of the authority or for a new one.

    The returned password must be changed at the first sign-in. Raises `Refusal`, also beyond the quota.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.KEEP_OWN_ACCOUNTS, authority_id)
        _check_role(role)
        _check_stands(tx, authority_id)
        _check_quota(tx, authority_id)
        if officer_id is not None and tx.load(Officer, officer_id).authority_id != authority_id:
            raise Refusal(Message("account.officer_elsewhere"), fields=("officer_id",))
        made = new_account_within(tx, sign_in_name, name, authority_id, officer_id)
        grant_within(tx, tx.load(Officer, made.officer_id), role)
        return made


def reset_unit_password(store: Store, *, by: SignedIn, account_id: int) -> NewAccount:
    """Set a new first password for an account of one's unit, and end its sign-ins and tokens. Raises `Refusal`."""
    with store.write(by) as tx:
        account, officer = _kept(tx, by, account_id)
        password = passwords.generated()
        account.password_hash, account.must_change_password = passwords.hashed(password), True
        account.failed_sign_ins, account.locked_until = 0, None
        tx.audit("reset_password", account, officer.authority_id, **end_all(tx, key_of(officer)))
        return NewAccount(account_id, key_of(officer), account.sign_in_name, password)


def set_unit_account_active(store: Store, *, by: SignedIn, account_id: int, active: bool) -> None:
    """Switch an account of one's unit on, within the quota, or off. Raises `Refusal`."""
    with store.write(by) as tx:
        account, officer = _kept(tx, by, account_id)
        if active and not account.active:
            _check_quota(tx, officer.authority_id or AT_NONE)
        switched(tx, account, active=active)


def grant_unit_role(store: Store, *, by: SignedIn, account_id: int, role: Role) -> None:
    """Give one of the two roles of a unit to somebody of one's unit. Raises `Refusal`."""
    with store.write(by) as tx:
        _, officer = _kept(tx, by, account_id)
        _check_role(role)
        grant_within(tx, officer, role)


def revoke_unit_role(store: Store, *, by: SignedIn, account_id: int, role: Role) -> None:
    """Take one of the two roles of a unit from somebody of one's unit, effective at the next click. Raises `Refusal`."""
    with store.write(by) as tx:
        _, officer = _kept(tx, by, account_id)
        _check_role(role)
        revoke_within(tx, officer, role)


def take_over_account(store: Store, *, by: SignedIn, account_id: int) -> None:
    """Let an officer of a unit that was merged go on at its successor, with account and roles. Raises `Refusal`."""
    with store.write(by) as tx:
        account, officer = _kept(tx, by, account_id)
        before = tx.session.get_one(Authority, officer.authority_id)
        ended = before.dissolved_on is not None and before.dissolved_on <= tx.today
        successor = successor_of(tx.session, before) if ended else None
        if successor is None:
            raise Refusal(Message("account.unit_stands", unit=before.name))
        permissions.check(by, Right.KEEP_OWN_ACCOUNTS, successor.id)
        if account.active:
            _check_quota(tx, key_of(successor))
        officer.authority_id = successor.id
        tx.audit("take_over_account", account, successor.id, from_authority=before.short_name)


def _kept(tx: Transaction, by: SignedIn, account_id: int) -> tuple[Account, Officer]:
    """An account that this person keeps. Raises `Refusal` for one's own and for one with any other role."""
    account = tx.load(Account, account_id)
    officer = tx.load(Officer, account.officer_id)
    permissions.check(by, Right.KEEP_OWN_ACCOUNTS, officer.authority_id or AT_NONE)
    if officer.id == by.officer_id:
        raise Refusal(Message("account.not_own"))
    if standing_roles(tx.session, key_of(officer)) - UNIT_ROLES:
        raise Refusal(Message("account.not_of_the_unit"))
    return account, officer


def _check_role(role: Role) -> None:
    if role not in UNIT_ROLES:
        raise Refusal(Message("account.role_not_of_a_unit", role=role), fields=("role",))


def _check_stands(tx: Transaction, authority_id: int) -> None:
    authority = tx.session.get_one(Authority, authority_id)
    if authority.dissolved_on is not None and authority.dissolved_on <= tx.today:
        message = Message("account.unit_ended", unit=authority.name)
        raise Refusal(message, fields=("authority_id",))


def _check_quota(tx: Transaction, authority_id: int) -> None:
    quota, used = read_site_settings(tx.session).account_quota, accounts_in_use(tx.session, authority_id)
    if used >= quota:
        raise Refusal(Message("account.quota_reached", quota=quota), fields=("authority_id",))
