"""Ways to read a plan: task by task, as a table, as a timeline, by revision."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from db.passings import PassingRow, passings_frame
from db.plans.drafts import PlannedTask, final_targets
from db.plans.queries import PlanSheet, plan_sheet, revisions_frame
from db.plans.rows import RevisionRow
from db.tasks.queries import task_frame
from db.typed_rows import rows_as
from pages.parts.plans.wording import Names, check_mark, differences, draft_lines, note_of
from pages.parts.updates.history import passing_words
from pages.shared.filters import asked
from pages.shared.pictures import Lead, dark, picture
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table_height
from pages.shared.wording import language, lines, moment, plain, translate
from pages.shared.worklist import WorkItem, group
from tracking import charts
from tracking.countries import country_names
from tracking.plans.form import tag_words
from tracking.scales import value_words
from tracking.vocabulary import Language, Light


def read_tasks(sheet: PlanSheet, names: Names) -> None:
    """Goals and tasks in a list, with one open beside it."""
    if sheet.revision.goals:
        goals = translate("plan.goals") + check_mark(sheet.revision.to_check)
        with st.expander(goals, expanded=not asked("task")):
            st.markdown(lines(sheet.revision.goals))
    opened = asked("task")
    task = next((task for task in sheet.tasks if str(task.task_revision_id) == opened), sheet.tasks[0])
    found = [
        WorkItem(
            key=task.task_revision_id,
            name=translate("list.task", number=task.number),
            label=f"{task.number}　{plain(task.draft.title)}",
            note=note_of(task, names),
        )
        for task in sheet.tasks
    ]
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        group("plan_tasks", translate("plan.tasks"), found, param="task", chosen=task.task_revision_id)
    with right:
        task_detail(task, sheet, names)


def task_detail(task: PlannedTask, sheet: PlanSheet, names: Names) -> None:
    """Everything a plan says of one task, and what of it differs from the baseline."""
    st.subheader(f"{task.number}　{plain(task.draft.title)}{check_mark(task.to_check)}", anchor=False)
    if task.draft.goes_on:
        st.caption(translate("plan.goes_on"))
    rows = [(field, words) for field, words in draft_lines(task.draft, names) if words and words != "—"]
    head = f"| {translate('report.field')} | {translate('plan.content')} |"
    body = (f"| {plain(field)} | {plain(words)} |" for field, words in rows)
    with st.container(key="detail"):
        st.markdown("\n".join([head, "|:--|:--|", *body]))
    baseline = sheet.baseline.get(task.task_id)
    if baseline:
        show_differences(baseline, task, names)


def show_differences(baseline: PlannedTask, task: PlannedTask, names: Names) -> None:
    """The baseline beside the current values."""
    changed = differences(baseline.draft, task.draft, names)
    if not changed:
        st.caption(translate("plan.as_baseline"))
        return
    st.markdown(translate("plan.changed"))
    head = f"| {translate('report.field')} | {translate('plan.baseline')} | {translate('plan.present')} |"
    body = [f"| {plain(field)} | {plain(old) or '—'} | {plain(new) or '—'} |" for field, old, new in changed]
    st.markdown("\n".join([head, "|:--|:--|:--|", *body]))


def plan_table(sheet: PlanSheet, names: Names) -> None:
    """The plan as one table, the baseline's due date beside the current one."""
    rows = pd.DataFrame([_row(task, sheet, names) for task in sheet.tasks])
    plain_table(rows, height=table_height(len(rows)), printed="plan_table")


def _row(task: PlannedTask, sheet: PlanSheet, names: Names) -> dict[str, Any]:
    draft, baseline = task.draft, sheet.baseline.get(task.task_id)
    targets = (
        f"{names.indicators[key].name} {value_words(value, names.indicators[key])}"
        for key, value in final_targets(draft).items()
    )
    return {
        "number": task.number,
        "measure_short_title": names.measures[draft.measure_id],
        "title": draft.title,
        "goal": draft.goal,
        "targets": translate("plan.part_mark").join(targets),
        "starts_on": draft.starts_on,
        "due_on": draft.due_on,
        "baseline_due_on": baseline.draft.due_on if baseline else None,
        "weight": draft.weight_tenths / 10,
        "post_title": names.posts.get(draft.post_id, ""),
        "lead_unit": draft.lead_unit,
        "supporting_units": draft.supporting_units,
        "countries": country_names(draft.countries, language()),
        "tags": tag_words(draft.tags, names.tags),
    }


def plan_picture(reads: Reads, sheet: PlanSheet) -> None:
    """The plan over the year; a bar leads to its task."""
    plot = reads.made(_timeline, sheet.revision.id, language(), dark())

    def lead(keys: Sequence[Any]) -> Lead | None:
        """A task that is not in force yet has no sheet."""
        return ("task", {"task": int(keys[0])}) if int(keys[0]) in sheet.baseline else None

    picture(plot, key="timeline", table=lambda: plain_table(_timeline_table(reads, sheet)), leads=lead)


def _timeline(reads: Reads, revision_id: int, language: Language, dark: bool) -> Figure:
    sheet = reads.scoped(plan_sheet, revision_id=revision_id)
    return charts.plan_timeline(_spans(reads, sheet), language=language, today=reads.today, dark=dark)


def _spans(reads: Reads, sheet: PlanSheet) -> pd.DataFrame:
    """One row per task for `plan_timeline`; a task not in force yet has no progress."""
    plan = sheet.plan
    figures = reads.scoped(
        task_frame, notice_id=plan.notice_id, year=plan.year, authority_id=plan.authority_id
    )
    keys = figures["task_id"].tolist()
    shown = zip(figures["completion_permille"].tolist(), map(Light, figures["light"]), strict=True)
    standing = dict(zip(keys, shown, strict=True))
    rows = []
    for task in sheet.tasks:
        draft, baseline = task.draft, sheet.baseline.get(task.task_id)
        completion, light = standing.get(task.task_id, (0, Light.GREY))
        reached = sheet.reached.get(task.task_id, frozenset())
        rows.append(
            {
                "task_id": task.task_id,
                "number": task.number,
                "title": draft.title,
                "starts_on": draft.starts_on,
                "due_on": draft.due_on,
                "baseline_due_on": baseline.draft.due_on if baseline else None,
                "completion_permille": completion,
                "light": light,
                "milestones": tuple(
                    (step.due_on, step.title, step.number in reached) for step in draft.milestones
                ),
            }
        )
    return pd.DataFrame(rows)


def _timeline_table(reads: Reads, sheet: PlanSheet) -> pd.DataFrame:
    columns = ["number", "title", "starts_on", "due_on", "baseline_due_on", "completion_permille", "light"]
    return _spans(reads, sheet)[columns]


def plan_revisions(reads: Reads, sheet: PlanSheet) -> None:
    """Every revision: who wrote, signed and ruled on it, and when."""
    passed = rows_as(PassingRow, reads.scoped(passings_frame, plan_id=sheet.plan.id))
    for row in rows_as(RevisionRow, reads.scoped(revisions_frame, plan_id=sheet.plan.id)):
        with st.container(border=True, key=f"revision_{row.revision_id}"):
            with st.container(horizontal=True, vertical_alignment="center"):
                status = translate(f"plan_status.{row.status}")
                st.markdown(translate("plan.revision", number=row.number, status=status), width="stretch")
                st.button(
                    translate("plan.open_revision"),
                    key=f"open_revision_{row.revision_id}",
                    type="tertiary",
                    on_click=_open_revision,
                    args=(row.revision_id,),
                )
            if row.reason:
                st.markdown(translate("plan.amended_because", reason=lines(row.reason)))
            own = [passing_words(one) for one in passed if one.revision_id == row.revision_id]
            st.caption("　".join(_steps(row, own)))
            if row.review_reason:
                st.markdown(translate("report.returned_because", reason=lines(row.review_reason)))


def _open_revision(revision_id: int) -> None:
    st.query_params["revision"] = str(revision_id)
    st.query_params.pop("show", None)


def _steps(row: RevisionRow, passed: list[str]) -> list[str]:
    """Who did what with a revision, `passed` being who above passed it on, in words."""
    steps = (
        ("created", row.author, row.created_at),
        ("signed", row.signatory, row.signed_off_at),
        ("submitted", None, row.submitted_at),
    )
    ruled = ("ruled", row.reviewer, row.reviewed_at)
    return [*_step_words(*steps), *passed, *_step_words(ruled)]


def _step_words(*steps: tuple[str, str | None, datetime | None]) -> list[str]:
    return [
        translate(f"plan.step_{name}", who=plain(who) if who is not None else "", when=moment(when))
        for name, who, when in steps
        if when is not None
    ]
