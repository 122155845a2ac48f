"""The button that fetches an attestation, where there is something to sign and the reader may submit it."""

from collections.abc import Mapping

from db.attestations.actions import check_signable
from db.identity import SignedIn
from db.plans.queries import PlanSheet
from pages.shared.papers import paper_links
from pages.shared.wording import translate
from tracking.messages import refusal
from tracking.permissions import Right, may_act


def plan_page_link(by: SignedIn, sheet: PlanSheet) -> None:
    """Link to the attestation of a plan revision."""
    signable = refusal(check_signable, sheet.revision.status) is None
    if signable and may_act(by, Right.SUBMIT, sheet.plan.authority_id):
        _link(translate("attestation.link_plan"), {"revision": sheet.revision.id})


def period_page_link(by: SignedIn, authority_id: int, period_id: int) -> None:
    """Link to the attestation of an authority's reports for a period; there must be some."""
    if may_act(by, Right.SUBMIT, authority_id):
        _link(translate("attestation.link_period"), {"authority": authority_id, "period": period_id})


def _link(label: str, query: Mapping[str, int]) -> None:
    paper_links(label, "sign-off-page", query, told=translate("attestation.link_help"))
