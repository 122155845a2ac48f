"""Review: what the authorities have submitted, whatever the notice, oldest first; accepted, or returned with the reason in writing."""

from functools import partial

import pandas as pd
import streamlit as st

from db.plans.queries import plans_frame
from db.updates import reviews
from db.updates.queues import accepted_index, waiting_index
from pages.parts.plans.queue import plan_queue, plan_queue_sheet
from pages.parts.remits.whose import narrowed_reads
from pages.parts.updates.period import pick_window
from pages.parts.updates.queue import following, opened, queue
from pages.parts.updates.queue_sheet import update_queue_sheet
from pages.parts.updates.review_list import FILTERED, accepted_line, narrowed, oldest_of, waiting_line
from pages.parts.updates.several import Several
from pages.parts.updates.signing_lines import unusual_of
from pages.shared.access import require
from pages.shared.choices import chosen_notice, pick_notice
from pages.shared.components import empty, heading
from pages.shared.filters import filter_bar, switch
from pages.shared.reads import reads_for
from pages.shared.wording import translate
from tracking.vocabulary import PlanStatus

by = require("review")
reads = reads_for(by)
top, bar = st.container(), filter_bar(4)

ACCEPT = Several(reviews.accept_progress_updates, "review.accept", asks=True)


def show_waiting() -> None:
    """What waits for a ruling."""
    with bar[3]:
        mine = narrowed_reads(by, reads)
    updates = mine.scoped(waiting_index)
    plans = mine.scoped(plans_frame, status=PlanStatus.SUBMITTED)
    with bar[1]:
        updates, plans = narrowed(reads, updates, plans)
    with top:
        oldest = oldest_of(reads, updates)
        sentence = translate("review.sentence", updates=len(updates), plans=len(plans), oldest=oldest)
        heading(translate("page.review"), sentence, scrolls=True)
    update_id, revision_id = opened(updates, plans)
    if update_id is None and revision_id is None:
        empty(translate("review.nothing"), page="overview", label=translate("sign_off.to_overview"))
        return
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        plan_queue(reads, "plans", translate("review.plans"), plans, chosen=revision_id)
        queue(
            "waiting",
            translate("review.waiting"),
            updates,
            reads,
            by=by,
            chosen=update_id,
            several=ACCEPT,
            line=waiting_line(reads),
            marked=partial(unusual_of, by, reads),
        )
    with right:
        show_opened(updates, update_id, revision_id)


def show_accepted(notice_id: int) -> None:
    """Updates accepted in a period, to find one to reopen."""
    with bar[3]:
        pick_notice(reads)
    with bar[2]:
        window = pick_window(reads, notice_id, note=FILTERED)
    if window is None:
        return
    updates = reads.scoped(accepted_index, period_id=window.period_id)
    with bar[1]:
        (updates,) = narrowed(reads, updates)
    with top:
        sentence = translate("review.sentence_accepted", period=window.name, updates=len(updates))
        heading(translate("page.review"), sentence, scrolls=True)
    update_id, _ = opened(updates, pd.DataFrame({"revision_id": []}))
    if update_id is None:
        empty(translate("review.none_accepted"))
        return
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        queue(
            "accepted",
            translate("review.accepted"),
            updates,
            reads,
            by=by,
            chosen=update_id,
            line=accepted_line(reads),
        )
    with right:
        show_opened(updates, update_id, None)


def show_opened(updates: pd.DataFrame, update_id: int | None, revision_id: int | None) -> None:
    """The update or plan open beside the list."""
    if update_id is not None:
        update_queue_sheet(by, reads, update_id, after=following(updates, update_id))
    elif revision_id is not None:
        plan_queue_sheet(by, reads, revision_id)


notice_id = chosen_notice(reads)
with bar[0]:
    names = {name: translate(f"review.view_{name}") for name in ("waiting", "accepted")}
    view = switch("show", names, note=FILTERED)
if view == "waiting":
    show_waiting()
elif notice_id is not None:
    show_accepted(notice_id)
else:
    with top:
        heading(translate("page.review"))
    empty(translate("review.nothing"))
