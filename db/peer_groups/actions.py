"""Peer groups: which units the working group considers comparable, and in what.

Members come and go by days, so that whom a unit was compared with on any past day stays answerable.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col

from db.identity import SignedIn
from db.peer_groups.queries import standing_members
from db.reference.queries import reporting_units
from db.row_changes import change, key_of
from db.sql import select
from db.store import Store, Transaction, check_version
from db.tables import PeerGroup, PeerGroupMember
from db.texts import cleaned_texts
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.peer_groups import LEAST_UNITS
from tracking.permissions import Right

LIMITS = {"name": 20, "likeness": 200, "reason": 200}


def create_peer_group(
    store: Store, *, by: SignedIn, name: str, likeness: str, unit_ids: Collection[int]
) -> int:
    """Define a group of units from today on and return its id. Raises `Refusal` if the name is taken."""
    with store.write(by) as tx:
        permissions.check(by, Right.DEFINE_PEER_GROUPS)
        texts = _texts(tx, name, likeness)
        members = _checked_units(tx, unit_ids)
        group = tx.add(PeerGroup(**texts, created_at=tx.now, created_by_id=by.officer_id))
        _set(tx, group, members)
        tx.audit("create_peer_group", group, **texts, units=sorted(members.values()))
        return key_of(group)


def rename_peer_group(
    store: Store, *, by: SignedIn, group_id: int, row_version: int, name: str, likeness: str
) -> None:
    """Change a group's name, or the description of what its units have in common. Raises `Conflict`."""
    with store.write(by) as tx:
        permissions.check(by, Right.DEFINE_PEER_GROUPS)
        group = _standing(tx, group_id)
        check_version(group, row_version)
        changes = change(group, **_texts(tx, name, likeness, but=group_id))
        tx.audit("rename_peer_group", group, changes=changes)


def set_peer_group_members(
    store: Store, *, by: SignedIn, group_id: int, row_version: int, unit_ids: Collection[int]
) -> None:
    """Set the members of a group from today on; earlier members stay on record. Raises `Conflict`."""
    with store.write(by) as tx:
        permissions.check(by, Right.DEFINE_PEER_GROUPS)
        group = _standing(tx, group_id)
        check_version(group, row_version)
        members = _checked_units(tx, unit_ids)
        joined, left = _set(tx, group, members)
        names = reporting_units(tx.session)
        told: Any = {
            "joined": sorted(names[one] for one in joined),
            "left": sorted(names[one] for one in left),
        }
        tx.audit("set_peer_group_members", group, name=group.name, **told)


def retire_peer_group(store: Store, *, by: SignedIn, group_id: int, reason: str) -> None:
    """Retire a group; its history stays on record, and its name may be reused."""
    with store.write(by) as tx:
        permissions.check(by, Right.DEFINE_PEER_GROUPS)
        group = _standing(tx, group_id)
        texts = cleaned_texts({"reason": reason}, LIMITS)
        group.retired_at, group.retired_by_id, group.retire_reason = tx.now, by.officer_id, texts["reason"]
        tx.audit("retire_peer_group", group, name=group.name, **texts)


def _standing(tx: Transaction, group_id: int) -> PeerGroup:
    group = tx.load(PeerGroup, group_id)
    if group.retired_at is not None:
        raise Refusal(Message("peer_group.retired", name=group.name))
    return group


def _texts(tx: Transaction, name: str, likeness: str, *, but: int = 0) -> dict[str, Any]:
    texts = cleaned_texts({"name": name, "likeness": likeness}, LIMITS)
    same = select(PeerGroup.id).where(PeerGroup.name == texts["name"], col(PeerGroup.retired_at).is_(None))
    if tx.session.scalar(same.where(PeerGroup.id != but)) is not None:
        raise Refusal(Message("peer_group.name_taken", name=texts["name"]), fields=("name",))
    return texts


def _checked_units(tx: Transaction, unit_ids: Collection[int]) -> dict[int, str]:
    """The units and their names; they must be reporting units, and enough for a meaningful median."""
    names = reporting_units(tx.session)
    if len(set(unit_ids)) < LEAST_UNITS:
        raise Refusal(Message("peer_group.too_few", least=LEAST_UNITS), fields=("unit_ids",))
    if not names.keys() >= set(unit_ids):
        raise Refusal(Message("peer_group.no_unit"), fields=("unit_ids",))
    return {unit_id: names[unit_id] for unit_id in unit_ids}


def _set(tx: Transaction, group: PeerGroup, members: Mapping[int, str]) -> tuple[set[int], set[int]]:
    """Give the group these members from today on; returns who joined and who left."""
    standing = standing_members(tx.session, key_of(group), tx.today)
    joined, left = members.keys() - standing.keys(), standing.keys() - members.keys()
    for unit_id in left:
        _end(tx, standing[unit_id])
    for unit_id in joined:
        _begin(tx, key_of(group), unit_id)
    return set(joined), set(left)


def _end(tx: Transaction, member: PeerGroupMember) -> None:
    """End membership as of yesterday; a member who joined today is removed altogether."""
    if member.starts_on == tx.today:
        tx.session.delete(member)
        tx.session.flush()
    else:
        member.ends_on = tx.today - timedelta(1)


def _begin(tx: Transaction, group_id: int, unit_id: int) -> None:
    """Begin membership today; leaving and returning on one day counts as never having left."""
    yesterday = tx.today - timedelta(1)
    rows = select(PeerGroupMember).where(
        PeerGroupMember.group_id == group_id,
        PeerGroupMember.authority_id == unit_id,
        PeerGroupMember.ends_on == yesterday,
    )
    left = tx.session.scalars(rows).first()
    if left is None:
        tx.add(PeerGroupMember(group_id=group_id, authority_id=unit_id, starts_on=tx.today))
    else:
        left.ends_on = None
