"""The plans of a year: which exist, in which state, and who has none yet."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from db.clock import day_of
from db.home.reporting_authorities import authorities_without_plan
from db.identity import SignedIn
from db.plans import actions as plans
from db.plans.queries import plans_frame
from pages.shared.choices import plan_year, units_in_reach
from pages.shared.components import empty
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.tables import table, table_height
from pages.shared.wording import plain, translate
from tracking.permissions import Right, Scope, may
from tracking.vocabulary import PlanStatus

NAMED = 12
LEFT = (PlanStatus.SUBMITTED, PlanStatus.RETURNED, PlanStatus.FILED)


def plan_years(reads: Reads, notice_id: int) -> list[int]:
    """The years with a plan in reach, the plan year in hand, this year and the next, latest first."""
    found = reads.scoped(plans_frame, notice_id=notice_id)["year"].tolist()
    year = reads.today.year
    return sorted({*found, plan_year(reads, notice_id), year, year + 1}, reverse=True)


def plans_sentence(reads: Reads, found: pd.DataFrame, year: int) -> str:
    """How many units have submitted a plan, in which state, which have not, and how many authorities are beneath."""
    units = units_in_reach(reads)
    units = units[units["reports"].astype(bool)]
    of_units = found["authority_id"].isin(units["unit_id"])
    counts = found[of_units]["status"].value_counts()
    left = found[found["status"].isin(LEFT)]
    missing = units[~units["unit_id"].isin(left["authority_id"])]
    sentence = translate(
        "plan.sentence_year",
        year=year,
        units=len(units),
        filed=int(counts.get(PlanStatus.FILED, 0)),
        submitted=int(counts.get(PlanStatus.SUBMITTED, 0)),
        returned=int(counts.get(PlanStatus.RETURNED, 0)),
        missing=len(missing),
    )
    names = translate("plan.name_mark").join(plain(name) for name in missing["short_name"])
    if 0 < len(missing) <= NAMED:
        sentence += translate("plan.missing", names=names)
    return sentence + (
        translate("plan.of_beneath", count=len(found[~of_units])) if len(found[~of_units]) else ""
    )


def plans_table(found: pd.DataFrame) -> None:
    """One row per plan; a click opens it."""
    if found.empty:
        empty(translate("plan.none"))
        return
    days = {
        f"{name}_on": found[f"{name}_at"].map(day_of, na_action="ignore") for name in ("submitted", "filed")
    }
    shown = found.assign(plan_status=found["status"], **days)
    columns = ("authority_name", "plan_status", "revision", "tasks", "submitted_on", "filed_on")
    place = table(
        shown.rename(columns={"number": "revision"}), *columns, key="plans", height=table_height(len(found))
    )
    if place is not None:
        st.query_params["revision"] = str(found["revision_id"].iloc[place])
        st.rerun()


def start_plan_beneath(by: SignedIn, reads: Reads, notice_id: int, year: int) -> None:
    """Begin the plan of an authority beneath that has none yet; nothing is drawn if all have one."""
    beneath = replace(reads, scope=Scope(by.beneath))
    places = beneath.scoped(authorities_without_plan, notice_id=notice_id, year=year)
    if places.empty or not may(by, Right.WRITE_PLAN):
        return
    names = dict(zip(places["authority_id"].tolist(), places["authority_name"], strict=True))
    with st.popover(translate("plan.beneath"), icon=":material/account_tree:"):
        chosen = st.selectbox(
            translate("plan.beneath"), list(names), format_func=names.__getitem__, key=f"beneath_{year}"
        )
        if chosen is not None:
            start_plan(by, notice_id, chosen, year, label=translate("plan.start_beneath", year=year))


def start_plan(by: SignedIn, notice_id: int, authority_id: int, year: int, *, label: str = "") -> None:
    """Begin the plan of a year that has none yet."""
    small_form(f"start_{year}_{authority_id}").save(
        label or translate("plan.start", year=year),
        plans.start_plan,
        done=translate("plan.started", year=year),
        primary=True,
        by=by,
        notice_id=notice_id,
        authority_id=authority_id,
        year=year,
    )
