"""The frames a briefing is made of, all from one selection and one vintage."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

import pandas as pd
from sqlmodel import Session, col

from db import clock
from db.authorities.scope import NATION
from db.difficulties.queries import DifficultyFilter, difficulties_frame
from db.figures.queries import cells_frame
from db.ledger.period_tasks import period_task_frame
from db.reference.queries import measures_frame, units_frame
from db.site.thresholds import read_light_rule
from db.sql import select
from db.store import NotFound, Store
from db.tables import Notice, ReportingPeriod
from tracking.briefings.figures import Material, figures_of, plain_figures
from tracking.briefings.text import content_of
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.figures.vintages import Vintage
from tracking.messages import Message, Refusal, text
from tracking.periods import period_name
from tracking.vocabulary import BriefingKind, Language


@dataclass(frozen=True, slots=True)
class BriefingRequest:
    """The subject of a briefing: a kind, and the region, unit or measure; None means all.

    `published` asks for the official figures of a frozen period.
    """

    kind: BriefingKind
    region: str | None = None
    unit_id: int | None = None
    measure_id: int | None = None
    published: bool = False


@dataclass(frozen=True)
class _Basis:
    """The period, the one before it in the same year, the notice's title, and the threshold of the amber light."""

    period: ReportingPeriod
    before_id: int | None
    notice: str
    band_permille: int


def drafted(
    store: Store, *, period_id: int, wanted: BriefingRequest, language: Language, at: datetime | None = None
) -> dict[str, Any]:
    """The parts of a briefing version: content, figures, as_of_at, language; raises as `material_of` does."""
    material = material_of(store, period_id=period_id, wanted=wanted, language=language, at=at)
    figures = figures_of(material)
    return {
        "content": content_of(material, figures),
        "figures": plain_figures(figures),
        "as_of_at": material.as_of_at,
        "language": language,
    }


def material_of(
    store: Store, *, period_id: int, wanted: BriefingRequest, language: Language, at: datetime | None = None
) -> Material:
    """The extract for a period that has begun, as of now or a recent instant `at`.

    Raises `Refusal` if the request is incomplete, `NotFound` for unknown keys.
    """
    as_of_at = at or clock.now()
    with store.read() as session:
        basis = _basis(session, period_id, clock.day_of(as_of_at))
    period, vintage = basis.period, Vintage(published=wanted.published)
    as_of_on, measures = (
        _as_of_on(period, wanted, as_of_at),
        _measures(store, period.notice_id, period.year, wanted),
    )
    of_notice = partial(_units, store, wanted, period.notice_id, as_of_on)
    axes, of_year = (Axes(of_notice(since), measures) for since in (None, date(period.year, 1, 1)))
    place: dict[str, Any] = {name: getattr(wanted, name) for name in ("region", "unit_id", "measure_id")}
    tasks = period_task_frame(store, NATION, period_id=period_id, vintage=vintage, **place)
    return Material(
        kind=wanted.kind,
        language=language,
        notice=basis.notice,
        place=_place(wanted, axes, language),
        period=_named(period, language),
        as_of_on=as_of_on,
        as_of_at=as_of_at,
        cube=_cube(store, period_id, vintage, axes),
        before=None if basis.before_id is None else _cube(store, basis.before_id, vintage, of_year),
        tasks=tasks,
        difficulties=_difficulties(store, wanted, tasks),
        band_permille=basis.band_permille,
    )


def _basis(session: Session, period_id: int, today: date) -> _Basis:
    period = session.get(ReportingPeriod, period_id)
    if period is None:
        raise NotFound(Message("store.not_found"))
    if period.starts_on > today:
        raise Refusal(Message("briefing.period_not_begun"), fields=("period_id",))
    earlier = select(ReportingPeriod.id).where(
        ReportingPeriod.notice_id == period.notice_id,
        ReportingPeriod.year == period.year,
        ReportingPeriod.number < period.number,
    )
    before = session.scalar(earlier.order_by(col(ReportingPeriod.number).desc()).limit(1))
    title = session.get_one(Notice, period.notice_id).title
    session.expunge(period)
    return _Basis(period, before, title, read_light_rule(session).amber_behind_permille)


def _units(
    store: Store, wanted: BriefingRequest, notice_id: int, on: date, since: date | None = None
) -> pd.DataFrame:
    """The reporting units covered, of a day or of those since one. Raises `Refusal` for a unit's sheet without a unit."""
    if wanted.kind is BriefingKind.UNIT_SHEET and wanted.unit_id is None:
        raise Refusal(Message("briefing.unit_needed"), fields=("unit_id",))
    units = units_frame(store, on=on, since=since, notice_id=notice_id)
    units = units[units["reports"].astype(bool)]
    if wanted.unit_id is not None:
        units = units[units["unit_id"] == wanted.unit_id]
    elif wanted.region is not None:
        units = units[units["region_seven"] == wanted.region]
    if units.empty:
        raise NotFound(Message("store.not_found"))
    return units


def _measures(store: Store, notice_id: int, year: int, wanted: BriefingRequest) -> pd.DataFrame:
    if wanted.kind is BriefingKind.MEASURE_SHEET and wanted.measure_id is None:
        raise Refusal(Message("briefing.measure_needed"), fields=("measure_id",))
    measures = measures_frame(store, notice_id=notice_id, year=year)
    if wanted.measure_id is not None:
        measures = measures[measures["measure_id"] == wanted.measure_id]
        if measures.empty:
            raise NotFound(Message("store.not_found"))
    return measures


def _place(wanted: BriefingRequest, axes: Axes, language: Language) -> str:
    """What the briefing is about, by name: a measure, a unit, a region, or empty for the nation."""
    if wanted.unit_id is not None:
        return str(axes.units["name"].iloc[0])
    if wanted.measure_id is not None:
        (measure,) = axes.measures.itertuples()
        named = {"number": measure.number, "title": measure.short_title}
        return text("briefing.measure_named", language, **named)
    return text("briefing.region_named", language, region=wanted.region) if wanted.region else ""


def _named(period: ReportingPeriod, language: Language) -> str:
    name = period_name(year=period.year, number=period.number, cycle=period.cycle)
    return text(name.key, language, **name.values)


def _as_of_on(period: ReportingPeriod, wanted: BriefingRequest, now: datetime) -> date:
    known_at = period.frozen_at if wanted.published and period.frozen_at else now
    return min(clock.day_of(known_at), period.ends_on)


def _cube(store: Store, period_id: int, vintage: Vintage, axes: Axes) -> Cube:
    cells = cells_frame(store, NATION, period_id=period_id, vintage=vintage)
    chosen = cells["unit_id"].isin(axes.unit_ids) & cells["measure_id"].isin(axes.measure_ids)
    return Cube.of(cells[chosen], axes)


def _difficulties(store: Store, wanted: BriefingRequest, tasks: pd.DataFrame) -> pd.DataFrame:
    """The currently open difficulties of the tasks covered."""
    asked: dict[str, Any] = {"measure_id": wanted.measure_id, "unit_id": wanted.unit_id}
    found = difficulties_frame(store, NATION, standing=DifficultyFilter.OPEN, **asked)
    return found[found["task_id"].isin(tasks["task_id"])]
