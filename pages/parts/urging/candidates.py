"""Tasks that call for an urging slip now: ticked on the left, what will be issued on the right."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.urging.actions import issue_slips
from db.urging.candidates import candidates_frame, count_candidates
from db.urging.queries import urging_of
from pages.parts.urging.acts import demand_fields, issue_form
from pages.parts.urging.list import PAGE_ROWS, level_words, place_in
from pages.shared.choices import plan_year
from pages.shared.components import empty
from pages.shared.filters import asked_number, pick_page
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import day, percent, plain, translate
from pages.shared.worklist import WorkItem, group


def show_candidates(reads: Reads, by: SignedIn, notice_id: int | None, **narrowed: Any) -> None:
    """The candidates in the current plans, or the one task in the address."""
    if asked_number("task"):
        issue_form(by, reads.scoped(urging_of, task_id=asked_number("task")), reads)
        return
    narrowed |= {"notice_id": notice_id or 0, "year": plan_year(reads, notice_id or 0)}
    total = reads.scoped(count_candidates, **narrowed)
    if not total:
        empty(translate("urging_page.no_candidates"))
        return
    first, pages = place_in(total)
    tasks = reads.scoped(candidates_frame, first=first, most=PAGE_ROWS, **narrowed)
    st.caption(translate("urging_page.candidates", total=total))
    left, right = st.columns([5, 6], gap="medium")
    chosen: list[int] = []
    with left:
        with st.container(key="worklist"):
            lines = [_line(row) for row in tasks.itertuples()]
            collect = partial(_collect, chosen)
            title = translate("urging_page.view_candidates")
            group(
                "candidates",
                title,
                lines,
                param="candidate",
                chosen=asked_number("candidate"),
                bulk=collect,
                total=total,
            )
        pick_page(pages)
    with right:
        _preview(reads, by, tasks[tasks["task_id"].isin(chosen or [asked_number("candidate")])])


def _collect(chosen: list[int], ticked: list[int], _form: Form) -> None:
    """Take the ticked tasks over to the preview; nothing is issued yet."""
    chosen.extend(ticked)


def _line(row: Any) -> WorkItem:
    return WorkItem(
        key=int(row.task_id),
        name=translate("list.task_of", authority=row.authority_name, number=row.task_number),
        label=f"{plain(row.authority_name)} {row.task_number}　{plain(row.title)}",
        note=f"{level_words(row.level)}  \n:gray[{translate(f'slip_ground_short.{row.ground}', day=day(row.since_on))}]",
    )


def _preview(reads: Reads, by: SignedIn, tasks: pd.DataFrame) -> None:
    """What the chosen tasks will get and why, and the one form for all of them."""
    if tasks.empty:
        empty(translate("urging_page.tick"))
        return
    st.subheader(translate("urging_page.preview", count=len(tasks)), anchor=False)
    plain_table(_told(tasks), "authority_name", "task_number", "slip", "why")
    form = small_form("issue_several")
    answer_by, demand = demand_fields(form, reads)
    form.save(
        translate("urging_page.issue_several", count=len(tasks)),
        issue_slips,
        done=translate("urging_page.issued", count=len(tasks)),
        consequence=translate("urging_page.issue_consequence", count=len(tasks)),
        primary=True,
        by=by,
        task_ids=tasks["task_id"].tolist(),
        answer_by=answer_by,
        demand=demand,
    )


def _told(tasks: pd.DataFrame) -> pd.DataFrame:
    return tasks.assign(
        slip=[level_words(level) for level in tasks["level"]],
        why=[_why(row) for row in tasks.itertuples()],
    )


def _why(row: Any) -> str:
    ground = translate(
        f"slip_ground_why.{row.ground}", day=day(row.since_on), completion=percent(row.completion_permille)
    )
    if pd.isna(row.last_answer_by):
        return ground
    return ground + translate("urging_page.after", slip_level=row.last_level, day=day(row.last_answer_by))
