"""What a supporting authority may do about a task of another one: say what it did, and contest."""

import streamlit as st

from db.identity import SignedIn
from db.support import actions as acts
from db.support.queries import contests_frame, parts_frame, reported_periods_frame
from db.support.rows import ContributionRow, PartRow
from db.typed_rows import rows_as
from pages.parts.support.list import as_supporter, contributions_of
from pages.shared.choices import name_of
from pages.shared.forms import Form, small_form
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.permissions import Right, may_act
from tracking.support import ContestSubject

LONGEST = 1000


def own_part(by: SignedIn, reads: Reads, task_id: int) -> None:
    """The part that one's authorities have in a task; nothing where they have none."""
    if by.authority_id is None:
        return
    found = rows_as(PartRow, as_supporter(by, reads).scoped(parts_frame, task_id=task_id))
    for row in found:
        with st.container(border=True, key=f"part_{row.supporter_id}_{row.period_id}"):
            st.markdown(
                translate(
                    f"support.part_{row.role}", unit=plain(row.supporter_name), lead=plain(row.authority_name)
                )
            )
            if row.period_id is not None and may_act(by, Right.REPORT_PROGRESS, row.supporter_id):
                _add(by, row)
    for supporter_id in dict.fromkeys(row.supporter_id for row in found):
        if may_act(by, Right.MAKE_REQUEST, supporter_id):
            _contest(by, reads, task_id, supporter_id)


def _add(by: SignedIn, row: PartRow) -> None:
    if row.submitted:
        st.caption(translate("support.report_submitted"))
        return
    form = small_form(f"contribution_{row.task_id}_{row.period_id}_{row.supporter_id}")
    label = translate("support.words", period=name_of(row))
    words = form.area("words", label, row.words or "", max_chars=LONGEST)
    form.save(
        translate("support.add"),
        acts.add_contribution,
        done=translate("support.added_done"),
        primary=not row.words,
        by=by,
        task_id=row.task_id,
        period_id=row.period_id,
        authority_id=row.supporter_id,
        words=words,
    )


def _contest(by: SignedIn, reads: Reads, task_id: int, supporter_id: int) -> None:
    """The form, or the way to what is contested already."""
    contests = reads.scoped(contests_frame, task_id=task_id, still_open=True)
    mine = contests[contests["supporter_id"] == supporter_id]
    if not mine.empty:
        key = int(mine["contest_id"].iloc[0])
        page_link("extensions", translate("support.to_contest"), show="contests", contest=key)
        return
    with st.expander(translate("support.contest")):
        form = small_form(f"contest_{task_id}_{supporter_id}")
        reported = reads.scoped(reported_periods_frame, task_id=task_id)
        periods = {row.period_id: name_of(row) for row in reported.itertuples()}
        subjects = {
            one: translate(f"contest_subject.{one}")
            for one in ContestSubject
            if periods or one is not ContestSubject.REPORT
        }
        subject = form.choice("subject", translate("support.subject"), subjects)
        period_id = None
        if subject is ContestSubject.REPORT:
            period_id = form.choice("period_id", translate("support.period"), periods)
        reason = form.area("reason", translate("support.reason"), max_chars=LONGEST)
        form.save(
            translate("support.contest"),
            acts.contest_part,
            done=translate("support.contested"),
            by=by,
            task_id=task_id,
            authority_id=supporter_id,
            subject=subject,
            period_id=period_id,
            reason=reason,
        )


def take_over_part(reads: Reads, filled: Form, task_id: int, period_id: int, progress: str) -> None:
    """What supporting authorities added, each to be taken into the progress of the lead's report with one click."""
    for row in contributions_of(reads, task_id, period_id):
        with st.container(border=True, key=f"added_{row.authority_id}"):
            st.caption(translate("support.by", unit=plain(row.authority_name)))
            st.text(row.words)
            said = _said(row)
            st.button(
                translate("support.take_over"),
                key=filled.key(f"take_over_{row.authority_id}"),
                type="tertiary",
                icon=":material/edit_note:",
                disabled=said in progress,
                on_click=_write,
                args=(filled.key("progress"), "\n".join(filter(None, [progress, said]))),
            )


def _said(row: ContributionRow) -> str:
    return translate("support.said", unit=row.authority_name, words=row.words)


def _write(key: str, text: str) -> None:
    st.session_state[key] = text
