"""Frames as the roll-ups give them, small and with what is awkward in them."""

from datetime import date

import pandas as pd

from tracking.coverage import COUNTS, coverage_cells
from tracking.obligations import obligation_cells

LONG = "中小企业国际合作" * 8
HOSTILE = "<b>甲</b>$x^2$\u202e\n乙"


def measures() -> pd.DataFrame:
    """Three measures of two key areas; the third has no tasks, the second stands beside both its marks."""
    return pd.DataFrame(
        {
            "measure_id": [11, 12, 13],
            "number": [1, 2, 3],
            "short_title": ["展览展销", "合作平台", "电子商务"],
            "title": ["支持参加展览展销", HOSTILE, LONG],
            "key_area_number": [1, 1, 2],
            "key_area_title": ["贸易投资", "贸易投资", "优质服务"],
            "completion_permille": [624.0, 700.0, None],
            "expected_permille": [750.0, 740.0, None],
            "median_permille": [600.0, 720.0, None],
            "units": [30, 37, 0],
            "units_total": [37, 37, 37],
        }
    )


def matrix() -> pd.DataFrame:
    """Two regions × two measures, one cell without tasks."""
    return pd.DataFrame(
        {
            "region": ["华北", "华北", "华东", "华东"],
            "measure_id": [12, 11, 12, 11],
            "measure_number": [2, 1, 2, 1],
            "measure_short_title": ["合作平台", "展览展销", "合作平台", "展览展销"],
            "completion_permille": [624.0, 40.0, None, 1000.0],
            "deviation_permille": [-126.0, 0.0, None, 250.0],
            "units": [4, 5, 0, 6],
            "units_total": [5, 5, 7, 7],
        }
    )


def units() -> pd.DataFrame:
    """Four units: two of one name, one without tasks."""
    return pd.DataFrame(
        {
            "unit_id": [1, 2, 3, 4],
            "unit": ["北京", "内蒙古", "内蒙古", "兵团"],
            "name": ["北京市中小企业主管部门", "甲", "乙", "丙"],
            "completion_permille": [900.0, 460.0, 465.0, None],
            "done": [90_000, 46_000, 46_500, 0],
            "weight_tenths": [100, 100, 100, 0],
        }
    )


def tiles() -> pd.DataFrame:
    """Two units, one without tasks, and one place that is not covered."""
    return pd.DataFrame(
        {
            "unit_id": [1, 2, 3],
            "short_name": ["北京", "兵团", "台湾"],
            "tile_row": [2, 2, 6],
            "tile_col": [6, 2, 8],
            "reports": [True, True, False],
            "completion_permille": [624.0, None, None],
        }
    )


def trend(periods: int = 4, areas: int = 3) -> pd.DataFrame:
    """Key areas with nearly the same end."""
    return pd.DataFrame(
        [
            {
                "period": f"2026年第{period}季度",
                "period_id": period,
                "key_area_id": 100 + area,
                "key_area_number": area,
                "key_area_title": "助力中小企业赴沿线国家开展贸易投资" if area == 1 else f"重点工作{area}",
                "completion_permille": 240.0 * period + area,
                "expected_permille": 250.0 * period,
            }
            for period in range(1, periods + 1)
            for area in range(1, areas + 1)
        ]
    )


def plan() -> pd.DataFrame:
    """Two tasks: one moved later than filed and with milestones, one that has no baseline yet."""
    return pd.DataFrame(
        {
            "task_id": [7, 8],
            "number": [1, 2],
            "title": ["组织企业参展", LONG],
            "starts_on": [date(2026, 1, 10), date(2026, 4, 1)],
            "due_on": [date(2026, 11, 30), date(2026, 6, 29)],
            "baseline_due_on": [date(2026, 9, 30), None],
            "completion_permille": [450.0, 1200.0],
            "light": ["amber", "blue"],
            "milestones": [[(date(2026, 5, 1), "签约", True), (date(2026, 10, 1), HOSTILE, False)], []],
        }
    )


def submissions() -> pd.DataFrame:
    """Two units × two periods, in four states."""
    counts = {"asked": 10, "reported": 8, "on_time": 7, "late": 1, "missing": 2, "returned": 0, "in_work": 0}
    return pd.DataFrame(
        {
            "unit_id": [1, 1, 2, 2],
            "unit": ["北京", "北京", LONG, LONG],
            "unit_name": ["北京市", "北京市", HOSTILE, HOSTILE],
            "period_id": [7, 8, 7, 8],
            "period": ["2026年第一季度", "2026年第二季度"] * 2,
            "state": ["missing", "in_work", "returned", "not_asked"],
            **{name: [value] * 4 for name, value in counts.items()},
        }
    )


def ageing() -> pd.DataFrame:
    """Two stages, one of them with nothing in it."""
    bands = {"band_0": [4, 0], "band_4": [2, 0], "band_8": [0, 0], "band_15": [1, 0]}
    return pd.DataFrame({"stage": ["signing", "reviewing"], **bands, "total": [7, 0]})


def coverage() -> pd.DataFrame:
    """Two units × two measures: all four elements, one, three, and no task at all."""
    units = pd.DataFrame({"unit_id": [1, 2], "short_name": ["内蒙古", HOSTILE]})
    lines = pd.DataFrame({"line_id": [11, 12], "number": [1, 2], "short_title": ["展览展销", "合作平台"]})
    rows = [(1, 11, 2, 2, 0, 0, 1), (1, 12, 3, 3, 1, 2, 0), (2, 11, 1, 1, 0, 0, 0)]
    counts = pd.DataFrame(rows, columns=["unit_id", "line_id", *COUNTS])
    return coverage_cells(counts, units, lines)


def obligations() -> pd.DataFrame:
    """Two units: one with everything in place, one with nothing."""
    since = date(2026, 2, 1)
    dates = ("mechanism_on", "plan_filed_on", "goals_filed_on", "held_since_on")
    whole = dict.fromkeys((*dates, "cooperation_since_on", "publicity_since_on"), since)
    counts = {"tasks": 3, "open_tasks": 2, "held_tasks": 2, "cooperation": 4, "publicity": 1}
    full = {"unit_id": 1, "short_name": "内蒙古", "mechanism_recorded": True, "mechanism_number": "1号"}
    none = {"unit_id": 2, "short_name": HOSTILE, "mechanism_recorded": False, "mechanism_number": None}
    facts = [full | whole | counts, none | dict.fromkeys(whole) | dict.fromkeys(counts, 0)]
    return obligation_cells(pd.DataFrame(facts))


def slips() -> pd.DataFrame:
    """Two rows with something open, one without."""
    lines = [(1, "浙江", 1, 0, 0), (2, "广西", 2, 0, 1), (3, "宁波", 0, 0, 0)]
    return pd.DataFrame(lines, columns=["key", "name", "blue", "orange", "red"])


def ages() -> pd.DataFrame:
    """One row with something open, one without."""
    lines = [(3, "培训", 1, 2, 3), (4, "展会", 0, 0, 0)]
    return pd.DataFrame(lines, columns=["key", "name", "fresh", "weeks", "long"])


def countries() -> pd.DataFrame:
    """Two countries with something under way, one without."""
    lines = [("KZ", "哈萨克斯坦", 3, 1, 2), ("UZ", HOSTILE, 0, 1, 0), ("AE", "阿联酋", 0, 0, 0)]
    return pd.DataFrame(lines, columns=["key", "name", "tasks", "entries", "difficulties"])


def tags() -> pd.DataFrame:
    """Two tags of tasks, one of none."""
    return pd.DataFrame([(5, HOSTILE, 2), (6, "绿色", 4), (7, "数字", 0)], columns=["key", "name", "tasks"])


def areas() -> pd.DataFrame:
    """Two areas with a value, one that the map has no area for, and one without a value."""
    lines = [
        ("KZ", "KZ", HOSTILE, 3.0, "共 3"),
        ("UZ", "UZ", "乌兹别克斯坦", 1.0, "共 1"),
        ("AE", "AE", "阿联酋", 2.0, "共 2"),
        ("TJ", "TJ", "塔吉克斯坦", None, "—"),
    ]
    return pd.DataFrame(lines, columns=["key", "code", "name", "value", "said"])


def moves() -> pd.DataFrame:
    """Two units that moved dates."""
    return pd.DataFrame(
        [(1, "浙江", 1, 4), (2, "XX<兵团>", 2, 0)], columns=["key", "name", "extensions", "amendments"]
    )
