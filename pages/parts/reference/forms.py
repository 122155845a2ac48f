"""The forms about the catalogue: its words, and the mark that they were checked against the notice."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.reference import actions as acts, parts
from db.reference.actions import LIMITS, NOTICE_LIMITS
from db.reference.levels import label_indicator
from db.reference.parts import IN_ORDER, PARTS
from db.reference.queries import key_areas_frame, levels_frame
from db.reference.rows import (
    CompositeRow,
    FactRow,
    IndicatorRow,
    KeyAreaRow,
    LevelRow,
    ListedCountryRow,
    MeasureRow,
)
from db.typed_rows import rows_as
from pages.parts.reference.catalogue import VIEWS, notice_row
from pages.parts.reference.composites import formula_words, new_composite
from pages.parts.reference.life import life_forms
from pages.parts.reference.shares import share_form
from pages.parts.registers.definitions import (
    edit_field_form,
    edit_register_form,
    new_field_form,
    new_register_form,
)
from pages.shared.choices import measure_names
from pages.shared.forms import Form, small_form
from pages.shared.reads import Reads
from pages.shared.wording import day, language, plain, translate
from tracking.countries import countries
from tracking.making import Making
from tracking.vocabulary import CataloguePart, Currency, IndicatorKind, NoticeFactKey, ResultLevel

Edit = Callable[[Reads, SignedIn, int, Any], None]


def row_forms(reads: Reads, by: SignedIn, notice_id: int, part: CataloguePart, row: Any) -> None:
    """Editing a row of a part of the catalogue, marking it as checked, its place and its end."""
    key = getattr(row, VIEWS[part].key)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{translate('reference_page.edit')}**")
        if PARTS[part].marks:
            st.caption(translate("reference_page.edit_note"))
        _EDIT[part](reads, by, notice_id, row)
    if PARTS[part].marks:
        with right:
            st.markdown(f"**{translate('reference_page.confirm')}**")
            st.caption(translate("reference_page.confirm_note"))
            _confirm(by, part, key, reads.today)
    if part in IN_ORDER:
        life_forms(reads, by, notice_id, part, row)


def _save(form: Form, action: Callable[..., Any], **asked: Any) -> None:
    form.save(translate("reference_page.save"), action, done=translate("reference_page.saved"), **asked)


def _confirm(by: SignedIn, part: CataloguePart, part_id: int, today: date) -> None:
    """Which of the marks are given: where there is only one, nothing is to be chosen."""
    form = small_form(f"confirm_{part}_{part_id}")
    fields = list(PARTS[part].marks)
    if len(fields) > 1:
        asked = [translate(f"reference_page.confirm_{part}_{field}") for field in fields]
        switches = zip(fields, asked, strict=True)
        fields = [field for field, label in switches if form.switch(field, label, initial=False)]
    form.save(
        translate("reference_page.confirm"),
        parts.confirm_part,
        done=translate("reference_page.confirmed"),
        primary=True,
        by=by,
        part=part,
        part_id=part_id,
        fields=fields,
        checked_on=form.day("checked_on", translate("reference_page.checked_on"), today),
    )


def _edit_entry(part: CataloguePart, _reads: Reads, by: SignedIn, _notice_id: int, row: Any) -> None:
    part_id = getattr(row, VIEWS[part].key)
    form = small_form(f"{part}_{part_id}")
    _save(form, acts.edit_entry, by=by, part=part, part_id=part_id, **_titled(form, part, row))


def _titled(form: Form, part: CataloguePart, row: Any = None) -> dict[str, str]:
    """The title of an entry and from where it is taken."""
    title = form.text(
        "title", translate("reference_page.title"), row.title if row else "", max_chars=PARTS[part].longest
    )
    return {"title": title, "cited": _cited(form, row.cited if row else "")}


def _cited(form: Form, cited: str) -> str:
    note = translate("reference_page.cited_note")
    return form.text("cited", translate("reference_page.cited"), cited, note, max_chars=LIMITS["cited"])


def _edit_measure(reads: Reads, by: SignedIn, notice_id: int, row: MeasureRow) -> None:
    form = small_form(f"measure_{row.measure_id}")
    typed = _measure_fields(form, reads, notice_id, row)
    _save(form, acts.edit_measure, by=by, measure_id=row.measure_id, **typed)


def _measure_fields(
    form: Form, reads: Reads, notice_id: int, row: MeasureRow | None = None
) -> dict[str, Any]:
    areas = reads.common(key_areas_frame, notice_id=notice_id)
    names = {area.key_area_id: f"{area.number} {area.title}" for area in rows_as(KeyAreaRow, areas)}
    short, short_limit = row.short_title if row else "", LIMITS["short_title"]
    titled = _titled(form, CataloguePart.MEASURE, row)
    return {
        **titled,
        "short_title": form.text(
            "short_title", translate("reference_page.short_title"), short, max_chars=short_limit
        ),
        "key_area_id": form.choice(
            "key_area_id", translate("reference_page.key_area"), names, row.key_area_id if row else None
        ),
    }


def _edit_indicator(reads: Reads, by: SignedIn, notice_id: int, row: IndicatorRow) -> None:
    form = small_form(f"indicator_{row.indicator_id}")
    _save(form, acts.edit_indicator, by=by, indicator_id=row.indicator_id, **_indicator_fields(form, row))
    _levels(reads, by, row)
    share_form(reads, by, notice_id, row)


def _indicator_fields(form: Form, row: IndicatorRow | None = None) -> dict[str, Any]:
    """The fields of an indicator; a new one is counted and may be summed."""
    name, unit = (row.name, row.unit) if row else ("", "")
    kinds = {kind: translate(f"indicator_kind.{kind}") for kind in IndicatorKind}
    currencies: dict[Currency | None, str] = {
        None: "—",
        **{one: translate(f"currency.{one}") for one in Currency},
    }
    makings = {one: translate(f"making.{one}") for one in Making}
    unit_note = translate("reference_page.unit_note")
    return {
        "name": form.text("name", translate("reference_page.name"), name, max_chars=LIMITS["name"]),
        "kind": form.choice(
            "kind", translate("reference_page.kind"), kinds, row.kind if row else IndicatorKind.COUNT
        ),
        "unit": form.text(
            "unit", translate("reference_page.unit"), unit, unit_note, max_chars=LIMITS["unit"]
        ),
        "currency": form.choice(
            "currency", translate("reference_page.currency"), currencies, row.currency if row else None
        ),
        "additive": form.switch(
            "additive", translate("reference_page.additive"), row is None or bool(row.additive)
        ),
        "making": form.choice(
            "making", translate("reference_page.making"), makings, row.making if row else Making.ENTERED
        ),
        "headline": form.switch(
            "headline", translate("reference_page.headline"), row is not None and bool(row.headline)
        ),
    }


def _levels(reads: Reads, by: SignedIn, row: IndicatorRow) -> None:
    """What the indicator counts as, since when, and the form to change that."""
    st.markdown(f"**{translate('reference_page.level')}**")
    held = rows_as(LevelRow, reads.common(levels_frame, indicator_id=row.indicator_id))
    lines = [
        translate(
            "reference_page.level_since", day=day(one.from_on), level=translate(f"result_level.{one.level}")
        )
        for one in held
    ]
    st.caption("　".join(lines) or translate("reference_page.no_level"))
    form = small_form(f"level_{row.indicator_id}")
    levels = {level: translate(f"result_level.{level}") for level in ResultLevel}
    level = form.choice("level", translate("reference_page.counts_as"), levels, row.level)
    from_on = form.day("from_on", translate("reference_page.level_from"), reads.today)
    form.save(
        translate("reference_page.label"),
        label_indicator,
        done=translate("reference_page.labelled"),
        by=by,
        indicator_id=row.indicator_id,
        level=level,
        from_on=from_on,
    )


def _edit_country(_reads: Reads, by: SignedIn, _notice_id: int, row: ListedCountryRow) -> None:
    form = small_form(f"listed_{row.listed_id}")
    _save(form, acts.cite_country, by=by, listed_id=row.listed_id, cited=_cited(form, row.cited))


def _edit_composite(reads: Reads, by: SignedIn, notice_id: int, row: CompositeRow) -> None:
    """Its words; the formula stays as it is, and is told."""
    _edit_entry(CataloguePart.COMPOSITE, reads, by, notice_id, row)
    st.caption(translate("composite.formula", formula=plain(formula_words(reads, notice_id, row))))


def _edit_fact(reads: Reads, by: SignedIn, notice_id: int, row: FactRow) -> None:
    """From where a fact is taken; and what it says, where that is the notice's own."""
    form = small_form(f"fact_{row.fact_id}")
    _save(form, acts.cite_fact, by=by, fact_id=row.fact_id, cited=_cited(form, row.cited))
    if row.key is not NoticeFactKey.UNITS:
        with st.expander(translate("reference_page.edit_notice")):
            _edit_notice(by, notice_row(reads, notice_id), reads.today)


def _edit_notice(by: SignedIn, notice: Any, today: date) -> None:
    form = small_form(f"notice_{notice.notice_id}")
    typed: dict[str, Any] = {
        name: form.text(name, translate(f"notice_fact_key.{name}"), getattr(notice, name), max_chars=most)
        for name, most in NOTICE_LIMITS.items()
    }
    issued_on = notice.issued_on if pd.notna(notice.issued_on) else today
    typed["issued_on"] = form.day("issued_on", translate("notice_fact_key.issued_on"), issued_on)
    _save(form, acts.edit_notice, by=by, notice_id=int(notice.notice_id), **typed)


_EDIT: Mapping[CataloguePart, Edit] = {
    CataloguePart.AREA: partial(_edit_entry, CataloguePart.AREA),
    CataloguePart.MEASURE: _edit_measure,
    CataloguePart.ACTION: partial(_edit_entry, CataloguePart.ACTION),
    CataloguePart.SAFEGUARD: partial(_edit_entry, CataloguePart.SAFEGUARD),
    CataloguePart.INDICATOR: _edit_indicator,
    CataloguePart.TAG: partial(_edit_entry, CataloguePart.TAG),
    CataloguePart.COUNTRY: _edit_country,
    CataloguePart.COMPOSITE: _edit_composite,
    CataloguePart.FACT: _edit_fact,
    CataloguePart.REGISTER: edit_register_form,
    CataloguePart.FIELD: edit_field_form,
}
_NEW: Mapping[CataloguePart, Callable[[Reads, SignedIn, int], None]] = {
    CataloguePart.REGISTER: new_register_form,
    CataloguePart.FIELD: new_field_form,
    CataloguePart.COMPOSITE: new_composite,
}


def new_form(reads: Reads, by: SignedIn, notice_id: int, part: CataloguePart) -> None:
    """The form for another entry of a part."""
    if part in _NEW:
        _NEW[part](reads, by, notice_id)
        return
    form = small_form(f"new_{part}")
    asked: dict[str, Any] = {"part": part, "within_id": notice_id}
    action: Callable[..., Any] = acts.add_entry
    if part in {CataloguePart.ACTION, CataloguePart.INDICATOR}:
        names = measure_names(reads, notice_id)
        asked["within_id"] = form.choice("measure_id", translate("reference_page.measure"), names)
    if part is CataloguePart.INDICATOR:
        action, asked = acts.add_indicator, {"measure_id": asked["within_id"], **_indicator_fields(form)}
    elif part is CataloguePart.MEASURE:
        action, asked = acts.add_measure, _measure_fields(form, reads, notice_id)
    elif part is CataloguePart.COUNTRY:
        label = translate("reference_page.countries")
        codes = form.several("countries", label, countries(language()))
        action, asked = (
            acts.list_countries,
            {"notice_id": notice_id, "codes": codes, "cited": _cited(form, "")},
        )
    else:
        asked |= _titled(form, part)
    if part is not CataloguePart.INDICATOR:
        starts_on = translate("reference_page.starts_on")
        asked["starts_on"] = form.day("starts_on", starts_on, reads.today)
    done = translate(f"reference_page.added_{part}")
    form.save(translate(f"reference_page.add_{part}"), action, done=done, by=by, **asked)
