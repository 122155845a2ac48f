"""The settings of the site: what each does, what is in force, and a change that leaves its trace."""

import streamlit as st

from db.site.actions import change_setting
from db.site.queries import site_settings
from pages.parts.messages.delivery import delivery_settings
from pages.parts.peer_groups.ranking_form import ranking_form
from pages.parts.reference.maps import maps_form
from pages.parts.site.check_steps import check_steps_form
from pages.parts.site.numbers import number_form
from pages.parts.site.working_days import working_days_form
from pages.shared.access import require
from pages.shared.components import foot, heading
from pages.shared.forms import small_form
from pages.shared.reads import reads_for
from pages.shared.wording import day, translate
from tracking.permissions import Right, may
from tracking.site_settings import LONGEST_VACANCY, MOST_ACCOUNTS, EvidenceRule, SiteSettings

by = require("settings")
reads = reads_for(by)


def head(key: str, value: str) -> None:
    """A setting's name, effect and current value."""
    st.subheader(translate(f"setting.{key}"), anchor=False)
    st.caption(translate(f"setting.{key}_help"))
    st.markdown(translate("settings_page.in_force", value=value))


def vacancy_form(settings: SiteSettings) -> None:
    """How long a post may be vacant before it is flagged."""
    head("vacancy_days", translate("settings_page.days", days=settings.vacancy_days))
    number_form(by, "vacancy_days", settings.vacancy_days, LONGEST_VACANCY)


def quota_form(settings: SiteSettings) -> None:
    """How many accounts in use a unit may keep."""
    head("account_quota", translate("settings_page.accounts", count=settings.account_quota))
    number_form(by, "account_quota", settings.account_quota, MOST_ACCOUNTS)


def evidence_form(settings: SiteSettings) -> None:
    """When an update must carry evidence."""
    head("evidence_rule", translate(f"evidence_rule.{settings.evidence_rule}"))
    form = small_form("evidence_rule")
    options = {rule: translate(f"evidence_rule.{rule}") for rule in EvidenceRule}
    rule = form.choice("evidence_rule", translate("setting.evidence_rule"), options, settings.evidence_rule)
    if rule != settings.evidence_rule:
        form.save(
            translate("settings_page.save"),
            change_setting,
            done=translate("settings_page.saved"),
            primary=True,
            by=by,
            key="evidence_rule",
            value=rule,
        )


def small_site_form(settings: SiteSettings) -> None:
    """Whether one account may hold two administrator roles; asks first, since it weakens their separation."""
    head("small_site", translate("settings_page.on" if settings.small_site else "settings_page.off"))
    if settings.small_site:
        st.warning(translate("settings_page.small_warning"))
    form = small_form("small_site")
    verb, consequence = (
        (translate("settings_page.switch_off"), translate("settings_page.small_off_consequence"))
        if settings.small_site
        else (translate("settings_page.switch_on"), translate("settings_page.small_on_consequence"))
    )
    form.save(
        verb,
        change_setting,
        done=translate("settings_page.saved"),
        consequence=consequence,
        by=by,
        key="small_site",
        value=not settings.small_site,
    )


def takeout_link() -> None:
    """All data in open formats, for those who may export it."""
    if not may(by, Right.TAKE_EVERYTHING):
        return
    with st.container(border=True):
        st.subheader(translate("takeout.title"), anchor=False)
        st.caption(translate("takeout.help"))
        st.link_button(translate("takeout.button"), "/everything.zip", icon=":material/download:")


heading(translate("page.settings"), translate("settings_page.sentence"))
settings = reads.common(site_settings)
with st.container(width=720):
    for form in (vacancy_form, quota_form, evidence_form, small_site_form):
        with st.container(border=True):
            form(settings)
    delivery_settings(reads, by)
    with st.container(border=True):
        working_days_form(reads, by)
    for part in (check_steps_form, ranking_form):
        with st.container(border=True):
            part(by, settings)
    with st.container(border=True):
        maps_form(reads, by)
    takeout_link()
    st.caption(translate("settings_page.elsewhere"))
foot(translate("settings_page.source"), day(reads.today))
