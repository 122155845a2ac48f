"""Reads what an authority reported under another notice of a figure that both ask for: it is one answer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlmodel import Session, col

from db.sql import among, bound, fetch, select
from db.tables import (
    IndicatorActual,
    IndicatorShare,
    Notice,
    ProgressUpdate,
    ReportingPeriod,
    Target,
    Task,
    WorkPlan,
)
from tracking.permissions import Scope
from tracking.scales import value_of
from tracking.shares import Shared, homes_on, shared_with
from tracking.vocabulary import UpdateStatus

_DECLARED = select(IndicatorShare.indicator_id, IndicatorShare.from_on, IndicatorShare.same_as_id)
_WRITTEN = tuple(one for one in UpdateStatus if one not in {UpdateStatus.DRAFT, UpdateStatus.RETURNED})
# In the order in which they count: what was accepted, then what was written last.
_REPORTED = (
    select(
        Task.authority_id,
        IndicatorActual.indicator_id,
        col(Task.id).label("task_id"),
        col(Task.number).label("task_number"),
        col(Notice.number).label("notice"),
        IndicatorActual.value,
        IndicatorActual.numerator,
        IndicatorActual.denominator,
        ProgressUpdate.submitted_at,
    )
    .join(ProgressUpdate, col(ProgressUpdate.id) == IndicatorActual.update_id)
    .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
    .join(Task, col(Task.id) == ProgressUpdate.task_id)
    .join(WorkPlan, col(WorkPlan.id) == Task.plan_id)
    .join(Notice, col(Notice.id) == WorkPlan.notice_id)
    .where(among(Task.authority_id, "authorities"), among(IndicatorActual.indicator_id, "indicators"))
    .where(ReportingPeriod.ends_on == bound("ends_on"), col(Task.in_force))
    .where(col(ProgressUpdate.status).in_(_WRITTEN), col(ProgressUpdate.returned_at).is_(None))
    .order_by(
        col(ProgressUpdate.accepted_at).is_(None), col(ProgressUpdate.written_at).desc(), ProgressUpdate.id
    )
)
_MEASURING = (
    select(Task.authority_id, Target.indicator_id, Task.id)
    .join(Target, col(Target.task_revision_id) == Task.revision_id)
    .where(among(Task.authority_id, "authorities"), Task.year == bound("year"), col(Task.in_force))
    .where(among(Target.indicator_id, "indicators"))
    .distinct()
)


def shared_by_task(
    session: Session, scope: Scope, tasks: Collection[Task], period: ReportingPeriod
) -> Mapping[int, Mapping[int, Shared]]:
    """Task → indicator → what its authority reported of the same figure for the same last day under another notice.

    What was accepted counts before what was only handed over. What several tasks of an authority measure is no one
    figure, and shared with none; what has not left an authority only its own readers see.
    """
    others = shared_with(homes_on(fetch(session, _DECLARED).all(), period.ends_on))
    if not others:
        return {}
    asked = {"authorities": list({task.authority_id for task in tasks}), "indicators": list(others)}
    own = _single(fetch(session, _MEASURING, **asked, year=period.year))
    rows = list(_readable(scope, fetch(session, _REPORTED, **asked, ends_on=period.ends_on)))
    keys = {task.id for task in tasks}
    return {
        task_id: found
        for task_id, measured in own.items()
        if task_id in keys and (found := _found(measured, others, rows, own))
    }


def _single(rows: Iterable[Any]) -> Mapping[int, set[tuple[int, int]]]:
    """Task → authority and indicator, where no other task of the authority measures it."""
    measuring: dict[tuple[int, int], list[int]] = defaultdict(list)
    for authority_id, indicator_id, task_id in rows:
        measuring[authority_id, indicator_id].append(task_id)
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for measured, tasks in measuring.items():
        if len(tasks) == 1:
            found[tasks[0]].add(measured)
    return found


def _readable(scope: Scope, rows: Iterable[Any]) -> Iterator[Any]:
    for row in rows:
        if row.submitted_at or scope.drafts_of is None or row.authority_id in scope.drafts_of:
            yield row


def _found(
    measured: set[tuple[int, int]],
    others: Mapping[int, frozenset[int]],
    rows: Iterable[Any],
    own: Mapping[int, set[tuple[int, int]]],
) -> Mapping[int, Shared]:
    """Indicator → the first that counts among what was reported of the others."""
    found: dict[int, Shared] = {}
    for authority_id, indicator_id in measured:
        for row in rows:
            there = (authority_id, row.indicator_id)
            if row.indicator_id in others[indicator_id] and there in own.get(row.task_id, ()):
                value = value_of(row.value, row.numerator, row.denominator)
                found.setdefault(indicator_id, Shared(value, row.notice, row.task_number))
    return found
