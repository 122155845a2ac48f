"""Downloading an attestation, made when fetched; fetched again unchanged, it is the same page."""

from starlette.requests import Request
from starlette.responses import Response

from db.attestations.actions import attest_period, attest_plan
from db.identity import SignedIn
from db.papers.queries import issued_paper
from db.store import Store
from db.tables import Attestation
from server.downloads import number_of
from server.papers import paper
from server.request_context import language_of, officer_of, site_of
from tracking.attestations.wording import subject_of
from tracking.messages import text
from tracking.vocabulary import PaperKind


def download_attestation(request: Request) -> Response:
    """GET /sign-off-page.docx or .pdf: for the plan's `revision`, or for `authority`'s reports for `period`."""
    store, language, by = site_of(request).store, language_of(request), officer_of(request)
    page = _page(request, store, by)
    content = issued_paper(store, PaperKind.ATTESTATION, page.id)
    name = text(
        "attestation.file_name",
        language,
        authority=page.content["authority"],
        subject=subject_of(page.kind, page.content, language),
    )
    return paper(request, content, name=name)


def _page(request: Request, store: Store, by: SignedIn) -> Attestation:
    revision_id = number_of(request, "revision")
    if revision_id is not None:
        return attest_plan(store, by=by, revision_id=revision_id)
    authority_id, period_id = (number_of(request, name) or 0 for name in ("authority", "period"))
    return attest_period(store, by=by, authority_id=authority_id, period_id=period_id)
