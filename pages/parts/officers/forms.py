"""The forms about a post: who takes it over and when, the end of a tenure, phones, and new posts."""

from datetime import date
from typing import Any

import streamlit as st

from db.authorities.standing import standing_names
from db.identity import SignedIn
from db.officers.actions import (
    LIMITS,
    appoint_officer,
    change_phone,
    create_post,
    end_appointment,
    reveal_phone,
)
from db.officers.queries import officers_of
from db.officers.rows import OfficerRow, PostRow
from db.typed_rows import rows_as
from pages.shared.access import may_not
from pages.shared.faults import error_summary
from pages.shared.forms import Form, small_form
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.store import the_store
from pages.shared.wording import plain, translate
from tracking.messages import Refusal, refusal
from tracking.permissions import Right, check


def post_forms(reads: Reads, by: SignedIn, post: PostRow) -> None:
    """The forms for a post (a row of `posts_frame`), or why there are none."""
    held = post.officer_id is not None
    if post.officer_id is not None:
        _phone_button(by, post, post.officer_id)
    if refusal(check, by, Right.REGISTER_APPOINTMENTS, post.authority_id):
        may_not(Right.REGISTER_APPOINTMENTS)
        return
    if held or post.vacant_days is not None:
        page_link("handover", translate("officers_page.hand_over"), post=post.post_id)
    if not held:
        with st.expander(translate("officers_page.appoint"), expanded=True):
            _appoint_form(reads, by, post)
    if held:
        with st.expander(translate("officers_page.end")):
            _end_form(reads.today, by, post)
        with st.expander(translate("officers_page.phone")):
            _phone_form(by, post)


def _appoint_form(reads: Reads, by: SignedIn, post: PostRow) -> None:
    form = small_form(f"appoint_{post.post_id}")
    known = reads.scoped(officers_of, authority_id=post.authority_id)
    people = {row.officer_id: plain_option(row) for row in rows_as(OfficerRow, known)}
    officer_id = form.choice(
        "officer_id", translate("officers_page.who"), {**people, None: translate("officers_page.new_person")}
    )
    typed = new_person(form) if officer_id is None else {}
    starts_on = form.day("starts_on", translate("officers_page.effective_on"), reads.today)
    st.caption(translate("officers_page.appoint_note"))
    form.save(
        translate("officers_page.appoint"),
        appoint_officer,
        done=translate("officers_page.appointed"),
        primary=True,
        by=by,
        post_id=post.post_id,
        starts_on=starts_on,
        officer_id=officer_id,
        **typed,
    )


def plain_option(officer: OfficerRow) -> str:
    """A person as an option in a list: namesakes are distinguished by phone."""
    return f"{officer.name}　{officer.office_phone}" if officer.office_phone else str(officer.name)


def new_person(form: Form) -> dict[str, Any]:
    """Name and phone of somebody who is not known yet."""
    return {
        "name": form.text("name", translate("officers_page.name"), max_chars=LIMITS["name"]),
        "office_phone": form.text(
            "office_phone", translate("officers_page.office_phone"), max_chars=LIMITS["office_phone"]
        ),
    }


def _end_form(today: date, by: SignedIn, post: PostRow) -> None:
    form = small_form(f"end_{post.appointment_id}")
    ends_on = form.day("ends_on", translate("officers_page.last_day"), today)
    form.save(
        translate("officers_page.end"),
        end_appointment,
        done=translate("officers_page.ended"),
        consequence=translate(
            "officers_page.end_consequence", name=plain(post.officer_name), tasks=post.open_tasks
        ),
        by=by,
        appointment_id=post.appointment_id,
        ends_on=ends_on,
    )


def _phone_form(by: SignedIn, post: PostRow) -> None:
    form = small_form(f"phone_{post.officer_id}")
    typed = form.text(
        "office_phone", translate("officers_page.office_phone"), max_chars=LIMITS["office_phone"]
    )
    form.save(
        translate("officers_page.change_phone"),
        change_phone,
        done=translate("officers_page.phone_changed"),
        by=by,
        officer_id=post.officer_id,
        office_phone=typed,
    )


def _phone_button(by: SignedIn, post: PostRow, officer_id: int) -> None:
    if refusal(check, by, Right.REVEAL_PHONE, post.authority_id):
        return
    if not st.button(
        translate("officers_page.reveal"),
        help=translate("officers_page.reveal_note"),
        key=f"reveal_{officer_id}",
    ):
        return
    try:
        phone = reveal_phone(the_store(), by=by, officer_id=officer_id)
    except Refusal as refused:
        error_summary(refused)
        return
    key = "officers_page.revealed" if phone else "officers_page.no_phone"
    values = {"phone": phone} if phone else {}
    st.text(translate(key, name=post.officer_name, **values))


def new_post_form(reads: Reads, by: SignedIn) -> None:
    """The form for a new post at one's own authority or at one beneath it."""
    form = small_form("new_post")
    authority_id = by.authority_id
    if by.beneath:
        kept = (by.beneath - by.inherits) | {by.authority_id or 0}
        names = reads.common(standing_names, on=reads.today, within=kept)
        authority_id = form.choice("authority_id", translate("accounts_page.unit"), names, by.authority_id)
    title = form.text(
        "title",
        translate("officers_page.title"),
        max_chars=LIMITS["title"],
        note=translate("officers_page.title_help"),
    )
    form.save(
        translate("officers_page.new_post"),
        create_post,
        done=translate("officers_page.post_created"),
        by=by,
        authority_id=authority_id,
        title=title,
    )
