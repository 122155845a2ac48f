"""The obligations of the notice: what every unit has in place beside its measures, since when, and by what."""

import streamlit as st

from pages.parts.obligations.views import (
    behind,
    drawn_grid,
    obligation_table,
    obligations_of,
    obligations_sentence,
    rate_figures,
)
from pages.shared.access import require
from pages.shared.choices import chosen_notice, pick_region, pick_unit
from pages.shared.components import empty, foot, heading
from pages.shared.filters import filter_bar
from pages.shared.navigation import open_page
from pages.shared.pictures import picture
from pages.shared.reads import reads_for
from pages.shared.tables import plain_table, table
from pages.shared.wording import day, translate
from tracking.obligations import Obligation

by = require("obligations")
reads = reads_for(by)
top = st.container()

COLUMNS = ("unit", "obligation", "in_place", "begun_on", "evidence")
# More units than this do not fit a narrow screen, which then scrolls the picture.
MANY = 12


def show(notice_id: int) -> None:
    """The page from the top."""
    left, right = filter_bar(2)
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
        keys = picture(plot, key="obligations", table=lambda: plain_table(shown, *COLUMNS))
        st.caption(translate("obligations_page.click"))
    if keys:
        lead(notice_id, keys[1], keys[0])
    st.header(translate("obligations_page.table"), anchor=False)
    st.caption(translate("obligations_page.click_row"))
    place = table(shown, *COLUMNS, key="cells", height=420 if len(shown) > MANY else None)
    if place is not None:
        lead(notice_id, cells["obligation"].iloc[place], int(cells["unit_id"].iloc[place]))
    rules = (
        translate(f"obligations_page.rule_{name}") for name in ("mechanism", "plan", "officer", "registers")
    )
    foot(translate("obligations_page.source"), day(reads.today), *rules)


def lead(notice_id: int, obligation: str, unit_id: int) -> None:
    """Open what stands behind a cell."""
    name, query = behind(reads, notice_id, Obligation(obligation), unit_id)
    open_page(name, **query)


notice_id = chosen_notice(reads)
if notice_id is None:
    with top:
        heading(translate("page.obligations"))
    empty(translate("obligations_page.no_notice"))
else:
    show(notice_id)
