"""The result of checking a code on paper: the verdict, the differences, and what the paper must say."""

import pandas as pd
import streamlit as st

from db.attestations.queries import Verification, pages_frame
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table, table_height
from pages.shared.wording import language, moment, plain, translate
from tracking.attestations.code import shown_code
from tracking.attestations.comparison import Section
from tracking.attestations.tables import page_table, totals_of, totals_words
from tracking.attestations.wording import (
    field_words,
    line_words,
    stage_words,
    subject_of,
    value_words,
)
from tracking.vocabulary import AttestationKind


def banner(verdict: Verification) -> None:
    """The verdict in one sentence, with its colour and icon."""
    count = len(verdict.differences)
    if verdict.same:
        st.success(translate("verify.same"), icon=":material/check_circle:")
    else:
        said = translate("verify.differs", count=count) if verdict.intact else translate("verify.broken")
        st.error(said, icon=":material/cancel:")


def show_verdict(verdict: Verification) -> None:
    """Who printed what, what has happened since, where paper and data differ, and the figures on paper."""
    page = verdict.page
    st.markdown(
        translate(
            "verify.page",
            code=shown_code(page.code),
            authority=plain(page.content["authority"]),
            subject=subject_of(page.kind, page.content, language()),
            name=plain(verdict.made_by),
            at=moment(page.made_at),
        )
    )
    st.markdown(_since(verdict))
    if verdict.differences:
        _differences(verdict)
    _paper(verdict)


def show_pages(reads: Reads) -> None:
    """The newest pages of one's own authority and those beneath it; a click verifies one."""
    found = reads.scoped(pages_frame)
    if found.empty:
        return
    st.header(translate("verify.pages"), anchor=False)
    subjects = [
        subject_of(AttestationKind(kind), content, language())
        for kind, content in zip(found["kind"], found["content"], strict=True)
    ]
    shown = found.assign(
        page_code=[shown_code(code) for code in found["code"]],
        page_subject=subjects,
        page_made_at=[moment(at) for at in found["made_at"]],
        page_made_by=found["made_by"],
    )
    columns = ("page_code", "authority_name", "page_subject", "page_made_by", "page_made_at")
    place = table(shown, *columns, key="pages")
    if place is not None:
        open_page("verify", code=shown["page_code"].iloc[place])


def _since(verdict: Verification) -> str:
    """The state of the plan or reports when printed, and now."""
    if verdict.page.kind is AttestationKind.PLAN:
        before, now = (
            stage_words(sections[0].status, language()) for sections in (verdict.paper, verdict.now)
        )
        numbers = {"number": verdict.page.content["number"], "now_number": verdict.number}
        return translate("verify.since_plan", stage=before, now=now, **numbers)
    printed, present = totals_of(verdict.paper), totals_of(verdict.now)
    counts = {"tasks": printed.tasks, "now_tasks": present.tasks}
    return translate(
        "verify.since_period",
        reported=printed.reported,
        accepted=printed.accepted,
        now_reported=present.reported,
        now_accepted=present.accepted,
        **counts,
    )


def _differences(verdict: Verification) -> None:
    st.header(translate("verify.differences"), anchor=False)
    rows = pd.DataFrame(
        {
            "differing_task": _task(one.task, one.title),
            "differing_field": field_words(one, language()),
            "on_paper": value_words(one.paper, language()),
            "in_store": value_words(one.now, language()),
        }
        for one in verdict.differences
    )
    plain_table(rows, height=table_height(len(rows)), printed="differences")


def _paper(verdict: Verification) -> None:
    """The full content as printed: comparing it with the paper reveals a forgery."""
    st.header(translate("verify.paper"), anchor=False)
    page = verdict.page
    found = page_table(page.kind, verdict.paper, language())
    st.markdown(totals_words(page.kind, totals_of(verdict.paper), language()))
    percents = {
        name: st.column_config.Column(name, alignment="right")
        for row in found.rows[:1]
        for name, value in zip(found.headers, row, strict=True)
        if str(value).endswith("%")
    }
    st.dataframe(pd.DataFrame(found.rows, columns=found.headers), column_config=percents, hide_index=True)
    with st.expander(translate("verify.all_lines")):
        rows = pd.DataFrame(row for section in verdict.paper for row in _rows(section))
        plain_table(rows, height=table_height(len(rows)))


def _rows(section: Section) -> list[dict[str, str]]:
    task = _task(None if section.task_id is None else section.number, section.title)
    return [
        {
            "differing_task": task,
            "differing_field": line_words(line, language()),
            "on_paper": value_words(line, language()),
        }
        for line in section.lines
    ]


def _task(number: int | None, title: str) -> str:
    return translate("verify.whole_plan") if number is None else f"{number}　{title}"
