"""Many authorities at once, from a list: judged line by line, and taken as a whole or not at all."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from db.hierarchy.actions import move, rename
from db.hierarchy.founding_actions import found
from db.hierarchy.listing import check_listing, founding_of
from db.hierarchy.spans import check_day, check_may, check_reason, check_stands, spans_of
from db.identity import SignedIn
from db.judging import counted, on_trial
from db.row_changes import change, key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Authority, AuthorityName, AuthorityParent
from db.turns import in_turn, waiting
from tracking.documents.limited import read_sheets
from tracking.founding import Founding
from tracking.messages import Message, Refusal
from tracking.steps import untold
from tracking.unit_lists import JudgedLine, ListChange, ListedUnit, listed_units

_NAMES = ("name", "short_name", "kind")
_LISTED = ("region_seven", "region_four", "official_order", "tile_row", "tile_col")
# A preview stands before its reason is written.
_NOT_YET = "预览"
# The tables that taking a list writes.
_WRITTEN = (Authority, AuthorityName, AuthorityParent)


def judge_list(
    store: Store, *, by: SignedIn | None, content: bytes, starts_on: date, reason: str
) -> list[JudgedLine]:
    """What each line of a file would do from a day on; nothing is kept. Raises `Refusal` for a file without a list."""
    listed = _read(by, content)
    with store.rehearsal(by, *_WRITTEN) as tx:
        check_may(by)
        check_day(tx, starts_on)
        return _judged(tx, listed, starts_on, reason or _NOT_YET)


def take_list(
    store: Store, *, by: SignedIn | None, content: bytes, starts_on: date, reason: str
) -> dict[ListChange, int]:
    """Found, rename, move and list authorities as a file says, from a day on; returns how many lines did what.

    All or nothing: raises `Refusal` naming every line that cannot be taken.
    """
    listed = _read(by, content)
    with store.write(by) as tx:
        check_may(by)
        reason = check_reason(reason)
        check_day(tx, starts_on)
        return counted(_judged(tx, listed, starts_on, reason))


def _read(by: SignedIn | None, content: bytes) -> list[ListedUnit]:
    """The lines of a file, in the turn of who gives it."""
    with in_turn(by.officer_id if by else 0, waiting(untold)):
        return listed_units(read_sheets(content))


def _judged(tx: Transaction, listed: Sequence[ListedUnit], starts_on: date, reason: str) -> list[JudgedLine]:
    return [_line(tx, one, starts_on, reason) for one in listed]


def _line(tx: Transaction, one: ListedUnit, starts_on: date, reason: str) -> JudgedLine:
    told = partial(JudgedLine, one.line, one.code, str(one.said.get("name", "")))
    return on_trial(
        tx,
        lambda: told(_done(tx, one, starts_on, reason)),
        lambda refused: told(ListChange.REFUSED, refused.messages),
    )


def _done(tx: Transaction, one: ListedUnit, starts_on: date, reason: str) -> ListChange:
    if one.fault is not None:
        raise Refusal(one.fault)
    known = _coded(tx, one.code)
    parent = _parent(tx, one)
    if known is None:
        said = {name: value for name, value in one.said.items() if name != "parent_code"}
        found(tx, Founding(**said), starts_on, reason, None if parent is None else key_of(parent))
        return ListChange.NEW
    check_stands(known, starts_on)
    changed = _renamed(tx, known, one, starts_on, reason)
    changed |= _moved(tx, known, parent, starts_on, reason)
    changed |= _relisted(tx, known, one)
    return ListChange.CHANGED if changed else ListChange.SAME


def _coded(tx: Transaction, code: str) -> Authority | None:
    found: Authority | None = tx.session.scalars(select(Authority).where(Authority.code == code)).first()
    return found


def _parent(tx: Transaction, one: ListedUnit) -> Authority | None:
    """The authority it is to be under. Raises `Refusal` for a code that nobody has."""
    code = one.said.get("parent_code")
    parent = None if code is None else _coded(tx, code)
    if code is not None and parent is None:
        raise Refusal(Message("unit_list.parent_unknown", code=code))
    return parent


def _renamed(tx: Transaction, known: Authority, one: ListedUnit, starts_on: date, reason: str) -> bool:
    called: dict[str, Any] = {name: one.said[name] for name in _NAMES}
    if all(getattr(known, name) == value for name, value in called.items()):
        return False
    rename(tx, known, called, starts_on, reason)
    return True


def _moved(tx: Transaction, known: Authority, parent: Authority | None, starts_on: date, reason: str) -> bool:
    spans = spans_of(tx, known)
    if parent is None or (spans and spans[-1].parent_id == parent.id):
        return False
    move(tx, known, parent, starts_on, reason)
    return True


def _relisted(tx: Transaction, known: Authority, one: ListedUnit) -> bool:
    listed = {name: one.said.get(name, getattr(founding_of(known), name)) for name in _LISTED}
    if all(value == getattr(founding_of(known), name) for name, value in listed.items()):
        return False
    check_listing(
        tx, Founding(known.code, known.name, known.short_name, known.kind, **listed), but=key_of(known)
    )
    tx.audit("list_authority", known, known.id, changes=change(known, **listed))
    return True
