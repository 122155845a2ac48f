"""The figures that the working group supplied: the list, one of them with what may be done, and the form of a new one."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.identity import SignedIn
from db.supplied.queries import supplied_frame
from db.supplied.rows import SuppliedRow
from db.typed_rows import rows_as
from pages.parts.supplied.acts import figure_acts, supply_form
from pages.shared.choices import name_of
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import day, lines, moment, plain, translate
from pages.shared.worklist import WorkItem, group
from tracking.permissions import Right, may
from tracking.scales import value_words
from tracking.supplied import SuppliedStatus


def show_supplied(by: SignedIn, reads: Reads, notice_id: int | None, top: DeltaGenerator) -> None:
    """Those in reach: contested, standing and ended, and one of them beside; above them the form for members."""
    found = rows_as(SuppliedRow, reads.scoped(supplied_frame))
    groups = {
        "contested": [row for row in found if row.status is SuppliedStatus.CONTESTED],
        "standing": [
            row for row in found if row.ended_at is None and row.status is not SuppliedStatus.CONTESTED
        ],
        "ended": [row for row in found if row.ended_at is not None],
    }
    with top:
        counts = {name: len(rows) for name, rows in groups.items()}
        heading(translate("page.extensions"), translate("supplied.sentence", **counts), scrolls=True)
    if notice_id is not None and may(by, Right.REVIEW):
        with st.expander(translate("supplied.supply"), expanded=not found):
            supply_form(by, reads, notice_id)
    if found:
        _beside(by, found, groups)
    else:
        empty(translate("supplied.nothing"))
    foot(translate("supplied.foot"), day(reads.today), translate("supplied.rule"))


def _beside(by: SignedIn, found: list[SuppliedRow], groups: dict[str, list[SuppliedRow]]) -> None:
    asked = asked_number("figure")
    chosen = next((row for row in found if row.figure_id == asked), found[0])
    st.query_params["figure"] = str(chosen.figure_id)
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        for name, rows in groups.items():
            if rows:
                title = translate(f"supplied.group_{name}")
                items = list(map(_line, rows))
                group(f"supplied_{name}", title, items, param="figure", chosen=chosen.figure_id)
    with right:
        _sheet(chosen)
        figure_acts(by, chosen)


def _line(row: SuppliedRow) -> WorkItem:
    return WorkItem(
        key=row.figure_id,
        name=f"{row.authority_name} {row.name}",
        label=f"{plain(row.authority_name)}　{plain(row.name)}",
        note=f":gray[{translate(f'supplied_status.{row.status}')}]",
    )


def _sheet(row: SuppliedRow) -> None:
    with st.container(key="subject"), st.container(horizontal=True, vertical_alignment="center"):
        title = f"{plain(row.authority_name)}　{plain(row.name)}（{name_of(row)}）"
        st.subheader(title, anchor=False, width="stretch")
        page_link("measure", translate("supplied.to_measure"), measure=row.measure_id, period=row.period_id)
    own = "—" if row.own is None else plain(value_words(row.own, row))
    told = {
        "value": f"{plain(value_words(row.value, row))} :gray-badge[{translate('supplied.mark')}]",
        "own": own,
        "source": _within(row.source),
        "status": translate(f"supplied_status.{row.status}"),
        "supplied": f"{moment(row.supplied_at)}　{plain(row.author or '—')}",
        "reason": _within(row.reason),
        "proof": f"[{plain(row.proof_name)}](/supplied-proofs/{row.figure_id})" if row.proof_name else "",
        "ruling": _within(row.ruling),
    }
    rows = [f"| {translate(f'supplied.fact_{name}')} | {value} |" for name, value in told.items() if value]
    with st.container(key="facts"):
        st.markdown("\n".join(["| | |", "|---|---|", *rows]))


def _within(text: str) -> str:
    return lines(text).replace("  \n", "<br>")
