"""Composites of a notice: added with a formula that never changes, and read with what they are reckoned from.

Since a formula names only what there is, and stays as it is, none comes back to itself.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.frames import frame_of
from db.identity import SignedIn
from db.reference.actions import LIMITS
from db.reference.parts import check_title, next_number
from db.reference.queries import composites_of
from db.row_changes import key_of
from db.sql import select
from db.store import NotFound, Store
from db.tables import Composite, CompositePart, Indicator, Measure
from db.texts import cleaned_texts
from tracking import permissions
from tracking.composites import CompositeForm, Input, composite_problems, unit_of, weights_of
from tracking.messages import Message
from tracking.permissions import Right
from tracking.scales import PERCENT
from tracking.validation.days import check_days
from tracking.validation.problems import refuse_all
from tracking.vocabulary import CataloguePart, IndicatorKind, TitleSource

TITLE = 60


@dataclass(frozen=True, slots=True)
class PartOf:
    """One input of a composite: an indicator, or with `composite_id` another composite of the notice."""

    indicator_id: int | None = None
    composite_id: int | None = None
    below: bool = False


def add_composite(
    store: Store,
    *,
    by: SignedIn,
    measure_id: int,
    title: str,
    cited: str,
    form: CompositeForm,
    parts: Sequence[PartOf],
    weights: str = "",
    starts_on: date | None,
) -> int:
    """Add a composite to a measure, in force from a day or from the beginning, and return its id.

    `weights` are one number a part, in their order; without them all weigh the same.
    Raises `Refusal` with every reason why it cannot be reckoned, and `NotFound` for a part of another notice.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        notice_id = tx.load(Measure, measure_id).notice_id
        limits = {"title": TITLE, "cited": LIMITS["cited"]}
        texts = cleaned_texts({"title": title, "cited": cited}, limits, optional=frozenset({"cited"}))
        check_title(tx, CataloguePart.COMPOSITE, measure_id, title)
        if starts_on:
            check_days(tx.today, starts_on=starts_on)
        weighed = list(zip(parts, weights_of(weights, len(parts)), strict=True))
        inputs = [_input(tx.session, part, weight, notice_id) for part, weight in weighed]
        refuse_all(list(composite_problems(form, inputs)))
        number = next_number(tx, CataloguePart.COMPOSITE, measure_id)
        known = {"title_source": TitleSource.PROJECT, "starts_on": starts_on, **texts}
        row = tx.add(
            Composite(measure_id=measure_id, number=number, form=form, unit=unit_of(form, inputs), **known)
        )
        for at, (part, weight) in enumerate(weighed, start=1):
            tx.add(_row(row.id, at, part, weight))
        formula = [asdict(part) | {"weight_tenths": weight} for part, weight in weighed]
        tx.audit("add_composite", row, number=number, title=row.title, form=str(form), parts=formula)
        return key_of(row)


def _row(composite_id: int, number: int, part: PartOf, weight_tenths: int) -> CompositePart:
    return CompositePart(
        composite_id=composite_id,
        number=number,
        indicator_id=part.indicator_id,
        part_id=part.composite_id,
        below=part.below,
        weight_tenths=weight_tenths,
    )


def _input(session: Session, part: PartOf, weight_tenths: int, notice_id: int) -> Input:
    """What a part puts in. Raises `NotFound` for one that is not of the notice."""
    table: Any = Indicator if part.composite_id is None else Composite
    key = part.indicator_id if part.composite_id is None else part.composite_id
    rows = select(table).join(Measure, Measure.id == table.measure_id)
    found = session.scalars(rows.where(table.id == key, Measure.notice_id == notice_id)).one_or_none()
    if found is None:
        raise NotFound(Message("store.not_found"))
    known = _of_indicator(found) if table is Indicator else _of_composite(found)
    return replace(known, below=part.below, weight_tenths=weight_tenths)


def _of_indicator(one: Indicator) -> Input:
    summed = bool(one.additive) or one.kind is IndicatorKind.RATE
    return Input(one.name, one.unit, summed, one.currency)


def _of_composite(one: Composite) -> Input:
    """A quotient of unlike units is no sum: only a percentage or a sum goes into another."""
    return Input(one.title, one.unit, one.form is CompositeForm.SUM or one.unit == PERCENT)


def composites_frame(store: Store, *, notice_id: int, year: int | None = None) -> pd.DataFrame:
    """The composites of the measures of a notice, in order; with `year` those in force on any of its days.

    Columns: composite_id, measure_id, measure_number, number, title, form, unit, title_source, checked_on and `LIFE`.
    """
    return frame_of(store, composites_of(notice_id, year))


def composite_parts_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """What the composites of a notice are reckoned from, in order.

    Columns: composite_id, number, indicator_id, part_id, below, weight_tenths, title, unit and measure_id of the part.
    """
    other, home = aliased(Composite), aliased(Measure)
    own: Any = (col(CompositePart.composite_id).label("composite_id"), CompositePart.number)
    named = (
        CompositePart.indicator_id,
        CompositePart.part_id,
        CompositePart.below,
        CompositePart.weight_tenths,
    )
    told = [
        _either(Indicator.name, other.title).label("title"),
        _either(Indicator.unit, other.unit).label("unit"),
        _either(Indicator.measure_id, other.measure_id).label("measure_id"),
    ]
    rows = (
        select(*own, *named, *told)
        .join(Composite, col(Composite.id) == CompositePart.composite_id)
        .join(home, home.id == Composite.measure_id)
        .join(Indicator, col(Indicator.id) == CompositePart.indicator_id, isouter=True)
        .join(other, other.id == CompositePart.part_id, isouter=True)
        .where(home.notice_id == notice_id)
        .order_by(CompositePart.composite_id, CompositePart.number)
    )
    return frame_of(store, rows)


def _either(one: Any, other: Any) -> Any:
    return func.coalesce(one, other)
