"""The briefings of a sample: a circular and a unit's sheet issued on the last frozen period, and a draft."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from db.briefings.material import BriefingRequest, drafted
from db.seed.days import moment
from db.seed.draws import Draw, draws
from db.seed.periods import frozen_by
from db.store import Store
from db.tables import Authority, Briefing, BriefingVersion, Officer, ReportingPeriod, RoleGrant
from tracking.vocabulary import BriefingKind, BriefingStatus, Language, Role

SHEET_OF = "330000"


def add_briefings(store: Store, today: date) -> None:
    """Briefings of the figures published with the last frozen period."""
    with store.read() as session:
        period, member_id, unit_id = (
            _last_frozen(session, today - timedelta(5)),
            _member_id(session),
            _unit_id(session),
        )
    draw, issued_on = draws("briefings"), today - timedelta(3)
    plans = (
        (BriefingRequest(BriefingKind.CIRCULAR, published=True), issued_on),
        (BriefingRequest(BriefingKind.UNIT_SHEET, unit_id=unit_id, published=True), issued_on),
        (BriefingRequest(BriefingKind.BRIEF, region="华东", published=True), None),
    )
    versions = [_made(store, period, wanted, draw, today) for wanted, _ in plans]
    with store.write(None) as tx:
        for (wanted, day), made in zip(plans, versions, strict=True):
            issued = {"issued_at": moment(draw, day), "issued_by_id": member_id} if day else {}
            briefing = tx.add(_briefing(period, wanted, issued))
            tx.add(BriefingVersion(briefing_id=briefing.id, number=1, written_by_id=member_id, **made))
        tx.audit("load_sample", briefing, today=today.isoformat())


def _made(
    store: Store, period: ReportingPeriod, wanted: BriefingRequest, draw: Draw, today: date
) -> dict[str, Any]:
    at = moment(draw, today - timedelta(4))
    made = drafted(store, period_id=period.id, wanted=wanted, language=Language.ZH_CN, at=at)
    return {**made, "written_at": at}


def _briefing(period: ReportingPeriod, wanted: BriefingRequest, issued: dict[str, Any]) -> Briefing:
    status = BriefingStatus.ISSUED if issued else BriefingStatus.DRAFT
    place: dict[str, Any] = {
        "region": wanted.region,
        "unit_id": wanted.unit_id,
        "published": wanted.published,
    }
    return Briefing(period_id=period.id, kind=wanted.kind, status=status, **place, **issued)


def _last_frozen(session: Session, on: date) -> ReportingPeriod:
    frozen = select(ReportingPeriod).where(frozen_by(on))
    return session.exec(frozen.order_by(col(ReportingPeriod.ends_on).desc()).limit(1)).one()


def _member_id(session: Session) -> int:
    members = select(Officer.id).join(RoleGrant, col(RoleGrant.officer_id) == Officer.id)
    first = members.where(RoleGrant.role == Role.MEMBER).order_by(col(Officer.id)).limit(1)
    return session.exec(first).one()


def _unit_id(session: Session) -> int:
    return session.exec(select(Authority.id).where(Authority.code == SHEET_OF)).one()
