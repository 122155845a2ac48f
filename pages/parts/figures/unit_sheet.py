"""The sheet of one reporting unit: its figures by measure, what it has put in place, and its tasks."""

from functools import partial
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.obligations.safeguards import mechanisms_frame
from pages.parts.figures import drawings
from pages.parts.figures.address import leads_by, leads_by_light
from pages.parts.figures.drawings import drawn
from pages.parts.figures.extract import Extract, headline_of, measure_figures
from pages.parts.figures.headline import headline_figures
from pages.parts.figures.levels import show_levels
from pages.parts.supplied.beside import supplied_beside
from pages.parts.tasks.list import task_list
from pages.shared.components import empty
from pages.shared.filters import asked
from pages.shared.navigation import page_link
from pages.shared.papers import paper_links
from pages.shared.pictures import picture
from pages.shared.reads import Reads
from pages.shared.tables import FIGURES, plain_table
from pages.shared.vintages import address_of
from pages.shared.wording import day, plain, translate
from tracking.permissions import Right, may


def unit_sheet(by: SignedIn, reads: Reads, extract: Extract) -> None:
    """The sheet below its title, for an extract of one unit."""
    unit_paper(by, extract)
    head = reads.made(headline_of, extract)
    if not head.tasks:
        empty(translate("region.unit_empty"), page="work_plan", label=translate("region.to_plan"))
        show_safeguards(reads, extract)
        return
    headline_figures(head, extract)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        plot = drawn(reads, drawings.measure_bars, extract)
        table = partial(measure_table, reads, extract)
        picture(plot, key="unit_measures", table=table, leads=leads_by(extract, "measure_id"))
    with right:
        picture(drawn(reads, drawings.lights, extract), key="unit_lights", leads=leads_by_light(extract))
        show_safeguards(reads, extract)
    show_levels(reads, extract)
    supplied_beside(by, reads, extract)
    task_list(reads, extract, "number", "measure_short_title")


def unit_paper(by: SignedIn, extract: Extract) -> None:
    """The same as a paper, for those who may take figures along."""
    if not may(by, Right.EXPORT_LEDGER):
        return
    query = {
        "period": extract.choice.period_id,
        "unit": extract.unit_id,
        "measure": extract.measure_id,
        "area": extract.area_id,
        "view": "provinces" if extract.provinces else None,
        "tree": "today" if extract.todays_tree else None,
        "light": asked("light"),
        **address_of(extract.choice.vintage),
    }
    paper_links(translate("unit_sheet.link"), "unit", query)


def measure_table(reads: Reads, extract: Extract) -> None:
    """The data behind the main picture."""
    plain_table(reads.made(measure_figures, extract), "number", "title", *FIGURES)


def show_safeguards(reads: Reads, extract: Extract) -> None:
    """Whether the coordination mechanism is in place, and how much is in the registers."""
    frame = reads.scoped(mechanisms_frame, notice_id=extract.choice.notice_id, known_on=reads.known_on)
    rows: list[Any] = list(frame[frame["authority_id"] == extract.unit_id].itertuples())
    if not rows:
        return
    row = rows[0]
    st.header(translate("region.safeguards"), anchor=False)
    if row.established_on is None:
        st.markdown(translate("region.no_mechanism"))
    else:
        number = plain(row.document_number)
        st.markdown(translate("region.mechanism", day=day(row.established_on), number=number))
        st.caption(
            translate(
                "region.mechanism_detail", leader=plain(row.lead_leader), partner=plain(row.ccpit_partner)
            )
        )
    counts = {"cooperation": row.cooperation_mechanisms, "publicity": row.publicity_items}
    st.markdown(translate("region.registers", **counts))
    page_link("registers", translate("region.to_registers"), unit=extract.unit_id)
    page_link("officers", translate("region.to_officers"), authority=extract.unit_id)
