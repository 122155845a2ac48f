"""The list of difficulties: sentence, figures, picture and lines."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure as Plot

from db.clock import day_of
from db.difficulties.queries import DifficultyWhere, causes_frame, open_difficulties_frame
from pages.shared.choices import of_measures
from pages.shared.components import Figure, figures
from pages.shared.pictures import Lead, dark, picture
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import language, translate
from tracking import charts
from tracking.countries import country_names
from tracking.difficulties import DifficultyCause, days_open
from tracking.oversight import AgeBand, side_by_side
from tracking.vocabulary import DifficultyStatus, Language

OPEN = (DifficultyStatus.RAISED, DifficultyStatus.ASSIGNED, DifficultyStatus.ANSWERED)


def difficulties_sentence(reads: Reads) -> str:
    """How many are open, under how many measures, and how long the oldest has waited."""
    found = reads.scoped(open_difficulties_frame)
    if found.empty:
        return translate("difficulties_page.none_open")
    return translate(
        "difficulties_page.sentence",
        total=found["difficulties"].sum(),
        measures=found["key"].nunique(),
        unassigned=_in_state(found, DifficultyStatus.RAISED),
        days=_oldest(found, reads.today),
    )


def _in_state(found: pd.DataFrame, status: DifficultyStatus) -> int:
    return int(found.loc[found["status"] == status, "difficulties"].sum())


def _oldest(found: pd.DataFrame, today: date) -> int:
    oldest = found["oldest_at"].min()
    return 0 if pd.isna(oldest) else days_open(raised_on=day_of(oldest), closed_on=None, today=today)


def show_figures(reads: Reads) -> None:
    """Open ones in total and by state, and the age of the oldest."""
    found = reads.scoped(open_difficulties_frame)
    states = [
        Figure(
            translate(f"difficulty_status.{status}"),
            translate("difficulties_page.count", count=_in_state(found, status)),
        )
        for status in OPEN
    ]
    figures(
        [
            Figure(
                translate("difficulty_standing.open"),
                translate("difficulties_page.count", count=found["difficulties"].sum()),
            ),
            *states,
            Figure(
                translate("difficulties_page.oldest"),
                translate("difficulties_page.days", days=_oldest(found, reads.today)),
            ),
        ]
    )


def show_picture(reads: Reads) -> None:
    """The open ones by measure, split by age; a click narrows the list to the measure."""
    picture(
        reads.made(_picture, language(), dark()),
        key="open_difficulties",
        table=lambda: plain_table(_wide(reads).drop(columns="key").rename(columns=_column_names)),
        leads=leads_by_age,
    )


def leads_by_age(keys: Sequence[Any]) -> Lead:
    """Where the parts of the bars lead: to the open ones of that measure and age."""
    return "difficulties", {"measure": int(keys[0]), "band": keys[1]}


def _wide(reads: Reads) -> pd.DataFrame:
    found = of_measures(reads, reads.scoped(open_difficulties_frame))
    return side_by_side(found, AgeBand, part="band", count="difficulties")


def _column_names(column: str) -> str:
    return column if column == "name" else f"age_{column}"


def _picture(reads: Reads, language: Language, dark: bool) -> Plot:
    return charts.difficulty_bars(_wide(reads), as_of=reads.today, language=language, dark=dark)


def word_difficulties(found: pd.DataFrame, today: date) -> pd.DataFrame:
    """Rows of `difficulties_frame` with state, cause, countries and age in words."""
    return found.assign(
        difficulty_state=[translate(f"difficulty_status.{status}") for status in found["status"]],
        difficulty_cause=[cause_word(cause) for cause in found["cause"]],
        countries=[country_names(codes, language()) for codes in found["countries"]],
        age=[translate("difficulties_page.days", days=age_of(row, today)) for row in found.itertuples()],
    )


def cause_words() -> dict[DifficultyCause, str]:
    """Cause → its words."""
    return {cause: translate(f"difficulty_cause.{cause}") for cause in DifficultyCause}


def cause_word(cause: DifficultyCause | None) -> str:
    """A cause in words; none was given before it was asked for."""
    return translate("difficulties_page.no_cause") if cause is None else cause_words()[cause]


def causes_sentence(reads: Reads, where: DifficultyWhere) -> str:
    """How many of the listed ones have which cause."""
    found = reads.scoped(causes_frame, **where)
    said = [
        translate("difficulties_page.of_cause", cause=cause_word(cause), count=count)
        for cause, count in zip(found["cause"], found["difficulties"], strict=True)
    ]
    return translate("difficulties_page.causes", causes=translate("access.list").join(said))


def age_of(difficulty: Any, today: date) -> int:
    """How many days a row of the frame has been open."""
    closed = difficulty.closed_at
    closed_on = None if pd.isna(closed) else day_of(closed)
    return days_open(raised_on=day_of(difficulty.raised_at), closed_on=closed_on, today=today)
