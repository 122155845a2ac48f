"""Making attestations: pages that a leader signs on paper, kept as printed, each under its own code."""

from sqlmodel import col

from db.attestations.content import period_content, plan_content
from db.attestations.queries import page_key, sealed
from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.plans.actions import load_revision
from db.sql import select
from db.store import Store, Transaction
from db.tables import Attestation, ReportingPeriod
from tracking import permissions
from tracking.attestations.comparison import code_of
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.vocabulary import AttestationKind, PlanStatus

# What may be signed: what lies with the signatory, or has been signed and not been given back.
SIGNABLE = frozenset(PlanStatus) - {PlanStatus.DRAFT, PlanStatus.RETURNED}


def attest_plan(store: Store, *, by: SignedIn, revision_id: int) -> Attestation:
    """The sign-off page of a plan's revision, for whoever may submit it.

    Raises `Refusal` for one that still is being written, or was returned.
    """
    with store.write(by) as tx:
        revision, plan = load_revision(tx, revision_id)
        permissions.check(by, Right.SUBMIT, plan.authority_id)
        check_signable(revision.status)
        page = Attestation(
            code="",
            kind=AttestationKind.PLAN,
            authority_id=plan.authority_id,
            revision_id=revision_id,
            content=plan_content(tx.session, revision),
            made_at=tx.now,
            made_by_id=by.officer_id,
        )
        return _kept(tx, page, page_key(store))


def attest_period(store: Store, *, by: SignedIn, authority_id: int, period_id: int) -> Attestation:
    """The sign-off page of what an authority reports for a period, for whoever may submit it.

    Raises `Refusal` while nothing was reported for it.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.SUBMIT, authority_id)
        period = tx.load(ReportingPeriod, period_id)
        page = Attestation(
            code="",
            kind=AttestationKind.PERIOD,
            authority_id=authority_id,
            period_id=period_id,
            content=period_content(tx.session, scope_of(store, by), authority_id, period),
            made_at=tx.now,
            made_by_id=by.officer_id,
        )
        return _kept(tx, page, page_key(store))


def check_signable(status: PlanStatus) -> None:
    """Refuse what nobody is asked to sign. Raises `Refusal`."""
    if status not in SIGNABLE:
        raise Refusal(Message("attestation.not_signable"))


def _kept(tx: Transaction, page: Attestation, key: bytes) -> Attestation:
    """The newest page of this person on the same subject if it says the same already, else this new one."""
    before = _newest(tx, page)
    if before is not None and before.content == page.content:
        page = before
        tx.audit("take_attestation", page, page.authority_id, code=page.code)
    else:
        page.code = code_of(sealed(page), key)
        tx.audit("make_attestation", tx.add(page), page.authority_id, code=page.code)
    tx.session.flush()
    tx.session.expunge(page)
    return page


def _newest(tx: Transaction, page: Attestation) -> Attestation | None:
    same = ("kind", "authority_id", "revision_id", "period_id", "made_by_id")
    rows = select(Attestation).where(*(getattr(Attestation, name) == getattr(page, name) for name in same))
    found: Attestation | None = tx.session.execute(
        rows.order_by(col(Attestation.id).desc()).limit(1)
    ).scalar_one_or_none()
    return found
