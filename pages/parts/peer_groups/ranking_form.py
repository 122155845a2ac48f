"""The ranking form: whether positions are given in a peer group, and the share that must report first."""

import streamlit as st

from db.identity import SignedIn
from db.site.actions import change_setting
from pages.shared.forms import small_form
from pages.shared.wording import translate
from tracking.site_settings import WHOLE, SiteSettings


def ranking_form(by: SignedIn, settings: SiteSettings) -> None:
    """The switch, which asks once because it affects everybody, and the share."""
    _head("ranking", translate("settings_page.on" if settings.ranking else "settings_page.off"))
    form, turn = small_form("ranking"), "off" if settings.ranking else "on"
    form.save(
        translate(f"settings_page.ranking_{turn}"),
        change_setting,
        done=translate("settings_page.saved"),
        consequence=translate(f"settings_page.ranking_{turn}_consequence"),
        by=by,
        key="ranking",
        value=not settings.ranking,
    )
    _head("ranking_share", translate("settings_page.percent", share=settings.ranking_share))
    form = small_form("ranking_share")
    label = translate("setting.ranking_share")
    share = form.whole("ranking_share", label, settings.ranking_share, min_value=1, max_value=WHOLE)
    if share != settings.ranking_share:
        done, verb = translate("settings_page.saved"), translate("settings_page.save")
        form.save(verb, change_setting, done=done, primary=True, by=by, key="ranking_share", value=share)


def _head(key: str, value: str) -> None:
    st.subheader(translate(f"setting.{key}"), anchor=False)
    st.caption(translate(f"setting.{key}_help"))
    st.markdown(translate("settings_page.in_force", value=value))
