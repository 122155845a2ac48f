"""Reading typed thresholds, and what they would change."""

from collections.abc import Mapping
from dataclasses import astuple

import streamlit as st

from pages.shared.faults import field_errors
from pages.shared.forms import Form
from pages.shared.wording import percent, translate
from tracking.cleaning import parse_percent
from tracking.figures.lights import LightRule
from tracking.messages import Message, Refusal
from tracking.palette import SHAPES
from tracking.site_settings import LONGEST_NOTICE, check_thresholds
from tracking.vocabulary import Light

Counts = Mapping[Light, int]


def in_points(permille: int) -> str:
    """A threshold as typed: percentage points with one decimal."""
    return percent(permille).removesuffix("%")


def rule_sentence(rule: LightRule) -> str:
    """The rule in force, in words."""
    amber, red = in_points(rule.amber_behind_permille), in_points(rule.red_behind_permille)
    return translate("thresholds_page.sentence", amber=amber, red=red, days=rule.due_soon_days)


def rule_fields(form: Form, rule: LightRule) -> LightRule | None:
    """The three fields with their faults; returns the resulting rule, None while there is a fault."""
    amber = _points(
        form, "amber_behind_permille", rule.amber_behind_permille, translate("thresholds_page.amber_help")
    )
    red = _points(
        form, "red_behind_permille", rule.red_behind_permille, translate("thresholds_page.red_help")
    )
    days = form.whole(
        "due_soon_days",
        translate("thresholds_page.days", name=translate("setting.due_soon_days")),
        rule.due_soon_days,
        min_value=0,
        max_value=LONGEST_NOTICE,
        note=translate("thresholds_page.days_help"),
    )
    if amber is None or red is None:
        return None
    typed = LightRule(amber, red, days)
    try:
        check_thresholds(typed)
    except Refusal as refused:
        for field in dict.fromkeys(refused.fields):
            field_errors(refused, field)
        return None
    return typed


def _points(form: Form, field: str, initial: int, help_: str) -> int | None:
    label = translate("thresholds_page.points", name=translate(f"setting.{field}"))
    typed = form.text(field, label, in_points(initial), note=help_)
    try:
        return parse_percent(typed)
    except Refusal as refused:
        named = Refusal(*refused.messages, fields=(field,))
        field_errors(named, field)
        return None


def difference(before: Counts, after: Counts) -> str:
    """What would change, light by light."""
    changes = [
        translate(
            "thresholds_page.change",
            light=Message(f"light.{light}"),
            before=f"{SHAPES[light]} {before[light]}",
            after=after[light],
        )
        for light in Light
        if before[light] != after[light]
    ]
    if not changes:
        return translate("thresholds_page.no_difference")
    return translate("thresholds_page.difference", changes=translate("access.list").join(changes))


def is_same(rule: LightRule, typed: LightRule) -> bool:
    """Whether nothing was changed."""
    return astuple(rule) == astuple(typed)


def note(sentence: str) -> None:
    """The note shown until there is a picture of the change."""
    with st.container(border=True):
        st.markdown(sentence)
