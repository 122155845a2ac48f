"""The audit trail: who did what and when, in words, and the proof that nothing was changed or removed."""

from dataclasses import asdict

import streamlit as st

from db.accounts.queries import accounts_frame
from db.audit.queries import (
    ANY,
    AuditFilter,
    audit_frame,
    audited_actions,
    audited_subjects,
    count_audit_events,
    verify_chain,
)
from pages.parts.audit.event import PAGE_ROWS, show_event
from pages.parts.audit.wording import action_words, subject_words, word_events
from pages.shared.access import require
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked, asked_number, filter_bar, pick, pick_day, pick_page, with_all
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, moment, translate

by = require("audit")
reads = reads_for(by)
top = st.container()


def chosen() -> AuditFilter:
    """The filter from the pickers and the address."""
    officer, action, subject, since, until = filter_bar(5)
    people = reads.common(accounts_frame)
    names = {row.officer_id: f"{row.name} {row.sign_in_name}" for row in people.itertuples()}
    with officer:
        officer_id = pick("officer", with_all(names, "officer"))
    with action:
        actions = {name: action_words(name) for name in reads.common(audited_actions)}
        action_name = pick("action", with_all(actions, "action"))
    with subject:
        subjects = {name: subject_words(name) for name in reads.common(audited_subjects)}
        subject_name = pick("subject", with_all(subjects, "subject"))
    with since:
        since_on = pick_day("since")
    with until:
        until_on = pick_day("until")
    subject_id = asked_number("subject_id") if subject_name else None
    return AuditFilter(
        officer_id=officer_id,
        action=action_name,
        subject=subject_name,
        subject_id=subject_id,
        since_on=since_on,
        until_on=until_on,
    )


def show_list(where: AuditFilter, total: int) -> None:
    """A page of the trail, newest first; a click opens an event."""
    pages = len(range(0, total, PAGE_ROWS))
    page = min(max(asked_number("page") or 1, 1), pages)
    events = reads.common(audit_frame, where=where, page=page, page_size=PAGE_ROWS)
    with top:
        key = "audit_page.sentence" if where == ANY else "audit_page.sentence_narrowed"
        latest = reads.common(audit_frame, where=where, page=1, page_size=1)["happened_at"].iloc[0]
        heading(translate("page.audit"), translate(key, total=total, when=moment(latest)))
    show_proof()
    columns = ("event", "happened", "who", "act", "subject_words", "authority_name")
    place = table(word_events(events), *columns, key=f"events_{where}_{page}_{asked('event')}")
    if place is not None:
        st.query_params["event"] = str(events["number"].iloc[place])
        st.rerun()
    pick_page(pages)
    number = asked_number("event")
    if number is not None:
        for event in reads.common(audit_frame, where=AuditFilter(number=number)).itertuples():
            show_event(event)


def show_proof() -> None:
    """Verifying the trail on request."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(translate("audit_page.click"))
        asked_for = st.button(translate("audit_page.verify"), icon=":material/verified_user:", type="primary")
    if not asked_for:
        return
    report = verify_chain(reads.store)
    if report.intact:
        st.success(translate("audit_page.intact", events=report.events))
    else:
        st.error(translate("audit_page.broken", number=report.broken_at))


where = chosen()
total = reads.common(count_audit_events, where=where)
if total:
    show_list(where, total)
else:
    with top:
        heading(translate("page.audit"))
    empty(translate("audit_page.none_match"))
if any(value is not None for value in asdict(where).values()) and st.button(translate("audit_page.clear")):
    open_page("audit")
foot(
    translate("audit_page.source"),
    day(reads.today),
    translate("audit_page.rule_chain"),
    translate("audit_page.rule_days"),
)
