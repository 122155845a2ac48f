"""One briefing: its text beside the figures it was made of, its versions, and issuing it."""

from typing import Any

import pandas as pd
import streamlit as st

from db.briefings import actions as acts
from db.briefings.queries import BriefingSheet, briefing_sheet, versions_frame
from db.identity import SignedIn
from pages.parts.briefings.form import edit_form
from pages.shared.components import heading
from pages.shared.forms import small_form
from pages.shared.navigation import open_page, page_link
from pages.shared.papers import paper_links
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table
from pages.shared.wording import language, lines, moment, plain, translate
from tracking.documents.briefing import heading_of
from tracking.workflow import BRIEFING, allows

_FIGURES = ("figure_label", "figure_shown", "figure_numerator", "figure_denominator", "figure_as_of")
_HEIGHT = 560


def show_briefing(reads: Reads, by: SignedIn, briefing_id: int, number: int | None, *, drafts: bool) -> None:
    """A briefing, or an earlier version of it for authors. Raises `NotFound`."""
    sheet = reads.scoped(briefing_sheet, drafts=drafts, briefing_id=briefing_id, number=number)
    heading(plain(sheet.version.content["title"]), _sentence(sheet), scrolls=True)
    page_link("briefings", translate("briefings_page.back"))
    newest = sheet.version.number == sheet.briefing.row_version
    editable = drafts and newest and allows(BRIEFING, sheet.briefing.status, "edit")
    with st.container(key="stacked"):
        text, figures = st.columns([5, 4], gap="medium")
    with text:
        edit_form(by, sheet) if editable else _read(sheet)
        _annexes(sheet)
    with figures:
        _word(sheet)
        if editable:
            _acts(by, sheet)
        _figures(sheet)
    if drafts:
        _versions(reads, sheet)


def _sentence(sheet: BriefingSheet) -> str:
    briefing, version = sheet.briefing, sheet.version
    as_of = moment(version.as_of_at)
    if briefing.issued_at and version.number == briefing.row_version:
        issuer = plain(sheet.issuer or "—")
        return translate(
            "briefings_page.sheet_issued", issuer=issuer, at=moment(briefing.issued_at), as_of=as_of
        )
    told = {"version": version.number, "author": plain(sheet.author or "—"), "at": moment(version.written_at)}
    return translate("briefings_page.sheet_draft", as_of=as_of, **told)


def _read(sheet: BriefingSheet) -> None:
    """The text as stored; nothing in it is markup."""
    content = sheet.version.content
    for key, words in content["sections"].items():
        if key != "opening" and words:
            st.subheader(heading_of(key, sheet.briefing.kind, language()), anchor=False)
        st.markdown(lines(words))


def _annexes(sheet: BriefingSheet) -> None:
    """The annexed lists, as made from its figures."""
    for annex in sheet.version.content["annexes"]:
        with st.expander(translate("briefings_page.annex", title=plain(annex["title"]))):
            st.dataframe(pd.DataFrame(annex["rows"], columns=annex["headers"]), hide_index=True)
            if annex["note"]:
                st.caption(plain(annex["note"]))


def _word(sheet: BriefingSheet) -> None:
    asked = {"briefing": sheet.briefing.id, "number": sheet.version.number}
    paper_links(translate("briefings_page.word"), "briefing", asked)
    st.caption(translate("briefings_page.word_note"))


def _acts(by: SignedIn, sheet: BriefingSheet) -> None:
    """Issue the saved version, or draft it again."""
    asked: dict[str, Any] = {"briefing_id": sheet.briefing.id, "row_version": sheet.briefing.row_version}
    for name, action in (("issue", acts.issue_briefing), ("redraft", acts.redraft_briefing)):
        small_form(f"{name}_briefing_{sheet.briefing.id}").save(
            translate(f"briefings_page.{name}"),
            action,
            done=translate("briefings_page.issued" if name == "issue" else "briefings_page.redrafted"),
            consequence=translate(f"briefings_page.{name}_consequence"),
            by=by,
            **asked,
        )


def _figures(sheet: BriefingSheet) -> None:
    """The figures behind the text, each with its denominator and as-of date."""
    st.subheader(translate("briefings_page.figures"), anchor=False)
    st.caption(translate("briefings_page.figures_note"))
    found = pd.DataFrame(sheet.version.figures.values())
    named = {name.removeprefix("figure_"): name for name in _FIGURES}
    frame = found.rename(columns=named).assign(figure_as_of=found["as_of"].str[:10])
    plain_table(frame, *_FIGURES, height=_HEIGHT, printed="figures")


def _versions(reads: Reads, sheet: BriefingSheet) -> None:
    """Every version; a click opens one."""
    st.header(translate("briefings_page.versions"), anchor=False)
    found = reads.common(versions_frame, briefing_id=sheet.briefing.id)
    named = found.assign(
        briefing_version=[translate("briefings_page.version", version=number) for number in found["version"]],
        briefing_at=[moment(at) for at in found["written_at"]],
        briefing_by=found["author"],
        figure_as_of=[moment(at) for at in found["as_of_at"]],
    )
    columns = ("briefing_version", "briefing_at", "briefing_by", "figure_as_of")
    place = table(named, *columns, key=f"versions_{sheet.version.number}")
    if place is not None:
        open_page("briefings", briefing=sheet.briefing.id, version=int(found["version"].iloc[place]))
