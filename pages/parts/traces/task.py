"""The last level of a trace: one task's completion, its derivation, and the update behind it."""

from typing import Any

import pandas as pd
import streamlit as st

from db.tasks.sheets import updates_frame
from db.traces.queries import TaskTrace, task_trace
from pages.parts.figures.extract import unit_name
from pages.parts.traces.views import Traced
from pages.parts.updates.history import passed_by_update, steps_of
from pages.shared.components import light_label
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import day, percent, plain, translate
from tracking.figures.completion import FULL, basis_of
from tracking.scales import Scale, value_words
from tracking.vocabulary import CompletionBasis, Light


def task_trace_sheet(reads: Reads, traced: Traced, task_id: int) -> None:
    """The task from its weight down to who reported it. Raises `NotFound`."""
    choice = traced.extract.choice
    found = reads.scoped(task_trace, task_id=task_id, period_id=choice.period_id, vintage=choice.vintage)
    fact = found.fact
    unit = plain(unit_name(reads, int(fact["unit_id"]), "short_name"))
    with st.container(horizontal=True, key="path"):
        up = traced.address(unit=int(fact["unit_id"]), measure=int(fact["measure_id"]))
        page_link("trace", translate("trace.up_tasks", unit=unit), **up)
        page_link("task", translate("trace.to_task"), task=task_id)
    st.subheader(f"{fact['number']}　{plain(fact['title'])}", anchor=False)
    with st.container(border=True, key="formula"):
        st.markdown(_put_in(fact))
    _basis(found)
    _update(reads, found, task_id)


def _put_in(fact: dict[str, Any]) -> str:
    """What the task contributes to its unit's figures."""
    completion = int(fact["completion_permille"])
    key = "suspended" if fact["suspended"] else "capped" if completion > FULL else "task"
    return translate(
        f"trace.task.{key}",
        completion=percent(completion),
        capped=percent(min(completion, FULL)),
        weight=f"{fact['weight_tenths'] / 10:.1f}",
        product=f"{fact['done'] / 100:,.2f}",
        expected=percent(fact["expected_permille"]),
        light=light_label(Light(fact["light"])),
    )


def _basis(found: TaskTrace) -> None:
    """Actual ÷ target of each indicator, or the shares of the milestones reached, or a typed figure."""
    planned = found.planned
    basis = basis_of(planned.targets, planned.milestones)
    st.header(translate("trace.basis"), anchor=False)
    if found.said is None:
        st.markdown(translate("trace.no_update"))
        return
    completion = percent(found.fact["completion_permille"])
    st.markdown(translate(f"trace.basis.{basis}", completion=completion, parts=len(found.indicators)))
    if basis is CompletionBasis.TARGETS:
        plain_table(pd.DataFrame([_indicator(*row) for row in found.indicators]))
    if basis is CompletionBasis.MILESTONES:
        reached = found.said.milestones_reached
        plain_table(pd.DataFrame([_milestone(step, step.number in reached) for step in planned.milestones]))
    if not found.explained:
        st.caption(translate("trace.plan_changed"))


def _indicator(name: str, scale: Scale, target: Any, actual: Any, share: int) -> dict[str, Any]:
    return {
        "name": name,
        "accepted_value": "—" if actual is None else value_words(actual, scale),
        "target": value_words(target, scale),
        "completion_permille": share,
    }


def _milestone(step: Any, reached: bool) -> dict[str, Any]:
    state = translate("task.reached" if reached else "task.not_reached")
    return {"milestone": step.title, "share_permille": step.share_permille, "reached": state}


def _update(reads: Reads, found: TaskTrace, task_id: int) -> None:
    """Who wrote, signed, submitted and accepted the update that counts, and when."""
    updates = reads.scoped(updates_frame, task_id=task_id, known_on=reads.known_on)
    passed = passed_by_update(reads, task_id).get(found.fact["update_id"], ())
    for update in updates[updates["update_id"] == found.fact["update_id"]].itertuples():
        st.header(translate("trace.update"), anchor=False)
        with st.container(border=True, key="behind"):
            for line in steps_of(update, passed):
                st.markdown(f"- {line}")
            if update.progress:
                st.markdown(plain(update.progress))
    st.caption(translate("trace.reported_on", day=day(_last_reported(found))))


def _last_reported(found: TaskTrace) -> Any:
    ordinal = int(found.fact["last_reported_on"])
    return pd.Timestamp.fromordinal(ordinal).date() if ordinal else None
