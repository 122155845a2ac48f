"""Reads briefings: the list, and one with the version that is asked for."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.frames import frame_of
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import Authority, Briefing, BriefingVersion, Measure, Officer, ReportingPeriod
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.vocabulary import BriefingKind, BriefingStatus


@dataclass(frozen=True)
class BriefingSheet:
    """A briefing and one of its versions, with the names of the version's author and the briefing's issuer."""

    briefing: Briefing
    version: BriefingVersion
    author: str | None
    issuer: str | None

    @property
    def is_issued(self) -> bool:
        """Whether this version is the issued one rather than a draft."""
        return self.briefing.issued_at is not None and self.version.number == self.briefing.row_version


def briefings_frame(
    store: Store,
    scope: Scope,
    *,
    drafts: bool,
    notice_id: int,
    kind: BriefingKind | None = None,
    period_id: int | None = None,
    status: BriefingStatus | None = None,
) -> pd.DataFrame:
    """The readable briefings, newest first; with `drafts`, for those who write them.

    Columns: briefing_id, kind, region, unit_name, measure_number, measure_short_title, year, number (of the
    period), cycle, status, version, as_of_at, written_at, author, issued_at, issuer.
    """
    chosen = [ReportingPeriod.notice_id == notice_id, *_readable(scope, drafts=drafts)]
    for column, value in (
        (Briefing.kind, kind),
        (Briefing.period_id, period_id),
        (Briefing.status, status),
    ):
        if value is not None:
            chosen.append(column == value)
    return frame_of(store, _rows().where(*chosen).order_by(col(Briefing.id).desc()))


def briefing_sheet(
    store: Store, scope: Scope, *, drafts: bool, briefing_id: int, number: int | None = None
) -> BriefingSheet:
    """A briefing with its newest version, or an earlier one for whoever writes them. Raises `NotFound`."""
    with store.read() as session:
        rows = select(Briefing).where(Briefing.id == briefing_id, *_readable(scope, drafts=drafts))
        briefing: Briefing | None = session.scalars(rows).first()
        if briefing is None:
            raise NotFound(Message("store.not_found"))
        version = version_of(session, briefing, number if drafts else None)
        names = [_name(session, key) for key in (version.written_by_id, briefing.issued_by_id)]
        session.expunge_all()
    return BriefingSheet(briefing, version, *names)


def version_of(session: Session, briefing: Briefing, number: int | None = None) -> BriefingVersion:
    """A version of a briefing, the newest by default. Raises `NotFound`."""
    rows = select(BriefingVersion).where(
        BriefingVersion.briefing_id == briefing.id, BriefingVersion.number == (number or briefing.row_version)
    )
    found: BriefingVersion | None = session.scalars(rows).first()
    if found is None:
        raise NotFound(Message("store.not_found"))
    return found


def versions_frame(store: Store, *, briefing_id: int) -> pd.DataFrame:
    """The versions of a briefing, newest first. Columns: version, written_at, author, as_of_at."""
    rows = (
        select(
            col(BriefingVersion.number).label("version"),
            BriefingVersion.written_at,
            col(Officer.name).label("author"),
            BriefingVersion.as_of_at,
        )
        .join(Officer, Officer.id == BriefingVersion.written_by_id, isouter=True)
        .where(BriefingVersion.briefing_id == briefing_id)
    )
    return frame_of(store, rows.order_by(col(BriefingVersion.number).desc()))


def _name(session: Session, officer_id: int | None) -> str | None:
    return session.get_one(Officer, officer_id).name if officer_id else None


def _readable(scope: Scope, *, drafts: bool) -> list[Any]:
    """Drafts are for those who write them; an issued briefing goes to every unit it addresses.

    A national one addresses everybody, a regional one the units there, a unit's that unit.
    """
    conditions: list[Any] = [] if drafts else [Briefing.status == BriefingStatus.ISSUED]
    if scope.authority_ids is None:
        return conditions
    own = sorted(scope.authority_ids)
    regions = select(Authority.region_seven).where(col(Authority.id).in_(own))
    nation = and_(col(Briefing.region).is_(None), col(Briefing.unit_id).is_(None))
    spoken_to = or_(nation, col(Briefing.unit_id).in_(own), col(Briefing.region).in_(regions))
    return [*conditions, spoken_to] if own else [*conditions, col(Briefing.id).is_(None)]


def _rows() -> Statement:
    author, issuer = aliased(Officer), aliased(Officer)
    newest = and_(
        col(BriefingVersion.briefing_id) == Briefing.id, col(BriefingVersion.number) == Briefing.row_version
    )
    return (
        select(
            col(Briefing.id).label("briefing_id"),
            Briefing.kind,
            Briefing.region,
            col(Authority.short_name).label("unit_name"),
            col(Measure.number).label("measure_number"),
            col(Measure.short_title).label("measure_short_title"),
            ReportingPeriod.year,
            ReportingPeriod.number,
            ReportingPeriod.cycle,
            Briefing.status,
            col(BriefingVersion.number).label("version"),
            BriefingVersion.as_of_at,
            BriefingVersion.written_at,
            col(author.name).label("author"),
            Briefing.issued_at,
            col(issuer.name).label("issuer"),
        )
        .select_from(Briefing)
        .join(BriefingVersion, newest)
        .join(ReportingPeriod, ReportingPeriod.id == Briefing.period_id)
        .join(Authority, Authority.id == Briefing.unit_id, isouter=True)
        .join(Measure, Measure.id == Briefing.measure_id, isouter=True)
        .join(author, author.id == BriefingVersion.written_by_id, isouter=True)
        .join(issuer, issuer.id == Briefing.issued_by_id, isouter=True)
    )
