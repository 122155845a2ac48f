"""The registers of an authority: coordination mechanism, cooperation mechanisms, publicity.

Nothing is overwritten: a correction is a new version that names the one before, a withdrawal adds its reason.
Whoever corrects or withdraws names the version they saw; somebody else's meanwhile is a conflict.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlmodel import col

from db.identity import SignedIn
from db.registers.queries import TABLES, newest_mechanism
from db.row_changes import key_of, plain
from db.sql import select
from db.store import Conflict, Store, Transaction
from db.tables import Officer
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation import cleaned, refuse_all
from tracking.validation.problems import text_problems
from tracking.validation.registers import (
    REGISTER_LIMITS,
    CooperationDraft,
    MechanismDraft,
    RegisterDraft,
    check_register,
)
from tracking.vocabulary import Register


def record_entry(
    store: Store, *, by: SignedIn, authority_id: int, notice_id: int, draft: RegisterDraft
) -> int:
    """Add a new entry to its draft's register, and return its key.

    Raises `Refusal` with every fault, `Conflict` for a coordination mechanism if there is one already.
    """
    register = register_of(draft)
    with store.write(by) as tx:
        permissions.check(by, Right.KEEP_REGISTERS, authority_id)
        values = _checked(tx, authority_id, draft)
        if register is Register.COORDINATION and newest_mechanism(tx.session, authority_id, notice_id):
            raise Conflict(Message("register.mechanism_stands"))
        row = TABLES[register](authority_id=authority_id, notice_id=notice_id, **values)
        return _add(tx, by, row, f"record_{register}", values)


def correct_entry(store: Store, *, by: SignedIn, entry_id: int, draft: RegisterDraft) -> int:
    """Replace the version seen by a new one, and return its key.

    Raises `Refusal` with every fault, `Conflict` if the version seen is no longer current.
    """
    register = register_of(draft)
    with store.write(by) as tx:
        seen = _entry_seen(tx, by, register, entry_id)
        values = _checked(tx, seen.authority_id, draft)
        before = {name: getattr(seen, name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            raise Refusal(Message("register.nothing_changed"))
        place = {"authority_id": seen.authority_id, "notice_id": seen.notice_id, "corrects_id": entry_id}
        told = {name: {"before": plain(before[name]), "after": plain(changed[name])} for name in changed}
        row = TABLES[register](**place, **values)
        return _add(tx, by, row, f"correct_{register}", {"changes": told})


def withdraw_entry(store: Store, *, by: SignedIn, register: Register, entry_id: int, reason: str) -> None:
    """Withdraw an entry from its register; it stays in the history with the reason.

    Raises `Refusal` without a reason, `Conflict` if the version seen is no longer current.
    """
    with store.write(by) as tx:
        seen = _entry_seen(tx, by, register, entry_id)
        refuse_all(list(text_problems("reason", reason, required=True, limit=REGISTER_LIMITS["reason"])))
        seen.withdrawn_at, seen.withdrawn_by_id = tx.now, by.officer_id
        seen.withdrawal_reason = cleaned(reason)
        tx.audit(f"withdraw_{register}", seen, seen.authority_id, reason=seen.withdrawal_reason)


def register_of(draft: RegisterDraft) -> Register:
    """The register that a draft is for."""
    if isinstance(draft, MechanismDraft):
        return Register.COORDINATION
    return Register.COOPERATION if isinstance(draft, CooperationDraft) else Register.PUBLICITY


def _entry_seen(tx: Transaction, by: SignedIn, register: Register, entry_id: int) -> Any:
    """The version seen, if still current."""
    table = TABLES[register]
    seen: Any = tx.load(table, entry_id)
    permissions.check(by, Right.KEEP_REGISTERS, seen.authority_id)
    later = tx.session.scalar(select(table.id).where(col(table.corrects_id) == entry_id))
    if register is Register.COORDINATION:
        newest = newest_mechanism(tx.session, seen.authority_id, seen.notice_id)
        later = later or newest != entry_id
    if later or seen.withdrawn_at is not None:
        raise Conflict(Message("store.changed_meanwhile"))
    return seen


def _checked(tx: Transaction, authority_id: int, draft: RegisterDraft) -> dict[str, Any]:
    """The columns of an entry as stored. Raises `Refusal` with every fault."""
    refuse_all(check_register(draft, tx.today))
    values = asdict(cleaned(draft))
    liaison_id = values.get("liaison_officer_id")
    if liaison_id is not None and tx.load(Officer, liaison_id).authority_id != authority_id:
        raise Refusal(Message("officer.other_authority"), fields=("liaison_officer_id",))
    return values


def _add(tx: Transaction, by: SignedIn, row: Any, act: str, told: Mapping[str, Any]) -> int:
    row.recorded_at, row.recorded_by_id = tx.now, by.officer_id
    tx.add(row)
    tx.audit(act, row, row.authority_id, **{name: plain(value) for name, value in told.items()})
    return key_of(row)
