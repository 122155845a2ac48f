"""Sign-off: what waits for the signatory's hand before it leaves the authority, and what is signed but not sent."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from db.actions import progress
from db.queries.plans import plans_frame
from db.queries.queues import sign_off_frame, submission_frame
from db.queries.waiting import own_scope
from pages.shared.access import require
from pages.shared.choices import chosen_notice
from pages.shared.components import empty, heading
from pages.shared.plan_queue import handed_over, plan_panel, plan_queue
from pages.shared.reads import reads_for
from pages.shared.update_panel import update_panel
from pages.shared.update_queue import Several, following, opened, queue
from pages.shared.words import t

by = require("sign_off")
reads = replace(reads_for(by), scope=own_scope(by))

SIGN = Several(progress.sign_off_progress_updates, "sign_off.sign")
SUBMIT = Several(progress.submit_progress_updates, "sign_off.submit", asks=True)


def show(notice_id: int) -> None:
    """The queues, and what is open beside them."""
    to_sign = reads.scoped(sign_off_frame, notice_id=notice_id)
    to_send = reads.scoped(submission_frame, notice_id=notice_id)
    plans = handed_over(reads.scoped(plans_frame, notice_id=notice_id))
    heading(
        t("page.sign_off"),
        t("sign_off.sentence", to_sign=len(to_sign), plans=len(plans), to_send=len(to_send)),
        scrolls=True,
    )
    waiting = pd.concat([to_sign, to_send])
    update_id, revision_id = opened(waiting, plans)
    if update_id is None and revision_id is None:
        empty(t("sign_off.nothing"), page="overview", label=t("sign_off.to_overview"))
        return
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        queue("to_sign", t("sign_off.to_sign"), to_sign, by=by, chosen=update_id, several=SIGN)
        plan_queue("plans", t("sign_off.plans"), plans, chosen=revision_id)
        queue("to_send", t("sign_off.to_send"), to_send, by=by, chosen=update_id, several=SUBMIT)
    with right:
        if update_id is not None:
            update_panel(by, reads, notice_id, update_id, after=following(waiting, update_id))
        elif revision_id is not None:
            plan_panel(by, reads, revision_id)


notice_id = chosen_notice(reads)
if notice_id is None:
    heading(t("page.sign_off"))
    empty(t("sign_off.nothing"))
else:
    show(notice_id)
