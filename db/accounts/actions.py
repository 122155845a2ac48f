"""Accounts: making them, switching them off, their passwords, language and roles.

Wherever `by` may be None, the command line acts: whoever runs it holds the store itself. Self-service
actions (`change_own_password`, `set_language`) need no right, and reach nobody's account but one's own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db import clock, passwords
from db.accounts.endings import end_all
from db.accounts.queries import account_named, standing_roles
from db.accounts.sign_in_actions import check_not_locked, count_failure
from db.identity import SignedIn
from db.row_changes import key_of
from db.site.queries import read_site_settings
from db.store import NotFound, Store, Transaction
from db.tables import Account, Authority, Officer, RoleGrant
from tracking import permissions
from tracking.cleaning import says_something
from tracking.messages import Message, Refusal
from tracking.permissions import ADMINISTRATOR_ROLES, ROLES, Reach, Right
from tracking.vocabulary import Language, Role

_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A new account, or one whose password was just reset: the only moment its password is readable."""

    account_id: int
    officer_id: int
    sign_in_name: str
    password: str


def create_account(
    store: Store,
    *,
    by: SignedIn | None,
    sign_in_name: str,
    name: str = "",
    authority_id: int | None = None,
    officer_id: int | None = None,
    roles: Iterable[Role] = (),
) -> NewAccount:
    """Create an account for a known officer, or for a new one with this name and authority.

    The returned password must be changed at the first sign-in. Needs `MANAGE_ACCOUNTS`, and `GRANT_ROLES` too
    if roles are given. Raises `Refusal`.
    """
    with store.write(by) as tx:
        _check(by, Right.MANAGE_ACCOUNTS)
        made = new_account_within(tx, sign_in_name, name, authority_id, officer_id)
        for role in roles:
            _check(by, Right.GRANT_ROLES)
            grant_within(tx, tx.load(Officer, made.officer_id), role, small_site=store.settings.small_site)
        return made


def new_account_within(
    tx: Transaction, sign_in_name: str, name: str, authority_id: int | None, officer_id: int | None
) -> NewAccount:
    """The same within a transaction, without a role and without a look at who may. Raises `Refusal`."""
    sign_in_name = sign_in_name.strip().lower()
    _check_sign_in_name(tx, sign_in_name)
    officer = tx.load(Officer, officer_id) if officer_id else _new_officer(tx, name, authority_id)
    _check_without_account(tx, officer)
    password = passwords.generated()
    account = tx.add(
        Account(
            officer_id=key_of(officer), sign_in_name=sign_in_name, password_hash=passwords.hashed(password)
        )
    )
    tx.audit("create_account", account, officer.authority_id, officer_id=officer.id)
    return NewAccount(key_of(account), key_of(officer), sign_in_name, password)


def reset_password(store: Store, *, by: SignedIn | None, account_id: int) -> NewAccount:
    """Set a new initial password and end every sign-in and token of the officer. Needs `MANAGE_ACCOUNTS`.

    An administrator's password can be reset on the command line only; otherwise one administrator could take
    over another's rights, which are kept separate. Raises `Refusal`.
    """
    with store.write(by) as tx:
        _check(by, Right.MANAGE_ACCOUNTS)
        account = tx.load(Account, account_id)
        if by and standing_roles(tx.session, account.officer_id) & ADMINISTRATOR_ROLES:
            raise Refusal(Message("account.administrators_reset"))
        password = passwords.generated()
        account.password_hash, account.must_change_password = passwords.hashed(password), True
        account.failed_sign_ins, account.locked_until = 0, None
        tx.audit("reset_password", account, **end_all(tx, account.officer_id))
        return NewAccount(account_id, account.officer_id, account.sign_in_name, password)


def set_active(store: Store, *, by: SignedIn, account_id: int, active: bool) -> None:
    """Enable or disable an account; disabling ends its sign-ins and tokens. Needs `MANAGE_ACCOUNTS`.

    Not for one's own account.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_ACCOUNTS)
        account = tx.load(Account, account_id)
        _check_not_own(by, account.officer_id)
        switched(tx, account, active=active)


def switched(tx: Transaction, account: Account, *, active: bool) -> None:
    """Switch an account on or off within a transaction, audited."""
    account.active = active
    ended = {} if active else end_all(tx, account.officer_id)
    tx.audit("switch_account_on" if active else "switch_account_off", account, **ended)


def unlock_account(store: Store, *, by: SignedIn, account_id: int) -> None:
    """Unlock an account locked by too many wrong passwords. Needs `UNLOCK_ACCOUNTS`."""
    with store.write(by) as tx:
        permissions.check(by, Right.UNLOCK_ACCOUNTS)
        account = tx.load(Account, account_id)
        account.failed_sign_ins, account.locked_until = 0, None
        tx.audit("unlock_account", account)


def change_own_password(
    store: Store, *, by: SignedIn, current: str, password: str, session_hash: str
) -> None:
    """Set one's own password, ending one's other sign-ins and all one's tokens. Self-service.

    A wrong current password counts as a failed sign-in. Raises `Refusal` with the fields it concerns.
    """
    with store.read() as session:
        account = _own(session, by)
    check_not_locked(account.locked_until, clock.now())
    if not passwords.matches(current, account.password_hash):
        count_failure(store, account)
        raise Refusal(Message("account.current_wrong"), fields=("current",))
    if password == current:
        raise Refusal(Message("account.password_same"), fields=("password",))
    passwords.check_chosen(password, sign_in_name=by.sign_in_name)
    with store.write(by) as tx:
        row = tx.load(Account, account.id)
        row.password_hash, row.must_change_password = passwords.hashed(password), False
        row.failed_sign_ins = 0
        ended = end_all(tx, by.officer_id, but=session_hash)
        tx.audit("change_own_password", row, by.authority_id, **ended)


def set_language(store: Store, *, by: SignedIn, language: Language) -> None:
    """Set the officer's language. Self-service."""
    with store.write(by) as tx:
        account = _own(tx.session, by)
        account.language = language
        tx.audit("set_language", account, by.authority_id, language=language)


def grant_role(store: Store, *, by: SignedIn | None, officer_id: int, role: Role) -> None:
    """Give an officer a role. Needs `GRANT_ROLES`.

    Not to oneself; one account may hold two administrator roles only on a small site; a role that reaches its
    own unit needs one. Raises `Refusal`.
    """
    with store.write(by) as tx:
        _check(by, Right.GRANT_ROLES)
        _check_not_own(by, officer_id)
        grant_within(tx, tx.load(Officer, officer_id), role, small_site=store.settings.small_site)


def revoke_role(store: Store, *, by: SignedIn, officer_id: int, role: Role) -> None:
    """Revoke a role from an officer, effective at the next click. Needs `GRANT_ROLES`; not for oneself."""
    with store.write(by) as tx:
        permissions.check(by, Right.GRANT_ROLES)
        _check_not_own(by, officer_id)
        revoke_within(tx, tx.load(Officer, officer_id), role)


def revoke_within(tx: Transaction, officer: Officer, role: Role) -> None:
    """Revoke a role within a transaction, audited. Raises `NotFound` where it is not held."""
    held = (RoleGrant.officer_id == officer.id, RoleGrant.role == role, col(RoleGrant.revoked_at).is_(None))
    grant = tx.session.exec(select(RoleGrant).where(*held)).first()
    if grant is None:
        raise NotFound(Message("store.not_found"))
    grant.revoked_at = tx.now
    tx.audit("revoke_role", officer, officer.authority_id, role=role)


def _check(by: SignedIn | None, right: Right) -> None:
    if by is not None:
        permissions.check(by, right)


def _check_not_own(by: SignedIn | None, officer_id: int) -> None:
    if by is not None and by.officer_id == officer_id:
        raise Refusal(Message("account.not_own"))


def grant_within(tx: Transaction, officer: Officer, role: Role, *, small_site: bool = False) -> None:
    """Give a role within a transaction, audited. Raises `Refusal`."""
    held = standing_roles(tx.session, key_of(officer))
    small_site = read_site_settings(tx.session, small_site=small_site).small_site
    _check_can_hold(officer, held, role, small_site=small_site)
    by_id = tx.by.officer_id if tx.by else None
    tx.add(RoleGrant(officer_id=key_of(officer), role=role, granted_at=tx.now, granted_by_id=by_id))
    tx.audit("grant_role", officer, officer.authority_id, role=role)


def _check_can_hold(officer: Officer, held: frozenset[Role], role: Role, *, small_site: bool) -> None:
    if role in held:
        raise Refusal(Message("account.role_held", role=role))
    if not permissions.may_combine(held | {role}, small_site=small_site):
        raise Refusal(Message("account.roles_apart"))
    if ROLES[role].reach is Reach.UNIT and officer.authority_id is None:
        raise Refusal(Message("account.role_needs_unit", role=role))


def _check_sign_in_name(tx: Transaction, sign_in_name: str) -> None:
    if not _SIGN_IN_NAME.fullmatch(sign_in_name):
        raise Refusal(Message("account.name_malformed"), fields=("sign_in_name",))
    if account_named(tx.session, sign_in_name):
        raise Refusal(Message("account.name_taken"), fields=("sign_in_name",))


def _check_without_account(tx: Transaction, officer: Officer) -> None:
    if tx.session.exec(select(Account).where(Account.officer_id == officer.id)).first():
        raise Refusal(Message("account.officer_has_one"), fields=("officer_id",))


def _new_officer(tx: Transaction, name: str, authority_id: int | None) -> Officer:
    if not says_something(name):
        raise Refusal(Message("account.officer_needs_name"), fields=("name",))
    if authority_id is not None:
        tx.load(Authority, authority_id)
    return tx.add(Officer(name=name.strip(), authority_id=authority_id))


def _own(session: Session, by: SignedIn) -> Account:
    return session.exec(select(Account).where(Account.officer_id == by.officer_id)).one()
