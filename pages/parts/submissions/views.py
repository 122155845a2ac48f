"""The reporting page: matrix and holdings of a selection, sentence and figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure as Plot

from db.periods.queries import periods_frame
from db.submissions.holdings import holdings_frame
from db.submissions.queries import submissions_frame
from pages.shared.choices import name_of, units_in_reach
from pages.shared.components import Figure, figures
from pages.shared.filters import asked
from pages.shared.pictures import Leads
from pages.shared.reads import Reads
from pages.shared.without_plan import without_plan_sentence
from pages.shared.wording import day, language, plain, translate
from tracking import charts, submissions as rules
from tracking.submissions import BAND_COLUMNS, STATE_SHAPES, SubmissionState
from tracking.vocabulary import Language


@dataclass(frozen=True, slots=True)
class SubmissionsSelection:
    """The selected year, with an optional region or unit, and period."""

    notice_id: int
    year: int
    region: str | None = None
    unit_id: int | None = None
    period_id: int | None = None


def in_address(wanted: SubmissionsSelection) -> dict[str, object]:
    """The selection as in the page's address."""
    return {"year": wanted.year, "region": wanted.region, "unit": wanted.unit_id}


def leads_by_cell(wanted: SubmissionsSelection) -> Leads:
    """Where the cells of the matrix lead: to the same page for that unit and period alone."""
    return lambda keys: (
        "submissions",
        {**in_address(wanted), "unit": int(keys[0]), "period": int(keys[1])},
    )


def leads_by_band(wanted: SubmissionsSelection) -> Leads:
    """Where the cells of the ageing lead: to the units holding reports at that stage for that long."""
    return lambda keys: ("submissions", {**in_address(wanted), "stage": keys[0], "band": keys[1]})


def asked_bands() -> list[str]:
    """The ageing band in the address, else all."""
    return [name for name in BAND_COLUMNS if name == asked("band")] or list(BAND_COLUMNS)


def units_wanted(reads: Reads, wanted: SubmissionsSelection) -> pd.DataFrame:
    """The selected reporting units; columns of `units_frame`."""
    return reads.made(_units_wanted, wanted)


def _units_wanted(reads: Reads, wanted: SubmissionsSelection) -> pd.DataFrame:
    first, last = date(wanted.year, 1, 1), min(reads.today, date(wanted.year, 12, 31))
    units = units_in_reach(reads, last, first)
    units = units[units["reports"].astype(bool)]
    if wanted.region is not None:
        units = units[units["region_seven"] == wanted.region]
    return units if wanted.unit_id is None else units[units["unit_id"] == wanted.unit_id]


def periods_wanted(reads: Reads, wanted: SubmissionsSelection, _language: Language) -> pd.DataFrame:
    """The periods of the year in order, with their `name`."""
    periods = reads.common(periods_frame, notice_id=wanted.notice_id)
    periods = periods[periods["year"] == wanted.year].iloc[::-1]
    return periods.assign(name=[name_of(row) for row in periods.itertuples()])


def matrix_of(reads: Reads, wanted: SubmissionsSelection, words: Language) -> pd.DataFrame:
    """The matrix unit × period; columns of `tracking.submissions.submission_matrix`."""
    counts = reads.scoped(submissions_frame, notice_id=wanted.notice_id, year=wanted.year)
    units, periods = units_wanted(reads, wanted), reads.made(periods_wanted, wanted, words)
    return rules.submission_matrix(counts, units, periods, today=reads.today)


def holdings_of(reads: Reads, wanted: SubmissionsSelection, words: Language) -> pd.DataFrame:
    """Reports by holder, by unit and stage."""
    held = reads.scoped(holdings_frame, notice_id=wanted.notice_id, year=wanted.year)
    held = held[held["unit_id"].isin(units_wanted(reads, wanted)["unit_id"])]
    matrix, periods = reads.made(matrix_of, wanted, words), reads.made(periods_wanted, wanted, words)
    return rules.with_writing(held, matrix, periods, today=reads.today)


def grids(reads: Reads, wanted: SubmissionsSelection, words: Language, dark: bool) -> list[Plot]:
    """The matrix as pictures side by side."""
    parts = rules.side_by_side(reads.made(matrix_of, wanted, words), 2)
    titles = [None, translate("chart.submissions_more")]
    return [
        charts.submission_grid(part, language=words, as_of=reads.today, dark=dark, title=title)
        for part, title in zip(parts, titles, strict=False)
    ]


def ageing_plot(reads: Reads, wanted: SubmissionsSelection, words: Language, dark: bool) -> Plot:
    """How long reports have been with whom."""
    frame = rules.ageing(reads.made(holdings_of, wanted, words))
    return charts.ageing_grid(frame, language=words, as_of=reads.today, dark=dark)


def asked_period(reads: Reads, wanted: SubmissionsSelection) -> Any | None:
    """The selected period, else the year's latest with an open or past window; None before the first."""
    periods = reads.made(periods_wanted, wanted, language())
    own = periods[periods["period_id"] == wanted.period_id]
    opened = periods[periods["opens_on"] <= reads.today] if own.empty else own
    return None if opened.empty else opened.iloc[-1]


def sentence(reads: Reads, wanted: SubmissionsSelection) -> str:
    """The state of the latest period, and the reports in progress."""
    period = asked_period(reads, wanted)
    if period is None:
        return translate("submissions.none_asked", day=day(reads.today))
    rows = _rows_of(reads, wanted, period)
    told = {"day": day(reads.today), "period": str(period["name"])}
    if len(rows) == 1:
        names = ("asked", "reported", "late", "missing", "returned", "in_work")
        said = translate("submissions.sentence_own", **told, **{name: rows[name].sum() for name in names})
    else:
        states = _states(reads, wanted, period)
        units = sum(states.values()) - states[SubmissionState.NOT_ASKED]
        counts = {str(state): number for state, number in states.items()}
        said = translate("submissions.sentence", **told, units=units, **counts)
    without = without_plan_sentence(reads, wanted.notice_id, wanted.year, units_wanted(reads, wanted))
    return said + without + _held_sentence(reads, wanted)


def _rows_of(reads: Reads, wanted: SubmissionsSelection, period: Any) -> pd.DataFrame:
    matrix = reads.made(matrix_of, wanted, language())
    rows: pd.DataFrame = matrix[matrix["period_id"] == period["period_id"]]
    return rows


def _states(reads: Reads, wanted: SubmissionsSelection, period: Any) -> dict[SubmissionState, int]:
    return rules.states_of_period(reads.made(matrix_of, wanted, language()), period["period_id"])


def _held_sentence(reads: Reads, wanted: SubmissionsSelection) -> str:
    held = by_unit(reads, wanted)
    if held.empty:
        return translate("submissions.none_held")
    first = held.iloc[0]
    return translate(
        "submissions.held",
        total=held["total"].sum(),
        old=held[BAND_COLUMNS[-1]].sum(),
        since=day(first["oldest_on"]),
        days=(reads.today - first["oldest_on"]).days,
        stage=translate(f"stage.{first['stage']}"),
        unit=plain(first["unit"]),
    )


def by_unit(reads: Reads, wanted: SubmissionsSelection) -> pd.DataFrame:
    """The holdings by unit and stage, oldest first."""
    return reads.made(_by_unit, wanted, language())


def _by_unit(reads: Reads, wanted: SubmissionsSelection, words: Language) -> pd.DataFrame:
    return rules.ageing_by_unit(reads.made(holdings_of, wanted, words), units_wanted(reads, wanted))


def figures_of(reads: Reads, wanted: SubmissionsSelection) -> None:
    """Units on time, late, missing and returned in the latest period, and reports held for long."""
    period = asked_period(reads, wanted)
    if period is None:
        return
    states, rows = _states(reads, wanted, period), _rows_of(reads, wanted, period)
    units = sum(states.values()) - states[SubmissionState.NOT_ASKED]
    shown = (SubmissionState.ON_TIME, SubmissionState.LATE, SubmissionState.MISSING, SubmissionState.RETURNED)
    held = by_unit(reads, wanted)
    old = Figure(
        translate("submissions.figure_old"),
        translate("submissions.figure_held", number=int(held[BAND_COLUMNS[-1]].sum())),
        translate("submissions.figure_of", total=int(held["total"].sum())),
    )
    figures(
        [
            *(
                Figure(
                    f"{STATE_SHAPES[state]} {translate(f'submission_state.{state}')}",
                    translate("submissions.figure_units", units=states[state], total=units),
                    translate("submissions.figure_tasks", tasks=int(rows[str(state)].sum())),
                )
                for state in shown
            ),
            old,
        ]
    )
