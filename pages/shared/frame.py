"""The frame of every page: page settings, style, product name and sidebar foot."""

from copy import copy
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode, urlsplit

import streamlit as st

from db.audit.sample import sample_loaded
from db.identity import SignedIn
from pages.shared.navigation import Page
from pages.shared.pictures import dark
from pages.shared.reads import Reads
from pages.shared.wording import language, plain, translate
from tracking.palette import palette
from tracking.vocabulary import Language, Light

HERE = Path(__file__).parent
SIDEBAR_WIDTH = 232


def dress() -> None:
    """Page settings, the stylesheets, and the theme colours they use."""
    st.set_page_config(
        page_icon=HERE / "icon.svg",
        layout="wide",
        initial_sidebar_state=SIDEBAR_WIDTH,
    )
    st.html(HERE / "style.css")
    st.html(HERE / "work.css")
    colours = palette(dark=dark())
    st.html(
        f"<style>:root {{ --paper: {colours.paper}; --quiet: {colours.quiet}; --rule: {colours.rule}; "
        f"--second: {colours.second}; --primary: {colours.primary}; --red: {colours.lights[Light.RED]} }}</style>"
    )


def registered(page: Page, title: str, *, hidden: bool) -> st.Page:
    """The page as `st.navigation` takes it, for one run."""
    return copy(_registered(page, title, hidden=hidden))


@lru_cache(maxsize=1000)
def _registered(page: Page, title: str, *, hidden: bool) -> st.Page:
    """Kept: Streamlit looks for its file each time, for all pages together two milliseconds of every run."""
    visibility: Literal["visible", "hidden"] = "hidden" if hidden else "visible"
    return st.Page(
        page.script, title=title, icon=page.icon, visibility=visibility, default=page.name == "home"
    )


def name_tab(page: Page) -> None:
    """Title the browser tab with page and product."""
    st.set_page_config(page_title=f"{translate(page.title)} · {translate('page.product')}")


def sample_note(reads: Reads) -> None:
    """A note at the top of the page, while the sample is loaded, that people and figures are invented."""
    if reads.common(sample_loaded):
        with st.container(key="sample"):
            st.markdown(translate("sample.note"))


def sidebar(by: SignedIn) -> None:
    """The product's name on top; below it, who is signed in, the other language, and sign-out."""
    st.logo(_wordmark(), size="large", icon_image=(HERE / "icon.svg").read_text(encoding="utf-8"))
    with st.sidebar, st.container(key="person"):
        st.markdown(f"**{plain(by.name)}**")
        st.caption(" · ".join(translate(f"role.{role}") for role in sorted(by.roles)))
        st.html(_forms(_here()))


def _wordmark() -> str:
    drawing = (HERE / "wordmark.svg").read_text(encoding="utf-8")
    colours = palette(dark=dark())
    return drawing.format(
        ink=colours.ink,
        second=colours.second,
        primary=colours.primary,
        paper=colours.paper,
        first=escape(translate("page.product_first_line")),
        last=escape(translate("page.product_second_line")),
    )


def _here() -> str:
    path = urlsplit(st.context.url or "/").path or "/"
    asked = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    return f"{path}?{asked}" if asked else path


def _forms(here: str) -> str:
    """The two server addresses that change something, and so need forms rather than links."""
    other = next(word for word in Language if word is not language())
    form = '<form method="post" action="{action}">{fields}<button type="submit">{label}</button></form>'
    field = '<input type="hidden" name="{name}" value="{value}">'
    fields = field.format(name="language", value=other) + field.format(name="next", value=escape(here))
    switch = form.format(action="/language", fields=fields, label=translate("page.other_language"))
    leave = form.format(action="/logout", fields="", label=translate("page.sign_out"))
    password = f'<a href="/password" target="_self">{translate("page.change_password")}</a>'
    return f'<div class="person-links">{switch}{password}{leave}</div>'
