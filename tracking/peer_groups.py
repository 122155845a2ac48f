"""Fair comparison: a unit beside similar units, by distance to their median; and when a position is given.

Positions are off unless the site switches them on. Even then none is given while too few have reported, since
those missing would take the last places without having done less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tracking.figures.cube import Cube
from tracking.figures.indicators import completion_by_unit
from tracking.messages import Message
from tracking.site_settings import SiteSettings

# With fewer units a median says little, and would tell one of two what the other has done.
LEAST_UNITS = 3


@dataclass(frozen=True)
class Comparison:
    """Units compared with each other.

    `units`: one row per unit with the columns of `completion_by_unit`, `gap_permille` (completion − median,
    missing without tasks or median), `place` and `place_change` (places gained since the period before;
    missing where there is none). `counted` is how many have tasks. `withheld` is why no places are given,
    None if they are given or were not asked for.
    """

    units: pd.DataFrame
    median_permille: float | None
    counted: int
    ranked: bool
    withheld: Message | None


def compared(cube: Cube, settings: SiteSettings, before: Cube | None = None) -> Comparison:
    """Compare the units of a cube; `before` is theirs of the previous period, if there was one.

    The median is over the units with tasks and needs `LEAST_UNITS` of them.
    """
    frame = completion_by_unit(cube)
    counted = int(frame["completion_permille"].notna().sum())
    median = float(frame["completion_permille"].median()) if counted >= LEAST_UNITS else None
    withheld = why_withheld(frame, settings) if settings.ranking else None
    ranked = settings.ranking and withheld is None
    places = _places(frame, ranked=ranked)
    return Comparison(
        units=frame.assign(
            gap_permille=frame["completion_permille"] - (np.nan if median is None else median),
            place=places,
            place_change=_places_before(before, settings) - places,
        ),
        median_permille=median,
        counted=counted,
        ranked=ranked,
        withheld=withheld,
    )


def why_withheld(frame: pd.DataFrame, settings: SiteSettings) -> Message | None:
    """Why no places may be given among these units, or None if they may.

    Either fewer than `LEAST_UNITS` have tasks, or less than `ranking_share` percent of all their tasks have
    been reported for the period.
    """
    counted = int(frame["completion_permille"].notna().sum())
    if counted < LEAST_UNITS:
        return Message("comparison.withheld_few", units=counted, least=LEAST_UNITS)
    reported, tasks = int(frame["reported"].sum()), int(frame["tasks"].sum())
    if reported * 100 < settings.ranking_share * tasks:
        # Truncated, not rounded: 79.96 must not read as 80, which it falls short of.
        share = f"{reported * 1000 // tasks / 10:.1f}"
        return Message(
            "comparison.withheld_reported",
            share=share,
            least=settings.ranking_share,
            reported=reported,
            tasks=tasks,
        )
    return None


def places_of(values: Sequence[float]) -> list[float]:
    """The place of each value, highest first; a missing value has none.

    Values equal as percentages with one decimal share the better place, and the next place skips ahead: 1, 2,
    2, 4.
    """
    read = [np.nan if np.isnan(value) else round(value / 10, 1) for value in values]
    return [np.nan if np.isnan(value) else 1.0 + sum(other > value for other in read) for value in read]


def by_measure(cube: Cube, settings: SiteSettings, unit_id: int) -> pd.DataFrame:
    """One row per measure: its columns, the unit's figures for it, and how they compare with other units.

    Adds completion_permille, expected_permille, tasks, gap_permille and place of the unit, median_permille and
    `counted`, the number of units with tasks there.
    """
    rows: list[dict[str, Any]] = []
    measures = cube.axes.measures
    for measure_id in measures["measure_id"]:
        within = compared(cube.under(measure_id), settings)
        own: Any = next(within.units[within.units["unit_id"] == unit_id].itertuples())
        rows.append(
            {
                "completion_permille": own.completion_permille,
                "expected_permille": own.expected_permille,
                "median_permille": within.median_permille,
                "gap_permille": own.gap_permille,
                "place": own.place,
                "counted": within.counted,
                "tasks": own.tasks,
            }
        )
    return pd.concat([measures.reset_index(drop=True), pd.DataFrame(rows)], axis=1)


def without_names(cells: pd.DataFrame, known: frozenset[int]) -> pd.DataFrame:
    """The cells, with unit ids not in `known` replaced by negative numbers, counted down by completion."""
    others = cells[~cells["unit_id"].isin(known)]
    sums = others.groupby("unit_id")[["done", "weight_tenths"]].sum()
    order = (sums["done"] / sums["weight_tenths"].clip(lower=1)).sort_values(ascending=False).index
    numbers = {unit_id: -place for place, unit_id in enumerate(order, start=1)}
    return cells.assign(unit_id=[numbers.get(unit_id, unit_id) for unit_id in cells["unit_id"]])


def with_unnamed(units: pd.DataFrame, cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """The units, plus a row called `name` for each one that `without_names` made anonymous."""
    unnamed = sorted(set(cells["unit_id"]) - set(units["unit_id"]), reverse=True)
    more = pd.DataFrame({"unit_id": unnamed, "short_name": name, "name": name, "reports": True})
    return pd.concat([units[["unit_id", "short_name", "name", "reports"]], more], ignore_index=True)


def _places(frame: pd.DataFrame, *, ranked: bool = True) -> pd.Series:
    """Each unit's place; missing for all if places are withheld."""
    values = list(frame["completion_permille"].astype(float))
    return pd.Series(places_of(values) if ranked else np.nan, frame.index, dtype=float)


def _places_before(before: Cube | None, settings: SiteSettings) -> pd.Series | float:
    """Places in the previous period; missing if they were withheld then."""
    earlier = None if before is None else completion_by_unit(before)
    if earlier is None or why_withheld(earlier, settings) is not None:
        return np.nan
    return _places(earlier)
