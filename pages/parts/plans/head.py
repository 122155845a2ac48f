"""A plan's heading: whose, which year, and what its state means for the reader."""

import streamlit as st

from db.identity import SignedIn
from db.plans.queries import PlanSheet
from pages.parts.updates.held import where_held
from pages.shared.papers import paper_links
from pages.shared.wording import day, lines, moment, plain, translate
from tracking.permissions import Right, may
from tracking.vocabulary import PlanStatus
from tracking.workflow import WORK_PLAN, allows

WRITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.HANDED_OVER, PlanStatus.RETURNED})


def plan_title(sheet: PlanSheet) -> str:
    """The authority and year of a plan."""
    return translate("plan.title", authority=plain(sheet.authority_name), year=sheet.plan.year)


def plan_sentence(sheet: PlanSheet) -> str:
    """The plan's state, since when, its size, and what comes next."""
    revision = sheet.revision
    measures = len({task.draft.measure_id for task in sheet.tasks})
    since = {
        PlanStatus.DRAFT: revision.created_at,
        PlanStatus.HANDED_OVER: revision.sign_off_requested_at,
        PlanStatus.SIGNED_OFF: revision.signed_off_at,
        PlanStatus.CHECKING: revision.received_at,
        PlanStatus.SUBMITTED: revision.submitted_at,
        PlanStatus.RETURNED: revision.submitted_at,
        PlanStatus.FILED: revision.filed_at,
    }
    return translate(
        "plan.sentence",
        number=revision.number,
        state=translate(f"plan_status.{revision.status}"),
        since=moment(since[revision.status]),
        tasks=len(sheet.tasks),
        measures=measures,
        next=translate(f"plan.next_{revision.status}"),
    )


def plan_notes(sheet: PlanSheet) -> None:
    """Why it was returned, sent back or is being amended, if currently relevant."""
    if sheet.returned_because and sheet.is_newest and sheet.revision.status in WRITABLE:
        st.warning(translate("report.returned_because", reason=lines(sheet.returned_because)))
    where_held(sheet.revision.status, sheet.checker_name, sheet.revision.received_at)
    if sheet.revision.sent_back_because and allows(WORK_PLAN, sheet.revision.status, "edit"):
        st.warning(translate("report.sent_back_because", reason=lines(sheet.revision.sent_back_because)))
    unlooked = [str(task.number) for task in sheet.tasks if task.to_check]
    if unlooked:
        numbers = translate("plan.name_mark").join(unlooked)
        st.warning(translate("plan.unlooked", count=len(unlooked), numbers=numbers))
    if sheet.revision.reason:
        st.info(translate("plan.amended_because", reason=lines(sheet.revision.reason)))
    if not sheet.is_newest:
        st.info(translate("plan.older", number=sheet.revision.number, day=day(sheet.revision.created_at)))


def plan_paper_link(by: SignedIn, sheet: PlanSheet) -> None:
    """The revision as a paper, for those who may take data along."""
    if may(by, Right.EXPORT_LEDGER):
        paper_links(translate("plan_paper.link"), "plan", {"revision": sheet.revision.id})


def plan_head(sheet: PlanSheet) -> None:
    """The head of a plan shown beside a list."""
    st.subheader(plan_title(sheet), anchor=False)
    st.markdown(plan_sentence(sheet))
    plan_notes(sheet)
