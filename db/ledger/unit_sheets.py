"""The sheet of one unit as a paper: the figures of the page of regions, the tasks that they add up, and what is open."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session, col

from db.authorities.scope import scope_of
from db.difficulties.queries import DifficultyFilter, difficulties_frame
from db.figures.past_days import keep_days
from db.figures.queries import cells_frame, day_of_cells
from db.hierarchy.queries import cells_by_tree
from db.identity import SignedIn
from db.ledger.exports import LedgerFilter
from db.ledger.files import in_words, name_of
from db.ledger.period_tasks import period_task_frame
from db.obligations.safeguards import mechanisms_frame
from db.reference.queries import measures_frame, units_frame
from db.row_changes import plain
from db.sql import select
from db.store import NotFound, Store
from db.tables import Notice, ReportingPeriod
from tracking import permissions
from tracking.documents.unit_sheet import UnitSheet
from tracking.figures import indicators
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.figures.vintages import Vintage
from tracking.messages import Message, Refusal
from tracking.permissions import Right, Scope
from tracking.vocabulary import Language


@dataclass(frozen=True, slots=True)
class SheetView:
    """How the page of regions shows a unit: with those that it hosts, and by the tree of today."""

    provinces: bool = False
    todays_tree: bool = False


@dataclass(frozen=True)
class _Asked:
    """What a sheet is read by: a reader's scope, a period, what narrows it, and how it is viewed."""

    store: Store
    scope: Scope
    period: ReportingPeriod
    before_id: int | None
    where: LedgerFilter
    view: SheetView
    today: date

    @property
    def vintage(self) -> Vintage:
        """The knowledge that the figures are based on."""
        return Vintage(self.where.known_on, self.where.published)

    @property
    def as_of(self) -> date:
        """The day that the figures are as of."""
        return min(self.where.known_on or self.today, self.period.ends_on)


def export_unit_sheet(
    store: Store,
    *,
    by: SignedIn,
    period_id: int,
    where: LedgerFilter,
    view: SheetView = SheetView(),
    language: Language,
) -> UnitSheet:
    """The sheet of the unit in the filter, as far as `by` may read it; audited. The filter is worded in the language.

    Raises `Refusal` for a period that has not begun, `NotFound` for an unknown one or a unit out of reach.
    """
    permissions.check(by, Right.EXPORT_LEDGER)
    scope = scope_of(store, by)
    if where.unit_id is None or not scope.covers(where.unit_id):
        raise NotFound(Message("store.not_found"))
    with store.write(by) as tx:
        period = tx.load(ReportingPeriod, period_id)
        if period.starts_on > (where.known_on or tx.today):
            raise Refusal(Message("briefing.period_not_begun"))
        narrowed = {name: getattr(where, name) for name in ("known_on", "measure_id", "area_id")}
        said = {name: plain(value) for name, value in narrowed.items() if value}
        tx.audit("export_unit_sheet", period, where.unit_id, **said)
        before_id, today = _before(tx.session, period), tx.today
        notice = tx.load(Notice, period.notice_id).title
        tx.session.expunge(period)
    if where.known_on:
        keep_days(store, notice_id=period.notice_id, year=period.year, days=[where.known_on])
    return _sheet(_Asked(store, scope, period, before_id, where, view, today), notice, language)


def _before(session: Session, period: ReportingPeriod) -> int | None:
    """The period before this one in the same year."""
    rows = select(ReportingPeriod.id).where(
        ReportingPeriod.notice_id == period.notice_id,
        ReportingPeriod.year == period.year,
        ReportingPeriod.number < period.number,
    )
    found: int | None = session.scalar(rows.order_by(col(ReportingPeriod.number).desc()).limit(1))
    return found


def _sheet(asked: _Asked, notice: str, language: Language) -> UnitSheet:
    on, notice_id = asked.today if asked.view.todays_tree else asked.as_of, asked.period.notice_id
    units = units_frame(asked.store, on=on, notice_id=notice_id)
    own = units[(units["unit_id"] == asked.where.unit_id) & units["reports"].astype(bool)]
    if own.empty:
        raise NotFound(Message("store.not_found"))
    axes = Axes(own, _measures(asked))
    cube = _cube(asked, axes, asked.period.id)
    before = None if asked.before_id is None else _cube(asked, axes, asked.before_id)
    tasks = _tasks(asked, units)
    return UnitSheet(
        unit=str(own["name"].iloc[0]),
        notice=notice,
        period=name_of(asked.period),
        as_of=asked.as_of,
        filters=in_words(asked.store, asked.period, replace(asked.where, unit_id=None), language),
        head=indicators.headline(cube, before),
        measures=indicators.completion_by_measure(cube),
        tasks=tasks,
        difficulties=_difficulties(asked, tasks),
        mechanism=_mechanism(asked),
    )


def _measures(asked: _Asked) -> pd.DataFrame:
    measures = measures_frame(asked.store, notice_id=asked.period.notice_id)
    wanted = {"key_area_id": asked.where.area_id, "measure_id": asked.where.measure_id}
    for column, value in wanted.items():
        measures = measures if value is None else measures[measures[column] == value]
    if measures.empty:
        raise NotFound(Message("store.not_found"))
    return measures


def _cube(asked: _Asked, axes: Axes, period_id: int) -> Cube:
    """The cells of the unit, for the period or the one before it, as the page shows them."""
    named: dict[str, Any] = {"period_id": period_id, "vintage": asked.vintage}
    if asked.view.todays_tree:
        cells, day = cells_by_tree(asked.store, asked.scope, **named, on=asked.today), asked.today
    else:
        cells = cells_frame(asked.store, asked.scope, **named)
        day = day_of_cells(cells) or asked.as_of
    if asked.view.provinces:
        cells = indicators.in_provinces(cells, units_frame(asked.store, on=day))
    chosen = cells["unit_id"].isin(axes.unit_ids) & cells["measure_id"].isin(axes.measure_ids)
    return Cube.of(cells[chosen], axes)


def _tasks(asked: _Asked, units: pd.DataFrame) -> pd.DataFrame:
    """The tasks that the cells add up, of one light if that was chosen; those of hosted units where they are shown so."""
    unit_ids = [asked.where.unit_id]
    if asked.view.provinces:
        unit_ids += units[units["host_id"] == asked.where.unit_id]["unit_id"].tolist()
    where = asked.where.where
    found = [
        period_task_frame(
            asked.store,
            asked.scope,
            period_id=asked.period.id,
            vintage=asked.vintage,
            unit_id=unit_id,
            measure_id=where["measure_id"],
            area_id=where["area_id"],
        )
        for unit_id in unit_ids
    ]
    tasks = pd.concat(found, ignore_index=True)
    return tasks if asked.where.light is None else tasks[tasks["light"] == asked.where.light]


def _difficulties(asked: _Asked, tasks: pd.DataFrame) -> pd.DataFrame | None:
    """The difficulties of these tasks that are open now; None for a past day, of which that is not known."""
    if asked.where.known_on is not None:
        return None
    found = difficulties_frame(asked.store, asked.scope, standing=DifficultyFilter.OPEN)
    return found[found["task_id"].isin(tasks["task_id"])]


def _mechanism(asked: _Asked) -> dict[str, Any] | None:
    """What the unit has put in place, as a row of `mechanisms_frame`."""
    frame = mechanisms_frame(
        asked.store, asked.scope, notice_id=asked.period.notice_id, known_on=asked.where.known_on
    )
    rows: list[dict[str, Any]] = frame[frame["authority_id"] == asked.where.unit_id].to_dict("records")  # type: ignore[assignment]  # columns are named by text
    return next(iter(rows), None)
