"""The consequence of a ruling: the light of a task now, and the light it would give."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from db.requests.queries import AskedTask
from db.site.queries import thresholds
from pages.shared.components import light_label
from pages.shared.reads import Reads
from pages.shared.wording import day, message_text, percent, translate
from tracking.figures.outlook import Outlook, outlook_in
from tracking.vocabulary import RequestKind, TaskStatus


def show_lights(reads: Reads, asked: AskedTask, kind: RequestKind, later: date | None = None) -> None:
    """The light as it is, and as it would be if what is asked were granted, an extension until `later`."""
    now, after = _outlook(reads, asked), _outlook(reads, asked, **_granted(asked, kind, later))
    st.markdown(
        translate(
            "extension_page.light_now",
            completion=percent(now.completion_permille),
            light=light_label(now.light),
            reason=message_text(now.reason),
        )
    )
    given = {"day": day(later)} if kind is RequestKind.EXTENSION else {}
    st.markdown(
        translate(
            f"{kind}_page.light_after",
            light=light_label(after.light),
            reason=message_text(after.reason),
            **given,
        )
    )


def _granted(asked: AskedTask, kind: RequestKind, later: date | None) -> Mapping[str, Any]:
    """What granting changes of the task."""
    if kind is RequestKind.EXTENSION:
        return {"due_on": later}
    if kind is RequestKind.SUSPENSION:
        return {"status": TaskStatus.SUSPENDED}
    begun = asked.task.latest_permille > 0
    return {"status": TaskStatus.IN_PROGRESS if begun else TaskStatus.NOT_STARTED}


def _outlook(
    reads: Reads, asked: AskedTask, *, status: TaskStatus | None = None, due_on: date | None = None
) -> Outlook:
    task, schedule = asked.task, asked.schedule
    return outlook_in(
        status or task.status,
        completion_permille=task.latest_permille,
        today=reads.today,
        schedule=replace(schedule, due_on=due_on or schedule.due_on),
        rule=reads.common(thresholds),
    )
