"""The sheet of one task: its figures, what the plan says of it, and its timeline."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure as Plot

from db.site.queries import thresholds
from db.tasks.sheets import TaskSheet, suspension_of, task_sheet
from db.updates.task_updates import standing_report
from pages.parts.figures.measure import number
from pages.shared.components import Figure, figures, light_label
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import day, language, lines, message_text, moment, percent, plain, points, translate
from tracking import charts
from tracking.countries import country_names
from tracking.figures.lights import light_reason
from tracking.scales import bare_words, value_words
from tracking.validation import UpdateDraft
from tracking.vocabulary import Language, Light, TaskStatus


def sheet_of(reads: Reads, task_id: int) -> TaskSheet:
    """The sheet of a task in reach. Raises `NotFound`."""
    return reads.scoped(task_sheet, task_id=task_id, known_on=reads.known_on)


def task_sentence(reads: Reads, sheet: TaskSheet) -> str:
    """Whose task it is, its completion, and its light with the reason."""
    row = sheet.row
    light = Light(row["light"])
    reason = light_reason(
        light=light,
        today=reads.today,
        starts_on=row["starts_on"],
        due_on=row["due_on"],
        completion_permille=row["completion_permille"],
        expected_permille=row["expected_permille"],
        rule=reads.common(thresholds),
    )
    return translate(
        "task.sentence",
        unit=plain(row["authority_name"]),
        officer=_officer(row),
        completion=percent(row["completion_permille"]),
        light=light_label(light),
        reason=message_text(reason),
    )


def _officer(row: dict[str, Any]) -> str:
    if pd.isna(row["post_title"]):
        return translate("task.no_post")
    if pd.isna(row["officer_name"]):
        return translate("task.vacant", post=plain(row["post_title"]))
    return translate("task.officer", post=plain(row["post_title"]), name=plain(row["officer_name"]))


def suspension_note(reads: Reads, task_id: int) -> None:
    """Since when a task has been suspended, why, by whose ruling, and the consequences; empty for a running one."""
    stands = reads.scoped(suspension_of, task_id=task_id, known_on=reads.known_on)
    if stands is not None:
        said = {"since": moment(stands.since), "by": plain(stands.ruled_by), "reason": lines(stands.reason)}
        st.info(translate("task.suspended", **said))


def task_figures(sheet: TaskSheet) -> None:
    """Completion with its deviation, expected progress, due date beside the baseline, weight, last report.

    A suspended task has no schedule to keep, so its deviation is not judged.
    """
    row = sheet.row
    deviation = row["deviation_permille"]
    judged = deviation and row["status"] != TaskStatus.SUSPENDED
    figures(
        [
            Figure(
                translate("figure.task_completion"),
                percent(row["completion_permille"]),
                points(deviation),
                translate("figure.deviation"),
                good=deviation > 0 if judged else None,
            ),
            Figure(translate("figure.expected"), percent(row["expected_permille"])),
            Figure(
                translate("column.due_on"),
                day(row["due_on"]),
                day(row["baseline_due_on"]),
                translate("figure.baseline"),
            ),
            Figure(translate("figure.weight"), number(row["weight_tenths"] / 10)),
            Figure(translate("column.last_reported_on"), day(row["last_reported_on"])),
        ]
    )


def timeline(reads: Reads, task_id: int, language: Language, dark: bool) -> Plot:
    """The task from start to due date with its milestones; cached by its arguments."""
    sheet = sheet_of(reads, task_id)
    report = reads.scoped(standing_report, task_id=task_id, known_on=reads.known_on)
    draft = sheet.planned.draft
    milestones = tuple(
        (step.due_on, step.title, step.number in report.milestones_reached) for step in draft.milestones
    )
    frame = pd.DataFrame([{**sheet.row, "milestones": milestones}])
    return charts.plan_timeline(frame, language=language, today=reads.today, dark=dark)


def plan_facts(sheet: TaskSheet) -> None:
    """The task's facts in the plan, as label and value in two columns."""
    draft, row = sheet.planned.draft, sheet.row
    said = {
        "key_area": sheet.key_area_title,
        "measure": sheet.measure_title,
        "action": sheet.action_title,
        "goal": draft.goal,
        "lead_unit": draft.lead_unit,
        "supporting_units": draft.supporting_units,
        "countries": country_names(draft.countries, language()),
        "tags": sheet.tag_titles,
        "supervising_leader": draft.supervising_leader,
        "liaison": draft.liaison,
        "span": translate("task.from_to", starts_on=day(row["starts_on"]), due_on=day(draft.due_on)),
        "status": translate(f"task_status.{row['status']}"),
        "remark": draft.remark,
    }
    rows = [f"| {translate(f'task.{name}')} | {plain(value)} |" for name, value in said.items() if value]
    with st.container(key="facts"):
        st.markdown("\n".join(["| | |", "|---|---|", *rows]))


def targets_and_milestones(sheet: TaskSheet, report: UpdateDraft) -> None:
    """Targets beside what has been accepted; milestones with their share and whether they are reached."""
    draft = sheet.planned.draft
    if draft.targets:
        st.header(translate("task.targets"), anchor=False)
        plain_table(_targets(sheet, report))
    _exempt(sheet)
    if draft.milestones:
        st.header(translate("task.milestones"), anchor=False)
        plain_table(_milestones(sheet, report))


def _targets(sheet: TaskSheet, report: UpdateDraft) -> pd.DataFrame:
    known = _known(sheet)
    draft = sheet.planned.draft
    starts = {term.indicator_id: term.baseline for term in draft.terms if term.baseline is not None}

    def words(value: Decimal | None, key: int, say: Callable[[Decimal, Any], str]) -> str | None:
        return None if value is None else say(value, known[key])

    rows = [
        (
            known[key].name,
            target.due_on,
            words(starts.get(key), key, value_words),
            value_words(target.value, known[key]),
            words(report.actuals.get(key), key, bare_words),
        )
        for target in draft.targets
        for key in [target.indicator_id]
    ]
    columns = ["name", "due_on", "baseline_value", "target", "accepted_value"]
    table = pd.DataFrame(rows, columns=columns)
    return table if starts else table.drop(columns="baseline_value")


def _known(sheet: TaskSheet) -> dict[int, Any]:
    rows: Iterable[Any] = sheet.indicators.itertuples()
    return {row.indicator_id: row for row in rows}


def _exempt(sheet: TaskSheet) -> None:
    """The indicators that do not apply to the task, and why."""
    known = _known(sheet)
    for term in sheet.planned.draft.terms:
        if term.exempt_because:
            name, reason = known[term.indicator_id].name, term.exempt_because
            st.caption(translate("task.exempt", name=plain(name), reason=plain(reason)))


def _milestones(sheet: TaskSheet, report: UpdateDraft) -> pd.DataFrame:
    rows = [
        (
            step.title,
            step.due_on,
            step.share_permille,
            translate(_state(step.number in report.milestones_reached)),
        )
        for step in sheet.planned.draft.milestones
    ]
    return pd.DataFrame(rows, columns=["milestone", "due_on", "share_permille", "reached"])


def _state(reached: bool) -> str:
    return "task.reached" if reached else "task.not_reached"
