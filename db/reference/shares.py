"""Declaring an indicator the same figure as one of another notice, from a day on: it is then asked for once."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.frames import frame_of
from db.identity import SignedIn
from db.row_changes import change, plain
from db.sql import select
from db.store import Store, Transaction
from db.tables import Indicator, IndicatorShare, Measure
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation.days import check_days

# What two indicators that are one figure have in common.
_NATURE = ("kind", "unit", "currency", "additive")


def share_indicator(
    store: Store, *, by: SignedIn, indicator_id: int, same_as_id: int | None, from_on: date
) -> None:
    """Say of which indicator of another notice this is the same figure from a day on; None: of none any more.

    Raises `Refusal` where they are of one notice, differ in kind, unit or currency, or would make a chain or a circle.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        check_days(tx.today, from_on=from_on)
        indicator = tx.load(Indicator, indicator_id)
        if same_as_id is not None:
            _check_alike(tx, indicator, tx.load(Indicator, same_as_id))
            _check_no_chain(tx, indicator_id, same_as_id, from_on)
        before = _keep(tx, indicator_id, same_as_id, from_on)
        tx.audit(
            "share_indicator",
            indicator,
            from_on=plain(from_on),
            before=plain(before),
            same_as=plain(same_as_id),
        )


def _keep(tx: Transaction, indicator_id: int, same_as_id: int | None, from_on: date) -> int | None:
    """What was said of that very day before."""
    asked = (IndicatorShare.indicator_id == indicator_id, IndicatorShare.from_on == from_on)
    row = tx.session.scalars(select(IndicatorShare).where(*asked)).first()
    if row is None:
        tx.add(IndicatorShare(indicator_id=indicator_id, from_on=from_on, same_as_id=same_as_id))
        return None
    before: int | None = row.same_as_id
    change(row, same_as_id=same_as_id)
    return before


def _check_alike(tx: Transaction, indicator: Indicator, other: Indicator) -> None:
    notices = {tx.load(Measure, one.measure_id).notice_id for one in (indicator, other)}
    if len(notices) == 1:
        raise Refusal(Message("reference.share_of_one_notice"), fields=("same_as_id",))
    unlike = [name for name in _NATURE if getattr(indicator, name) != getattr(other, name)]
    if unlike:
        words = Message(f"reference.share_unlike_{unlike[0]}", name=other.name, unit=other.unit)
        raise Refusal(words, fields=("same_as_id",))


def _check_no_chain(tx: Transaction, indicator_id: int, same_as_id: int, from_on: date) -> None:
    """The one it is the same as stands for itself, and nothing stands for this one, from the day on."""
    if _stands_for(tx, from_on, IndicatorShare.indicator_id == same_as_id):
        raise Refusal(Message("reference.share_chain"), fields=("same_as_id",))
    if _stands_for(tx, from_on, IndicatorShare.same_as_id == indicator_id):
        raise Refusal(Message("reference.share_circle"), fields=("same_as_id",))


def _stands_for(tx: Transaction, from_on: date, condition: Any) -> bool:
    """Whether a declaration under this condition holds on the day or later."""
    later = aliased(IndicatorShare)
    ended = select(later.id).where(
        later.indicator_id == IndicatorShare.indicator_id,
        later.from_on > IndicatorShare.from_on,
        later.from_on <= from_on,
    )
    rows = select(IndicatorShare.id).where(condition, col(IndicatorShare.same_as_id).is_not(None))
    return tx.session.scalar(rows.where(~ended.exists()).limit(1)) is not None


def is_shared(tx: Transaction, indicator_id: int) -> bool:
    """Whether it is or was the same figure as another: what it measures is fixed then."""
    told = or_(
        col(IndicatorShare.indicator_id) == indicator_id, col(IndicatorShare.same_as_id) == indicator_id
    )
    return tx.session.scalar(select(IndicatorShare.id).where(told).limit(1)) is not None


def shares_frame(store: Store, *, indicator_id: int) -> pd.DataFrame:
    """What an indicator was declared the same figure as, newest first. Columns: from_on, same_as_id (missing for none)."""
    rows = select(IndicatorShare.from_on, IndicatorShare.same_as_id)
    rows = rows.where(IndicatorShare.indicator_id == indicator_id)
    return frame_of(store, rows.order_by(col(IndicatorShare.from_on).desc()), whole=("same_as_id",))
