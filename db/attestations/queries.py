"""Comparing a signed attestation with what the store holds now.

What is in force stands until something else comes into force: an amendment that is being written changes nothing.
Before that, the newest that the reader may read is compared. Whoever may not read what a page speaks of learns
of it what he learns of a code that never was: nothing.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlmodel import Session, col

from db.attestations.content import period_sections, plan_sections
from db.frames import frame_of
from db.sql import select
from db.store import NotFound, Store
from db.tables import (
    Attestation,
    Authority,
    Officer,
    PlanRevision,
    ProgressUpdate,
    ReportingPeriod,
)
from tracking.attestations.code import code_of, key_from, same_code
from tracking.attestations.comparison import Difference, Section, differences, sections_of
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.vocabulary import AttestationKind, PlanStatus


@dataclass(frozen=True)
class Verification:
    """The result of verifying a code on paper: the page, who made it, and whether it is as printed (`intact`).

    `paper` are its sections as printed, `now` those in the store; for a plan, `number` is the revision
    compared.
    """

    page: Attestation
    made_by: str
    intact: bool
    paper: list[Section]
    now: list[Section]
    number: int | None

    @property
    def differences(self) -> list[Difference]:
        """Every value in which paper and data differ."""
        return differences(self.paper, self.now)

    @property
    def same(self) -> bool:
        """Whether paper and data agree, and the page is as printed."""
        return self.intact and not self.differences


def verify_page(store: Store, scope: Scope, *, code: str) -> Verification:
    """Compare the page of a code with the store's current content. Raises `NotFound`, also if out of reach."""
    with store.read() as session:
        page = _found(session, scope, code)
        drafts = page is not None and scope.covers_drafts(page.authority_id)
        if page is None or not (drafts or _has_left(session, page)):
            raise NotFound(Message("attestation.unknown"))
        number, now = _now(session, scope, page)
        verdict = Verification(
            page=page,
            made_by=session.get_one(Officer, page.made_by_id).name,
            intact=same_code(code_of(sealed(page), page_key(store)), page.code),
            paper=sections_of(page.content["sections"]),
            now=now,
            number=number,
        )
        session.expunge_all()
    return verdict


def pages_frame(store: Store, scope: Scope, *, limit: int = 20) -> pd.DataFrame:
    """The newest pages of authorities whose drafts may be read, to find one.

    Columns: code, kind, authority_name, content, made_by, made_at.
    """
    rows = (
        select(
            Attestation.code,
            Attestation.kind,
            col(Authority.short_name).label("authority_name"),
            Attestation.content,
            col(Officer.name).label("made_by"),
            Attestation.made_at,
        )
        .join(Authority, Authority.id == Attestation.authority_id)
        .join(Officer, Officer.id == Attestation.made_by_id)
        .where(col(Attestation.authority_id).in_(sorted(scope.drafts_of or ())))
        .order_by(col(Attestation.id).desc())
        .limit(limit)
    )
    return frame_of(store, rows)


def page_key(store: Store) -> bytes:
    """The key for this store's codes; whoever can read the audit chain's key can make codes."""
    return key_from(store.settings.chain_key)


def sealed(page: Attestation) -> dict[str, Any]:
    """The part of a page that its code seals: its content and subject, and who made it when."""
    names = ("authority_id", "revision_id", "period_id", "content", "made_by_id")
    return {
        "kind": str(page.kind),
        "made_at": page.made_at.isoformat(),
        **{name: getattr(page, name) for name in names},
    }


def _found(session: Session, scope: Scope, code: str) -> Attestation | None:
    rows = select(Attestation).where(Attestation.code == code)
    if scope.authority_ids is not None:
        rows = rows.where(col(Attestation.authority_id).in_(sorted(scope.authority_ids)))
    found: Attestation | None = session.execute(rows).scalar_one_or_none()
    return found


def _has_left(session: Session, page: Attestation) -> bool:
    """Whether everything the page covers has left its authority."""
    if page.kind is AttestationKind.PLAN:
        return session.get_one(PlanRevision, page.revision_id).submitted_at is not None
    printed = [section.update_id for section in sections_of(page.content["sections"])]
    inside = select(ProgressUpdate.id).where(
        col(ProgressUpdate.id).in_(printed), col(ProgressUpdate.submitted_at).is_(None)
    )
    return session.execute(inside.limit(1)).first() is None


def _now(session: Session, scope: Scope, page: Attestation) -> tuple[int | None, list[Section]]:
    if page.kind is AttestationKind.PLAN:
        drafts, printed = (
            scope.covers_drafts(page.authority_id),
            session.get_one(PlanRevision, page.revision_id),
        )
        revision = _standing(session, printed, drafts=drafts)
        return revision.number, plan_sections(session, revision)
    period = session.get_one(ReportingPeriod, page.period_id)
    return None, period_sections(session, scope, page.authority_id, period)


def _standing(session: Session, printed: PlanRevision, *, drafts: bool) -> PlanRevision:
    """The newest revision in force from the printed one on; if there is none, the newest readable one."""
    later = (
        select(PlanRevision)
        .where(PlanRevision.plan_id == printed.plan_id, PlanRevision.number >= printed.number)
        .order_by(col(PlanRevision.number).desc())
        .limit(1)
    )
    in_force = later.where(PlanRevision.status == PlanStatus.FILED)
    within = later if drafts else later.where(col(PlanRevision.submitted_at).is_not(None))
    found: PlanRevision = next(
        revision
        for rows in (in_force, within)
        if (revision := session.execute(rows).scalar_one_or_none()) is not None
    )
    return found
