"""The peer groups of a sample, as `peer_group.csv` names them."""

from datetime import date, datetime

from sqlmodel import Session, select

from db.clock import end_of
from db.seed.build import Build
from db.seed.files import lines, listed
from db.tables import Authority, PeerGroup, PeerGroupMember


def add_peer_groups(session: Session, build: Build) -> None:
    """Add the groups, all defined on the first day of the sample."""
    keys = {code: key for key, code in session.exec(select(Authority.id, Authority.code))}
    since = date(min(build.periods), 1, 1)
    for line in lines("peer_group"):
        texts = {name: line[name] for name in ("name", "likeness")}
        group_id = build.rows.add(PeerGroup, **texts, created_at=_noon(since))
        for code in listed(line["codes"]):
            build.rows.add(PeerGroupMember, group_id=group_id, authority_id=keys[code], starts_on=since)


def _noon(day: date) -> datetime:
    return end_of(day).replace(hour=4, minute=0, second=0, microsecond=0)
