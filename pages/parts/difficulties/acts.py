"""What can be done with a difficulty: raise, assign, answer, close, confirm, reopen."""

from collections.abc import Collection
from typing import Any

import streamlit as st

from db.difficulties import actions as acts
from db.difficulties.queries import countries_of_task, members_frame, raised_of
from db.identity import SignedIn
from db.updates.queries import ReportItem
from pages.parts.difficulties.list import cause_words
from pages.shared.forms import Form, small_form
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import language, message_text, plain, translate
from tracking.countries import countries
from tracking.difficulties import DifficultyCause, check_can_raise
from tracking.messages import refusal
from tracking.permissions import Right, may_act
from tracking.vocabulary import DifficultyStatus
from tracking.workflow import DIFFICULTY, allows

LONGEST = 1000


def difficulty_acts(reads: Reads, by: SignedIn, row: dict[str, Any]) -> None:
    """The forms allowed by its state and this person's rights (a row of `difficulty_sheet`)."""
    status, authority_id = DifficultyStatus(row["status"]), row["authority_id"]
    if may_act(by, Right.HANDLE_DIFFICULTY, authority_id):
        if allows(DIFFICULTY, status, "answer"):
            _answer(by, row)
        if allows(DIFFICULTY, status, "assign"):
            _assign(reads, by, row)
        if allows(DIFFICULTY, status, "settle"):
            _close(by, row)
    if may_act(by, Right.CONFIRM_ANSWER, authority_id) and allows(DIFFICULTY, status, "confirm"):
        _confirm(by, row)
    if may_act(by, Right.RAISE_DIFFICULTY, authority_id):
        if allows(DIFFICULTY, status, "reopen"):
            _reopen(by, row)
        _classify(by, row)


def _assign(reads: Reads, by: SignedIn, row: dict[str, Any]) -> None:
    form = small_form(f"assign_{row['difficulty_id']}")
    members = reads.common(members_frame).itertuples()
    people = {person.officer_id: with_body(str(person.name), person.body) for person in members}
    chosen = row["handler_id"] or by.officer_id
    handler_id = form.choice("handler_id", translate("difficulties_page.handler"), people, chosen)
    form.save(
        translate("verb.assign"),
        acts.assign_difficulty,
        done=translate("difficulties_page.assigned"),
        primary=row["handler_id"] is None,
        by=by,
        difficulty_id=row["difficulty_id"],
        handler_id=handler_id,
    )


def with_body(name: Any, body: Any) -> str:
    """Somebody with the body of the working group that they belong to, if that is known."""
    return f"{plain(name)}（{translate(f'body.{body}')}）" if isinstance(body, str) else plain(name)


def _answer(by: SignedIn, row: dict[str, Any]) -> None:
    form = small_form(f"answer_difficulty_{row['difficulty_id']}")
    answer = form.area("answer", translate("difficulties_page.answer"), max_chars=LONGEST)
    form.save(
        translate("verb.answer"),
        acts.answer_difficulty,
        done=translate("difficulties_page.answered"),
        primary=True,
        by=by,
        difficulty_id=row["difficulty_id"],
        answer=answer,
    )


def _close(by: SignedIn, row: dict[str, Any]) -> None:
    with st.expander(translate("verb.settle")):
        form = small_form(f"close_{row['difficulty_id']}")
        reason = form.area("reason", translate("difficulties_page.close_reason"), max_chars=LONGEST)
        form.save(
            translate("verb.settle"),
            acts.close_difficulty,
            done=translate("difficulties_page.closed"),
            by=by,
            difficulty_id=row["difficulty_id"],
            reason=reason,
        )


def _confirm(by: SignedIn, row: dict[str, Any]) -> None:
    form = small_form(f"confirm_{row['difficulty_id']}")
    st.caption(translate("difficulties_page.confirm_note"))
    form.save(
        translate("verb.confirm"),
        acts.confirm_difficulty,
        done=translate("difficulties_page.confirmed"),
        primary=True,
        by=by,
        difficulty_id=row["difficulty_id"],
    )


def _reopen(by: SignedIn, row: dict[str, Any]) -> None:
    form = small_form(f"reopen_{row['difficulty_id']}")
    reason = form.area("reason", translate("difficulties_page.reopen_reason"), max_chars=LONGEST)
    form.save(
        translate("difficulty_step.reopened"),
        acts.reopen_difficulty,
        done=translate("difficulties_page.reopened"),
        by=by,
        difficulty_id=row["difficulty_id"],
        reason=reason,
    )


def _classify(by: SignedIn, row: dict[str, Any]) -> None:
    with st.expander(translate("difficulties_page.classify"), expanded=row["cause"] is None):
        form = small_form(f"classify_{row['difficulty_id']}")
        classified = _classification(form, row["cause"], row["countries"])
        form.save(
            translate("difficulties_page.classify"),
            acts.classify_difficulty,
            done=translate("difficulties_page.classified"),
            by=by,
            difficulty_id=row["difficulty_id"],
            **classified,
        )


def _classification(form: Form, cause: DifficultyCause | None, named: Collection[str]) -> dict[str, Any]:
    """Which of the notice's causes it is, and the countries."""
    causes: dict[Any, str] = {None: translate("difficulties_page.choose"), **cause_words()}
    st.caption(translate("difficulties_page.cause_note"))
    return {
        "cause": form.choice("cause", translate("difficulties_page.cause"), causes, cause),
        "countries": form.several(
            "countries", translate("difficulties_page.countries"), countries(language()), named
        ),
    }


def raise_part(reads: Reads, by: SignedIn, item: ReportItem) -> None:
    """For an update that names a difficulty: a way to raise it, why not, or a link to the raised one."""
    update = item.update
    if update is None or not update.difficulties:
        return
    raised = reads.scoped(raised_of, update_id=update.id)
    if raised.difficulty_id is not None:
        page_link("difficulties", translate("difficulties_page.to_thread"), difficulty=raised.difficulty_id)
    if raised.raised_before or not may_act(by, Right.RAISE_DIFFICULTY, item.task.authority_id):
        return
    why = refusal(check_can_raise, update, open_already=raised.open_already, raised_before=False)
    with st.expander(translate("difficulties_page.raise"), icon=":material/support:"):
        form = small_form(f"raise_{update.id}")
        if why:
            st.button(translate("difficulties_page.raise"), disabled=True, key=form.key("save"))
            st.caption(message_text(why))
            return
        classified = _classification(form, None, reads.scoped(countries_of_task, task_id=item.task.id))
        request = form.area("request", translate("difficulties_page.request"), max_chars=LONGEST)
        form.save(
            translate("difficulties_page.raise"),
            acts.raise_difficulty,
            done=translate("difficulties_page.raised"),
            by=by,
            update_id=update.id,
            request=request,
            **classified,
        )
