"""Sign-off: the signatory's sheet of what waits for this hand, of every notice, and what is signed but not sent."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from db.authorities.delegation import with_delegated, writing_scope
from db.plans.queries import plans_frame
from db.updates import actions as updates
from db.updates.queues import sign_off_frame, submission_frame
from pages.parts.plans.queue import handed_over, opened, plan_queue, plan_queue_sheet
from pages.parts.updates.queue import following
from pages.parts.updates.queue_sheet import update_queue_sheet
from pages.parts.updates.several import Several
from pages.parts.updates.sheet import names_of_indicators
from pages.parts.updates.signing_lines import in_plan_order, signing_lines
from pages.parts.updates.signing_sheet import signing_sheet
from pages.shared.access import require
from pages.shared.components import empty, heading
from pages.shared.filters import filter_bar, pick
from pages.shared.paging import shown_part
from pages.shared.reads import reads_for
from pages.shared.wording import translate
from tracking.vocabulary import PlanStatus

by = require("sign_off")
reads = replace(reads_for(by), scope=writing_scope(by))
desk = writing_scope(with_delegated(reads.store, by))
top = st.container()

SIGN = Several(updates.sign_off_progress_updates, "sign_off.sign")
SUBMIT = Several(updates.submit_progress_updates, "sign_off.submit", asks=True)
# Whoever signs for many authorities turns the pages.
ON_A_SHEET = 60


def show() -> None:
    """What is to be signed, what is signed and not sent, and under its line what is opened of it."""
    to_sign, to_send, plans = chosen(
        in_plan_order(by, reads.scoped(sign_off_frame)),
        in_plan_order(by, reads.scoped(submission_frame)),
        handed_over(reads.scoped(plans_frame)),
    )
    signed = plans["status"] == PlanStatus.SIGNED_OFF
    with top:
        sentence = translate(
            "sign_off.sentence",
            to_sign=len(to_sign),
            plans=len(plans[~signed]),
            to_send=len(to_send),
            plans_to_send=len(plans[signed]),
        )
        heading(translate("page.sign_off"), sentence, scrolls=True)
    updates_waiting = pd.concat([to_sign, to_send])["update_id"].tolist()
    update_id, revision_id = opened(updates_waiting, plans["revision_id"].tolist())
    if update_id is None and revision_id is None and not updates_waiting and plans.empty:
        empty(translate("sign_off.nothing"), page="overview", label=translate("sign_off.to_overview"))
        return
    reports("to_sign", SIGN, to_sign, update_id)
    plan_part("plans", plans[~signed], revision_id)
    reports("to_send", SUBMIT, to_send, update_id)
    plan_part("plans_to_send", plans[signed], revision_id)
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


def chosen(*frames: pd.DataFrame) -> list[pd.DataFrame]:
    """The items waiting here, or those of the chosen authority; no picker if none is beneath."""
    waits = pd.concat([frame[["authority_id", "authority_name"]] for frame in frames]).drop_duplicates()
    if not by.beneath or waits.empty:
        return list(frames)
    names = dict(zip(waits["authority_id"].tolist(), waits["authority_name"], strict=True))
    with filter_bar(4)[0]:
        authority_id = pick("authority", {None: translate("sign_off.desk"), **names})
    wanted = (desk.authority_ids or ()) if authority_id is None else [authority_id]
    return [frame[frame["authority_id"].isin(wanted)].reset_index(drop=True) for frame in frames]


show()
