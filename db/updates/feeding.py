"""Reads what feeds the indicators of tasks: an authority's entries up to the end of a period, or those beneath and above it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col

from db.registers.definitions import registers_in
from db.registers.queries import stands
from db.sql import among, bound, fetch, select
from db.tables import Indicator, Register as RegisterRow, RegisterEntry, ReportingPeriod, Target, Task
from db.updates.making import made_by_level
from tracking.registers.definitions import Register
from tracking.registers.feeding import Counted, Fed, feeds_of, summed

_ENTRIES = (
    select(
        RegisterEntry.authority_id,
        RegisterEntry.register_id,
        RegisterEntry.happened_on,
        RegisterEntry.content,
    )
    .join(RegisterRow, col(RegisterRow.id) == RegisterEntry.register_id)
    .where(among(RegisterEntry.authority_id, "authorities"), RegisterRow.notice_id == bound("notice"))
    .where(col(RegisterEntry.happened_on) <= bound("until"), stands())
)
_INDICATORS = select(Indicator.id, Indicator.kind, Indicator.additive)
_TASKS = (
    select(Task.authority_id, Target.indicator_id, func.count(col(Task.id).distinct()), func.min(Task.id))
    .join(Target, col(Target.task_revision_id) == Task.revision_id)
    .where(among(Task.authority_id, "authorities"), Task.year == bound("year"), col(Task.in_force))
    .group_by(Task.authority_id, Target.indicator_id)
)


def fed_by_task(
    session: Session, tasks: Collection[Task], period: ReportingPeriod
) -> Mapping[int, Mapping[int, Fed]]:
    """Task → indicator → what its authority need not type: what its entries add up to, or what follows from other levels.

    Of an additive indicator the entries of the period's year count, of any other all that stand: a rate is the sum of one
    field over that of another, a yes or no is answered by any entry. What several tasks of an authority measure is no task's
    own, and fed to none. Where the catalogue says that a value follows from other levels, entries do not count.
    """
    authorities = list({task.authority_id for task in tasks})
    sums = {
        **_by_entries(session, authorities, period),
        **made_by_level(session, authorities, period),
    }
    if not sums:
        return {}
    fed: dict[int, dict[int, Fed]] = defaultdict(dict)
    for row in fetch(session, _TASKS, authorities=authorities, year=period.year):
        authority_id, indicator_id, several, task_id = row
        if several == 1 and (authority_id, indicator_id) in sums:
            fed[task_id][indicator_id] = sums[authority_id, indicator_id]
    return fed


def _by_entries(
    session: Session, authorities: list[int], period: ReportingPeriod
) -> Mapping[tuple[int, int], Fed]:
    asked = {"authorities": authorities, "notice": period.notice_id, "until": period.ends_on}
    entries = fetch(session, _ENTRIES, **asked).all()
    return _sums(session, entries, period) if entries else {}


def _sums(session: Session, entries: Any, period: ReportingPeriod) -> Mapping[tuple[int, int], Fed]:
    registers = {register.register_id: register for register in registers_in(session, period.notice_id)}
    natures = {row.id: row for row in fetch(session, _INDICATORS)}
    counted: dict[tuple[int, int], list[Counted]] = defaultdict(list)
    for entry in entries:
        for indicator_id, one in _counted(registers.get(entry.register_id), entry.content):
            within = entry.happened_on.year == period.year
            if one.fits(natures[indicator_id].kind) and (within or not natures[indicator_id].additive):
                counted[entry.authority_id, indicator_id].append(one)
    return {key: summed(found, natures[key[1]].kind) for key, found in counted.items()}


def _counted(register: Register | None, content: Any) -> Iterator[tuple[int, Counted]]:
    """What an entry counts in; one of a register that is retired counts in nothing."""
    return feeds_of(register, content) if register else iter(())
