"""The rows of a task form about indicators besides their targets: where each starts from, or why it does not apply."""

from functools import partial

import streamlit as st

from pages.parts.plans.rows import (
    REQUIRED,
    Row,
    add_row,
    indicator_choice,
    indicators_of,
    next_number,
    remove_button,
    row_typed,
)
from pages.parts.plans.wording import Names
from pages.shared.faults import field_errors
from pages.shared.form_drafts import parsed
from pages.shared.forms import Form
from pages.shared.wording import translate
from tracking.scales import as_typed, read_target
from tracking.validation import LIMITS, Problem, TaskDraft, TermDraft


def _terms(filled: Form, names: Names) -> list[Row]:
    begun: TaskDraft = filled.draft
    return filled.lines(
        "terms",
        Row,
        [
            Row(number, term.indicator_id, title=term.exempt_because, value=_as_typed(term, names))
            for number, term in enumerate(begun.terms, start=1)
        ],
    )


def _as_typed(term: TermDraft, names: Names) -> str:
    return "" if term.baseline is None else as_typed(term.baseline, names.indicators[term.indicator_id])


def read_terms(filled: Form, names: Names, measure_id: int, wrong: list[Problem]) -> dict[int, TermDraft]:
    """Position → term as typed; unreadable or missing values are reported by position."""
    read = {}
    for place, row in enumerate(_terms(filled, names)):
        indicator_id = row_typed(filled, "terms", row, f"indicator.{measure_id}", row.indicator_id)
        reason = str(row_typed(filled, "terms", row, "reason", row.title))
        parse = partial(read_target, scale=names.scale_of(indicator_id))
        baseline, fault = parsed(parse, str(row_typed(filled, "terms", row, "value", row.value)))
        if fault or not isinstance(indicator_id, int):
            wrong.append(Problem(f"terms.{place}", fault or REQUIRED))
        else:
            read[place] = TermDraft(indicator_id, baseline, reason)
    return read


def term_rows(filled: Form, names: Names, draft: TaskDraft) -> None:
    """One line per indicator: the value it starts from, or why it does not apply."""
    begun: TaskDraft = filled.draft
    options = indicators_of(names, draft.measure_id, [term.indicator_id for term in begun.terms])
    if not options:
        return
    st.markdown(translate("plan.terms_heading"))
    for place, row in enumerate(_terms(filled, names)):
        what, value, why, away = st.columns([4, 2, 3, 1], gap="small", vertical_alignment="bottom")
        with what:
            indicator_choice(filled, f"terms.{row.number}.indicator.{draft.measure_id}", row, names, options)
        amount, reason = (f"terms.{row.number}.{part}" for part in ("value", "reason"))
        value.text_input(
            translate("plan.baseline_value"),
            filled.first(amount, row.value),
            key=filled.key(amount),
            autocomplete="off",
            **filled.kept,
        )
        why.text_input(
            translate("plan.exempt_because"),
            filled.first(reason, row.title),
            key=filled.key(reason),
            max_chars=LIMITS["exempt_because"],
            **filled.kept,
        )
        remove_button(filled, "terms", row, away)
        field_errors(filled.refused, f"terms.{place}")
    new = Row(next_number(filled, "terms"), options[0])
    label = translate("plan.add_term")
    st.button(label, key=filled.key("add_term"), on_click=add_row, args=(filled, "terms", new))
