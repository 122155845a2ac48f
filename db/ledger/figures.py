"""Makes what the lines of an exported ledger are recomputed from, as `tracking.ledgers.figures` has it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import and_, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.authorities.tree import stands
from db.frames import rows_of
from db.ledger.counted import Counted
from db.reference.queries import indicators_frame, measures_frame
from db.sql import select
from db.store import Store
from db.tables import Authority, AuthorityParent, ReportingPeriod
from tracking.ledgers.figures import FIGURE_COLUMNS, LedgerIndicator, lowered_targets, share_of
from tracking.making import Making
from tracking.vocabulary import IndicatorKind, Relation, TaskStatus

_PERIODS = select(ReportingPeriod.id, ReportingPeriod.year, ReportingPeriod.number)


def ledger_indicators(store: Store, notice_id: int) -> dict[int, LedgerIndicator]:
    """The indicators of a notice by key, in order."""
    rows: Iterable[Any] = indicators_frame(store, notice_id=notice_id).itertuples(index=False)
    return {
        row.indicator_id: LedgerIndicator(
            row.indicator_id,
            f"{row.measure_number}.{row.number}",
            row.name,
            row.unit,
            # What is made of others would count twice in a sum of lines.
            bool(row.additive) and row.making == Making.ENTERED,
            IndicatorKind(row.kind),
        )
        for row in rows
    }


def figures_frame(
    store: Store,
    facts: pd.DataFrame,
    counted: Counted,
    indicators: Mapping[int, LedgerIndicator],
    *,
    notice_id: int,
    on: date,
) -> pd.DataFrame:
    """A row for each fact of a task: `FIGURE_COLUMNS` but for the codes, and the columns of the indicators."""
    measures: Iterable[Any] = measures_frame(store, notice_id=notice_id).itertuples(index=False)
    catalogue = _Catalogue(
        _units(store, facts["unit_id"], on),
        {row.measure_id: row for row in measures},
        {row.id: f"{row.year}-{row.number:02}" for row in rows_of(store, _PERIODS)},
        indicators,
    )
    rows = [catalogue.figures(fact, counted) for fact in facts.itertuples(index=False)]
    known = [column for one in indicators.values() for column in one.columns]
    columns = [name for name in FIGURE_COLUMNS if name not in _CODES]
    return pd.DataFrame(rows, facts.index, [*columns, *known], dtype=object)


# What the rows of a ledger say already.
_CODES = frozenset({"authority_code", "task_number", "action"})


def _units(store: Store, unit_ids: Iterable[int], on: date) -> dict[int, Any]:
    """Unit → its code, names, regions, and `province`: whoever hosts it on a day, else itself."""
    host, hosted = (
        aliased(Authority),
        and_(col(AuthorityParent.authority_id) == Authority.id, *stands(Relation.HOSTED_BY, on)),
    )
    rows = (
        select(
            Authority.id,
            Authority.code,
            Authority.short_name,
            Authority.region_seven,
            Authority.region_four,
            func.coalesce(host.short_name, Authority.short_name).label("province"),
        )
        .join(AuthorityParent, hosted, isouter=True)
        .join(host, host.id == AuthorityParent.parent_id, isouter=True)
    )
    return {row.id: row for row in rows_of(store, rows.where(col(Authority.id).in_({*map(int, unit_ids)})))}


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """What the keys of a fact are called."""

    units: Mapping[int, Any]
    measures: Mapping[int, Any]
    periods: Mapping[int, str]
    indicators: Mapping[int, LedgerIndicator]

    def figures(self, fact: Any, counted: Counted) -> dict[str, Any]:
        """What a task is recomputed from."""
        unit, measure, aims = self.units[fact.unit_id], self.measures[fact.measure_id], counted.aims_of(fact)
        is_counted = fact.status != TaskStatus.SUSPENDED
        weight = int(fact.weight_tenths) * is_counted
        names = {key: one.name for key, one in self.indicators.items()}
        return {
            "unit_code": unit.code,
            "unit": unit.short_name,
            "region_seven": unit.region_seven,
            "region_four": unit.region_four,
            "province": unit.province,
            "area_number": measure.key_area_number,
            "measure_number": measure.number,
            "task_status": fact.status,
            "counted": int(is_counted),
            "weight": Decimal(int(fact.weight_tenths)) / 10,
            "done": share_of(weight, int(fact.completion_permille)),
            "due": share_of(weight, int(fact.expected_permille)),
            "reported": int(fact.reported and is_counted),
            "accepted": int(fact.accepted and is_counted),
            "counted_period": self.periods.get(fact.latest_period_id),
            "lowered": lowered_targets(aims, counted.targets.get(fact.revision_id, {}), names),
            **{
                column: said
                for key, value in counted.told(fact).items()
                for column, said in self.indicators[key].values(value).items()
            },
            **{self.indicators[key].target: value for key, value in aims.items()},
        }
