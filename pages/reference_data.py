"""The catalogue of a notice: its parts and who checked their words; what its text proposes; whom it addresses; others."""

from typing import Any

import pandas as pd
import streamlit as st

from db.reference.parts import PARTS
from pages.parts.reference.addressed import addressed_view
from pages.parts.reference.catalogue import (
    VIEWS,
    checked_sentence,
    frame_of,
    notice_line,
    shown_part,
    title_of,
)
from pages.parts.reference.forms import new_form, row_forms
from pages.parts.reference.notices import found_form, notices_view
from pages.parts.reference.proposals import proposals_view
from pages.shared.access import require
from pages.shared.choices import chosen_notice, notice_bar
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, pick, switch
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate
from tracking.permissions import Right, may
from tracking.vocabulary import CataloguePart

by = require("reference_data")
reads = reads_for(by)
notice_id = chosen_notice(reads)
manages = may(by, Right.MANAGE_REFERENCE_DATA)
views = ("catalogue", "proposals", "addressed", "notices") if manages else ("catalogue",)


def show_list(notice_id: int, part: CataloguePart) -> None:
    """One part of the catalogue; a click opens a row to view or change."""
    rows, frame = frame_of(reads, notice_id, part), shown_part(reads, notice_id, part)
    if part is CataloguePart.FIELD and not frame.empty:
        frame = of_one_register(frame)
    if frame.empty:
        empty(translate("reference_page.nothing"))
        return
    st.caption(translate("reference_page.click" if PARTS[part].marks else "reference_page.click_defined"))
    view, asked = VIEWS[part], asked_number(part)
    height = None if len(frame) < 12 else 400
    place = table(frame, *view.columns, key=f"{part}_{asked}", height=height)
    if place is not None:
        kept = {name: st.query_params[name] for name in ("register",) if name in st.query_params}
        asked_of = {"part": part, part: int(frame[view.key].iloc[place])}
        open_page("reference_data", notice=notice_id, **{**kept, **asked_of})
    for row in view.rows(rows[rows[view.key] == asked]):
        show_row(notice_id, part, row)


def of_one_register(fields: pd.DataFrame) -> pd.DataFrame:
    """The fields of the register that is picked."""
    titles = dict(zip(fields["register_id"].tolist(), map(plain, fields["register_title"]), strict=True))
    chosen: int = pick("register", titles)
    return fields.loc[fields["register_id"] == chosen].reset_index(drop=True)


def show_row(notice_id: int, part: CataloguePart, row: Any) -> None:
    """One entry."""
    st.subheader(title_of(row), anchor=False)
    row_forms(reads, by, notice_id, part, row)


def show_catalogue(notice_id: int) -> tuple[str, ...]:
    """One part of the catalogue, chosen by a row of buttons, and the form for another entry; gives the rules to name."""
    parts = [part for part in VIEWS if may(by, PARTS[part].right)]
    counts = {part: len(frame_of(reads, notice_id, part)) for part in parts}
    named = {str(part): translate(f"reference_page.part.{part}", count=counts[part]) for part in parts}
    part = CataloguePart(switch("part", named))
    show_list(notice_id, part)
    if part is not CataloguePart.FACT:
        with st.expander(translate(f"reference_page.add_{part}")):
            new_form(reads, by, notice_id, part)
    return ("mark", "paraphrase", "project", "retired") if PARTS[part].marks else ("register", "retired")


def show(notice_id: int) -> None:
    """The page for a notice."""
    heading(translate("page.reference_data"), checked_sentence(reads, notice_id))
    notice_bar(reads, 0)
    st.markdown(notice_line(reads, notice_id))
    names: tuple[str, ...] = ("retired", "proposals", "addressed")
    view = switch("show", {name: translate(f"reference_page.view_{name}") for name in views})
    if view == "proposals":
        proposals_view(reads, by, notice_id)
    elif view == "addressed":
        addressed_view(reads, by, notice_id)
    elif view == "notices":
        notices_view(reads, by, notice_id)
    else:
        names = show_catalogue(notice_id)
    rules = (translate(f"reference_page.rule_{name}") for name in names)
    foot(translate("reference_page.source"), day(reads.today), *rules)


if notice_id is None:
    heading(translate("page.reference_data"))
    empty(translate("reference_page.empty"))
    if manages:
        found_form(by, reads.today)
else:
    show(notice_id)
