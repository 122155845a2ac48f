"""The tasks of a measure by field and direction of cooperation."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure

from db.tasks.queries import tags_counted_frame
from pages.parts.figures.address import address_of
from pages.parts.figures.drawings import drawn
from pages.parts.figures.extract import Extract
from pages.shared.pictures import Lead, Leads, picture
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from tracking import charts
from tracking.figures.vintages import NEWEST
from tracking.vocabulary import Language


def show_by_tag(reads: Reads, extract: Extract) -> None:
    """The picture, where a task has a tag: of the plans in force today, so on no page of another day or part."""
    if extract.choice.vintage != NEWEST or extract.region is not None or extract.unit_id is not None:
        return
    frame = tags_of(reads, extract)
    if not frame.empty:
        plot = drawn(reads, tag_bars, extract)
        named = frame.rename(columns={"name": "tags"})
        table = lambda: plain_table(named, "tags", "tasks")  # noqa: E731 -- drawn when it is asked for
        picture(plot, key="by_tag", table=table, leads=leads_by_tag(extract))


def tags_of(reads: Reads, extract: Extract) -> pd.DataFrame:
    """The tasks of the measure, counted by tag."""
    choice = extract.choice
    of_year = {"notice_id": choice.notice_id, "year": choice.year}
    return reads.scoped(tags_counted_frame, **of_year, measure_id=extract.measure_id)


def tag_bars(reads: Reads, extract: Extract, language: Language, dark: bool) -> Figure:
    """A bar for each tag."""
    frame = tags_of(reads, extract)
    return charts.tag_bars(frame, language=language, as_of=reads.today, dark=dark)


def leads_by_tag(extract: Extract) -> Leads:
    """Where a bar leads: to the lines of the ledger with that tag."""

    def lead(keys: Sequence[Any]) -> Lead:
        return "ledger", {**address_of(extract), "tag": int(keys[0])}

    return lead
