"""The register of moved dates on a page: filters, sentence, figures, picture, lines and file."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from plotly.graph_objects import Figure as Plot

from db.identity import SignedIn
from db.moves.queries import (
    ON_A_PAGE,
    MoveFilter,
    MoveTotals,
    move_totals,
    moves_by_measure_frame,
    moves_by_unit_frame,
    moves_frame,
)
from pages.parts.moves.table import register_table
from pages.shared.choices import begun_periods, notice_bar, pick_measure, pick_unit, units_in_reach
from pages.shared.components import Figure, empty, figures, foot, heading
from pages.shared.filters import pick, pick_page, with_all
from pages.shared.navigation import address, open_page
from pages.shared.pictures import Lead, dark, picture
from pages.shared.reads import Reads
from pages.shared.wording import day, language, translate
from tracking import charts
from tracking.permissions import Right, may
from tracking.vocabulary import Language, MoveCause, MoveKind


def show_register(by: SignedIn, reads: Reads, notice_id: int, top: Any) -> None:
    """The register of a plan year from the top."""
    year, where = _chosen(reads, notice_id)
    asked = {"notice_id": notice_id, "year": year, "where": where}
    totals = reads.scoped(move_totals, **asked)
    with top:
        heading(translate("page.extensions"), register_sentence(totals, year))
    if not totals.moves:
        empty(translate("extension_page.no_moves"))
        return
    register_figures(totals)
    _show_picture(reads, asked)
    _show_lines(by, reads, asked, totals)
    rules = ("rule_moves", "rule_light", "rule_delay", "rule_times")
    foot(translate("move.source"), day(reads.today), *(translate(f"extension_page.{rule}") for rule in rules))


def _chosen(reads: Reads, notice_id: int) -> tuple[int, MoveFilter]:
    """The plan year, and the filters on its moves, by query name."""
    places = notice_bar(reads, 6)
    begun = begun_periods(reads, notice_id)
    years = begun["year"].unique().tolist() or [reads.today.year]
    with places[0]:
        year = int(pick("year", {number: translate("extension_page.year", year=number) for number in years}))
    with places[1]:
        unit_id = pick_unit(reads, None, "region_seven")
    with places[2]:
        measure_id = pick_measure(reads, notice_id, all_of_them=True)
    with places[3]:
        kind = pick("kind", with_all({word: translate(f"move_kind.{word}") for word in MoveKind}, "kind"))
    with places[4]:
        cause = pick(
            "cause", with_all({word: translate(f"move_cause.{word}") for word in MoveCause}, "cause")
        )
    with places[5]:
        times = pick("times", with_all({"repeated": translate("filter.times_repeated")}, "times"))
    return year, MoveFilter(unit_id, measure_id, kind, cause, repeated=times is not None)


def register_sentence(totals: MoveTotals, year: int) -> str:
    """How often dates were moved, by how many days, and how many moves affect a light."""
    if not totals.moves:
        return translate("extension_page.sentence_no_moves", year=year)
    return translate(
        "extension_page.sentence_moves",
        year=year,
        moves=totals.moves,
        units=totals.units,
        tasks=totals.tasks,
        repeated=totals.repeated,
        extensions=totals.extensions,
        amendments=totals.amendments,
    )


def register_figures(totals: MoveTotals) -> None:
    """Moves, tasks moved, tasks moved more than once, the median of the days, and moves that affect a light."""
    times = {
        "moves": translate("extension_page.times", count=totals.moves),
        "tasks": translate("figure.tasks", tasks=totals.tasks),
        "repeated": translate("figure.tasks", tasks=totals.repeated),
        "median": _median(totals),
        "extensions": translate("extension_page.times", count=totals.extensions),
    }
    figures([Figure(translate(f"extension_page.figure_{name}"), value) for name, value in times.items()])


def _median(totals: MoveTotals) -> str:
    if totals.median_days is None:
        return "—"
    return translate("extension_page.days", days=f"{totals.median_days:+.0f}".replace("-", "−"))


def _show_picture(reads: Reads, asked: dict[str, Any]) -> None:
    """Who moved how many dates; a click narrows the register to them."""
    by_unit = asked["where"].unit_id is None and int(units_in_reach(reads)["reports"].sum()) > 1
    made = reads.made(_bars, tuple(asked.items()), by_unit, language(), dark())
    name, kept = "unit" if by_unit else "measure", dict(st.query_params)

    def lead(keys: Sequence[Any]) -> Lead:
        return "extensions", {**kept, "page": None, name: int(keys[0]), "cause": keys[1]}

    picture(made, key="moves", leads=lead)


def _bars(
    reads: Reads, asked: tuple[tuple[str, Any], ...], by_unit: bool, language: Language, dark: bool
) -> Plot:
    query = moves_by_unit_frame if by_unit else moves_by_measure_frame
    title = translate("extension_page.picture_units" if by_unit else "extension_page.picture_measures")
    frame = reads.scoped(query, **dict(asked))
    return charts.move_bars(frame, language=language, as_of=reads.today, dark=dark, title=title)


def _show_lines(by: SignedIn, reads: Reads, asked: dict[str, Any], totals: MoveTotals) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("extension_page.click"))
        if may(by, Right.EXPORT_LEDGER):
            file = export_address(asked["notice_id"], asked["year"], asked["where"])
            st.link_button(translate("ledger_page.excel"), file, icon=":material/download:", type="primary")
    place = st.container()
    page = pick_page(-(-totals.moves // ON_A_PAGE))
    with place:
        task_id = register_table(reads.scoped(moves_frame, **asked, page=page), key=f"lines_{asked}_{page}")
    if task_id is not None:
        open_page("task", task=task_id)


def export_address(notice_id: int, year: int, where: MoveFilter) -> str:
    """The server's address for the same lines as a workbook."""
    query = address(
        notice=notice_id,
        year=year,
        unit=where.unit_id,
        measure=where.measure_id,
        kind=where.kind,
        cause=where.cause,
        times="repeated" if where.repeated else None,
    )
    return f"/moves.xlsx?{urlencode(query)}"
