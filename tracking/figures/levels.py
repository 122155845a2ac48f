"""The figures of a place level by level: what its own people do, and what each authority right beneath it comes to."""

from collections.abc import Mapping

import pandas as pd


def level_of(parents: Mapping[int, int], place: int, authority_id: int) -> int | None:
    """The authority right beneath a place through which another counts into it; the place itself for its own.

    `parents` are those of the authorities beneath a unit. None for one that is not under the place.
    """
    way = [authority_id]
    while way[-1] != place:
        above = parents.get(way[-1])
        if above is None or above in way:
            return None
        way.append(above)
    return way[-2] if len(way) > 1 else place


def cells_at(cells: pd.DataFrame, parents: Mapping[int, int], place: int) -> pd.DataFrame:
    """The cells of authorities, `unit_id` being whose they are, as those of the level beneath a place; no others.

    Rows of one place add up, so the lines of a level add up to the place, and the places of a level to the one above.
    """
    levels = {one: level_of(parents, place, one) for one in cells["unit_id"].unique().tolist()}
    within = {one: level for one, level in levels.items() if level is not None}
    counted = cells[cells["unit_id"].isin(list(within))]
    return counted.assign(unit_id=[within[one] for one in counted["unit_id"].tolist()])
