"""Reads how the registers of a notice are defined, for whoever keeps the catalogue: what will be and what was in use too."""

import pandas as pd
from sqlmodel import col

from db.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import Register as RegisterRow, RegisterField as FieldRow
from tracking.registers.definitions import Option


def register_definitions_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """Columns: register_id, number, title, title_en, keeper, single, measure_id, safeguard_id, indicator_id, starts_on, retired_on."""
    rows = select(
        col(RegisterRow.id).label("register_id"),
        RegisterRow.number,
        RegisterRow.title,
        RegisterRow.title_en,
        RegisterRow.keeper,
        RegisterRow.single,
        RegisterRow.measure_id,
        RegisterRow.safeguard_id,
        RegisterRow.indicator_id,
        RegisterRow.starts_on,
        RegisterRow.retired_on,
    ).where(RegisterRow.notice_id == notice_id)
    whole = ("measure_id", "safeguard_id", "indicator_id")
    return frame_of(store, rows.order_by(RegisterRow.number, RegisterRow.id), whole=whole)


def register_fields_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """The fields of every register of a notice, in order.

    Columns: field_id, register_id, register_number, register_title, number, title, title_en, kind, required, listed, longest,
    unit, options (of `Option`), indicator_id, denominator_id, starts_on, retired_on.
    """
    rows = (
        select(
            col(FieldRow.id).label("field_id"),
            FieldRow.register_id,
            col(RegisterRow.number).label("register_number"),
            col(RegisterRow.title).label("register_title"),
            FieldRow.number,
            FieldRow.title,
            FieldRow.title_en,
            FieldRow.kind,
            FieldRow.required,
            FieldRow.listed,
            FieldRow.longest,
            FieldRow.unit,
            FieldRow.options,
            FieldRow.indicator_id,
            FieldRow.denominator_id,
            FieldRow.starts_on,
            FieldRow.retired_on,
        )
        .join(RegisterRow, col(RegisterRow.id) == FieldRow.register_id)
        .where(RegisterRow.notice_id == notice_id)
        .order_by(RegisterRow.number, FieldRow.number, FieldRow.id)
    )
    frame = frame_of(store, rows, whole=("indicator_id", "denominator_id"))
    options = [tuple(Option(**option) for option in options) for options in frame["options"]]
    return frame.assign(options=pd.Series(options, frame.index, dtype=object))
