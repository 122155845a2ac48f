"""Keeping the registers: an entry is recorded, corrected, withdrawn.

Nothing is overwritten: a correction is a new version that names the one before, a withdrawal adds its reason.
Whoever corrects or withdraws names the version they saw; somebody else's meanwhile is a conflict.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col

from db.identity import SignedIn
from db.registers.definitions import register_in
from db.registers.files import keep_handed_in, with_keys
from db.registers.known import known_to
from db.registers.queries import standing_entry
from db.row_changes import key_of
from db.sql import select
from db.store import Conflict, Store, Transaction
from db.tables import RegisterEntry
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.registers.contents import Content, read_content, told_from
from tracking.registers.definitions import Register
from tracking.registers.keeping import check_keeper, right_to_keep
from tracking.validation import cleaned, refuse_all
from tracking.validation.problems import text_problems
from tracking.vocabulary import Body

REASON_LONGEST = 500


def record_entry(
    store: Store,
    *,
    by: SignedIn,
    register_id: int,
    authority_id: int | None,
    content: Content,
    body: Body | None = None,
) -> int:
    """Add an entry of an authority, or of a body of the working group, to a register, and return its key.

    Raises `Refusal` with every fault, `Conflict` if the register takes one entry and has it.
    """
    permissions.check(by, right_to_keep(authority_id), authority_id)
    keep_handed_in(store, content)
    with store.write(by) as tx:
        return record(tx, by, register_in(tx.session, register_id), authority_id, content, body=body)


def record(
    tx: Transaction,
    by: SignedIn,
    register: Register,
    authority_id: int | None,
    content: Content,
    *,
    body: Body | None = None,
) -> int:
    """The same within a transaction."""
    permissions.check(by, right_to_keep(authority_id), authority_id)
    if register.retired:
        raise Refusal(Message("register.retired"))
    check_keeper(register, authority_id, body)
    kept = _read(tx, by, register, content, authority_id=authority_id, body=body)
    if register.single and standing_entry(tx.session, register.register_id, authority_id, body):
        raise Conflict(Message("register.one_stands"))
    row = _version(tx, by, register, kept, authority_id=authority_id, body=body)
    tx.audit("record_entry", row, authority_id, register=register.title)
    return key_of(row)


def correct_entry(store: Store, *, by: SignedIn, entry_id: int, content: Content) -> int:
    """Replace the version seen by a new one, and return its key. What retired fields held stays.

    Raises `Refusal` with every fault, `Conflict` if the version seen is no longer current.
    """
    with store.write(by) as tx:
        _entry_seen(tx, by, entry_id)
        keep_handed_in(store, content)
        return correct(tx, by, entry_id, content)


def correct(tx: Transaction, by: SignedIn, entry_id: int, content: Content) -> int:
    """The same within a transaction."""
    seen = _entry_seen(tx, by, entry_id)
    register = register_in(tx.session, seen.register_id)
    asked = {one.key for one in register.asked}
    kept = {key: value for key, value in seen.content.items() if key not in asked}
    kept |= _read(tx, by, register, content, authority_id=seen.authority_id, body=seen.body)
    changes = _changes(register, seen.content, kept)
    if not changes:
        raise Refusal(Message("register.nothing_changed"))
    place = {"authority_id": seen.authority_id, "body": seen.body, "corrects_id": entry_id}
    row = _version(tx, by, register, kept, **place)
    tx.audit("correct_entry", row, seen.authority_id, register=register.title, changes=changes)
    return key_of(row)


def withdraw_entry(store: Store, *, by: SignedIn, entry_id: int, reason: str) -> None:
    """Withdraw an entry from its register; it stays in the history with the reason.

    Raises `Refusal` without a reason, `Conflict` if the version seen is no longer current.
    """
    with store.write(by) as tx:
        seen = _entry_seen(tx, by, entry_id)
        refuse_all(list(text_problems("reason", reason, required=True, limit=REASON_LONGEST)))
        seen.withdrawn_at, seen.withdrawn_by_id = tx.now, by.officer_id
        seen.withdrawal_reason = cleaned(reason)
        register = register_in(tx.session, seen.register_id)
        said = {"register": register.title, "reason": seen.withdrawal_reason}
        tx.audit("withdraw_entry", seen, seen.authority_id, **said)


def _entry_seen(tx: Transaction, by: SignedIn, entry_id: int) -> RegisterEntry:
    """The version seen, if still current."""
    seen = tx.load(RegisterEntry, entry_id)
    permissions.check(by, right_to_keep(seen.authority_id), seen.authority_id)
    later = tx.session.scalar(select(RegisterEntry.id).where(col(RegisterEntry.corrects_id) == entry_id))
    if later or seen.withdrawn_at is not None:
        raise Conflict(Message("store.changed_meanwhile"))
    return seen


def _read(
    tx: Transaction, by: SignedIn, register: Register, content: Content, **keeper: Any
) -> dict[str, Any]:
    """The content as stored, its files with their keys. Raises `Refusal` with every fault."""
    known = known_to(tx.session, register, keeper["authority_id"], tx.today)
    kept, problems = read_content(register, content, known)
    refuse_all(problems)
    return with_keys(tx, by, register, kept, keeper)


def _changes(register: Register, before: Content, after: Content) -> Mapping[str, Any]:
    """Field in words → what it held and holds, of those that changed."""
    return {
        one.title: {"before": before.get(one.key), "after": after.get(one.key)}
        for one in register.fields
        if before.get(one.key) != after.get(one.key)
    }


def _version(
    tx: Transaction, by: SignedIn, register: Register, content: Content, **place: Any
) -> RegisterEntry:
    """Store a new version of an entry."""
    told: dict[str, Any] = {**told_from(register, content), **place}
    return tx.add(
        RegisterEntry(
            register_id=register.register_id, recorded_at=tx.now, recorded_by_id=by.officer_id, **told
        )
    )
