"""Work plans: the list of a year, or one plan written, read, and taken on its way through the offices."""

import streamlit as st

from db.plans.queries import PlanSheet, plan_sheet, plans_frame
from db.store import NotFound
from pages.parts.attestations.links import plan_page_link
from pages.parts.plans.acts import plan_acts
from pages.parts.plans.editor import edit_plan
from pages.parts.plans.head import plan_notes, plan_paper_link, plan_sentence, plan_title
from pages.parts.plans.list import plan_years, plans_sentence, plans_table, start_plan, start_plan_beneath
from pages.parts.plans.views import plan_picture, plan_revisions, plan_table, read_tasks
from pages.parts.plans.wording import names_for
from pages.shared.access import require
from pages.shared.choices import chosen_notice, notice_bar, plan_year
from pages.shared.components import empty, heading
from pages.shared.filters import asked_number, pick, switch
from pages.shared.reads import reads_for
from pages.shared.wording import translate
from tracking.permissions import Right, may_act
from tracking.workflow import WORK_PLAN, allows

by = require("work_plan")
reads = reads_for(by)
top = st.container()
ELSEWHERE = ("task",)  # here the key of what a revision says of it
bar = notice_bar(reads, 3, but=ELSEWHERE)
VIEWS = ("tasks", "table", "timeline", "revisions")


def show_plan(sheet: PlanSheet) -> None:
    """One revision of a plan."""
    with top:
        heading(plan_title(sheet), plan_sentence(sheet), scrolls=True)
    plan_notes(sheet)
    with bar[1]:
        view = switch("show", {name: translate(f"plan.view_{name}") for name in VIEWS})
    plan_acts(by, sheet, bar[2].container(horizontal=True))
    with st.container(horizontal=True, key="plan_papers"):
        plan_page_link(by, sheet)
        plan_paper_link(by, sheet)
    names = names_for(reads, sheet)
    if view == "revisions":
        plan_revisions(reads, sheet)
    elif view == "tasks" and writable(sheet):
        edit_plan(by, reads, sheet, names)
    elif not sheet.tasks:
        empty(translate("plan.no_tasks"))
    elif view == "tasks":
        read_tasks(sheet, names)
    elif view == "table":
        plan_table(sheet, names)
    else:
        plan_picture(reads, sheet)


def writable(sheet: PlanSheet) -> bool:
    """Whether this person may edit this revision."""
    unsigned = sheet.is_newest and allows(WORK_PLAN, sheet.revision.status, "edit")
    return unsigned and may_act(by, Right.WRITE_PLAN, sheet.plan.authority_id)


def show_year(notice_id: int, year: int) -> None:
    """The plans of a year in reach; those who reach only one see it at once."""
    found = reads.scoped(plans_frame, notice_id=notice_id, year=year)
    own = found[found["authority_id"] == by.authority_id]
    reach = reads.scope.authority_ids
    alone = reach is not None and reach <= {by.authority_id}
    if alone and len(own):
        show_plan(reads.scoped(plan_sheet, revision_id=int(own["revision_id"].iloc[0])))
        return
    with top:
        sentence = translate("plan.none_yet", year=year) if alone else plans_sentence(reads, found, year)
        heading(translate("page.work_plan"), sentence, scrolls=True)
    if own.empty and by.authority_id is not None and may_act(by, Right.WRITE_PLAN, by.authority_id):
        start_plan(by, notice_id, by.authority_id, year)
    if not alone:
        start_plan_beneath(by, reads, notice_id, year)
        plans_table(found)


def show_revision(revision_id: int) -> None:
    """The plan revision in the address."""
    try:
        sheet = reads.scoped(plan_sheet, revision_id=revision_id)
    except NotFound:
        with top:
            heading(translate("page.work_plan"))
        empty(translate("store.not_found"))
        return
    with bar[0]:
        back = translate("plan.back", year=sheet.plan.year)
        st.button(back, type="tertiary", on_click=leave, args=(sheet.plan.year,))
    show_plan(sheet)


def leave(year: int) -> None:
    """Back to the plans of the year."""
    for name in ("revision", "task", "show"):
        st.query_params.pop(name, None)
    st.query_params["year"] = str(year)


notice_id, revision_id = chosen_notice(reads, but=ELSEWHERE), asked_number("revision")
if revision_id is not None:
    show_revision(revision_id)
elif notice_id is None:
    heading(translate("page.work_plan"))
    empty(translate("plan.none"))
else:
    with bar[0]:
        years = plan_years(reads, notice_id)
        names = {year: translate("plan.year", year=year) for year in years}
        year = pick("year", names, default=plan_year(reads, notice_id))
    show_year(notice_id, year)
