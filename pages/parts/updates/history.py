"""A task's updates for readers: each with author and day, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from db.evidence.queries import evidence_frame
from db.passings import PassingRow, passings_frame
from db.tasks.sheets import updates_frame
from db.typed_rows import rows_as
from pages.shared.choices import name_of
from pages.shared.components import empty
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import lines, moment, percent, plain, translate
from tracking.corrections import check_may_correct
from tracking.messages import refusal
from tracking.vocabulary import PeriodStatus, UpdateStatus

_TEXTS = ("progress", "difficulties", "next_steps", "explanation")
# Who did what, in chronological order: the columns of instant and person.
_STEPS = (
    ("written", "written_at", "author"),
    ("signed_off", "signed_off_at", "signatory"),
    ("submitted", "submitted_at", None),
    ("accepted", "accepted_at", "reviewer"),
    ("returned", "returned_at", "reviewer"),
)
_COLOURS = {
    UpdateStatus.ACCEPTED: "green",
    UpdateStatus.RETURNED: "red",
    UpdateStatus.CHECKING: "blue",
    UpdateStatus.SUBMITTED: "blue",
}


def update_list(reads: Reads, task_id: int, *, corrects: bool = False) -> None:
    """Every update in a box of its own; any not accepted are marked.

    Those who `corrects` get a link from a published update to a correction.
    """
    updates = reads.scoped(updates_frame, task_id=task_id, known_on=reads.known_on)
    files = reads.scoped(evidence_frame, task_id=task_id)
    passed = passed_by_update(reads, task_id)
    st.header(translate("task.updates", count=len(updates)), anchor=False)
    if updates.empty:
        empty(translate("task.no_updates"))
    each: Iterable[Any] = updates.itertuples()
    for update in each:
        with st.container(border=True, key=f"update_{update.update_id}"):
            own = files[files["update_id"] == update.update_id]
            _update(update, own, passed.get(update.update_id, ()))
            if corrects and _may_be_corrected(update):
                page_link("corrections", translate("correction.propose"), update=update.update_id)


def _may_be_corrected(update: Any) -> bool:
    states = {"update": UpdateStatus(update.status), "period": PeriodStatus(update.period_status)}
    return refusal(check_may_correct, **states, open_request=False) is None


def passed_by_update(reads: Reads, task_id: int) -> Mapping[int | None, Sequence[PassingRow]]:
    """Update of a task → who above passed it on, in order."""
    found: dict[int | None, list[PassingRow]] = defaultdict(list)
    passed = reads.scoped(passings_frame, task_id=task_id, known_on=reads.known_on)
    for row in rows_as(PassingRow, passed):
        found[row.update_id].append(row)
    return found


def _update(update: Any, files: pd.DataFrame, passed: Sequence[PassingRow]) -> None:
    status = UpdateStatus(update.status)
    badge = f":{_COLOURS.get(status, 'gray')}-badge[{translate(f'update_status.{status}')}]"
    version = translate("task.version", version=update.version) if update.version > 1 else ""
    completion = percent(update.completion_permille)
    st.markdown(
        f"**{name_of(update)}**{version}　{badge}　{translate('task.completion', completion=completion)}"
    )
    if update.no_change:
        st.markdown(translate("task.no_change"))
    for name in _TEXTS:
        if said := getattr(update, name):
            st.markdown(f":gray[{translate(f'task.{name}')}]　{lines(said)}")
    if isinstance(update.reason, str) and update.reason:
        st.markdown(f":red[{translate('task.reason')}]　{lines(update.reason)}")
    for file in files.itertuples():
        st.markdown(f"[{plain(file.name)}](/evidence/{file.evidence_id})")
    st.caption(translate("task.step_mark").join(steps_of(update, passed)))


def steps_of(update: Any, passed: Sequence[PassingRow]) -> list[str]:
    """Who did what with an update and when, in order; takes a row of `updates_frame`, and its of `passed_by_update`."""
    said = []
    for step, instant, person in _STEPS:
        happened = getattr(update, instant)
        if not pd.isna(happened):
            name = getattr(update, person) if person else None
            by = "" if not isinstance(name, str) else plain(name)
            said.append(translate(f"task.step.{step}", name=by, at=moment(happened)))
        if step == "submitted":
            said.extend(passing_words(row) for row in passed)
    return said


def passing_words(row: PassingRow) -> str:
    """Which authority passed something on, by whose hand and when."""
    name = plain(row.officer_name or "")
    authority = plain(row.authority_name)
    return translate("task.step.passed_on", authority=authority, name=name, at=moment(row.passed_at))
