"""What belongs to one measure: its title with its source mark, its indicators, the actions taken up."""

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from db.hierarchy.levels import parents_on
from db.obligations.safeguards import action_coverage_frame
from db.reference.passages import passage_of_measure
from db.reference.queries import indicators_frame
from db.traces.actuals import actuals_frame, asked_frame
from pages.parts.figures.by_action import to_ledger
from pages.parts.figures.extract import Extract, measures_of, rows_of, unit_ids_of
from pages.shared.choices import begun_periods
from pages.shared.components import empty
from pages.shared.navigation import open_page, page_link
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table
from pages.shared.wording import plain, translate
from tracking.figures.indicators import indicator_totals
from tracking.figures.supplied import NO_TASK
from tracking.making import Making, counted_once
from tracking.scales import STATES, answers_of, value_words
from tracking.vocabulary import IndicatorKind, TitleSource


def measure_title(reads: Reads, extract: Extract) -> str:
    """Number and title, with a mark until title and area are checked against the notice."""
    row: Any = next(measures_of(reads, extract).itertuples())
    unchecked = TitleSource.TO_BE_CHECKED in {row.title_source, row.area_source}
    mark = f" :gray-badge[{translate('title_source.to_be_checked')}]" if unchecked else ""
    return f"{row.number}　{plain(row.title)}{mark}"


def to_passage(reads: Reads, extract: Extract) -> None:
    """A link to the article of the notice that speaks of the measure, if its text has one."""
    measure_id = extract.measure_id
    if reads.common(passage_of_measure, measure_id=measure_id) is not None:
        notice_id = extract.choice.notice_id
        page_link("policy_text", translate("text_page.to_passage"), measure=measure_id, notice=notice_id)


def show_indicators(reads: Reads, extract: Extract) -> None:
    """The measure's indicators: sums, rates of sums, how many say yes; median and range of any other."""
    st.header(translate("measure.indicators"), anchor=False)
    frame = reads.made(totals_of_indicators, extract)
    if frame.empty:
        empty(translate("measure.no_indicators"))
        return
    rows = [
        (row.name, _amount(row), _manner(row), translate("figure.units", units=row.authorities))
        for row in frame.itertuples(index=False)
    ]
    plain_table(pd.DataFrame(rows, columns=["name", "amount", "manner", "reported_by"]))


def totals_of_indicators(reads: Reads, extract: Extract) -> pd.DataFrame:
    """What the indicators of the selected measure come to over the selected units; columns of `indicator_totals`,
    and `supplied`, for how many authorities the working group supplied it."""
    choice = extract.choice
    indicators = reads.common(indicators_frame, notice_id=choice.notice_id)
    of_measure = {"notice_id": choice.notice_id, "year": choice.year, "measure_id": extract.measure_id}
    dated = {**of_measure, "known_on": reads.known_on}
    actuals = reads.scoped(actuals_frame, **dated, number=_number_asked(reads, extract))
    asked = reads.scoped(asked_frame, **dated)
    if (indicators["making"] != Making.ENTERED).any():
        actuals = counted_once(actuals, indicators, reads.common(parents_on, on=choice.as_of))
    chosen = rows_of(reads, extract, actuals)
    totals = indicator_totals(
        chosen, indicators[indicators["measure_id"] == extract.measure_id], rows_of(reads, extract, asked)
    )
    supplied = chosen[chosen["task_id"] == NO_TASK].groupby("indicator_id")["authority_id"].nunique()
    return totals.assign(supplied=totals["indicator_id"].map(supplied).fillna(0).astype(int))


def _number_asked(reads: Reads, extract: Extract) -> int | None:
    """The number of the period, where others have begun since: what was reported for those does not count in it."""
    newest = begun_periods(reads, extract.choice.notice_id)["period_id"].iloc[0]
    return None if newest == extract.choice.period_id else extract.choice.number


def _amount(row: Any) -> str:
    if row.kind == IndicatorKind.YES_NO:
        said = {"count": number(row.value or Decimal()), "asked": max(row.asked, row.authorities)}
        return translate("measure.answered", **said, answer=answers_of(row.unit)[0])
    return "—" if row.value is None else value_words(row.value, row)


def _manner(row: Any) -> str:
    manner = _reckoned(row)
    if row.exempt:
        manner = translate("measure.with_exempt", manner=manner, exempt=row.exempt)
    if row.supplied:
        manner = translate("measure.with_supplied", manner=manner, supplied=row.supplied)
    return manner


def _reckoned(row: Any) -> str:
    """How the figure of all is reckoned, and how that of each unit with others beneath is made."""
    if row.making == Making.ENTERED:
        return _added_up(row)
    return translate("measure.made", manner=_added_up(row), making=translate(f"making.{row.making}"))


def _added_up(row: Any) -> str:
    if row.kind in STATES:
        return translate(f"measure.of_{row.kind}")
    if row.additive and row.kind == IndicatorKind.AMOUNT:
        return translate("measure.summed_in", currency=translate(f"currency.{row.currency}"))
    if row.additive:
        return translate("measure.summed")
    if row.value is None:
        return translate("measure.latest")
    return translate("measure.median", lowest=number(row.lowest), highest=number(row.highest))


def number(value: Decimal) -> str:
    """An indicator value with thousands separators and no trailing zeros."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def actions_taken(reads: Reads, extract: Extract) -> pd.DataFrame:
    """The concrete actions the notice names, if any, and how many units and tasks take up each."""
    choice = extract.choice
    return reads.scoped(
        action_coverage_frame,
        notice_id=choice.notice_id,
        year=choice.year,
        measure_id=extract.measure_id,
        unit_ids=unit_ids_of(reads, extract),
        known_on=reads.known_on,
    )


def show_actions(taken: pd.DataFrame, extract: Extract) -> None:
    """The result of `actions_taken`, as a table; a click opens the lines of the ledger under an action."""
    st.header(translate("measure.actions"), anchor=False)
    shown = taken.rename(columns={"title": "action"})
    place = table(shown, "action", "units", "tasks", key="actions")
    if place is not None:
        lead = to_ledger(extract, int(taken["action_id"].iloc[place]))
        if lead is not None:
            open_page(lead[0], **lead[1])
