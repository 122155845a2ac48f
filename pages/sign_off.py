"""Sign-off: what waits for the signatory's hand before it leaves the authority, and what is signed but not sent."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from db.authorities.delegation import with_delegated, writing_scope
from db.plans.queries import plans_frame
from db.updates import actions as updates
from db.updates.queues import sign_off_frame, submission_frame
from pages.parts.plans.queue import handed_over, plan_queue, plan_queue_sheet
from pages.parts.updates.queue import Several, following, opened, own_line, placed_line, queue
from pages.parts.updates.queue_sheet import update_queue_sheet
from pages.shared.access import require
from pages.shared.choices import chosen_notice
from pages.shared.components import empty, heading
from pages.shared.filters import filter_bar, pick
from pages.shared.reads import reads_for
from pages.shared.wording import translate

by = require("sign_off")
reads = replace(reads_for(by), scope=writing_scope(by))
desk = writing_scope(with_delegated(reads.store, by))
top = st.container()

SIGN = Several(updates.sign_off_progress_updates, "sign_off.sign")
SUBMIT = Several(updates.submit_progress_updates, "sign_off.submit", asks=True)


def show(notice_id: int) -> None:
    """The queues, and the item open beside them."""
    to_sign, to_send, plans = chosen(
        reads.scoped(sign_off_frame, notice_id=notice_id),
        reads.scoped(submission_frame, notice_id=notice_id),
        handed_over(reads.scoped(plans_frame, notice_id=notice_id)),
    )
    with top:
        heading(
            translate("page.sign_off"),
            translate("sign_off.sentence", to_sign=len(to_sign), plans=len(plans), to_send=len(to_send)),
            scrolls=True,
        )
    waiting = pd.concat([to_sign, to_send])
    update_id, revision_id = opened(waiting, plans)
    if update_id is None and revision_id is None:
        empty(translate("sign_off.nothing"), page="overview", label=translate("sign_off.to_overview"))
        return
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        listed = partial(queue, by=by, chosen=update_id, line=placed_line if by.beneath else own_line)
        listed("to_sign", translate("sign_off.to_sign"), to_sign, several=SIGN)
        plan_queue("plans", translate("sign_off.plans"), plans, chosen=revision_id)
        listed("to_send", translate("sign_off.to_send"), to_send, several=SUBMIT)
    with right:
        if update_id is not None:
            update_queue_sheet(by, reads, notice_id, update_id, after=following(waiting, update_id))
        elif revision_id is not None:
            plan_queue_sheet(by, reads, revision_id)


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


notice_id = chosen_notice(reads)
if notice_id is None:
    heading(translate("page.sign_off"))
    empty(translate("sign_off.nothing"))
else:
    show(notice_id)
