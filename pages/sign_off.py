"""Sign-off: the sheet of what waits for this hand, of every notice: to be signed, checked for those beneath, sent."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from db.authorities.delegation import with_delegated, writing_scope
from db.plans.queries import plans_frame
from db.updates import actions as updates, reviews
from db.updates.queues import checking_frame, sign_off_frame, submission_frame
from pages.parts.plans.queue import checked_by, handed_over, opened, plan_queue, plan_queue_sheet
from pages.parts.updates.desk import on_the_desk
from pages.parts.updates.queue import following
from pages.parts.updates.queue_sheet import update_queue_sheet
from pages.parts.updates.several import Several
from pages.parts.updates.sheet import names_of_indicators
from pages.parts.updates.signing_lines import in_plan_order, signing_lines
from pages.parts.updates.signing_sheet import signing_sheet
from pages.shared.access import require
from pages.shared.components import empty, heading
from pages.shared.paging import shown_part
from pages.shared.reads import reads_for
from pages.shared.wording import translate
from tracking.vocabulary import PlanStatus

by = require("sign_off")
reads = replace(reads_for(by), scope=writing_scope(by))
desk = writing_scope(with_delegated(reads.store, by))
top = st.container()

SIGN = Several(updates.sign_off_progress_updates, "sign_off.sign")
PASS_ON = Several(reviews.pass_on_progress_updates, "sign_off.pass_on", asks=True)
SUBMIT = Several(updates.submit_progress_updates, "sign_off.submit", asks=True)
# Whoever signs for many authorities turns the pages.
ON_A_SHEET = 60


def show() -> None:
    """What is to be signed, checked for those beneath, and sent, and under its line what is opened of it."""
    every, checkers = reads.scoped(plans_frame), tuple(sorted(desk.authority_ids or ()))
    waits = (
        reads.scoped(sign_off_frame),
        reads.scoped(submission_frame),
    )
    checked = reads.scoped(checking_frame, checkers=checkers)
    to_sign, to_send, own, to_check, beneath = on_the_desk(
        by,
        desk,
        [*(in_plan_order(by, frame) for frame in waits), handed_over(every)],
        [in_plan_order(by, checked), checked_by(every, checkers)],
    )
    signed = own["status"] == PlanStatus.SIGNED_OFF
    plans = pd.concat([own, beneath])
    with top:
        sentence = translate(
            "sign_off.sentence",
            to_sign=len(to_sign),
            plans=len(own[~signed]),
            to_send=len(to_send),
            plans_to_send=len(own[signed]),
        )
        if by.beneath:
            sentence += translate("sign_off.sentence_check", to_check=len(to_check), plans=len(beneath))
        heading(translate("page.sign_off"), sentence, scrolls=True)
    updates_waiting = pd.concat([to_sign, to_check, to_send])["update_id"].tolist()
    update_id, revision_id = opened(updates_waiting, plans["revision_id"].tolist())
    if update_id is None and revision_id is None and not updates_waiting and plans.empty:
        empty(translate("sign_off.nothing"), page="overview", label=translate("sign_off.to_overview"))
        return
    reports("to_sign", SIGN, to_sign, update_id)
    plan_part("plans", own[~signed], revision_id)
    reports("to_check", PASS_ON, to_check, update_id)
    plan_part("plans_to_check", beneath, revision_id)
    reports("to_send", SUBMIT, to_send, update_id)
    plan_part("plans_to_send", own[signed], revision_id)
    if update_id is not None and update_id not in updates_waiting:
        update_queue_sheet(by, reads, update_id, after=None)
    if revision_id is not None and revision_id not in plans["revision_id"].tolist():
        plan_queue_sheet(by, reads, revision_id)


def reports(name: str, several: Several, waiting: pd.DataFrame, chosen: int | None) -> None:
    """The sheet of one queue; an empty one is left out."""
    if waiting.empty:
        return
    st.header(translate(f"sign_off.{name}"), anchor=False)
    signing_sheet(
        name,
        several,
        signing_lines(by, reads, shown_part(waiting, name, ON_A_SHEET)),
        by=by,
        indicators=names_of_indicators(reads),
        chosen=chosen,
        show=lambda key: update_queue_sheet(by, reads, key, after=following(waiting, key)),
    )


def plan_part(name: str, plans: pd.DataFrame, chosen: int | None) -> None:
    """The plans of one queue, and under them the one that is opened."""
    with st.container(key=f"listing_{name}"):
        plan_queue(reads, name, translate(f"sign_off.{name}"), plans, chosen=chosen)
    if chosen is not None and chosen in plans["revision_id"].tolist():
        with st.container(key="opened_plan", border=True):
            plan_queue_sheet(by, reads, chosen)


show()
