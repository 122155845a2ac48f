"""What supporting authorities contest: the list, and one of them with what may be done about it."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.identity import SignedIn
from db.support import actions as acts
from db.support.queries import OPEN, contests_frame
from db.support.rows import ContestRow
from db.typed_rows import rows_as
from pages.parts.support.acts import LONGEST
from pages.shared.choices import name_of
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number
from pages.shared.forms import small_form
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import day, lines, moment, plain, translate
from pages.shared.worklist import WorkItem, group
from tracking.permissions import Right, may_act
from tracking.workflow import CONTEST, allows


def show_contests(by: SignedIn, reads: Reads, top: DeltaGenerator) -> None:
    """The contests in reach: those that are open, then those that are over, and one of them beside."""
    found = rows_as(ContestRow, reads.scoped(contests_frame))
    still_open = [row for row in found if row.status in OPEN]
    with top:
        sentence = translate("contest_page.sentence", open=len(still_open), total=len(found))
        heading(translate("page.extensions"), sentence, scrolls=True)
    if not found:
        empty(translate("contest_page.nothing"))
        return
    asked = asked_number("contest")
    chosen = next((row for row in found if row.contest_id == asked), found[0])
    st.query_params["contest"] = str(chosen.contest_id)
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        for name, rows in (("open", still_open), ("over", [row for row in found if row not in still_open])):
            if rows:
                title = translate(f"contest_page.group_{name}")
                group(
                    f"contests_{name}",
                    title,
                    list(map(_line, rows)),
                    param="contest",
                    chosen=chosen.contest_id,
                )
    with right:
        _sheet(by, chosen)
    foot(translate("contest_page.source"), day(reads.today), translate("contest_page.rule"))


def _line(row: ContestRow) -> WorkItem:
    return WorkItem(
        key=row.contest_id,
        name=translate("list.task", number=row.task_number),
        label=f"{plain(row.supporter_name)}　{plain(row.title)}",
        note=f":gray[{translate(f'contest_status.{row.status}')}]",
    )


def _sheet(by: SignedIn, row: ContestRow) -> None:
    with st.container(key="subject"), st.container(horizontal=True, vertical_alignment="center"):
        title = f"{plain(row.authority_name)} {row.task_number}　{plain(row.title)}"
        st.subheader(title, anchor=False, width="stretch")
        page_link("task", translate("report.to_task"), task=row.task_id)
    about = translate(f"contest_subject.{row.subject}")
    if row.period_id is not None:
        about += f"（{name_of(row)}）"
    said = {
        "supporter": plain(row.supporter_name),
        "subject": about,
        "status": translate(f"contest_status.{row.status}"),
        "raised": moment(row.raised_at),
        "reason": lines(row.reason).replace("  \n", "<br>"),
        "answer": lines(row.answer).replace("  \n", "<br>"),
        "ruling": lines(row.ruling).replace("  \n", "<br>"),
    }
    rows = [
        f"| {translate(f'contest_page.fact_{name}')} | {value} |" for name, value in said.items() if value
    ]
    with st.container(key="facts"):
        st.markdown("\n".join(["| | |", "|---|---|", *rows]))
    _acts(by, row)


def _acts(by: SignedIn, row: ContestRow) -> None:
    """The forms that its state and this person's rights allow."""
    if may_act(by, Right.MAKE_REQUEST, row.authority_id) and allows(CONTEST, row.status, "answer"):
        _answer(by, row)
    if may_act(by, Right.MAKE_REQUEST, row.supporter_id):
        if allows(CONTEST, row.status, "maintain"):
            _step(by, row, "maintain", acts.maintain_contest)
        if allows(CONTEST, row.status, "withdraw"):
            _step(by, row, "withdraw", acts.withdraw_contest)
    if may_act(by, Right.RULE_REQUEST, row.authority_id) and allows(CONTEST, row.status, "uphold"):
        _rule(by, row)


def _answer(by: SignedIn, row: ContestRow) -> None:
    form = small_form(f"answer_contest_{row.contest_id}")
    answer = form.area("answer", translate("contest_page.answer"), max_chars=LONGEST)
    form.save(
        translate("verb.answer"),
        acts.answer_contest,
        done=translate("contest_page.answered"),
        primary=True,
        by=by,
        contest_id=row.contest_id,
        answer=answer,
    )


def _step(by: SignedIn, row: ContestRow, verb: str, action: Callable[..., None]) -> None:
    small_form(f"{verb}_contest_{row.contest_id}").save(
        translate(f"verb.{verb}"),
        action,
        done=translate(f"contest_page.done_{verb}"),
        consequence=translate(f"contest_page.consequence_{verb}"),
        primary=verb == "maintain",
        by=by,
        contest_id=row.contest_id,
    )


def _rule(by: SignedIn, row: ContestRow) -> None:
    form = small_form(f"rule_contest_{row.contest_id}")
    ruling = form.area("ruling", translate("contest_page.ruling"), max_chars=LONGEST)
    with st.container(horizontal=True):
        for verb, upheld in (("uphold", True), ("dismiss", False)):
            form.save(
                translate(f"verb.{verb}"),
                acts.rule_contest,
                button=verb,
                done=translate("contest_page.ruled"),
                consequence=translate(f"contest_page.consequence_{verb}_{row.subject}") if upheld else "",
                primary=upheld,
                by=by,
                contest_id=row.contest_id,
                upheld=upheld,
                ruling=ruling,
            )
