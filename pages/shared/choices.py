"""Choices on the read pages: notice, a period that has begun, region, measure.

`Choice` is made of plain values, so that a kept figure can be keyed by it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from db.corrections.queries import correction_count
from db.periods.queries import periods_frame, year_in_hand
from db.periods.rows import PeriodRow
from db.reference.queries import measures_frame, notices_frame, units_frame
from db.reference.rows import MeasureRow, NoticeRow, UnitRow
from db.typed_rows import rows_as
from pages.shared.filters import asked_number, pick, with_all
from pages.shared.reads import Reads
from pages.shared.vintages import bring_back, pick_vintage, vintage_of
from pages.shared.wording import day, language, message_text, plain, translate
from tracking.figures.indicators import province_units
from tracking.figures.vintages import NEWEST, Vintage
from tracking.periods import figures_as_of, period_name
from tracking.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Choice:
    """A notice, one of its periods, the previous one in the same year, and the day the figures are as of.

    `vintage` is the knowledge they are based on.
    """

    notice_id: int
    period_id: int
    before_id: int | None
    year: int
    number: int
    period: str
    as_of: date
    vintage: Vintage = NEWEST
    frozen_at: datetime | None = None


def chosen_notice(reads: Reads) -> int | None:
    """The notice in the address, else the newest; None before any is loaded."""
    notices = reads.common(notices_frame)
    asked = asked_number("notice")
    known = notices["notice_id"].tolist()
    return asked if asked in known else next(iter(known), None)


def pick_notice(reads: Reads) -> int | None:
    """The picker of notices; nothing is drawn where there is but one."""
    notices = reads.common(notices_frame)
    if len(notices) < 2:
        return chosen_notice(reads)
    names = {row.notice_id: f"{plain(row.number)} {plain(row.title)}" for row in rows_as(NoticeRow, notices)}
    chosen: int = pick("notice", names)
    return chosen


def plan_year(reads: Reads, notice_id: int) -> int:
    """The plan year in hand on the page's day."""
    return reads.common(year_in_hand, notice_id=notice_id, on=reads.today)


def begun_periods(reads: Reads, notice_id: int) -> pd.DataFrame:
    """The periods that have begun, newest first, with their `name`."""
    return reads.made(_begun_periods, notice_id, language())


def _begun_periods(reads: Reads, notice_id: int, _language: Language) -> pd.DataFrame:
    periods = reads.common(periods_frame, notice_id=notice_id)
    begun = periods[periods["starts_on"] <= reads.today]
    return begun.assign(name=[name_of(row) for row in rows_as(PeriodRow, begun)])


def name_of(period: object) -> str:
    """The name of a period, from a row with year, number and cycle."""
    year, number, cycle = (getattr(period, part) for part in ("year", "number", "cycle"))
    return message_text(period_name(year=int(year), number=int(number), cycle=str(cycle)))


def pick_period(reads: Reads) -> Choice | None:
    """The picker of periods; None if none has begun yet."""
    notice_id = chosen_notice(reads)
    choices = {} if notice_id is None else reads.made(_choices, notice_id, language())
    if not choices:
        return None
    names = {period_id: choice.period for period_id, choice in choices.items()}
    choice = choices[pick("period", names, default=next(iter(names)))]
    choice = replace(choice, vintage=vintage_of(reads.known_on, frozen=choice.frozen_at is not None))
    if reads.known_on:
        said = translate("vintage.reading", day=day(reads.known_on))
        bring_back(reads.store, said, notice_id=choice.notice_id, year=choice.year, days=[reads.known_on])
    return choice


def _choices(reads: Reads, notice_id: int, _language: Language) -> dict[int, Choice]:
    """Period begun, newest first → its choice."""
    periods = begun_periods(reads, notice_id)
    return {
        period_id: choice_of(periods, notice_id, period_id, reads.today)
        for period_id in periods["period_id"].tolist()
    }


def choice_of(periods: pd.DataFrame, notice_id: int, period_id: int, today: date) -> Choice:
    """The choice of one of the periods begun, given newest first, with the newest figures."""
    place = periods["period_id"].tolist().index(period_id)
    row = periods.iloc[place]
    before = periods.iloc[place + 1 : place + 2]
    same_year = not before.empty and before.iloc[0]["year"] == row["year"]
    return Choice(
        notice_id=notice_id,
        period_id=period_id,
        before_id=int(before.iloc[0]["period_id"]) if same_year else None,
        year=int(row["year"]),
        number=int(row["number"]),
        period=str(row["name"]),
        as_of=figures_as_of(ends_on=row["ends_on"], today=today),
        frozen_at=None if pd.isna(row["frozen_at"]) else row["frozen_at"],
    )


def pick_figures(reads: Reads, choice: Choice) -> None:
    """The vintage control for a choice."""
    corrections = reads.scoped(correction_count, period_id=choice.period_id) if choice.frozen_at else 0
    pick_vintage(choice.vintage, choice.frozen_at, corrections)


def units_in_reach(reads: Reads, on: date | None = None, since: date | None = None) -> pd.DataFrame:
    """The reporting units this reader may see, and those not covered; the columns of `units_frame`.

    As of a day, by default the page's; with `since` also those that stood on that day or later. Under the notice of
    the page, only those that it addresses report.
    """
    return reads.made(_units_in_reach, chosen_notice(reads), on or reads.today, since)


def _units_in_reach(reads: Reads, notice_id: int | None, on: date, since: date | None) -> pd.DataFrame:
    units = reads.common(units_frame, on=on, since=since, notice_id=notice_id)
    return units[[not row.reports or reads.scope.covers(row.unit_id) for row in rows_as(UnitRow, units)]]


def measure_names(reads: Reads, notice_id: int, year: int | None = None) -> dict[int, str]:
    """Measure → number and short title; of those in force in a year, if given."""
    return reads.made(_measure_names, notice_id, year)


def _measure_names(reads: Reads, notice_id: int, year: int | None) -> dict[int, str]:
    measures = reads.common(measures_frame, notice_id=notice_id, year=year)
    return {row.measure_id: f"{row.number} {plain(row.short_title)}" for row in rows_as(MeasureRow, measures)}


def pick_measure(
    reads: Reads, notice_id: int, *, all_of_them: bool = False, year: int | None = None
) -> int | None:
    """The picker of measures, of those of a year, if given; with `all_of_them`, None means all."""
    names = measure_names(reads, notice_id, year)
    chosen: int | None = pick("measure", with_all(names, "measure") if all_of_them else names)
    return chosen


def pick_region(reads: Reads, grouping: str = "region_seven", on: date | None = None) -> str | None:
    """The picker of regions among the units in reach, of a day; None means all."""
    chosen: str | None = pick(
        "region", with_all(reads.made(_region_names, chosen_notice(reads), grouping, on), "region")
    )
    return chosen


def _region_names(reads: Reads, _notice_id: int | None, grouping: str, on: date | None) -> dict[str, str]:
    units = units_in_reach(reads, on)
    return {name: plain(name) for name in units[units["reports"]][grouping].dropna().unique()}


def pick_view(reads: Reads, on: date | None = None) -> bool:
    """The picker of the view: every unit of a day separately, or (true) hosted ones added to their province."""
    units = units_in_reach(reads, on)
    units = units[units["reports"]]
    counts = {"units": len(units), "provinces": len(province_units(units))}
    return bool(
        pick("view", {name: translate(f"region.view_{name}", count=count) for name, count in counts.items()})
        == "provinces"
    )


def pick_unit(
    reads: Reads, region: str | None, grouping: str, *, provinces: bool = False, on: date | None = None
) -> int | None:
    """The picker of reporting units in reach, of a day and of the chosen region, if any; None means all.

    In the `provinces` view, hosted units are part of their host.
    """
    units = units_in_reach(reads, on)
    units = units[units["reports"]]
    units = province_units(units) if provinces else units
    if region is not None:
        units = units[units[grouping] == region]
    names = {row.unit_id: plain(row.short_name) for row in rows_as(UnitRow, units)}
    chosen: int | None = pick("unit", with_all(names, "unit"))
    return chosen


def pick_tree() -> bool:
    """The picker of the hierarchy: that of the period's own day, or (true) that of today."""
    return bool(
        pick("tree", {name: translate(f"hierarchy.tree_{name}") for name in ("day", "today")}) == "today"
    )
