"""The thresholds of the lights: three numbers, and what another choice would do to today's tasks."""

from collections.abc import Callable

import streamlit as st

from db.figures.renewal import rule_to_come
from db.site.queries import thresholds
from db.thresholds.actions import set_thresholds
from db.thresholds.preview import light_counts, lights_today
from pages.parts.thresholds.form import Counts, difference, is_same, note, rule_fields, rule_sentence
from pages.shared.access import require
from pages.shared.choices import notice_names
from pages.shared.components import empty, foot, heading
from pages.shared.forms import small_form
from pages.shared.pictures import dark, picture
from pages.shared.reads import reads_for
from pages.shared.wording import day, language, translate
from tracking import charts
from tracking.figures.lights import LightRule
from tracking.vocabulary import Light

by = require("thresholds")
reads = reads_for(by)
rule = reads.common(thresholds)
decided = reads.common(rule_to_come) or rule
notices = list(notice_names(reads))


def counts_under(rule: LightRule) -> Counts:
    """Today's tasks by light under a rule."""
    with st.spinner(translate("thresholds_page.counting")):
        return in_all(light_counts, rule=rule)


def in_all(query: Callable[..., Counts], **asked: LightRule) -> Counts:
    """Counts by light over all notices: the thresholds are those of all of them."""
    counted = [reads.common(query, notice_id=notice_id, **asked) for notice_id in notices]
    return {light: sum(counts[light] for counts in counted) for light in Light}


def show_lights(counts: Counts, title: str, key: str) -> None:
    """Today's tasks by light, as a bar."""
    picture(charts.light_bar(counts, language=language(), dark=dark(), title=title), key=key)


heading(translate("page.thresholds"), rule_sentence(rule))
left, right = st.columns([2, 3], gap="large")
with left:
    st.subheader(translate("thresholds_page.form"), anchor=False)
    form = small_form("thresholds")
    typed = rule_fields(form, decided)
now = in_all(lights_today)
with right:
    if any(now.values()):
        show_lights(now, translate("thresholds_page.now"), "lights_now")
    else:
        empty(translate("thresholds_page.no_tasks"))
    if typed is None:
        note(translate("thresholds_page.invalid"))
    elif is_same(decided, typed):
        note(translate("thresholds_page.unchanged"))
    else:
        show_lights(counts_under(typed), translate("thresholds_page.then"), "lights_then")
        note(difference(now, counts_under(typed)))
if typed is not None and not is_same(decided, typed):
    with left:
        form.save(
            translate("thresholds_page.save"),
            set_thresholds,
            done=translate("thresholds_page.saved"),
            consequence=translate(
                "thresholds_page.consequence", difference=difference(now, counts_under(typed))
            ),
            primary=True,
            by=by,
            rule=typed,
        )
foot(translate("page.source_accepted"), day(reads.today), translate("rule.light"))
