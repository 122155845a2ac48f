"""The authorities that a task names as its lead and supporting units, told from its words at every write."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col

from db.authorities.standing import standing
from db.sql import Statement, select
from db.store import Store, Transaction
from db.tables import Authority, AuthorityName, TaskRevision, TaskSupport, WorkPlan
from tracking.plans.supporters import Named, authorities_in, units_in
from tracking.support import SupportRole

_NAMES = select(Authority.id, Authority.name, Authority.short_name)
_FORMER = select(AuthorityName.authority_id, AuthorityName.name, AuthorityName.short_name).join(
    Authority, Authority.id == AuthorityName.authority_id
)


def names_of_authorities(store: Store, *, on: date, but: int | None = None) -> Named:
    """Every name that an authority standing on a day has or had → the authorities of that name, without one of them."""
    with store.read() as session:
        return _named(session, [*standing(on), col(Authority.id) != (but or 0)])


def write_supporters(tx: Transaction, said: TaskRevision, plan: WorkPlan) -> None:
    """Keep which authorities a task names now; its own is none of them, and leading goes before supporting."""
    by_role = {SupportRole.LEAD: said.lead_unit, SupportRole.SUPPORT: said.supporting_units}
    units = [unit for words in by_role.values() for unit in units_in(words)]
    named = _meant(tx, units, plan.authority_id) if units else {}
    found: dict[int, SupportRole] = {}
    for role, words in by_role.items():
        for key in authorities_in(words, named):
            found.setdefault(key, role)
    tx.session.add_all(
        TaskSupport(task_revision_id=said.id, authority_id=key, role=role) for key, role in found.items()
    )


def _meant(tx: Transaction, units: list[str], own: int) -> Named:
    return _named(tx.session, [*standing(tx.today), col(Authority.id) != own], units)


def _named(session: Session, chosen: Iterable[object], units: list[str] | None = None) -> Named:
    found: dict[str, set[int]] = defaultdict(set)
    for rows, table in ((_NAMES, Authority), (_FORMER, AuthorityName)):
        for key, *names in session.execute(_narrowed(rows, table, units).where(*chosen)):
            for name in names:
                found[name].add(key)
    return {name: frozenset(keys) for name, keys in found.items()}


def _narrowed(rows: Statement, table: type, units: list[str] | None) -> Statement:
    if units is None:
        return rows
    return rows.where(or_(*(col(getattr(table, name)).in_(units) for name in ("name", "short_name"))))
