"""What a ledger line covers, and its aggregated column: interim targets and milestones."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import col

from db import clock
from db.figures.history import said_at
from db.figures.reports import stood_at
from db.frames import rows_of
from db.sql import select
from db.store import Store
from db.tables import (
    Indicator,
    Milestone,
    ProgressUpdate,
    ReportingPeriod,
    Target,
    Task,
    TaskRevision,
)
from tracking.ledgers.figures import compact_words
from tracking.scales import Scale
from tracking.vocabulary import UpdateStatus


class LedgerWhere(TypedDict, total=False):
    """Filters on the lines; None means any. `region` is a value of the unit column named by `grouping`.

    `country` is a code, or `tracking.countries.ALONG`.
    """

    region: str | None
    grouping: str
    unit_id: int | None
    measure_id: int | None
    area_id: int | None
    action_id: int | None
    country: str | None
    tag_id: int | None


@dataclass(frozen=True)
class LedgerLine:
    """The view of a ledger line: a period, and the instant as of which it is known, None for now."""

    period: ReportingPeriod
    known_at: datetime | None

    @property
    def as_of_on(self) -> date:
        """The day the figures are as of."""
        known_on = clock.day_of(self.known_at) if self.known_at else clock.today()
        return min(known_on, self.period.ends_on)

    @property
    def said(self) -> ColumnElement[bool]:
        """The condition for a `TaskRevision` to be the one of its `Task` in force."""
        if self.known_at:
            return said_at(self.known_at)
        return and_(col(TaskRevision.id) == Task.revision_id, col(Task.in_force))

    @property
    def reported(self) -> ColumnElement[bool]:
        """The condition for a `ProgressUpdate` to be the one that has left the authority for the period."""
        of_period = col(ProgressUpdate.task_id) == Task.id, col(ProgressUpdate.period_id) == self.period.id
        return and_(*of_period, *stood_at(self.known_at or clock.end_of(clock.today())))

    @property
    def review_status(self) -> Any:
        """The status of such an update."""
        if self.known_at is None:
            return col(ProgressUpdate.status)
        accepted = col(ProgressUpdate.accepted_at) <= self.known_at
        submitted = col(ProgressUpdate.submitted_at) <= self.known_at
        checking = or_(
            col(ProgressUpdate.checker_id).is_not(None), col(ProgressUpdate.received_at) > self.known_at
        )
        return case(
            (accepted, UpdateStatus.ACCEPTED.value),
            (and_(submitted, checking), UpdateStatus.CHECKING.value),
            (submitted, UpdateStatus.SUBMITTED.value),
        )


def interim_nodes(store: Store, line: LedgerLine, chosen: list[Any]) -> dict[int, str]:
    """Task → its interim targets and milestones by day, as one line."""
    nodes: dict[int, list[tuple[date, str]]] = defaultdict(list)
    called = (Indicator.name, Indicator.unit, Indicator.kind)
    for task_id, due_on, value, name, unit, kind in _parts(
        store, line, chosen, Target, Target.due_on, Target.value, *called
    ):
        nodes[task_id].append((due_on, f"{name}{compact_words(value, Scale(unit, kind))}"))
    for task_id, due_on, title in _parts(store, line, chosen, Milestone, Milestone.due_on, Milestone.title):
        nodes[task_id].append((due_on, title))
    return {
        task_id: "；".join(f"{due_on} {said}" for due_on, said in sorted(steps))
        for task_id, steps in nodes.items()
    }


def _parts(store: Store, line: LedgerLine, chosen: list[Any], table: Any, *columns: Any) -> Any:
    rows = (
        select(Task.id, *columns)
        .select_from(Task)
        .join(TaskRevision, line.said)
        .join(table, table.task_revision_id == TaskRevision.id)
    )
    if table is Target:
        rows = rows.join(Indicator, Indicator.id == Target.indicator_id)
    return rows_of(store, rows.where(*chosen))
