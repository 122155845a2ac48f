"""The attestations of a sample: one unit's plan of the year, and its report of the last frozen period."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from db.attestations.content import period_content, plan_content
from db.attestations.queries import page_key, sealed
from db.authorities.scope import NATION
from db.seed.days import moment, year_in_hand
from db.seed.draws import draws
from db.seed.periods import frozen_by
from db.store import Store
from db.tables import Attestation, Authority, Officer, PlanRevision, ReportingPeriod, RoleGrant, WorkPlan
from tracking.attestations.code import code_of
from tracking.vocabulary import AttestationKind, PlanStatus, Role

PAGES_OF = "330000"


def add_attestations(store: Store, today: date) -> None:
    """Add attestations printed a few days ago."""
    draw = draws("attestations")
    with store.write(None) as tx:
        unit_id = tx.session.exec(select(Authority.id).where(Authority.code == PAGES_OF)).one()
        by: dict[str, Any] = {"authority_id": unit_id, "made_by_id": _officer_id(tx.session, unit_id)}
        revision = _plan(tx.session, unit_id, year_in_hand(today))
        period = _last_frozen(tx.session, today - timedelta(7))
        subjects: list[dict[str, Any]] = [
            {
                "kind": AttestationKind.PLAN,
                "revision_id": revision.id,
                "content": plan_content(tx.session, revision),
            },
            {
                "kind": AttestationKind.PERIOD,
                "period_id": period.id,
                "content": period_content(tx.session, NATION, unit_id, period),
            },
        ]
        for days, subject in zip((6, 5), subjects, strict=True):
            page = Attestation(code="", made_at=moment(draw, today - timedelta(days)), **by, **subject)
            page.code = code_of(sealed(page), page_key(store))
            tx.add(page)
        tx.audit("load_sample", page, today=today.isoformat())


def _officer_id(session: Session, unit_id: int) -> int:
    of_unit = select(Officer.id).join(RoleGrant, col(RoleGrant.officer_id) == Officer.id)
    first = of_unit.where(Officer.authority_id == unit_id, RoleGrant.role == Role.REPORTING_OFFICER)
    return session.exec(first.order_by(col(Officer.id)).limit(1)).one()


def _plan(session: Session, unit_id: int, year: int) -> PlanRevision:
    """The newest revision of the year's plan that is in force."""
    filed = (
        select(PlanRevision)
        .join(WorkPlan, col(WorkPlan.id) == PlanRevision.plan_id)
        .where(WorkPlan.authority_id == unit_id, WorkPlan.year == year)
        .where(PlanRevision.status == PlanStatus.FILED)
    )
    return session.exec(filed.order_by(col(PlanRevision.number).desc()).limit(1)).one()


def _last_frozen(session: Session, on: date) -> ReportingPeriod:
    frozen = select(ReportingPeriod).where(frozen_by(on))
    return session.exec(frozen.order_by(col(ReportingPeriod.ends_on).desc()).limit(1)).one()
