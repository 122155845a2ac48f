"""Making attestations: pages that a leader signs on paper, kept as printed, each under its own code."""

from functools import partial
from urllib.parse import quote

from sqlmodel import col

from db.attestations.content import period_content, plan_content
from db.attestations.queries import page_key, sealed
from db.authorities.scope import scope_of
from db.clock import OFFICE_ZONE
from db.identity import SignedIn
from db.papers.keeping import keep_paper, language_of
from db.plans.actions import load_revision
from db.row_changes import key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Attestation, Officer, ReportingPeriod
from tracking import permissions
from tracking.attestations.code import code_of, shown_code
from tracking.documents.attestation import Printed, attestation_document
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.vocabulary import AttestationKind, PaperKind, PlanStatus

# What may be signed: work with the signatory, or signed and not sent back.
SIGNABLE = frozenset(PlanStatus) - {PlanStatus.DRAFT, PlanStatus.RETURNED}


def attest_plan(store: Store, *, by: SignedIn, revision_id: int) -> Attestation:
    """Make the attestation of a plan revision, for whoever may submit it.

    Raises `Refusal` for one still being written, or returned.
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
        return _kept(tx, page, store)


def attest_period(store: Store, *, by: SignedIn, authority_id: int, period_id: int) -> Attestation:
    """Make the attestation of an authority's reports for a period, for whoever may submit it.

    Raises `Refusal` while nothing is reported for the period.
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
        return _kept(tx, page, store)


def check_signable(status: PlanStatus) -> None:
    """Refuse anything that is not up for signing. Raises `Refusal`."""
    if status not in SIGNABLE:
        raise Refusal(Message("attestation.not_signable"))


def _kept(tx: Transaction, page: Attestation, store: Store) -> Attestation:
    """This person's newest page on the same subject if it says the same, else this new one."""
    before = _newest(tx, page)
    if before is not None and before.content == page.content:
        page, action = before, "take_attestation"
    else:
        page.code, action = code_of(sealed(page), page_key(store)), "make_attestation"
        tx.add(page)
    paper = _keep_paper(tx, page, store.settings.site_url)
    tx.audit(action, page, page.authority_id, code=page.code, paper_sha256=paper)
    tx.session.flush()
    tx.session.expunge(page)
    return page


def _keep_paper(tx: Transaction, page: Attestation, site_url: str) -> str:
    """Archive the page as printed, unless already archived, and return its SHA-256."""
    printed = Printed(
        kind=page.kind,
        content=page.content,
        code=page.code,
        made_by=tx.session.get_one(Officer, page.made_by_id).name,
        made_at=page.made_at.astimezone(OFFICE_ZONE),
        address=f"{site_url.rstrip('/')}/verify?code={quote(shown_code(page.code))}" if site_url else "",
    )
    language = language_of(tx, page.made_by_id)
    return keep_paper(
        tx, PaperKind.ATTESTATION, key_of(page), language, partial(attestation_document, printed)
    )


def _newest(tx: Transaction, page: Attestation) -> Attestation | None:
    same = ("kind", "authority_id", "revision_id", "period_id", "made_by_id")
    rows = select(Attestation).where(*(getattr(Attestation, name) == getattr(page, name) for name in same))
    found: Attestation | None = tx.session.execute(
        rows.order_by(col(Attestation.id).desc()).limit(1)
    ).scalar_one_or_none()
    return found
