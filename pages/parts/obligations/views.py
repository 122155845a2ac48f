"""The obligations page: its cells, sentence and figures, and where each cell leads."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure

from db.obligations.queries import obligation_facts_frame
from db.typed_rows import values_of
from pages.shared.choices import plan_year
from pages.shared.components import Figure as Shown, figures
from pages.shared.pictures import Lead, dark
from pages.shared.reads import Reads
from pages.shared.wording import day, language, percent, plain, translate
from tracking import charts
from tracking.obligations import REGISTERS, Obligation, obligation_cells, rates, unit_sums
from tracking.vocabulary import Language

# Work plan and goals share a figure: a page has room for five.
FIGURES = tuple(obligation for obligation in Obligation if obligation is not Obligation.GOALS)


def obligations_of(reads: Reads, notice_id: int, region: str | None, unit_id: int | None) -> pd.DataFrame:
    """One row per selected unit and obligation; columns of `tracking.obligations.obligation_cells`."""
    facts = _facts(reads, notice_id)
    if region is not None:
        facts = facts[facts["region_seven"] == region]
    if unit_id is not None:
        facts = facts[facts["unit_id"] == unit_id]
    return obligation_cells(facts)


def _facts(reads: Reads, notice_id: int) -> pd.DataFrame:
    year = plan_year(reads, notice_id)
    return reads.scoped(obligation_facts_frame, notice_id=notice_id, year=year, on=reads.today)


def drawn_grid(reads: Reads, *asked: Any) -> Figure:
    """The main picture of what `obligations_of` gives, in the reader's language and theme."""
    return reads.made(_grid, asked, language(), dark())


def _grid(reads: Reads, asked: tuple[Any, ...], language: Language, dark: bool) -> Figure:
    cells = reads.made(obligations_of, *asked)
    return charts.obligation_grid(cells, language=language, as_of=reads.today, dark=dark)


def obligations_sentence(cells: pd.DataFrame, on: Any) -> str:
    """How many units have everything in place, and what is missing most."""
    sums = unit_sums(cells)
    if sums.units == 1:
        unit = plain(cells["short_name"].iloc[0])
        return translate("obligations_page.sentence_unit", day=day(on), unit=unit, present=sums.present)
    if sums.least is None:
        return translate("obligations_page.sentence_done", day=day(on), units=sums.units)
    return translate(
        "obligations_page.sentence",
        day=day(on),
        units=sums.units,
        all_met=sums.meeting_all,
        least=translate(f"obligation.{sums.least}"),
        missing=sums.missing,
    )


def rate_figures(cells: pd.DataFrame) -> None:
    """How many units have each obligation in place."""
    found = rates(cells)
    figures(
        [
            Shown(
                translate(f"obligation.{obligation}"),
                translate(
                    "obligations_page.rate", present=found[obligation].present, units=found[obligation].units
                ),
                percent(found[obligation].permille),
                translate("obligations_page.share"),
            )
            for obligation in FIGURES
        ]
    )


def obligation_table(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells in words: unit, obligation, in_place, begun_on, evidence."""
    key = {True: translate("obligations_page.present"), False: translate("obligations_page.missing")}
    return cells.assign(
        unit=cells["short_name"],
        obligation=[translate(f"obligation.{name}") for name in cells["obligation"]],
        in_place=[key[bool(there)] for there in cells["present"]],
        begun_on=cells["since_on"],
    )


def leads_behind(reads: Reads, notice_id: int) -> Callable[[Sequence[Any]], Lead]:
    """Where the cells lead, by unit and obligation: to the entries, posts or plan of that unit."""
    facts = _facts(reads, notice_id)
    plans = dict(zip(facts["unit_id"].tolist(), values_of(facts["revision_id"]), strict=True))

    def lead(keys: Sequence[Any]) -> Lead:
        unit_id, obligation = int(keys[0]), Obligation(keys[1])
        if obligation in REGISTERS:
            return "registers", {"register": REGISTERS[obligation][0], "unit": unit_id}
        if obligation is Obligation.RESPONSIBLE_OFFICER:
            return "officers", {"authority": unit_id}
        revision_id = plans[unit_id]
        # Without a plan there is nothing to open: the year's list says who has none.
        if revision_id:
            return "work_plan", {"revision": revision_id}
        return "work_plan", {"year": plan_year(reads, notice_id)}

    return lead
