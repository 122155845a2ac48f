"""How a unit's reports of a period count (on time, late, missing, returned, in work), and who holds what how long.

Timeliness is that of the first submission: a report that came within the window and was returned afterwards is not
late. A completed task is asked for nothing more and counts as reported, as in the maintained cells.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd


class SubmissionState(StrEnum):
    """How a unit stands with its reports of one period, worst first; computed, never stored."""

    MISSING = "missing"
    RETURNED = "returned"
    LATE = "late"
    IN_WORK = "in_work"
    ON_TIME = "on_time"
    NOT_ASKED = "not_asked"


# States are distinguished by shape and word first, by colour last.
STATE_SHAPES: Mapping[SubmissionState, str] = {
    SubmissionState.MISSING: "■",
    SubmissionState.RETURNED: "◆",
    SubmissionState.LATE: "▲",
    SubmissionState.IN_WORK: "◇",
    SubmissionState.ON_TIME: "●",
    SubmissionState.NOT_ASKED: "–",
}


class Stage(StrEnum):
    """Who holds a report, in the order of its stages; worded `stage.<value>`."""

    WRITING = "writing"
    RETURNED = "returned"
    SIGNING = "signing"
    SUBMITTING = "submitting"
    CHECKING = "checking"
    REVIEWING = "reviewing"


# First and last day of each ageing band, in days since the current holder received it; the last band is open.
BANDS: tuple[tuple[int, int | None], ...] = ((0, 3), (4, 7), (8, 14), (15, None))
BAND_COLUMNS = tuple(f"band_{first}" for first, _ in BANDS)
HOLDING_COLUMNS = ("unit_id", "stage", *BAND_COLUMNS, "oldest_on")
COUNTS = ("asked", "reported", "late", "returned", "handed")


@dataclass(frozen=True, slots=True)
class Reports:
    """The tasks of a unit in a period: asked for, reported, late among them, returned and not resubmitted.

    `handed` were handed to the signatory for the first time and have not left the unit.
    """

    asked: int = 0
    reported: int = 0
    late: int = 0
    returned: int = 0
    handed: int = 0

    @property
    def on_time(self) -> int:
        """Reported within the window."""
        return self.reported - self.late

    @property
    def open(self) -> int:
        """Never reported."""
        return max(self.asked - self.reported - self.returned, 0)

    @property
    def unwritten(self) -> int:
        """Never reported, and still with the reporting officer."""
        return max(self.open - self.handed, 0)


def state_of(reports: Reports, *, today: date, opens_on: date, closes_on: date) -> SubmissionState:
    """The state of a unit in a period: the worst among its tasks.

    Nothing is missing before the window closes; until then, unreported tasks count as in work.
    """
    if not reports.asked or today < opens_on:
        return SubmissionState.NOT_ASKED
    over = today > closes_on
    if reports.open and over:
        return SubmissionState.MISSING
    if reports.returned:
        return SubmissionState.RETURNED
    if reports.open:
        return SubmissionState.IN_WORK
    return SubmissionState.LATE if reports.late else SubmissionState.ON_TIME


def band_of(days: int) -> str:
    """The column of the ageing band for this many days."""
    return next(
        name for name, (_, last) in zip(BAND_COLUMNS, BANDS, strict=True) if last is None or days <= last
    )


def submission_matrix(
    counts: pd.DataFrame, units: pd.DataFrame, periods: pd.DataFrame, *, today: date
) -> pd.DataFrame:
    """One row per unit × period, in the order of both frames.

    `counts`: unit_id, period_id and `COUNTS`; `units`: unit_id, short_name, name; `periods`: period_id, name,
    opens_on, closes_on. Columns: unit_id, unit, unit_name, period_id, period, state, asked, reported, on_time,
    late, missing, returned, in_work, unwritten.
    """
    keys = zip(counts["unit_id"].tolist(), counts["period_id"].tolist(), strict=True)
    numbers = zip(*(counts[name].tolist() for name in COUNTS), strict=True)
    known = {key: Reports(*row) for key, row in zip(keys, numbers, strict=True)}
    asking = list(periods[_PERIOD].itertuples(index=False))
    rows = [
        _row(unit, period, known.get((unit.unit_id, period.period_id), Reports()), today)
        for unit in units[_UNIT].itertuples(index=False)
        for period in asking
    ]
    return pd.DataFrame(rows, columns=list(MATRIX_COLUMNS))


MATRIX_COLUMNS = (
    *("unit_id", "unit", "unit_name", "period_id", "period", "state", "asked", "reported"),
    *("on_time", "late", "missing", "returned", "in_work", "unwritten"),
)


_UNIT, _PERIOD = ["unit_id", "short_name", "name"], ["period_id", "name", "opens_on", "closes_on"]


def _row(unit: Any, period: Any, reports: Reports, today: date) -> tuple[Any, ...]:
    state = state_of(reports, today=today, opens_on=period.opens_on, closes_on=period.closes_on)
    over, asked = today > period.closes_on, state is not SubmissionState.NOT_ASKED
    place = (unit.unit_id, unit.short_name, unit.name, period.period_id, period.name, state)
    if not asked:
        return (*place, *(0,) * 8)
    return (
        *place,
        reports.asked,
        reports.reported,
        reports.on_time,
        reports.late,
        reports.open if over else 0,
        reports.returned,
        0 if over else reports.open,
        0 if over else reports.unwritten,
    )


def states_of_period(matrix: pd.DataFrame, period_id: int) -> dict[SubmissionState, int]:
    """How many units are in each state in a period, zero included."""
    found = matrix[matrix["period_id"] == period_id]["state"].value_counts()
    return {state: int(found.get(state, 0)) for state in SubmissionState}


def with_writing(
    holdings: pd.DataFrame, matrix: pd.DataFrame, periods: pd.DataFrame, *, today: date
) -> pd.DataFrame:
    """The holdings, plus reports still to be written in open windows, held since the windows opened."""
    opened = dict(zip(periods["period_id"], periods["opens_on"], strict=True))
    unwritten = matrix.loc[matrix["unwritten"] > 0, ["unit_id", "period_id", "unwritten"]]
    rows = [_written(row, opened[row.period_id], today) for row in unwritten.itertuples(index=False)]
    parts = [holdings, pd.DataFrame(rows, columns=list(HOLDING_COLUMNS))]
    return pd.concat([part for part in parts if len(part)] or [holdings], ignore_index=True)


def _written(row: Any, opened_on: date, today: date) -> dict[str, Any]:
    bands = dict.fromkeys(BAND_COLUMNS, 0) | {band_of((today - opened_on).days): row.unwritten}
    return {"unit_id": row.unit_id, "stage": Stage.WRITING, "oldest_on": opened_on, **bands}


def ageing(holdings: pd.DataFrame) -> pd.DataFrame:
    """Reports by holder and age: one row per stage, in order, with the bands, total and oldest_on."""
    rows = []
    for stage in Stage:
        held = holdings[holdings["stage"] == stage]
        bands = {name: int(held[name].sum()) for name in BAND_COLUMNS}
        oldest_on = min(held["oldest_on"], default=None)
        rows.append({"stage": stage, **bands, "total": sum(bands.values()), "oldest_on": oldest_on})
    return pd.DataFrame(rows)


def ageing_by_unit(holdings: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The same by unit and stage, oldest first; columns unit_id, unit, stage, the bands, total, oldest_on."""
    names = dict(zip(units["unit_id"], units["short_name"], strict=True))
    held: dict[tuple[int, str], tuple[list[int], date]] = {}
    rows = zip(*(holdings[name].tolist() for name in HOLDING_COLUMNS), strict=True)
    for unit_id, stage, *bands, oldest_on in rows:
        before, since = held.get((unit_id, stage), ([0] * len(bands), oldest_on))
        held[unit_id, stage] = [*map(sum, zip(before, bands, strict=True))], min(since, oldest_on)
    lines = [
        (unit_id, names[unit_id], stage, *bands, sum(bands), oldest_on)
        for (unit_id, stage), (bands, oldest_on) in held.items()
        if unit_id in names
    ]
    lines.sort(key=lambda line: (line[-1], -line[-2]))
    return pd.DataFrame(lines, columns=["unit_id", "unit", "stage", *BAND_COLUMNS, "total", "oldest_on"])


def side_by_side(matrix: pd.DataFrame, parts: int) -> list[pd.DataFrame]:
    """The matrix split by unit into similar parts that are all visible at once; fewer than ten units stay together."""
    units = list(dict.fromkeys(matrix["unit_id"]))
    if len(units) < 10:
        return [matrix]
    length = -(-len(units) // parts)
    return [
        matrix[matrix["unit_id"].isin(units[start : start + length])]
        for start in range(0, len(units), length)
    ]
