"""Plans awaiting someone, as list lines and one opened beside them."""

from collections.abc import Collection

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.plans.queries import plan_sheet
from db.plans.rows import PlanRow
from db.store import NotFound
from db.typed_rows import rows_as
from pages.parts.attestations.links import plan_page_link
from pages.parts.plans.acts import plan_acts
from pages.parts.plans.beside import plan_beside
from pages.parts.plans.head import plan_head
from pages.shared.choices import named_of
from pages.shared.components import empty
from pages.shared.filters import asked_number
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import lines, plain, translate
from pages.shared.worklist import WorkItem, group
from tracking.vocabulary import PlanStatus


def handed_over(plans: pd.DataFrame) -> pd.DataFrame:
    """The plans awaiting the signatory, and those signed off but not submitted."""
    waiting = plans["status"].isin((PlanStatus.HANDED_OVER, PlanStatus.SIGNED_OFF))
    return plans[waiting].reset_index(drop=True)


def checked_by(plans: pd.DataFrame, authority_ids: Collection[int]) -> pd.DataFrame:
    """The plans that one of these authorities checks before the working group."""
    checking = (plans["status"] == PlanStatus.CHECKING) & plans["checker_id"].isin(authority_ids)
    return plans[checking].reset_index(drop=True)


def plan_queue(reads: Reads, name: str, title: str, plans: pd.DataFrame, *, chosen: int | None) -> None:
    """The plans as a group of lines; none is left out."""
    found = [
        WorkItem(
            key=int(row.revision_id),
            name=plain(row.authority_name),
            label=named_of(reads, _label(row), row.notice_id),
            note=f":gray[{translate(f'plan_status.{row.status}')}]",
        )
        for row in rows_as(PlanRow, plans)
    ]
    if found:
        group(name, title, found, param="revision", chosen=chosen)


def _label(row: PlanRow) -> str:
    return translate("plan.line", authority=plain(row.authority_name), year=row.year, number=row.number)


def plan_queue_sheet(by: SignedIn, reads: Reads, revision_id: int) -> None:
    """The plan's goals and tasks beside what was before, the way to the whole of it, and what can be done with it."""
    try:
        sheet = reads.scoped(plan_sheet, revision_id=revision_id)
    except NotFound:
        empty(translate("store.not_found"))
        return
    with st.container(key="subject"):
        plan_head(sheet)
        page_link("work_plan", translate("plan.open_whole", count=len(sheet.tasks)), revision=revision_id)
    st.markdown(lines(sheet.revision.goals))
    plan_beside(reads, sheet)
    plan_acts(by, sheet)
    plan_page_link(by, sheet)


def opened(updates_waiting: list[int], plans_waiting: list[int]) -> tuple[int | None, int | None]:
    """The update, or the plan's revision, that the address asks for; what waits alone opens by itself, and stays open."""
    asked = asked_number("update") or asked_number("revision")
    if asked is None and len(updates_waiting) + len(plans_waiting) == 1:
        for name, keys in (("update", updates_waiting), ("revision", plans_waiting)):
            if keys:
                st.query_params[name] = str(keys[0])
    return asked_number("update"), asked_number("revision")
