"""Labelling indicators as activity, output or outcome, from a day on."""

from datetime import date

from sqlmodel import select

from db.identity import SignedIn
from db.row_changes import change, plain
from db.store import Store
from db.tables import Indicator, IndicatorLevel
from tracking import permissions
from tracking.permissions import Right
from tracking.validation.days import check_days
from tracking.vocabulary import ResultLevel


def label_indicator(
    store: Store, *, by: SignedIn, indicator_id: int, level: ResultLevel, from_on: date
) -> None:
    """Say what an indicator counts as from a day on; what it counted as before that day stays."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        check_days(tx.today, from_on=from_on)
        indicator = tx.load(Indicator, indicator_id)
        asked = select(IndicatorLevel).where(
            IndicatorLevel.indicator_id == indicator_id, IndicatorLevel.from_on == from_on
        )
        row = tx.session.exec(asked).first()
        before = None if row is None else row.level
        if row is None:
            tx.add(IndicatorLevel(indicator_id=indicator_id, from_on=from_on, level=level))
        else:
            change(row, level=level)
        tx.audit(
            "label_indicator", indicator, from_on=plain(from_on), before=plain(before), level=plain(level)
        )
