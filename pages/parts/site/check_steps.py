"""Who checks whose plans and updates before the working group."""

import streamlit as st

from db.identity import SignedIn
from db.site.actions import change_setting
from pages.shared.forms import small_form
from pages.shared.wording import translate
from tracking.site_settings import POSSIBLE_STEPS, CheckStep, SiteSettings


def check_steps_form(by: SignedIn, settings: SiteSettings) -> None:
    """What is in force, and one choice for each kind that may be checked by a kind above it."""
    st.subheader(translate("setting.check_steps"), anchor=False)
    st.caption(translate("setting.check_steps_help"))
    form = small_form("check_steps")
    names = {step: step_words(step) for step in POSSIBLE_STEPS}
    steps = tuple(
        form.several("check_steps", translate("settings_page.check_steps"), names, settings.check_steps)
    )
    if set(steps) != set(settings.check_steps):
        form.save(
            translate("settings_page.save"),
            change_setting,
            done=translate("settings_page.saved"),
            primary=True,
            by=by,
            key="check_steps",
            value=steps,
        )


def step_words(step: CheckStep) -> str:
    """Who is checked, and by whom."""
    kind, above = (translate(f"authority_kind.{one}") for one in step)
    return translate("settings_page.check_step", kind=kind, above=above)
