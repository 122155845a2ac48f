"""The catalogue as sample tasks need it: measures of one notice by number, with their keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.seed.files import lines
from db.tables import Indicator, Measure, MeasureAction, Notice, Tag
from tracking.vocabulary import IndicatorKind


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """An indicator as notes mention it."""

    id: int
    name: str
    unit: str
    kind: IndicatorKind


@dataclass(frozen=True, slots=True)
class CataloguedMeasure:
    """A measure, its actions and its indicators by number."""

    id: int
    number: int
    actions: Mapping[int, int]
    indicators: Mapping[int, NamedIndicator]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The first notice of the sample files, and its measures and the keys of its tags by number."""

    notice_id: int
    measures: Mapping[int, CataloguedMeasure]
    tags: Mapping[int, int]


def catalogue_of(session: Session) -> Catalogue:
    """The catalogue as the store holds it."""
    notice_number = lines("notice")[0]["number"]
    notice = session.exec(select(Notice).where(Notice.number == notice_number)).one()
    measures = session.exec(
        select(Measure).where(Measure.notice_id == notice.id).order_by(col(Measure.number))
    ).all()
    return Catalogue(
        notice_id=notice.id,
        measures={measure.number: catalogued(session, measure) for measure in measures},
        tags={tag.number: tag.id for tag in session.exec(select(Tag).where(Tag.notice_id == notice.id))},
    )


def catalogued(session: Session, measure: Measure) -> CataloguedMeasure:
    """A measure with its actions and indicators as the store holds them."""
    actions = session.exec(select(MeasureAction).where(MeasureAction.measure_id == measure.id)).all()
    indicators = session.exec(select(Indicator).where(Indicator.measure_id == measure.id)).all()
    return CataloguedMeasure(
        id=measure.id,
        number=measure.number,
        actions={row.number: row.id for row in actions},
        indicators={row.number: NamedIndicator(row.id, row.name, row.unit, row.kind) for row in indicators},
    )
