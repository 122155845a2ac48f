"""Reads what those beneath or above an authority make of the values of its indicators, where the catalogue says so."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from sqlmodel import Session, col

from db import clock
from db.authorities.tree import authorities_above, whole_tree
from db.sql import among, bound, fetch, select
from db.tables import Indicator, IndicatorActual, Measure, ProgressUpdate, ReportingPeriod, Task
from tracking.making import Making, lowest, made_of
from tracking.registers.feeding import Fed
from tracking.scales import value_of
from tracking.vocabulary import UpdateStatus

_MADE = (
    select(Indicator.id, Indicator.making)
    .join(Measure, col(Measure.id) == Indicator.measure_id)
    .where(Measure.notice_id == bound("notice"), Indicator.making != Making.ENTERED)
)
# What was accepted of the tasks of a year up to a period, the latest last.
_ACCEPTED = (
    select(
        Task.authority_id,
        Task.id,
        IndicatorActual.indicator_id,
        Indicator.additive,
        IndicatorActual.value,
        IndicatorActual.numerator,
        IndicatorActual.denominator,
    )
    .join(ProgressUpdate, col(ProgressUpdate.task_id) == Task.id)
    .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
    .join(IndicatorActual, col(IndicatorActual.update_id) == ProgressUpdate.id)
    .join(Indicator, col(Indicator.id) == IndicatorActual.indicator_id)
    .where(among(Task.authority_id, "authorities"), among(IndicatorActual.indicator_id, "indicators"))
    .where(col(Task.in_force), Task.year == bound("year"), ReportingPeriod.number <= bound("number"))
    .where(ProgressUpdate.status == UpdateStatus.ACCEPTED)
    .order_by(ReportingPeriod.number, ProgressUpdate.id)
)
Values = Mapping[int, Mapping[int, Decimal]]


def made_by_level(
    session: Session, authorities: Collection[int], period: ReportingPeriod
) -> Mapping[tuple[int, int], Fed]:
    """Authority and indicator → what is made of the values of those beneath, or taken over from above, by a period.

    Only what was accepted counts; `entries` is of how many authorities it is made. None where nobody has a value.
    """
    making: dict[int, Making] = dict(fetch(session, _MADE, notice=period.notice_id).all())
    if not making:
        return {}
    tree, on = whole_tree(session), min(clock.today(), period.ends_on)
    found: dict[tuple[int, int], Fed] = {}
    for authority_id in authorities:
        beneath = sorted(tree.under(authority_id, on) - {authority_id})
        above = authorities_above(session, authority_id, on)
        values = _values(session, [*beneath, *above], making, period)
        parents = {one: tree.parent_of(one, on) or 0 for one in beneath}
        for indicator_id, fed in _made(values, making, parents, above):
            found[authority_id, indicator_id] = fed
    return found


def _made(
    values: Values, making: Mapping[int, Making], parents: Mapping[int, int], above: list[int]
) -> Iterator[tuple[int, Fed]]:
    """What is made of values: `parents` are of those beneath, `above` those above, nearest first."""
    for indicator_id, by_authority in values.items():
        how = making[indicator_id]
        if how is Making.TAKEN_OVER:
            counted = [one for one in above if one in by_authority][:1]
        else:
            counted = sorted(lowest(by_authority.keys() & parents.keys(), parents))
        if counted:
            value = made_of(how, [by_authority[one] for one in counted])
            yield indicator_id, Fed(value, len(counted), "", how)


def _values(
    session: Session, authorities: list[int], making: Mapping[int, Making], period: ReportingPeriod
) -> Values:
    """Indicator → authority → its value: the latest of each task, added up where they may be, else the newest."""
    asked = {"authorities": authorities, "indicators": sorted(making)}
    latest: dict[tuple[int, int], dict[int, tuple[bool, Decimal]]] = defaultdict(dict)
    for row in fetch(session, _ACCEPTED, **asked, year=period.year, number=period.number):
        authority_id, task_id, indicator_id, additive, *said = row
        of_task = latest[indicator_id, authority_id]
        of_task.pop(task_id, None)
        of_task[task_id] = (additive, value_of(*said))
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for (indicator_id, authority_id), tasks in latest.items():
        values = [value for _, value in tasks.values()]
        additive = next(iter(tasks.values()))[0]
        found[indicator_id][authority_id] = sum(values, Decimal()) if additive else values[-1]
    return found
