"""Reads what counts of the tasks of a ledger: values and milestones reached, and what they count against."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlmodel import col

from db.batches import batches
from db.frames import rows_of
from db.sql import Statement, select
from db.store import Store
from db.tables import IndicatorActual, Milestone, MilestoneReached, Target
from tracking.ledgers.figures import LedgerIndicator, plain
from tracking.scales import value_of


@dataclass(frozen=True, slots=True)
class Counted:
    """By update the cumulative values, by indicator, and the milestones reached; by task revision what was to be reached."""

    values: Mapping[int, Mapping[int, Decimal]]
    reached: Mapping[int, frozenset[int]]
    targets: Mapping[int, Mapping[int, Decimal]]
    milestones: Mapping[int, frozenset[int]]

    def told(self, fact: Any) -> Mapping[int, Decimal]:
        """Indicator → the cumulative value that counts, of those a task has reported."""
        return self.values.get(fact.update_id, {})

    def aims_of(self, fact: Any) -> Mapping[int, Decimal]:
        """Indicator → the final target that a task's completion is counted against."""
        return self.targets.get(fact.baseline_revision_id, {})

    def in_words(self, fact: Any, indicators: Mapping[int, LedgerIndicator]) -> str:
        """The values that count, each with its unit; else milestones reached of all, or the percentage typed.

        Empty before the first report that counts.
        """
        if not fact.update_id:
            return ""
        if values := self.told(fact):
            said = sorted((indicators[key].code, key) for key in values)
            return "；".join(indicators[key].told(values[key]) for _, key in said)
        if steps := self.milestones.get(fact.baseline_revision_id):
            return f"{len(steps & self.reached.get(fact.update_id, frozenset()))}/{len(steps)}"
        return f"{plain(Decimal(fact.completion_permille) / 10)}%"


def counted_of(store: Store, facts: pd.DataFrame) -> Counted:
    """What counts of these facts of tasks, with `update_id`, `revision_id` and `baseline_revision_id`."""
    updates = _keys(facts, "update_id")
    revisions = _keys(facts, "revision_id", "baseline_revision_id")
    targets: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for revision_id, indicator_id, value in _rows(store, _TARGETS, Target.task_revision_id, revisions):
        targets[revision_id][indicator_id] = value
    values: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for update_id, indicator_id, *said in _rows(store, _VALUES, IndicatorActual.update_id, updates):
        values[update_id][indicator_id] = value_of(*said)
    return Counted(
        values,
        _sets(_rows(store, _REACHED, MilestoneReached.update_id, updates)),
        targets,
        _sets(_rows(store, _MILESTONES, Milestone.task_revision_id, revisions)),
    )


# By day, so that the last value of an indicator is its final target.
_TARGETS = select(Target.task_revision_id, Target.indicator_id, Target.value).order_by(Target.due_on)
_MILESTONES = select(Milestone.task_revision_id, Milestone.number)
_VALUES = select(
    IndicatorActual.update_id,
    IndicatorActual.indicator_id,
    IndicatorActual.value,
    IndicatorActual.numerator,
    IndicatorActual.denominator,
)
_REACHED = select(MilestoneReached.update_id, MilestoneReached.milestone_number)


def _keys(facts: pd.DataFrame, *columns: str) -> list[int]:
    return sorted({int(key) for column in columns for key in facts[column]})


def _rows(store: Store, statement: Statement, column: Any, keys: Iterable[int]) -> Iterator[Any]:
    for some in batches(keys):
        yield from rows_of(store, statement.where(col(column).in_(some)))


def _sets(pairs: Iterable[Any]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, number in pairs:
        found[key].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}
