"""The countries that something is under way with: sentence, figures, picture and lines."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure as Plot

from db.countries.queries import COUNTED, countries_frame
from db.identity import SignedIn
from db.reference.maps import approved_map
from pages.shared.components import Figure, figures
from pages.shared.navigation import address, open_page
from pages.shared.pictures import Lead, dark, picture
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table
from pages.shared.wording import language, translate
from tracking import charts
from tracking.countries import country_name
from tracking.maps import MapLevel
from tracking.messages import text
from tracking.permissions import Right, may
from tracking.vocabulary import Language

# What a bar is made of, and what an area of a map counts: a warning is an entry already.
CUT = ("tasks", "entries", "difficulties")
COLUMNS = ("country_name", "code", *COUNTED)


def countries_sentence(found: pd.DataFrame, year: int) -> str:
    """How many countries something is under way with."""
    return translate("country_page.sentence", year=year, countries=len(found))


def show_countries(reads: Reads, by: SignedIn, asked: dict[str, Any]) -> None:
    """Figures, the picture, and a line for each country; a click opens one."""
    found = reads.scoped(countries_frame, **asked)
    figures([_figure(name, int((found[name] > 0).sum())) for name in COUNTED])
    picture(
        reads.made(_picture, language(), dark(), *asked.items()),
        key="countries",
        table=lambda: plain_table(_worded(found, language()), *COLUMNS),
        leads=leads_to_country,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("country_page.click"))
        if may(by, Right.EXPORT_LEDGER):
            query = urlencode(address(notice=asked["notice_id"], country=asked["country"]))
            link = f"/countries.xlsx?{query}"
            st.link_button(translate("country_page.excel"), link, icon=":material/download:")
    place = table(_worded(found, language()), *COLUMNS, key=f"countries_{asked['country']}")
    if place is not None:
        open_page("country", country=found["code"].iloc[place])


def _figure(name: str, countries: int) -> Figure:
    return Figure(translate(f"column.{name}"), translate("country_page.count", count=countries))


def leads_to_country(keys: Sequence[Any]) -> Lead:
    """Where the parts of a bar lead: to its country."""
    return "country", {"country": keys[0]}


def _worded(found: pd.DataFrame, language: Language) -> pd.DataFrame:
    return found.assign(country_name=[country_name(code, language) for code in found["code"]])


def _picture(reads: Reads, language: Language, dark: bool, *asked: tuple[str, Any]) -> Plot:
    found = _worded(reads.scoped(countries_frame, **dict(asked)), language)
    frame = found.rename(columns={"code": "key", "country_name": "name"})
    shown: dict[str, Any] = {"as_of": reads.today, "language": language, "dark": dark}
    base = reads.common(approved_map, level=MapLevel.COUNTRIES)
    if base is None:
        return charts.country_bars(frame, **shown)
    totals = frame[[*CUT]].sum(axis=1)
    said = [text("country_page.area", language, count=count) for count in totals]
    areas = frame.assign(code=frame["key"], value=totals, said=said)
    title = text("chart.countries_title", language)
    return charts.area_map(areas, base.areas, base.review_number, title=title, **shown)
