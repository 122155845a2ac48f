"""The coverage rule: which of its four elements a cell (unit × measure or action) has.

Task: at least one in force and not suspended. Date: every open task is due today or later; a day that has
passed binds nobody any more. Officer: every open task belongs to a post that somebody holds today.
Indicator: at least one task has a target. A completed task needs neither date nor officer. Without a task
there is nothing of all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pandas as pd

from tracking.figures.completion import permille_of


class Element(StrEnum):
    """What a cell should have, in the order in which gaps are reported."""

    TASK = "task"
    DATE = "date"
    OFFICER = "officer"
    INDICATOR = "indicator"


class Cover(StrEnum):
    """How many of its elements a cell has: all, some or none."""

    FULL = "full"
    PARTLY = "partly"
    EMPTY = "empty"


ALL = len(Element)
COUNTS = ("tasks", "open_tasks", "overdue", "vacant", "targeted")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many cells there are, and how many of them are covered, partly covered and empty."""

    cells: int
    full: int
    partly: int
    empty: int

    @property
    def full_permille(self) -> int:
        """The share of covered cells in tenths of a percent, 0 if there are no cells."""
        return permille_of(Fraction(self.full, self.cells)) if self.cells else 0


def coverage_cells(counts: pd.DataFrame, units: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """One row per unit and line, lines within units, including those without a task.

    `counts` as returned by the coverage queries (unit_id, line_id and `COUNTS`); `units` with unit_id and
    short_name, `lines` with line_id, number and short_title. Adds one column per element (true if present),
    met (0 to 4) and cover.
    """
    every = units[["unit_id", "short_name"]].merge(lines[["line_id", "number", "short_title"]], how="cross")
    cells = every.merge(counts, on=["unit_id", "line_id"], how="left")
    cells = cells.fillna(dict.fromkeys(COUNTS, 0)).astype(dict.fromkeys(COUNTS, "int64"))
    there = cells["tasks"] > 0
    cells = cells.assign(
        **{
            Element.TASK: there,
            Element.DATE: there & (cells["overdue"] == 0),
            Element.OFFICER: there & (cells["vacant"] == 0),
            Element.INDICATOR: there & (cells["targeted"] > 0),
        }
    )
    met = cells[list(Element)].sum(axis=1).astype("int64")
    return cells.assign(met=met, cover=[cover_of(count) for count in met])


def cover_of(met: int) -> Cover:
    """The cover that this number of elements amounts to."""
    if met == ALL:
        return Cover.FULL
    return Cover.PARTLY if met else Cover.EMPTY


def missing_of(cell: Mapping[Any, bool]) -> list[Element]:
    """The elements that a cell lacks; a cell without a task lacks only that one."""
    lacks = [element for element in Element if not cell[element]]
    return lacks[:1] if Element.TASK in lacks else lacks


def coverage_of(cells: pd.DataFrame) -> Coverage:
    """Count the cells by cover."""
    counted = cells["cover"].value_counts()
    return Coverage(len(cells), **{str(cover): int(counted.get(cover, 0)) for cover in Cover})


def coverage_by_unit(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per unit, in the order of the cells.

    Columns: unit_id, short_name, full, partly, empty (cells), lacks_date, lacks_officer, lacks_indicator
    (cells that have a task but lack it).
    """
    there = cells[Element.TASK]
    marks = {str(cover): cells["cover"] == cover for cover in Cover}
    marks |= {f"lacks_{element}": there & ~cells[element] for element in list(Element)[1:]}
    counted = pd.DataFrame(marks).astype("int64").groupby([cells["unit_id"], cells["short_name"]], sort=False)
    return counted.sum().reset_index()
