"""One task's sheet: plan, milestones, targets, and every update with its author and day.

Whoever takes part in a task of another authority sees it too; without a task in the address, all of those.
"""

from dataclasses import replace

import streamlit as st

from db.store import NotFound
from db.support.queries import scope_as_supporter
from db.updates.task_updates import standing_report
from pages.parts.moves.table import task_moves
from pages.parts.officers.responsible import responsible_over_time
from pages.parts.requests.form import ask_links
from pages.parts.support.acts import own_part
from pages.parts.support.list import as_supporter, contribution_list, supported_tasks
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
from pages.shared.reads import Reads, reads_for
from pages.shared.vintages import asked_past_day, pick_vintage, vintage_note
from pages.shared.wording import day, language, plain, translate
from tracking.figures.vintages import Vintage
from tracking.messages import Message, refusal
from tracking.permissions import Right, check

by = require("task")
reads = reads_for(by, asked_past_day())
vintage = Vintage(reads.known_on)
task_id = asked_number("task")


def reads_of(task_id: int) -> Reads:
    """The reads for a task in reach, or for the one task of another authority that one's own takes part in."""
    try:
        sheet_of(reads, task_id)
    except NotFound:
        scope = as_supporter(by, reads).scoped(scope_as_supporter, task_id=task_id)
        return replace(reads, scope=scope)
    return reads


def show(reads: Reads, task_id: int) -> None:
    """The sheet from the top."""
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
        if reads.known_on is None:
            own_part(by, reads, task_id)
        plan_facts(sheet)
        responsible_over_time(reads, task_id)
        if reads.known_on is None:
            show_acts(reads, task_id)
    corrects = not refusal(check, by, Right.PROPOSE_CORRECTION, sheet.row["authority_id"])
    contribution_list(reads, task_id)
    update_list(reads, task_id, corrects=corrects and reads.known_on is None)
    foot(
        translate("page.source_all"),
        day(reads.today),
        translate("rule.completion"),
        translate("rule.expected"),
        translate("rule.light"),
    )


def show_acts(seen: Reads, task_id: int) -> None:
    """What may be asked and what presses; that is not for those who only take part."""
    if seen.scope == reads.scope:
        ask_links(by, seen, task_id)
        task_oversight(seen, by, task_id)


def show_supported() -> None:
    """All that one's authority takes part in. Raises `NotFound` if there is nothing."""
    top = st.container()
    if not supported_tasks(by, reads):
        raise NotFound(Message("store.not_found"))
    with top:
        heading(translate("support.heading"), translate("support.sentence"))


try:
    if task_id is None:
        show_supported()
    else:
        show(reads_of(task_id), task_id)
except NotFound:
    heading(translate("page.task"))
    vintage_note(vintage)
    empty(translate("page.unknown"), page="ledger", label=translate("page.ledger"))
