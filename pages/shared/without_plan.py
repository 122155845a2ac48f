"""Naming the units of a selection for which no plan is filed, in one clause for every page."""

from collections.abc import Collection

import pandas as pd

from db.coverage.queries import planned_units
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate

# How many units a sentence names.
NAMED = 12


def without_plan_clause(units: pd.DataFrame, without: Collection[int]) -> str:
    """How many of these units have no plan filed, and which; "" if every one has. `units` with unit_id and short_name."""
    named = units[units["unit_id"].isin(list(without))]["short_name"]
    if named.empty:
        return ""
    names = translate("access.list").join(map(plain, named.head(NAMED)))
    key = "sentence.without_plan" if len(named) <= NAMED else "sentence.without_plan_more"
    return translate(key, units=len(named), names=names)


def without_plan_sentence(reads: Reads, notice_id: int, year: int, units: pd.DataFrame) -> str:
    """The same of a year as it stands today, as a sentence of its own; "" where there is only one unit."""
    planned = reads.scoped(planned_units, notice_id=notice_id, year=year)
    return as_sentence(without_plan_clause(units, set(units["unit_id"]) - planned) if len(units) > 1 else "")


def as_sentence(clause: str) -> str:
    """A clause behind other sentences, "" if there is none."""
    return translate("sentence.behind", clause=clause) if clause else ""
