"""国别: with which countries something is under way, and what, with one of them."""

from typing import Any

import streamlit as st

from db.countries.queries import countries_frame
from db.periods.queries import year_in_hand
from pages.parts.countries.list import countries_sentence, show_countries
from pages.parts.countries.sheet import country_sentence, show_country
from pages.shared.access import require
from pages.shared.choices import chosen_notice, pick_country
from pages.shared.components import empty, foot, heading
from pages.shared.filters import filter_bar
from pages.shared.reads import reads_for
from pages.shared.wording import day, translate
from tracking.countries import ALONG

by = require("country")
reads = reads_for(by)
top = st.container()


def show(notice_id: int) -> None:
    """The page from the top, once the notice is known."""
    with filter_bar(3)[0]:
        country = pick_country()
    year = reads.common(year_in_hand, notice_id=notice_id, on=reads.today)
    asked: dict[str, Any] = {"notice_id": notice_id, "year": year, "country": country}
    if country is not None and country != ALONG:
        with top:
            heading(translate("page.country"), country_sentence(reads, asked))
        show_country(reads, asked)
        return
    found = reads.scoped(countries_frame, **asked)
    with top:
        heading(translate("page.country"), countries_sentence(found, year))
    if found.empty:
        empty(translate("country_page.none"), page="work_plan", label=translate("country_page.to_plans"))
    else:
        show_countries(reads, by, asked)


notice_id = chosen_notice(reads)
if notice_id is None:
    with top:
        heading(translate("page.country"))
    empty(translate("registers_page.no_notice"))
else:
    show(notice_id)
rules = (translate(f"country_page.rule_{name}") for name in ("counts", "along", "map"))
foot(translate("country_page.source"), day(reads.today), *rules)
