"""The composites of a measure: what each comes to, of which parts, or why it is withheld."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import streamlit as st

from db.reference.composites import composite_parts_frame, composites_frame
from db.reference.rows import CompositePartRow, CompositeRow
from db.typed_rows import rows_as
from pages.parts.figures.extract import Extract
from pages.parts.figures.measure import totals_of_indicators
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import translate
from tracking.composites import Input, Reckoned, formula_of, reckoned
from tracking.scales import PERCENT, Scale, value_words
from tracking.vocabulary import IndicatorKind


def show_composites(reads: Reads, extract: Extract) -> None:
    """A table with a row each; nothing where the measure has none in the year."""
    rows = list(_rows(reads, extract))
    if rows:
        st.subheader(translate("measure.composites"), anchor=False)
        plain_table(pd.DataFrame(rows, columns=["composite", "amount", "formula", "inputs"]))


def _rows(reads: Reads, extract: Extract) -> Iterator[tuple[str, ...]]:
    choice = extract.choice
    asked = {"notice_id": choice.notice_id, "year": choice.year}
    for row in rows_as(CompositeRow, reads.common(composites_frame, **asked)):
        if row.measure_id == extract.measure_id:
            inputs = _inputs(reads, extract, row.composite_id)
            said = translate("composite.mark").join(map(_said, inputs))
            found = reckoned(row.form, row.unit, inputs)
            yield row.title, _amount(found, row.unit), formula_of(row.form, inputs), said


def _inputs(reads: Reads, extract: Extract, composite_id: int) -> list[Input]:
    """What a composite is reckoned from, with the values over the selected units."""
    frame = reads.common(composite_parts_frame, notice_id=extract.choice.notice_id)
    return [
        Input(
            one.title,
            one.unit,
            summed=True,
            below=one.below,
            weight_tenths=one.weight_tenths,
            value=_value(reads, extract, one),
        )
        for one in rows_as(CompositePartRow, frame[frame["composite_id"] == composite_id])
    ]


def _value(reads: Reads, extract: Extract, part: CompositePartRow) -> Decimal | None:
    if part.part_id is None:
        of_measure = replace(extract, measure_id=part.measure_id, area_id=None)
        totals = reads.made(totals_of_indicators, of_measure).set_index("indicator_id")["value"]
        value: Decimal | None = totals[part.indicator_id or 0]
        return value
    others = rows_as(CompositeRow, reads.common(composites_frame, notice_id=extract.choice.notice_id))
    (other,) = (one for one in others if one.composite_id == part.part_id)
    return reckoned(other.form, other.unit, _inputs(reads, extract, part.part_id)).value


def _amount(found: Reckoned, unit: str) -> str:
    if found.missing:
        named = translate("composite.mark").join(found.missing)
        return translate("composite.withheld", missing=named)
    if found.value is None:
        return translate("composite.over_nothing")
    return value_words(found.value, _scale(unit))


def _said(one: Input) -> str:
    value = (
        translate("composite.not_reported") if one.value is None else value_words(one.value, _scale(one.unit))
    )
    return translate("composite.input", title=one.title, value=value)


def _scale(unit: str) -> Scale:
    return Scale(unit, IndicatorKind.RATE if unit == PERCENT else IndicatorKind.AMOUNT)
