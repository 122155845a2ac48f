"""Taking tasks over from last year's plan: which are planned again, which go on where they stand."""

from collections.abc import Iterable, Sequence

import streamlit as st

from db.identity import SignedIn
from db.plans.carry_actions import take_over_tasks
from db.plans.last_year import last_year_frame
from db.plans.queries import PlanSheet
from db.plans.rows import LastYearRow
from db.typed_rows import rows_as
from pages.shared.access import part
from pages.shared.faults import error_summary
from pages.shared.forms import Form
from pages.shared.reads import Reads
from pages.shared.wording import percent, plain, translate
from tracking.vocabulary import TaskStatus

_OVER = (TaskStatus.COMPLETED, TaskStatus.SUSPENDED)


def tasks_of_last_year(reads: Reads, sheet: PlanSheet) -> Sequence[LastYearRow]:
    """What the plan of the year before has to offer."""
    frame = reads.scoped(last_year_frame, revision_id=sheet.revision.id)
    return list(rows_as(LastYearRow, frame))


@part("work_plan")
def take_over(by: SignedIn, sheet: PlanSheet, offered: Sequence[LastYearRow]) -> None:
    """Both lists with what is proposed ticked, and the one button; whatever goes on is not planned again as well."""
    year = sheet.plan.year
    filled = Form.under_way(f"last_year_{sheet.revision.id}")
    st.subheader(translate("plan.take_over", year=year - 1), anchor=False)
    error_summary(filled.refused)
    place = st.container(key="editor_actions")
    unfinished = [row for row in offered if row.status not in _OVER and not row.goes_on]
    with st.container(key="going_on"):
        on = _ticked(
            filled, "on", translate("plan.going_on", year=year), unfinished, _extended(offered, year)
        )
    titles = {task.draft.title for task in sheet.tasks}
    others = [row for row in offered if row.task_id not in on and not row.goes_on]
    missing = {row.task_id for row in others if row.title not in titles}
    with st.container(key="planned_again"):
        again = _ticked(filled, "again", translate("plan.planned_again"), others, missing)
    with place:
        filled.save(
            translate("plan.take_over_of", count=len(on) + len(again), going_on=len(on)),
            take_over_tasks,
            done=translate("plan.taken_over", count=len(on) + len(again)),
            primary=True,
            disabled=not on and not again,
            by=by,
            revision_id=sheet.revision.id,
            again=again,
            on=on,
        )


def _extended(offered: Iterable[LastYearRow], year: int) -> set[int]:
    """Whoever was given time beyond New Year is expected to go on."""
    return {row.task_id for row in offered if row.due_on is not None and row.due_on.year >= year}


def _ticked(
    filled: Form, name: str, heading: str, rows: Sequence[LastYearRow], proposed: set[int]
) -> list[int]:
    if rows:
        st.markdown(heading)
    return [
        row.task_id
        for row in rows
        if filled.switch(f"{name}_{row.task_id}", _label(row), row.task_id in proposed)
    ]


def _label(row: LastYearRow) -> str:
    status = translate(f"task_status.{row.status}")
    return f"{row.number}　{plain(row.title)} :gray[{status} {percent(row.latest_permille)}]"
