"""The obligations the notice places on every reporting unit beside its measures, and when each is met.

Coordination mechanism: one stands in the register. Work plan: this year's has been filed. Goals: the filed plan
states them. Responsible officers: there are tasks in force, and every open one belongs to a post that is held. Cooperation mechanisms, publicity: the register holds at least one standing entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pandas as pd

from tracking.figures.completion import permille_of


class Obligation(StrEnum):
    """The obligations in the order of the notice; `safeguard.key` uses the same names."""

    COORDINATION_MECHANISM = "coordination_mechanism"
    WORK_PLAN = "work_plan"
    GOALS = "goals"
    RESPONSIBLE_OFFICER = "responsible_officer"
    COOPERATION_MECHANISMS = "cooperation_mechanisms"
    PUBLICITY = "publicity"


# The registers, by their keys, whose entries meet an obligation; the first is the one to open.
REGISTERS: Mapping[Obligation, tuple[str, ...]] = {
    Obligation.COORDINATION_MECHANISM: ("coordination",),
    Obligation.COOPERATION_MECHANISMS: ("cooperation",),
    Obligation.PUBLICITY: ("publicity", "promotion"),
}
CELL_COLUMNS = ("unit_id", "short_name", "obligation", "present", "since_on", "evidence")


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units meet an obligation."""

    present: int
    units: int

    @property
    def permille(self) -> int:
        """Their share in tenths of a percent."""
        return permille_of(Fraction(self.present, self.units))


@dataclass(frozen=True, slots=True)
class UnitSums:
    """The cells in total: how many units, how many of them meet everything, how many cells are met.

    `least` is the obligation that most units miss, `missing` how many do; None if nothing is missing.
    """

    units: int
    meeting_all: int
    present: int
    least: Obligation | None
    missing: int


def obligation_cells(facts: pd.DataFrame) -> pd.DataFrame:
    """One row per unit and obligation, obligations within units; columns `CELL_COLUMNS`.

    `facts`: one row per unit with unit_id, short_name, mechanism_recorded, mechanism_on and mechanism_number,
    plan_filed_on, goals_filed_on (missing when the filed plan states none), tasks, open_tasks, held_tasks and
    held_since_on, cooperation and cooperation_since_on, publicity and publicity_since_on. `evidence` is a
    number, for the mechanism its document, for officers "held/open"; missing if there is nothing to show.
    """
    rows = [
        (unit["unit_id"], unit["short_name"], obligation, *_found(obligation, unit))
        for unit in facts.to_dict("records")
        for obligation in Obligation
    ]
    return pd.DataFrame(rows, columns=list(CELL_COLUMNS))


def _found(obligation: Obligation, unit: Mapping[Any, Any]) -> tuple[bool, Any, Any]:
    """Whether it is met, since when, and by what."""
    match obligation:
        case Obligation.COORDINATION_MECHANISM:
            return _dated(unit["mechanism_recorded"], unit["mechanism_on"], unit["mechanism_number"])
        case Obligation.WORK_PLAN:
            return _dated(_known(unit["plan_filed_on"]), unit["plan_filed_on"], "")
        case Obligation.GOALS:
            return _dated(_known(unit["goals_filed_on"]), unit["goals_filed_on"], "")
        case Obligation.RESPONSIBLE_OFFICER:
            return _held(unit)
        case Obligation.COOPERATION_MECHANISMS:
            return _counted(unit, "cooperation")
        case _:
            return _counted(unit, "publicity")


def _known(value: Any) -> bool:
    return not pd.isna(value)


def _dated(present: bool, since_on: Any, evidence: str) -> tuple[bool, Any, Any]:
    return (True, since_on, evidence) if present else (False, None, "")


def _held(unit: Mapping[Any, Any]) -> tuple[bool, Any, Any]:
    held, open_tasks = int(unit["held_tasks"]), int(unit["open_tasks"])
    present = int(unit["tasks"]) > 0 and held == open_tasks
    return present, unit["held_since_on"] if present else None, f"{held}/{open_tasks}" if open_tasks else ""


def _counted(unit: Mapping[Any, Any], name: str) -> tuple[bool, Any, Any]:
    count = int(unit[name])
    return _dated(count > 0, unit[f"{name}_since_on"], str(count))


def rates(cells: pd.DataFrame) -> dict[Obligation, Rate]:
    """How many units meet each obligation."""
    counted = cells.groupby("obligation", sort=False)["present"].agg(["sum", "size"])
    return {Obligation(str(name)): Rate(int(met), int(units)) for name, met, units in counted.itertuples()}


def unit_sums(cells: pd.DataFrame) -> UnitSums:
    """The cells summed up; ties for the most-missed obligation go to the first."""
    missing = {obligation: rate.units - rate.present for obligation, rate in rates(cells).items()}
    least = max(missing, key=missing.__getitem__)
    return UnitSums(
        units=int(cells["unit_id"].nunique()),
        meeting_all=int(cells.groupby("unit_id")["present"].all().sum()),
        present=int(cells["present"].sum()),
        least=least if missing[least] else None,
        missing=missing[least],
    )
