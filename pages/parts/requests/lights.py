"""The consequence of a ruling on a date: the light now, and the light it would give."""

from datetime import date

import streamlit as st

from db.requests.queries import AskedTask
from db.site.queries import thresholds
from pages.shared.components import light_label
from pages.shared.reads import Reads
from pages.shared.wording import day, message_text, percent, translate
from tracking.figures.outlook import Outlook, outlook_in


def show_lights(reads: Reads, standing: AskedTask, later: date) -> None:
    """The light as it is, and as it would be if the task were due on a later day."""
    now, after = (_outlook(reads, standing, due_on) for due_on in (standing.task.due_on, later))
    completion = percent(now.completion_permille)
    st.markdown(
        translate(
            "extension_page.light_now",
            completion=completion,
            light=light_label(now.light),
            reason=message_text(now.reason),
        )
    )
    st.markdown(
        translate(
            "extension_page.light_after",
            day=day(later),
            light=light_label(after.light),
            reason=message_text(after.reason),
        )
    )


def _outlook(reads: Reads, standing: AskedTask, due_on: date | None) -> Outlook:
    task = standing.task
    return outlook_in(
        task.status,
        completion_permille=task.latest_permille,
        today=reads.today,
        starts_on=task.starts_on or reads.today,
        due_on=due_on or reads.today,
        targets=standing.targets,
        rule=reads.common(thresholds),
    )
