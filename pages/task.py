"""One task's sheet: plan, milestones, targets, and every update with its author and day."""

import streamlit as st

from db.store import NotFound
from db.updates.task_updates import standing_report
from pages.parts.moves.table import task_moves
from pages.parts.officers.responsible import responsible_over_time
from pages.parts.requests.form import ask_links
from pages.parts.tasks.oversight import task_oversight
from pages.parts.tasks.sheet import (
    plan_facts,
    sheet_of,
    suspension_note,
    targets_and_milestones,
    task_figures,
    task_sentence,
    timeline,
)
from pages.parts.updates.history import update_list
from pages.shared.access import require
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number
from pages.shared.pictures import dark, picture
from pages.shared.reads import reads_for
from pages.shared.vintages import asked_past_day, pick_vintage, vintage_note
from pages.shared.wording import day, language, plain, translate
from tracking.figures.vintages import Vintage
from tracking.messages import refusal
from tracking.permissions import Right, check

by = require("task")
reads = reads_for(by, asked_past_day())
vintage = Vintage(reads.known_on)


def show(task_id: int) -> None:
    """The sheet from the top. Raises `NotFound` if the task is out of reach."""
    sheet = sheet_of(reads, task_id)
    title, day_of_it = st.columns([5, 1], vertical_alignment="bottom")
    with title:
        heading(f"{sheet.row['number']}　{plain(sheet.row['title'])}", task_sentence(reads, sheet))
    with day_of_it:
        pick_vintage(vintage)
    vintage_note(vintage)
    suspension_note(reads, task_id)
    task_figures(sheet)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        picture(reads.made(timeline, task_id, language(), dark()), key="timeline")
        targets_and_milestones(sheet, reads.scoped(standing_report, task_id=task_id, known_on=reads.known_on))
        task_moves(reads, task_id, known_on=reads.known_on)
    with right:
        plan_facts(sheet)
        responsible_over_time(reads, task_id)
        if reads.known_on is None:
            ask_links(by, reads, task_id)
            task_oversight(reads, by, task_id)
    corrects = not refusal(check, by, Right.PROPOSE_CORRECTION, sheet.row["authority_id"])
    update_list(reads, task_id, corrects=corrects and reads.known_on is None)
    foot(
        translate("page.source_all"),
        day(reads.today),
        translate("rule.completion"),
        translate("rule.expected"),
        translate("rule.light"),
    )


try:
    show(asked_number("task") or 0)
except NotFound:
    heading(translate("page.task"))
    vintage_note(vintage)
    empty(translate("page.unknown"), page="ledger", label=translate("page.ledger"))
