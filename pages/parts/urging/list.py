"""The list of urging slips: sentence, figures, picture and lines."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure as Plot

from db.typed_rows import rows_as
from db.urging.queries import open_slips_frame
from db.urging.rows import SlipRow
from pages.shared.choices import of_measures
from pages.shared.components import Figure, figures
from pages.shared.filters import asked_number
from pages.shared.pictures import Lead, dark, picture
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import language, translate
from tracking import charts
from tracking.oversight import side_by_side
from tracking.palette import SLIP_SHAPES
from tracking.urging import Slip, is_unmet
from tracking.vocabulary import Language, SlipLevel

PAGE_ROWS = 50


def place_in(total: int) -> tuple[int, int]:
    """The first line of the page in the address, and how many pages a list of this length has."""
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(asked_number("page") or 1, 1), pages)
    return (page - 1) * PAGE_ROWS, pages


def level_words(level: SlipLevel) -> str:
    """A level with its shape and word, never by colour alone."""
    return f"{SLIP_SHAPES[level]} {translate(f'slip_level.{level}')}"


def slips_sentence(reads: Reads) -> str:
    """How many slips are open, at which level, and how many are unsigned or unmet."""
    slips = reads.scoped(open_slips_frame)
    if slips.empty:
        return translate("urging_page.none_open")
    levels = slips.groupby("level")["slips"].sum()
    return translate(
        "urging_page.sentence",
        total=slips["slips"].sum(),
        units=slips["key"].nunique(),
        levels=translate("urging_page.list").join(
            translate("urging_page.of_level", slip_level=level, count=levels[level])
            for level in SlipLevel
            if level in levels
        ),
        unsigned=slips["unsigned"].sum(),
        unmet=slips["unmet"].sum(),
    )


def show_figures(reads: Reads) -> None:
    """Open slips by level, unsigned ones, and those past their answer date."""
    slips = reads.scoped(open_slips_frame)
    levels = slips.groupby("level")[["slips", "unmet"]].sum()
    figures(
        [
            *(_level_figure(level, levels) for level in SlipLevel),
            Figure(
                translate("urging_page.unsigned"),
                translate("urging_page.count", count=slips["unsigned"].sum()),
            ),
            Figure(
                translate("urging_page.unmet"),
                translate("urging_page.count", count=slips["unmet"].sum()),
                translate("urging_page.count", count=slips["unanswered"].sum()),
                translate("urging_page.without_answer"),
            ),
        ]
    )


def _level_figure(level: SlipLevel, levels: pd.DataFrame) -> Figure:
    count, unmet = levels.loc[level] if level in levels.index else (0, 0)
    return Figure(
        level_words(level),
        translate("urging_page.count", count=count),
        translate("urging_page.count", count=unmet),
        translate("slip_standing.unmet"),
    )


def show_picture(reads: Reads) -> None:
    """The open slips by unit, or by measure for a single unit; a click narrows the list to it."""
    by_measure = _is_one_unit(reads)
    picture(
        reads.made(_picture, by_measure, language(), dark()),
        key="open_slips",
        table=lambda: plain_table(_wide(reads, by_measure).drop(columns="key").rename(columns=_column_names)),
        leads=None if by_measure else leads_by_level,
    )


def leads_by_level(keys: Sequence[Any]) -> Lead:
    """Where the parts of the bars lead: to the open slips of that unit and level."""
    return "urging", {"unit": int(keys[0]), "level": keys[1]}


def _is_one_unit(reads: Reads) -> bool:
    return reads.scope.authority_ids is not None


def _wide(reads: Reads, by_measure: bool) -> pd.DataFrame:
    frame = reads.scoped(open_slips_frame, by_measure=by_measure)
    frame = of_measures(reads, frame) if by_measure else frame
    return side_by_side(frame, SlipLevel, part="level", count="slips")


def _column_names(column: str) -> str:
    return column if column == "name" else f"slips_{column}"


def _picture(reads: Reads, by_measure: bool, language: Language, dark: bool) -> Plot:
    title = translate("urging_page.by_measure" if by_measure else "urging_page.by_unit")
    wide = _wide(reads, by_measure)
    return charts.slip_bars(wide, title=title, as_of=reads.today, language=language, dark=dark)


def word_slips(slips: pd.DataFrame, today: date) -> pd.DataFrame:
    """Rows of `slips_frame` with `slip`, `ground_words` and `slip_state` in words."""
    rows = rows_as(SlipRow, slips)
    return slips.assign(
        slip=[level_words(row.level) for row in rows],
        ground_words=[translate(f"slip_ground.{row.ground}") for row in rows],
        slip_state=[state_words(row, today) for row in rows],
    )


def state_words(slip: Slip, today: date) -> str:
    """The state of a slip, and whether it went unmet."""
    said = translate(f"slip_status.{slip.status}")
    return translate("urging_page.state_unmet", state=said) if is_unmet(slip, today) else said
