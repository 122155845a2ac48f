"""Owns what surrounds every page: page settings, style, words of widgets, and the foot of the sidebar."""

import json
from functools import cache
from pathlib import Path

import streamlit as st

from db.identity import SignedIn
from pages.shared.words import language, plain, t
from tracking.messages import catalogue
from tracking.words import Language

HERE = Path(__file__).parent
_TAGS = {Language.ZH_CN: "zh-CN", Language.EN: "en"}


def dress() -> None:
    """Page settings, the stylesheet, and the language the browser is told."""
    st.set_page_config(page_title=t("page.product"), page_icon=HERE / "icon.svg", layout="wide")
    st.html(HERE / "style.css")
    with st.container(key="wording"):
        st.html(_wording_script(language()), unsafe_allow_javascript=True)


@cache
def _wording_script(chosen: Language) -> str:
    """The script that words what the widgets bring along in English; every `widget.…` message is one entry."""
    english, wanted = catalogue(Language.EN), catalogue(chosen)
    words = {english[key]: wanted[key] for key in english if key.startswith("widget.")}
    script = (HERE / "wording.js").read_text(encoding="utf-8")
    values = json.dumps({"lang": _TAGS[chosen], "words": words}, ensure_ascii=False).replace("<", "\\u003c")
    return f"<script>({script})({values})</script>"


def sidebar(by: SignedIn) -> None:
    """Who is signed in, the other language, and the way out; the server owns both addresses."""
    with st.sidebar, st.container(key="person"):
        st.markdown(f"**{plain(by.name)}**")
        st.caption(" · ".join(t(f"role.{role}") for role in sorted(by.roles)))
        st.markdown(f"[{t('page.other_language')}](/language) · [{t('page.sign_out')}](/sign-out)")
