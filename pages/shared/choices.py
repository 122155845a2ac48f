"""Choices on the read pages: notice, a period that has begun, region, measure.

`Choice` is made of plain values, so that a kept figure can be keyed by it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from db.corrections.queries import correction_count
from db.periods.queries import periods_frame, year_in_hand
from db.periods.rows import PeriodRow
from db.reference.notice_of import NARROWING, OPENED, notice_of, notices_of_measures
from db.reference.queries import measures_frame, notices_frame, tags_frame, units_frame
from db.reference.rows import MeasureRow, TagRow, UnitRow
from db.typed_rows import rows_as
from pages.shared.filters import asked, asked_number, filter_bar, pick, with_all
from pages.shared.navigation import NOTICE
from pages.shared.reads import Reads
from pages.shared.vintages import bring_back, pick_vintage, vintage_of
from pages.shared.wording import day, language, message_text, plain, translate
from tracking.countries import ALONG, countries
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


def chosen_notice(reads: Reads, *, but: Collection[str] = ()) -> int | None:
    """The notice that the page is about; None before any is loaded.

    That of what is opened, else of the address, of its filters, of the page before; else the newest. Where there are
    several, the address keeps it, and so do the links of the page. `but` are names that mean something else there.
    """
    known = list(notice_names(reads))
    if len(known) < 2:
        return next(iter(known), None)
    found = (
        *(_notice_of(reads, name) for name in OPENED if name not in but),
        asked_number(NOTICE),
        *(_notice_of(reads, name) for name in NARROWING),
        st.session_state.get(NOTICE),
    )
    chosen = next((one for one in found if one in known), known[0])
    st.session_state[NOTICE] = chosen
    if asked(NOTICE) != str(chosen):
        st.query_params[NOTICE] = str(chosen)
    return chosen


def _notice_of(reads: Reads, name: str) -> int | None:
    key = asked_number(name)
    return reads.common(notice_of, name=name, key=key) if key else None


def notice_names(reads: Reads) -> dict[int, str]:
    """Notice → its short name, newest first."""
    return reads.made(_notice_names)


def _notice_names(reads: Reads) -> dict[int, str]:
    notices = reads.common(notices_frame)
    return dict(zip(notices["notice_id"].tolist(), map(plain, notices["number"]), strict=True))


def notice_words(reads: Reads, notice_id: int) -> str:
    """The short name of a notice where there are several, for what stands beside things of another; else ""."""
    names = notice_names(reads)
    return names[notice_id] if len(names) > 1 else ""


def notice_address(reads: Reads, notice_id: int) -> dict[str, int]:
    """The query values of a notice where there are several."""
    return {NOTICE: notice_id} if len(notice_names(reads)) > 1 else {}


def named_of(reads: Reads, label: str, notice_id: int) -> str:
    """A line, after it the short name of the notice it belongs to where there are several."""
    words = notice_words(reads, notice_id)
    return f"{label}　:gray[{words}]" if words else label


def named_of_measure(reads: Reads, label: str, measure_id: int) -> str:
    """The same of what stands under a measure."""
    return named_of(reads, label, reads.common(notices_of_measures)[measure_id])


def with_notice(reads: Reads, frame: pd.DataFrame, *columns: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """A frame and the columns to show of it: where there are several notices also `notice`, from its `notice_id`."""
    names = notice_names(reads)
    if len(names) < 2:
        return frame, columns
    return frame.assign(notice=[names[key] for key in frame["notice_id"].tolist()]), (NOTICE, *columns)


def of_measures(reads: Reads, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose `key` is a measure and `name` what it is called: where there are several notices, by notice."""
    if len(notice_names(reads)) < 2 or frame.empty:
        return frame
    names = measure_names(reads, None)
    named = frame.assign(name=frame["key"].map(names))
    return named.sort_values("key", key=lambda keys: keys.map(list(names).index), kind="stable")


def notice_bar(reads: Reads, pickers: int, *, but: Collection[str] = ()) -> list[Any]:
    """A bar with a place for each picker, after that of the notice, which is drawn where there are several."""
    if len(notice_names(reads)) < 2:
        return filter_bar(pickers) if pickers else []
    # Numbers of notices begin alike: what tells them apart must be in sight.
    first, *places = filter_bar([2, *[1] * max(pickers, 2)])
    with first:
        pick_notice(reads, but=but)
    return places


def pick_notice(reads: Reads, *, but: Collection[str] = ()) -> int | None:
    """The picker of notices, drawn where there are several; another one lets go of what the address holds of this."""
    chosen, names = chosen_notice(reads, but=but), notice_names(reads)
    if len(names) > 1:
        state = f"pick_{NOTICE}"
        st.session_state[state] = chosen
        st.selectbox(
            translate("filter.notice"),
            list(names),
            format_func=names.__getitem__,
            key=state,
            label_visibility="collapsed",
            on_change=_go_to_notice,
            args=(state,),
        )
    return chosen


def _go_to_notice(state: str) -> None:
    for name in (*OPENED, *NARROWING):
        st.query_params.pop(name, None)
    st.query_params[NOTICE] = str(st.session_state[state])


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


def period_names(reads: Reads) -> dict[int, str]:
    """The begun periods of all notices, newest first, each named with its notice where there are several."""
    return {
        key: f"{notice_words(reads, one)} {name}".lstrip()
        for one in notice_names(reads)
        for key, name in _period_names(reads, one)
    }


def _period_names(reads: Reads, notice_id: int) -> list[tuple[int, str]]:
    periods = begun_periods(reads, notice_id)
    return list(zip(periods["period_id"].tolist(), periods["name"], strict=True))


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


def measure_names(reads: Reads, notice_id: int | None, year: int | None = None) -> dict[int, str]:
    """Measure → number and short title; of those in force in a year, if given. Without a notice of all, each named."""
    if notice_id is not None:
        return reads.made(_measure_names, notice_id, year)
    return {
        key: f"{notice_words(reads, one)} {name}".lstrip()
        for one in notice_names(reads)
        for key, name in measure_names(reads, one, year).items()
    }


def _measure_names(reads: Reads, notice_id: int, year: int | None) -> dict[int, str]:
    measures = reads.common(measures_frame, notice_id=notice_id, year=year)
    return {row.measure_id: f"{row.number} {plain(row.short_title)}" for row in rows_as(MeasureRow, measures)}


def tag_names(reads: Reads, notice_id: int) -> dict[int, str]:
    """Tag → title, retired ones too."""
    tags = rows_as(TagRow, reads.common(tags_frame, notice_id=notice_id))
    return {row.tag_id: plain(row.title) for row in tags}


def pick_country() -> str | None:
    """The picker of a country, or of those on the list of countries along the route (`ALONG`); None means any."""
    listed = {ALONG: translate("filter.along"), **countries(language())}
    chosen: str | None = pick("country", with_all(listed, "country"))
    return chosen


def pick_tag(reads: Reads, notice_id: int) -> int | None:
    """The picker of a tag; None means any."""
    chosen: int | None = pick("tag", with_all(tag_names(reads, notice_id), "tag"))
    return chosen


def pick_measure(
    reads: Reads, notice_id: int | None, *, all_of_them: bool = False, year: int | None = None
) -> int | None:
    """The picker of the measures of a notice or of all, and of a year, if given; with `all_of_them`, None means all."""
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
