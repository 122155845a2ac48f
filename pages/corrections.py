"""The register of corrections: what was published, what it was corrected to, why, and who approved; and each of them."""

from typing import Any

import streamlit as st

from db.corrections.queries import corrections_frame, open_correction
from db.reference.rows import UnitRow
from db.store import NotFound
from db.typed_rows import rows_as
from pages.parts.corrections.form import correction_form
from pages.parts.corrections.list import corrections_sentence, word_corrections
from pages.parts.corrections.sheet import show_correction
from pages.shared.access import require
from pages.shared.choices import chosen_notice, period_names, units_in_reach, with_notice
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, filter_bar, pick, with_all
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate
from tracking.vocabulary import CorrectionStatus

by = require("corrections")
reads = reads_for(by)
COLUMNS = (
    "period",
    "unit_name",
    "task_number",
    "title",
    "published_permille",
    "corrected_permille",
    "correction_state",
    "correction_reason",
    "author",
    "approver",
)


def show_list() -> None:
    """The filtered register; a click opens a correction."""
    top = st.container()
    found = reads.scoped(corrections_frame, **chosen())
    with top:
        heading(translate("page.corrections"), corrections_sentence(reads))
    if found.empty:
        empty(translate("correction.none"))
        return
    st.caption(translate("correction.click"))
    shown, columns = with_notice(reads, word_corrections(found), *COLUMNS)
    place = table(shown, *columns, key="corrections")
    if place is not None:
        open_page("corrections", correction=int(found["correction_id"].iloc[place]))


def chosen() -> dict[str, Any]:
    """The filter of the register: period, unit, state."""
    period, unit, state = filter_bar(3)
    narrowed: dict[str, Any] = {}
    with period:
        narrowed["period_id"] = pick("period", with_all(period_names(reads), "period"))
    with unit:
        units = units_in_reach(reads)
        names = {row.unit_id: plain(row.short_name) for row in rows_as(UnitRow, units[units["reports"]])}
        narrowed["unit_id"] = pick("unit", with_all(names, "unit"))
    with state:
        states = {status: translate(f"correction_status.{status}") for status in CorrectionStatus}
        narrowed["status"] = pick("state", with_all(states, "state"))
    return narrowed


def show() -> None:
    """One correction, the form of a new one, or the register. Raises `NotFound`."""
    correction_id, update_id = asked_number("correction"), asked_number("update")
    notice_id = chosen_notice(reads)
    if notice_id is None:
        heading(translate("page.corrections"))
        empty(translate("correction.none"))
        return
    if update_id and not correction_id:
        correction_id = reads.scoped(open_correction, update_id=update_id)
    if correction_id:
        show_correction(reads, by, notice_id, correction_id)
    elif update_id:
        correction_form(reads, by, notice_id, update_id)
    else:
        show_list()


try:
    show()
except NotFound:
    heading(translate("page.corrections"))
    empty(translate("store.not_found"), page="corrections", label=translate("correction.back"))
foot(
    translate("correction.source"),
    day(reads.today),
    translate("correction.rule_published"),
    translate("correction.rule_who"),
)
