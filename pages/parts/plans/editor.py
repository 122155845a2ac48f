"""The editor of a draft plan: goals and task list, with the form of one task beside them."""

from dataclasses import dataclass

import streamlit as st

from db.identity import SignedIn
from db.plans import actions as plans, task_actions
from db.plans.drafts import PlannedTask
from db.plans.queries import PlanSheet
from pages.parts.plans.file import bring_in
from pages.parts.plans.form import TypedTask, faults_of, new_draft, read_task, task_fields
from pages.parts.plans.last_year import take_over, tasks_of_last_year
from pages.parts.plans.unsaved import goals_form, task_form
from pages.parts.plans.views import show_differences
from pages.parts.plans.wording import Names, check_mark, differences, label_of, note_of
from pages.shared.access import part
from pages.shared.conflicts import conflict_box
from pages.shared.faults import error_note, error_summary, faults_left
from pages.shared.filters import asked
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from pages.shared.worklist import WorkItem, group, lacking
from tracking.validation import check_task

GOALS, NEW, LAST_YEAR, WORKBOOK = "goals", "new", "last_year", "file"
FIELDS = (
    *("measure_id", "measure_action_id", "title", "goal", "starts_on", "due_on", "weight_tenths"),
    *(
        "post_id",
        "countries",
        "tags",
        "lead_unit",
        "supporting_units",
        "supervising_leader",
        "liaison",
        "remark",
    ),
    *("targets", "milestones"),
)


@dataclass(frozen=True, slots=True)
class PlanContext:
    """A draft plan being edited, and its open task; None for a new one."""

    by: SignedIn
    sheet: PlanSheet
    names: Names
    task: PlannedTask | None = None

    @property
    def baseline(self) -> PlannedTask | None:
        """The open task as first filed."""
        return self.sheet.baseline.get(self.task.task_id) if self.task else None

    def begin(self) -> Form:
        """The open task's form draft; a milestone's number is never reused."""
        form = task_form(self.task, self.sheet.revision.id)
        if self.task:
            filled = Form.under_way(form, row_version=self.task.row_version, draft=self.task.draft)
        else:
            filled = Form.under_way(form, row_version=0, draft=new_draft(self.sheet, self.names))
        steps = self.baseline.draft.milestones if self.baseline else ()
        filled.highest.setdefault("milestones", max((step.number for step in steps), default=0))
        return filled


def edit_plan(by: SignedIn, reads: Reads, sheet: PlanSheet, names: Names) -> None:
    """The list on the left, what is open of it on the right."""
    opened = asked("task") or ""
    task = next((task for task in sheet.tasks if str(task.task_revision_id) == opened), None)
    offered = tasks_of_last_year(reads, sheet)
    # What a file would change is a wide table.
    left, right = st.columns([3, 9] if opened == WORKBOOK else [5, 7], gap="medium")
    with left, st.container(key="worklist"):
        _task_list(sheet, names, task.task_revision_id if task else None, offers=bool(offered))
    with right:
        if task or opened == NEW:
            edit_task(PlanContext(by, sheet, names, task))
        elif offered and opened == LAST_YEAR:
            take_over(by, sheet, offered)
        elif opened == WORKBOOK:
            bring_in(by, reads, sheet, names)
        else:
            edit_goals(by, sheet)


def _task_list(sheet: PlanSheet, names: Names, chosen: int | None, *, offers: bool) -> None:
    with st.container(horizontal=True):
        st.button(translate("plan.goals"), key="show_goals", on_click=_open, args=(GOALS,))
        st.button(
            translate("plan.add_task"), key="show_new", icon=":material/add:", on_click=_open, args=(NEW,)
        )
        st.button(translate("plan_file.heading"), key="show_file", on_click=_open, args=(WORKBOOK,))
        if offers:
            label = translate("plan.take_over", year=sheet.plan.year - 1)
            st.button(label, key="show_last_year", on_click=_open, args=(LAST_YEAR,))
    found = [
        WorkItem(
            key=task.task_revision_id,
            name=translate("list.task", number=task.number),
            label=f"{task.number}　{plain(task.draft.title)}",
            note=lacking(check_task(task.draft, sheet.facts)) + note_of(task, names),
        )
        for task in sheet.tasks
    ]
    if found:
        group("plan_tasks", translate("plan.tasks"), found, param="task", chosen=chosen)


def _open(name: str) -> None:
    st.query_params["task"] = name


@part("work_plan")
def edit_goals(by: SignedIn, sheet: PlanSheet) -> None:
    """The form for the goals of the year as a whole."""
    revision = sheet.revision
    filled = Form.under_way(goals_form(revision.id), row_version=revision.row_version, draft=revision.goals)
    typed = filled.typed("goals", revision.goals)
    filled.touched = typed != filled.draft
    if filled.is_stale(revision.row_version):
        difference = (translate("plan.goals"), revision.goals, typed)
        conflict_box(filled, revision.row_version, translate("plan.conflict"), [difference])
    st.subheader(translate("plan.goals") + check_mark(revision.to_check), anchor=False)
    fields = st.container()
    with st.container(key="editor_actions"):
        filled.save(
            translate("plan.save_goals"),
            plans.save_goals,
            done=translate("plan.goals_saved"),
            primary=True,
            by=by,
            revision_id=revision.id,
            row_version=filled.row_version,
            goals=typed,
        )
    with fields:
        error_summary(filled.refused)
        filled.area("goals", translate("plan.goals_label"), revision.goals, height=200)


@part("work_plan")
def edit_task(desk: PlanContext) -> None:
    """The form of a task."""
    task = desk.task
    filled = desk.begin()
    if task:
        filled.refused = filled.refused or faults_left("task", task.task_revision_id)
    typed = read_task(filled, desk.names)
    filled.touched = bool(typed.wrong) or typed.draft != filled.draft
    if task and filled.is_stale(task.row_version):
        found = differences(task.draft, typed.draft, desk.names)
        conflict_box(filled, task.row_version, translate("plan.conflict"), found)
    st.subheader(
        f"{task.number}　{plain(task.draft.title)}{check_mark(task.to_check)}"
        if task
        else translate("plan.new_task"),
        anchor=False,
    )
    if task and task.draft.goes_on:
        st.caption(translate("plan.goes_on"))
    summary, fields = st.container(), st.container(key="plan_fields")
    with st.container(key="editor_actions"), st.container(horizontal=True):
        if st.button(translate("plan.save_task"), type="primary", key=filled.key("save")):
            _save(desk, filled, typed)
        if task:
            _remove(desk, task)
        error_note(filled.refused)
    with summary:
        error_summary(filled.refused, {name: label_of(name) for name in FIELDS} | _row_labels(filled))
    with fields:
        task_fields(filled, desk.names, typed.draft, in_force=desk.baseline is not None)
        if task and desk.baseline:
            show_differences(desk.baseline, task, desk.names)


def _row_labels(filled: Form) -> dict[str, str]:
    """Labels for list rows in the error summary."""
    return {
        f"{name}.{place}": translate("plan.row", label=label_of(name), number=place + 1)
        for name, rows in filled.rows.items()
        for place in range(len(rows))
    }


def _save(desk: PlanContext, filled: Form, typed: TypedTask) -> None:
    if typed.wrong:
        filled.refuse(faults_of(typed, desk.sheet.facts))
    common = {"by": desk.by, "draft": typed.draft}
    if desk.task is None:
        filled.perform(
            task_actions.add_task,
            done=translate("plan.task_added"),
            revision_id=desk.sheet.revision.id,
            **common,
        )
    filled.perform(
        task_actions.save_task,
        done=translate("plan.task_saved", number=desk.task.number),
        task_revision_id=desk.task.task_revision_id,
        row_version=filled.row_version,
        **common,
    )


def _remove(desk: PlanContext, task: PlannedTask) -> None:
    small_form(f"remove_task_{task.task_revision_id}").save(
        translate("plan.remove_task"),
        task_actions.remove_task,
        done=translate("plan.task_removed", number=task.number),
        consequence=translate("plan.remove_consequence", number=task.number),
        by=desk.by,
        task_revision_id=task.task_revision_id,
    )
