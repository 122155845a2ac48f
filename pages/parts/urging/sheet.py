"""One urging slip, read and printed: what is demanded by when, who acknowledged it, what was answered."""

from types import SimpleNamespace
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.urging.queries import slip_sheet, slips_frame
from pages.parts.urging.acts import slip_acts
from pages.parts.urging.list import level_words, state_words, word_slips
from pages.shared.components import heading
from pages.shared.navigation import open_page, page_link
from pages.shared.papers import paper_links
from pages.shared.reads import Reads
from pages.shared.tables import table
from pages.shared.wording import day, lines, moment, percent, plain, translate
from tracking.permissions import Right, may


def show_slip(reads: Reads, by: SignedIn, slip_id: int) -> None:
    """The page of one slip. Raises `NotFound`."""
    slip = reads.scoped(slip_sheet, slip_id=slip_id)
    level = level_words(slip["level"])
    told: Any = SimpleNamespace(**slip)
    state = state_words(told, reads.today)
    heading(
        translate("urging_page.slip", level=level, number=slip_id),
        translate(
            "urging_page.slip_sentence",
            unit=plain(slip["authority_name"]),
            day=day(slip["answer_by"]),
            state=state,
        ),
    )
    with st.container(key="slip_links", horizontal=True, vertical_alignment="center"):
        page_link("urging", translate("urging_page.back"))
        page_link("task", translate("report.to_task"), task=slip["task_id"])
        if may(by, Right.EXPORT_LEDGER):
            paper_links(translate("urging_page.word"), "slip", {"slip": slip_id}, look="tertiary")
    left, right = st.columns([3, 2], gap="large")
    with left:
        _facts(slip)
    with right, st.container(key="slip_acts"):
        slip_acts(reads, by, slip)
    _others(reads, slip)


def _facts(slip: dict[str, Any]) -> None:
    rows = [
        f"| {translate(f'urging_page.fact_{name}')} | {said} |" for name, said in _said(slip).items() if said
    ]
    with st.container(key="facts"):
        st.markdown("\n".join(["| | |", "|---|---|", *rows]))
    with st.container(key="signature"):
        st.markdown(translate("urging_page.signature"))


def _said(slip: dict[str, Any]) -> dict[str, str]:
    return {
        "to": plain(slip["authority_full_name"]),
        "task": f"{slip['task_number']}　{plain(slip['title'])}",
        "measure": f"{slip['measure_number']} {plain(slip['measure_short_title'])}",
        "standing": translate(
            "urging_page.standing",
            due_on=day(slip["due_on"]),
            completion=percent(slip["completion_permille"]),
        ),
        "ground": translate(f"slip_ground.{slip['ground']}"),
        "demand": _written(slip["demand"]),
        "answer_by": day(slip["answer_by"]),
        "issued": _who(slip, "issued"),
        "acknowledged": _who(slip, "acknowledged") or translate("urging_page.not_yet"),
        "answered": _who(slip, "answered"),
        "answer": _written(slip["answer"]),
        "closed": _who(slip, "closed"),
        "closing": _written(slip["closing"]),
    }


def _who(slip: dict[str, Any], act: str) -> str:
    if slip[f"{act}_at"] is None:
        return ""
    return translate("urging_page.who", at=moment(slip[f"{act}_at"]), name=plain(slip[f"{act}_by"] or "—"))


def _written(text: str) -> str:
    return lines(text).replace("  \n", "<br>")


def _others(reads: Reads, slip: dict[str, Any]) -> None:
    """The other slips of the task, if any."""
    slips = reads.scoped(slips_frame, task_id=slip["task_id"])
    others = slips[slips["slip_id"] != slip["slip_id"]]
    if others.empty:
        return
    st.header(translate("urging_page.others"), anchor=False)
    shown = word_slips(others, reads.today).assign(issued=[moment(at) for at in others["issued_at"]])
    place = table(shown, "slip", "ground_words", "issued", "answer_by", "slip_state", key="other_slips")
    if place is not None:
        open_page("urging", slip=int(others["slip_id"].iloc[place]))
