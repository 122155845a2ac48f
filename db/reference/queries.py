"""Reads the catalogue of a notice and the list of reporting units, which everybody may read."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, false, func, literal, or_, true, union_all
from sqlmodel import Session, col

from db import clock
from db.authorities.standing import NAMED, named_on, standing
from db.authorities.tree import stands
from db.frames import frame_of, rows_of
from db.reference.addressed import addressed_by
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import (
    Authority,
    AuthorityParent,
    Composite,
    Indicator,
    IndicatorLevel,
    KeyArea,
    ListedCountry,
    Measure,
    MeasureAction,
    Notice,
    NoticeFact,
    ReportingPeriod,
    Safeguard,
    Tag,
)
from tracking.catalogue import offered
from tracking.hierarchy import UNIT_KINDS
from tracking.messages import Message
from tracking.validation.tasks import Retired
from tracking.vocabulary import CataloguePart, Relation

# What every entry of the catalogue carries: from where it was taken, and since and until when it is in force.
LIFE = ("cited", "starts_on", "retired_on")


def notices_frame(store: Store) -> pd.DataFrame:
    """Columns: notice_id, number, title, issued_by, issued_on, retired_on.

    Newest first; but what is tracked stands before what has no period yet, and that before what is retired.
    """
    periods = select(ReportingPeriod.id).where(ReportingPeriod.notice_id == Notice.id)
    rows = select(
        col(Notice.id).label("notice_id"),
        *(getattr(Notice, name) for name in ("number", "title", "issued_by", "issued_on", "retired_on")),
    )
    retired = func.coalesce(col(Notice.retired_on) <= clock.today(), false())
    newest = (col(Notice.issued_on).desc().nulls_last(), col(Notice.id).desc())
    return frame_of(store, rows.order_by(retired, periods.exists().desc(), *newest))


def notice_facts_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """What is said of a notice as a fact. Columns: fact_id, key, source, checked_on, cited."""
    rows = select(
        col(NoticeFact.id).label("fact_id"),
        NoticeFact.key,
        NoticeFact.source,
        NoticeFact.checked_on,
        NoticeFact.cited,
    )
    return frame_of(store, rows.where(NoticeFact.notice_id == notice_id).order_by(NoticeFact.id))


def key_areas_frame(store: Store, *, notice_id: int, year: int | None = None) -> pd.DataFrame:
    """Columns: key_area_id, number, title, title_source, checked_on and `LIFE`; in order.

    Here and below, a `year` leaves out what was in force on none of its days.
    """
    rows = select(
        col(KeyArea.id).label("key_area_id"),
        KeyArea.number,
        KeyArea.title,
        KeyArea.title_source,
        KeyArea.checked_on,
        *_life(KeyArea),
    )
    chosen = (KeyArea.notice_id == notice_id, *_stood_in(KeyArea, year))
    return frame_of(store, rows.where(*chosen).order_by(KeyArea.number))


def measures_frame(store: Store, *, notice_id: int, year: int | None = None) -> pd.DataFrame:
    """The measures in order, each with its key area.

    Columns: measure_id, number, title, short_title, title_source, area_source, checked_on, key_area_id,
    key_area_number, key_area_title and `LIFE`.
    """
    rows = select(
        col(Measure.id).label("measure_id"),
        Measure.number,
        Measure.title,
        Measure.short_title,
        Measure.title_source,
        Measure.area_source,
        Measure.checked_on,
        Measure.key_area_id,
        col(KeyArea.number).label("key_area_number"),
        col(KeyArea.title).label("key_area_title"),
        *_life(Measure),
    ).join(KeyArea, KeyArea.id == Measure.key_area_id)
    chosen = (Measure.notice_id == notice_id, *_stood_in(Measure, year))
    return frame_of(store, rows.where(*chosen).order_by(Measure.number))


def actions_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """The concrete actions under the measures.

    Columns: action_id, measure_id, measure_number, number, title, title_source, measure_source, checked_on and
    `LIFE`.
    """
    rows = _of_measures(
        notice_id,
        MeasureAction,
        col(MeasureAction.id).label("action_id"),
        MeasureAction.title,
        MeasureAction.title_source,
        MeasureAction.measure_source,
        MeasureAction.checked_on,
    )
    return frame_of(store, rows)


def indicators_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """The figures reported under the measures; `level` is today's.

    Columns: indicator_id, measure_id, measure_number, number, name, unit, additive, headline, source, checked_on, kind,
    currency, making, level and `LIFE`.
    """
    rows = _of_measures(
        notice_id,
        Indicator,
        col(Indicator.id).label("indicator_id"),
        Indicator.name,
        Indicator.unit,
        Indicator.additive,
        Indicator.headline,
        Indicator.source,
        Indicator.checked_on,
        Indicator.kind,
        Indicator.currency,
        Indicator.making,
        level_on(clock.today()).label("level"),
    )
    return frame_of(store, rows)


def composites_of(notice_id: int, year: int | None) -> Statement:
    """The composites of a notice, as `db.reference.composites` has their columns."""
    rows = _of_measures(
        notice_id,
        Composite,
        col(Composite.id).label("composite_id"),
        Composite.title,
        Composite.form,
        Composite.unit,
        Composite.title_source,
        Composite.checked_on,
    )
    return rows.where(*_stood_in(Composite, year))


def level_on(day: date) -> Any:
    """The level of an `Indicator` on a day, as a column; none before its first."""
    return (
        select(IndicatorLevel.level)
        .where(IndicatorLevel.indicator_id == Indicator.id, col(IndicatorLevel.from_on) <= day)
        .order_by(col(IndicatorLevel.from_on).desc())
        .limit(1)
        .scalar_subquery()
    )


def levels_frame(store: Store, *, indicator_id: int) -> pd.DataFrame:
    """How an indicator was labelled, newest first. Columns: from_on, level."""
    rows = select(IndicatorLevel.from_on, IndicatorLevel.level)
    rows = rows.where(IndicatorLevel.indicator_id == indicator_id)
    return frame_of(store, rows.order_by(col(IndicatorLevel.from_on).desc()))


def _of_measures(notice_id: int, part: Any, key: Any, *columns: Any) -> Statement:
    """What belongs to the measures of a notice, in order."""
    shown = (col(Measure.number).label("measure_number"), part.number, *columns, *_life(part))
    rows = select(key, part.measure_id, *shown)
    return (
        rows.join(Measure, Measure.id == part.measure_id)
        .where(Measure.notice_id == notice_id)
        .order_by(Measure.number, part.number)
    )


def safeguards_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """What the notice asks of every unit besides its measures, in order.

    Columns: safeguard_id, key, number, title, title_source, checked_on and `LIFE`.
    """
    rows = select(
        col(Safeguard.id).label("safeguard_id"),
        Safeguard.key,
        Safeguard.number,
        Safeguard.title,
        Safeguard.title_source,
        Safeguard.checked_on,
        *_life(Safeguard),
    )
    return frame_of(store, rows.where(Safeguard.notice_id == notice_id).order_by(Safeguard.number))


def tags_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """The fields and directions of cooperation that tasks are tagged with, in order.

    Columns: tag_id, number, title, title_source, checked_on and `LIFE`.
    """
    rows = select(col(Tag.id).label("tag_id"), Tag.number, Tag.title, Tag.title_source, Tag.checked_on)
    rows = rows.add_columns(*_life(Tag)).where(Tag.notice_id == notice_id)
    return frame_of(store, rows.order_by(Tag.number))


def tag_words(store: Store, tagged: Iterable[Iterable[int]]) -> list[str]:
    """The titles of the tags of each of these, as one text."""
    titles: dict[int, str] = dict(rows_of(store, select(Tag.id, Tag.title)))
    return ["、".join(titles[tag] for tag in tags if tag in titles) for tags in tagged]


def listed_countries_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """The list of countries along the route, in order.

    Columns: listed_id, number, code, source, checked_on and `LIFE`.
    """
    rows = select(
        col(ListedCountry.id).label("listed_id"),
        ListedCountry.number,
        ListedCountry.code,
        ListedCountry.source,
        ListedCountry.checked_on,
        *_life(ListedCountry),
    )
    return frame_of(store, rows.where(ListedCountry.notice_id == notice_id).order_by(ListedCountry.number))


def listed_codes(store: Store, *, notice_id: int, day: date) -> tuple[str, ...]:
    """The codes of the countries on that list on a day."""
    listed = offered(listed_countries_frame(store, notice_id=notice_id), day)
    return tuple(listed["code"].tolist())


def _life(part: Any) -> list[Any]:
    return [getattr(part, name) for name in LIFE]


def _stood_in(part: Any, year: int | None) -> list[ColumnElement[bool]]:
    if year is None:
        return []
    begun = or_(part.starts_on.is_(None), part.starts_on <= date(year, 12, 31))
    return [begun, or_(part.retired_on.is_(None), part.retired_on > date(year, 1, 1))]


def retired_by(session: Session, *, notice_id: int, day: date) -> Retired:
    """The measures, actions, indicators and tags of a notice not offered on a day: retired by then, or not begun."""
    measures = select(Measure.id).where(Measure.notice_id == notice_id)
    tables = ((CataloguePart.ACTION, MeasureAction), (CataloguePart.INDICATOR, Indicator))
    of_notice = ((CataloguePart.MEASURE, Measure), (CataloguePart.TAG, Tag))
    parts: list[tuple[CataloguePart, Any, Any]] = [
        *((part, table, col(table.notice_id) == notice_id) for part, table in of_notice),
        *((part, table, col(table.measure_id).in_(measures)) for part, table in tables),
    ]
    rows = union_all(
        *(
            select(literal(str(part)).label("part"), table.id).where(chosen, _not_offered(table, day))
            for part, table, chosen in parts
        )
    )
    found: dict[CataloguePart, set[int]] = {part: set() for part, *_ in parts}
    for part, part_id in session.execute(rows):
        found[CataloguePart(part)].add(part_id)
    return {part: frozenset(ids) for part, ids in found.items()}


def _not_offered(part: Any, day: date) -> ColumnElement[bool]:
    return or_(part.retired_on <= day, part.starts_on > day)


def units_frame(
    store: Store, *, on: date | None = None, since: date | None = None, notice_id: int | None = None
) -> pd.DataFrame:
    """The reporting units and those that only appear on the tile grid, in official order.

    As they stand, are called and are hosted on a day, by default today; with `since` also those that stood on that
    day or later. Under a notice, only those that it addresses report. Columns: unit_id, code, name, short_name,
    kind, host_id (missing for most), region_seven, region_four, official_order, tile_row, tile_col, reports.
    """
    on = on or clock.today()
    reports: Any = col(Authority.reports)
    placed: ColumnElement[bool] = true()
    hosted = and_(col(AuthorityParent.authority_id) == col(Authority.id), *stands(Relation.HOSTED_BY, on))
    named, as_named = named_on(on)
    if notice_id is not None:
        kind = func.coalesce(named.kind, Authority.kind, type_=Authority.kind.type)  # type: ignore[attr-defined]  # an instrumented attribute
        reports = and_(reports, addressed_by(notice_id, on, kind, since))
        placed = or_(reports, col(Authority.tile_row).is_not(None))
    rows = (
        select(
            col(Authority.id).label("unit_id"),
            Authority.code,
            *(
                func.coalesce(
                    getattr(named, name), getattr(Authority, name), type_=getattr(Authority, name).type
                ).label(name)
                for name in NAMED
            ),
            col(AuthorityParent.parent_id).label("host_id"),
            Authority.region_seven,
            Authority.region_four,
            Authority.official_order,
            Authority.tile_row,
            Authority.tile_col,
            reports.label("reports"),
        )
        .join(AuthorityParent, hosted, isouter=True)
        .join(named, as_named, isouter=True)
    )
    return frame_of(
        store,
        rows.where(placed, *_units_on(on, since)).order_by(
            col(Authority.official_order).nulls_last(), Authority.code
        ),
        whole=("host_id", "official_order", "tile_row", "tile_col"),
    )


def _units_on(on: date, since: date | None = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions for an authority to stand on its own on a day, or on one of the days from `since` on."""
    return col(Authority.kind).in_(UNIT_KINDS), *standing(on, since)


def authority_names(store: Store) -> dict[int, str]:
    """Every authority with its short name."""
    return dict(rows_of(store, select(Authority.id, Authority.short_name)))


def authority_with_code(store: Store, code: str) -> int:
    """The key of the authority with a code. Raises `NotFound`."""
    with store.read() as session:
        found: int | None = session.scalars(select(Authority.id).where(Authority.code == code)).first()
    if found is None:
        raise NotFound(Message("reference.no_authority", code=code))
    return found


def measure_of_period(store: Store, period_id: int, number: int) -> int:
    """The key of the measure with a number in the notice of a period. Raises `NotFound`."""
    rows = (
        select(Measure.id)
        .join(ReportingPeriod, col(ReportingPeriod.notice_id) == Measure.notice_id)
        .where(ReportingPeriod.id == period_id, Measure.number == number)
    )
    with store.read() as session:
        found: int | None = session.scalars(rows).first()
    if found is None:
        raise NotFound(Message("reference.no_measure", number=number))
    return found


def reporting_units(session: Session) -> dict[int, str]:
    """Reporting unit → its short name, in official order: those that stand and report today."""
    rows = select(Authority.id, Authority.short_name).where(Authority.reports, *_units_on(clock.today()))
    found = session.execute(rows.order_by(col(Authority.official_order).nulls_last(), Authority.code))
    return {row.id: row.short_name for row in found}
