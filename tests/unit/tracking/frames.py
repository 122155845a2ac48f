"""Small frames for the roll-ups: four units in two regions, one hosted, one not covered; three measures, two areas."""

from datetime import date

import pandas as pd

from tracking.figures.axes import Axes
from tracking.figures.cells import CELL_COLUMNS, COUNTS, LIGHTS
from tracking.figures.cube import Cube

UNITS = pd.DataFrame(
    [
        (1, "甲省", "甲", None, "北区", "东部", True),
        (2, "乙省", "乙", None, "南区", "东部", True),
        (3, "丙市", "丙", 2, "南区", "东部", True),
        (4, "丁省", "丁", None, "北区", "西部", True),
        (5, "戊", "戊", None, None, None, False),
    ],
    columns=["unit_id", "name", "short_name", "host_id", "region_seven", "region_four", "reports"],
)

MEASURES = pd.DataFrame(
    [
        (11, 1, "展览展销", "展览", 91, 1, "贸易"),
        (12, 2, "合作平台", "平台", 91, 1, "贸易"),
        (13, 3, "培训", "培训", 92, 2, "服务"),
    ],
    columns=[
        "measure_id",
        "number",
        "title",
        "short_title",
        "key_area_id",
        "key_area_number",
        "key_area_title",
    ],
)


def cell(unit_id, measure_id, weight_tenths, done, expected=0, **counts):
    """One row of cells: one task, nothing reported, and green where no light is given."""
    tasks = counts.get("tasks", 1)
    lights = {} if counts.keys() & set(LIGHTS) else {"green": tasks}
    known = (
        {"tasks": tasks, "weight_tenths": weight_tenths, "done": done, "expected": expected} | lights | counts
    )
    return (unit_id, measure_id, date(2026, 6, 30), *(known.get(name, 0) for name in COUNTS))


def cells(*rows):
    return pd.DataFrame(list(rows), columns=list(CELL_COLUMNS))


def cube(frame, units=UNITS, measures=MEASURES, **grouping):
    """Cells as a cube, over the units and measures above unless others are given."""
    return Cube.of(frame, Axes(units, measures, **grouping))
