"""The forms about the catalogue: its words, and the mark that they were checked against the notice."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.reference import actions as acts
from db.reference.actions import LIMITS
from db.reference.queries import key_areas_frame
from db.reference.rows import IndicatorRow, KeyAreaRow, MeasureRow
from db.typed_rows import rows_as
from pages.shared.choices import measure_names
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import translate


def row_forms(reads: Reads, by: SignedIn, notice_id: int, part: str, row: Any) -> None:
    """Editing a row of a part of the catalogue, and marking it as checked."""
    edit: Mapping[str, Callable[[Reads, SignedIn, int, Any], None]] = {
        "area": _edit_area,
        "measure": _edit_measure,
        "indicator": _edit_indicator,
    }
    confirm: Mapping[str, Callable[[SignedIn, Any, date], None]] = {
        "area": _confirm_area,
        "measure": _confirm_measure,
        "indicator": _confirm_indicator,
    }
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{translate('reference_page.edit')}**")
        st.caption(translate("reference_page.edit_note"))
        edit[part](reads, by, notice_id, row)
    with right:
        st.markdown(f"**{translate('reference_page.confirm')}**")
        st.caption(translate("reference_page.confirm_note"))
        confirm[part](by, row, reads.today)


def _save(form: Form, action: Callable[..., Any], **asked: Any) -> None:
    form.save(translate("reference_page.save"), action, done=translate("reference_page.saved"), **asked)


def _confirm(form: Form, action: Callable[..., Any], **asked: Any) -> None:
    done = translate("reference_page.confirmed")
    form.save(translate("reference_page.confirm"), action, done=done, primary=True, **asked)


def _edit_area(_reads: Reads, by: SignedIn, _notice_id: int, row: KeyAreaRow) -> None:
    form = small_form(f"area_{row.key_area_id}")
    title = form.text("title", translate("reference_page.title"), row.title, max_chars=LIMITS["title"])
    _save(form, acts.edit_key_area, by=by, key_area_id=row.key_area_id, title=title)


def _edit_measure(reads: Reads, by: SignedIn, notice_id: int, row: MeasureRow) -> None:
    form = small_form(f"measure_{row.measure_id}")
    areas = reads.common(key_areas_frame, notice_id=notice_id)
    names = {area.key_area_id: f"{area.number} {area.title}" for area in rows_as(KeyAreaRow, areas)}
    limit = LIMITS["short_title"]
    _save(
        form,
        acts.edit_measure,
        by=by,
        measure_id=row.measure_id,
        title=form.text("title", translate("reference_page.title"), row.title, max_chars=LIMITS["title"]),
        short_title=form.text(
            "short_title", translate("reference_page.short_title"), row.short_title, max_chars=limit
        ),
        key_area_id=form.choice("key_area_id", translate("reference_page.key_area"), names, row.key_area_id),
    )


def _edit_indicator(_reads: Reads, by: SignedIn, _notice_id: int, row: IndicatorRow) -> None:
    form = small_form(f"indicator_{row.indicator_id}")
    typed = _indicator_fields(form, row.name, row.unit, additive=row.additive, headline=row.headline)
    _save(form, acts.edit_indicator, by=by, indicator_id=row.indicator_id, **typed)


def _indicator_fields(
    form: Form, name: str = "", unit: str = "", *, additive: bool = True, headline: bool = False
) -> dict[str, Any]:
    return {
        "name": form.text("name", translate("reference_page.name"), name, max_chars=LIMITS["name"]),
        "unit": form.text("unit", translate("reference_page.unit"), unit, max_chars=LIMITS["unit"]),
        "additive": form.switch("additive", translate("reference_page.additive"), bool(additive)),
        "headline": form.switch("headline", translate("reference_page.headline"), bool(headline)),
    }


def _confirm_area(by: SignedIn, row: KeyAreaRow, today: date) -> None:
    form = small_form(f"confirm_area_{row.key_area_id}")
    checked_on = form.day("checked_on", translate("reference_page.checked_on"), today)
    _confirm(form, acts.confirm_key_area, by=by, key_area_id=row.key_area_id, checked_on=checked_on)


def _confirm_measure(by: SignedIn, row: MeasureRow, today: date) -> None:
    form = small_form(f"confirm_measure_{row.measure_id}")
    _confirm(
        form,
        acts.confirm_measure,
        by=by,
        measure_id=row.measure_id,
        title=form.switch("title", translate("reference_page.confirm_title"), initial=False),
        area=form.switch("area", translate("reference_page.confirm_area"), initial=False),
        checked_on=form.day("checked_on", translate("reference_page.checked_on"), today),
    )


def _confirm_indicator(by: SignedIn, row: IndicatorRow, today: date) -> None:
    form = small_form(f"confirm_indicator_{row.indicator_id}")
    checked_on = form.day("checked_on", translate("reference_page.checked_on"), today)
    _confirm(form, acts.confirm_indicator, by=by, indicator_id=row.indicator_id, checked_on=checked_on)


def new_indicator_form(reads: Reads, by: SignedIn, notice_id: int) -> None:
    """The form for an indicator that the site proposes for a measure."""
    form = small_form("new_indicator")
    names = measure_names(reads, notice_id)
    measure_id = form.choice("measure_id", translate("reference_page.measure"), names)
    typed = _indicator_fields(form)
    done = translate("reference_page.added")
    form.save(
        translate("reference_page.add"), acts.add_indicator, done=done, by=by, measure_id=measure_id, **typed
    )
