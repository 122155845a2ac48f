"""The obligations of the notice: what every unit has in place beside its measures, since when, and by what."""

from functools import partial

import streamlit as st

from pages.parts.obligations.views import (
    drawn_grid,
    leads_behind,
    obligation_table,
    obligations_of,
    obligations_sentence,
    rate_figures,
)
from pages.shared.access import require
from pages.shared.choices import chosen_notice, notice_bar, pick_region, pick_unit
from pages.shared.components import empty, foot, heading
from pages.shared.navigation import open_page
from pages.shared.pictures import picture
from pages.shared.reads import reads_for
from pages.shared.tables import plain_table, table
from pages.shared.wording import day, translate

by = require("obligations")
reads = reads_for(by)
top = st.container()

COLUMNS = ("unit", "obligation", "in_place", "begun_on", "evidence")
# With more units than this, a narrow screen scrolls the picture.
MANY = 12


def show(notice_id: int) -> None:
    """The page from the top."""
    left, right = notice_bar(reads, 2)
    with left:
        region = pick_region(reads)
    with right:
        unit_id = pick_unit(reads, region, "region_seven")
    asked = (notice_id, region, unit_id)
    cells = reads.made(obligations_of, *asked)
    with top:
        heading(
            translate("page.obligations"), "" if cells.empty else obligations_sentence(cells, reads.today)
        )
    if cells.empty:
        empty(translate("obligations_page.no_units"))
        return
    rate_figures(cells)
    shown = obligation_table(cells)
    with st.container(key="wide" if cells["unit_id"].nunique() > MANY else "narrow"):
        plot = drawn_grid(reads, *asked)
        table_behind = partial(plain_table, shown, *COLUMNS)
        lead = leads_behind(reads, notice_id)
        picture(plot, key="obligations", table=table_behind, leads=lead)
        st.caption(translate("obligations_page.click"))
    st.header(translate("obligations_page.table"), anchor=False)
    st.caption(translate("obligations_page.click_row"))
    place = table(shown, *COLUMNS, key="cells", height=420 if len(shown) > MANY else None)
    if place is not None:
        name, query = lead(cells[["unit_id", "obligation"]].iloc[place].tolist())
        open_page(name, **query)
    rules = (
        translate(f"obligations_page.rule_{name}") for name in ("mechanism", "plan", "officer", "registers")
    )
    foot(translate("obligations_page.source"), day(reads.today), *rules)


notice_id = chosen_notice(reads)
if notice_id is None:
    with top:
        heading(translate("page.obligations"))
    empty(translate("obligations_page.no_notice"))
else:
    show(notice_id)
