"""The figures of a briefing: counted and rolled up from one selection, each with its source.

Nothing is calculated here that a page does not calculate: cells are rolled up by `tracking.figures.indicators`, tasks
are grouped by how they stand to their schedule.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from tracking.figures import indicators
from tracking.figures.counts import UNIT_COUNTS, in_force
from tracking.figures.cube import Cube
from tracking.figures.indicators import Headline
from tracking.messages import Message, text
from tracking.vocabulary import BriefingKind, Language, Light


class Pace(StrEnum):
    """Where a task stands against its schedule, in briefing order; worded `pace.<value>`."""

    COMPLETED = "completed"
    AHEAD = "ahead"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the text shows it: its name in words, its denominator, and the moment it describes."""

    label: str
    shown: str
    value: float | None
    numerator: float | None
    denominator: float | None
    as_of: str


@dataclass(frozen=True)
class Material:
    """The data behind a briefing: the extract it describes and that extract's frames.

    `place` is the name of its region or unit, empty for the nation; `period` is worded. `tasks` have the
    columns of `db.tasks.queries.task_frame`, `difficulties` are the open ones, as of `as_of_at`; everything
    else is as of `as_of_on`. A task counts as ahead or behind from `band_permille`, the threshold of the
    amber light.
    """

    kind: BriefingKind
    language: Language
    notice: str
    place: str
    period: str
    as_of_on: date
    as_of_at: datetime
    cube: Cube
    before: Cube | None
    tasks: pd.DataFrame
    difficulties: pd.DataFrame
    band_permille: int

    def say(self, key: str, /, **values: Any) -> str:
        """The wording of `briefing.<key>`."""
        return text(f"briefing.{key}", self.language, **values)


def paced(material: Material) -> pd.DataFrame:
    """The tasks that count, that is, those not suspended, with their `pace`.

    Completed means a blue light, other a grey one. Behind means red, or at least the threshold behind; ahead
    means at least the threshold ahead; anything in between is on schedule.
    """
    tasks = in_force(material.tasks)
    light, gap = tasks["light"].astype(str), tasks["deviation_permille"]
    band = material.band_permille
    pace = np.select(
        [light == Light.BLUE, light == Light.GREY, (light == Light.RED) | (gap <= -band), gap >= band],
        [Pace.COMPLETED.value, Pace.OTHER.value, Pace.BEHIND.value, Pace.AHEAD.value],
        default=Pace.ON_SCHEDULE.value,
    )
    return tasks.assign(pace=pace)


def rows_of(material: Material) -> pd.DataFrame:
    """The breakdown for a kind of briefing: key, name, then the figures of `tracking.figures.rollup`.

    A unit is broken down by measure, a measure by region, everything else by key area. Rows without tasks are
    left out.
    """
    cube = material.cube
    if material.kind is BriefingKind.UNIT_SHEET:
        found = indicators.completion_by_measure(cube)
        found = found.assign(key=found["number"], name=found["short_title"])
    elif material.kind is BriefingKind.MEASURE_SHEET:
        found = indicators.completion_by_region(cube)
        found = found.assign(key=np.arange(1, len(found) + 1), name=found["region"])
    else:
        found = indicators.completion_by_area(cube)
        found = found.assign(key=found["key_area_number"], name=found["key_area_title"])
    return found[found["tasks"] > 0]


def figures_of(material: Material) -> dict[str, Figure]:
    """Every figure used in the text of a briefing, by name."""
    tasks = paced(material)
    head = indicators.headline(material.cube, material.before)
    maker = _Maker(material)
    return {
        **_of_units(maker, head),
        **_of_paces(maker, tasks),
        **_of_completion(maker, head),
        **_of_rows(maker, rows_of(material)),
        **_of_laggards(maker, tasks),
        **_of_difficulties(maker),
    }


def plain_figures(figures: Mapping[str, Figure]) -> dict[str, dict[str, Any]]:
    """The figures as JSON keeps them."""
    return {name: asdict(figure) for name, figure in figures.items()}


@dataclass(frozen=True)
class _Maker:
    """Words and dates the figures of one briefing."""

    material: Material

    def label(self, key: str, **values: Any) -> str:
        return text(f"briefing_figure.{key}", self.material.language, **values)

    def count(self, label: str, value: int, whole: int | None = None, *, now: bool = False) -> Figure:
        as_of = self.material.as_of_at if now else self.material.as_of_on
        return Figure(label, str(value), value, value, whole, as_of.isoformat())

    def percent(
        self, label: str, permille: float | None, numerator: float | None, denominator: float | None
    ) -> Figure:
        """A share as a percentage with one decimal; a dash if unknown."""
        shown = "—" if permille is None else f"{permille / 10:.1f}%"
        return Figure(label, shown, permille, numerator, denominator, self.material.as_of_on.isoformat())

    def points(self, label: str, points: float | None) -> Figure:
        """A difference in percentage points, unsigned: the surrounding words say which way."""
        shown = "—" if points is None else f"{abs(points):.1f}"
        return Figure(label, shown, points, None, None, self.material.as_of_on.isoformat())


def _of_units(maker: _Maker, head: Headline) -> dict[str, Figure]:
    figures = {
        name: maker.count(maker.label(name), getattr(head, name), head.units_total) for name in UNIT_COUNTS
    }
    if maker.material.kind is not BriefingKind.MEASURE_SHEET:
        label = maker.label("without_plan")
        figures["without_plan"] = maker.count(label, len(head.without_plan), head.units_total)
    return {"units_total": maker.count(maker.label("units_total"), head.units_total), **figures}


def _of_paces(maker: _Maker, tasks: pd.DataFrame) -> dict[str, Figure]:
    total = len(tasks)
    figures = {"tasks": maker.count(maker.label("tasks"), total)}
    for pace in Pace:
        word = text(f"pace.{pace}", maker.material.language)
        count = int((tasks["pace"] == pace).sum())
        figures[str(pace)] = maker.count(maker.label("pace", name=word), count, total)
        share = count * 1000 / total if total else None
        figures[f"{pace}_share"] = maker.percent(maker.label("pace_share", name=word), share, count, total)
    suspended = len(maker.material.tasks) - total
    return {**figures, "suspended": maker.count(maker.label("suspended"), suspended)}


def _of_completion(maker: _Maker, head: Headline) -> dict[str, Figure]:
    deviation = None if head.deviation_permille is None else head.deviation_permille / 10
    ratios = {"completion": head.completion_permille, "expected": head.expected_permille}
    return {
        **{
            name: maker.percent(maker.label(name), value, _summed(value, head.units), head.units)
            for name, value in ratios.items()
        },
        "deviation": maker.points(maker.label("deviation"), deviation),
        "change": maker.points(maker.label("change"), head.change_points),
        "gap": maker.points(maker.label("gap"), head.deviation_change_points),
    }


def _summed(mean: float | None, units: int) -> float | None:
    """The sum over units behind a mean, in percent."""
    return None if mean is None else round(mean * units / 10, 1)


def _of_rows(maker: _Maker, rows: pd.DataFrame) -> dict[str, Figure]:
    figures = {}
    lines: list[Any] = list(rows.itertuples())
    for row in lines:
        named = {"name": row.name}
        figures[f"row_{row.key}_tasks"] = maker.count(maker.label("row_tasks", **named), int(row.tasks))
        for part in ("completion", "expected"):
            value = float(getattr(row, f"{part}_permille"))
            figures[f"row_{row.key}_{part}"] = maker.percent(
                maker.label(f"row_{part}", **named), value, _summed(value, int(row.units)), int(row.units)
            )
    return figures


def _of_laggards(maker: _Maker, tasks: pd.DataFrame) -> dict[str, Figure]:
    """How many units have tasks behind schedule, and for each of them how many out of how many."""
    figures = {}
    for unit_id, own in tasks.groupby("unit_id", sort=False):
        behind = int((own["pace"] == Pace.BEHIND).sum())
        if behind:
            label = maker.label("behind_of", name=own["unit_name"].iloc[0])
            figures[f"behind_{unit_id}"] = maker.count(label, behind, len(own))
    total = tasks["unit_id"].nunique()
    return {"behind_units": maker.count(maker.label("behind_units"), len(figures), total), **figures}


def _of_difficulties(maker: _Maker) -> dict[str, Figure]:
    found = maker.material.difficulties
    total = len(found)
    figures = {"difficulties": maker.count(maker.label("difficulties"), total, now=True)}
    for (number, name), own in found.groupby(["measure_number", "measure_short_title"]):
        label = maker.label("difficulties_of", name=name)
        figures[f"difficulties_{number}"] = maker.count(label, len(own), total, now=True)
    for cause, own in found.groupby("cause"):
        label = maker.label("difficulties_of", name=Message(f"difficulty_cause.{cause}"))
        figures[f"difficulties_{cause}"] = maker.count(label, len(own), total, now=True)
    return figures
