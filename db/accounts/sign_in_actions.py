"""Sign-ins: beginning one, counting what its officer does, and ending it.

Before anybody is signed in there is no `by`: `sign_in` is the one action whose permission is a password.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from db import clock, passwords
from db.accounts.endings import end_all, standing
from db.accounts.queries import account_named, identity_of, standing_sign_in, why_closed
from db.identity import SignedIn
from db.store import NotFound, Store
from db.tables import Account, Officer, SignIn
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
# If less time has passed, an officer's next action is not worth a write.
COUNTED_AFTER = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """The stored form of a session token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(store: Store, *, sign_in_name: str, password: str) -> tuple[str, SignedIn]:
    """Begin a sign-in; returns the 256-bit token, which is stored nowhere, and the identity.

    The lock is checked before the password is hashed; five failures in a row lock the account for 15 minutes.
    Raises `Refusal`, the same for an unknown name and a wrong password.
    """
    with store.read() as session:
        account = account_named(session, sign_in_name)
        by = identity_of(session, account) if account else None
        closed = why_closed(session, account) if account else None
    if account:
        check_not_locked(account.locked_until, clock.now())
    right = passwords.matches(password, account.password_hash if account else None)
    if account is None or by is None:
        raise Refusal(Message("sign_in.wrong"))
    if not right:
        count_failure(store, account)
        raise Refusal(Message("sign_in.wrong"))
    if closed:
        raise Refusal(closed)
    return _begin(store, account, by), by


def _begin(store: Store, account: Account, by: SignedIn) -> str:
    token = secrets.token_urlsafe(32)
    with store.write(by) as tx:
        row = tx.load(Account, account.id)
        row.failed_sign_ins, row.locked_until = 0, None
        started = SignIn(
            officer_id=by.officer_id,
            token_hash=token_hash(token),
            started_at=tx.now,
            last_action_at=tx.now,
        )
        tx.audit("sign_in", tx.add(started), by.authority_id)
    return token


def check_not_locked(locked_until: datetime | None, now: datetime) -> None:
    """Refuse while an account is locked, and say until when."""
    if locked_until and locked_until > now:
        until = locked_until.astimezone(clock.OFFICE_ZONE)
        raise Refusal(Message("sign_in.locked", failures=FAILURES_ALLOWED, until=f"{until:%H:%M}"))


def count_failure(store: Store, account: Account) -> None:
    """Count a wrong password; the last allowed one locks the account.

    Active sign-ins continue; otherwise anyone who knows a name could throw its officer out. Raises `Refusal`
    if the account is now locked.
    """
    with store.write(None) as tx:
        row = tx.load(Account, account.id)
        row.failed_sign_ins += 1
        tx.audit("fail_sign_in", row, failures=row.failed_sign_ins)
        if row.failed_sign_ins >= FAILURES_ALLOWED:
            row.failed_sign_ins, row.locked_until = 0, tx.now + LOCKED_FOR
            tx.audit("lock_account", row)
        locked_until = row.locked_until
    check_not_locked(locked_until, tx.now)


def resolve(store: Store, session_hash: str) -> SignedIn | None:
    """Who is signed in, counting this as an action of theirs, at most once a minute.

    Call it for actions of a person; pings, timers and reconnections use
    `db.accounts.queries.signed_in_by_hash`, which counts nothing.
    """
    with store.read() as session:
        found = standing_sign_in(session, session_hash, store.settings)
    if found is None:
        return None
    if clock.now() - found.last_action_at > COUNTED_AFTER:
        acted = update(SignIn).where(col(SignIn.id) == found.sign_in_id)
        store.note(acted.values(last_action_at=clock.now()))
    return found.by


def sign_out(store: Store, *, by: SignedIn, session_hash: str) -> None:
    """End one's own sign-in, invalidating its token at once. Self-service. Raises `NotFound`."""
    with store.write(by) as tx:
        found = tx.session.exec(standing(by.officer_id).where(SignIn.token_hash == session_hash)).first()
        if found is None:
            raise NotFound(Message("store.not_found"))
        found.ended_at = tx.now
        tx.audit("sign_out", found, by.authority_id)


def end_sign_ins(store: Store, *, by: SignedIn, officer_id: int) -> int:
    """End every sign-in and token of an officer; returns how many sign-ins were active. Needs `UNLOCK_ACCOUNTS`."""
    with store.write(by) as tx:
        permissions.check(by, Right.UNLOCK_ACCOUNTS)
        officer = tx.load(Officer, officer_id)
        ended = end_all(tx, officer_id)
        tx.audit("end_sign_ins", officer, officer.authority_id, **ended)
    return ended["ended"]
