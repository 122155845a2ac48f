"""A measure action by action: the figures of each, its bar, and where that leads."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure

from db.ledger.by_action import action_cells_of_period
from db.reference.queries import actions_frame
from pages.parts.figures.address import address_of
from pages.parts.figures.extract import Extract, cube_along, measures_of
from pages.shared.pictures import Lead, Leads
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking import charts
from tracking.catalogue import NO_ACTION
from tracking.figures import indicators
from tracking.vocabulary import Language

# Characters of a title beside its bar: actions have no short one.
LONGEST = 24
_OF_MEASURE = ["key_area_id", "key_area_number", "key_area_title"]


def action_figures(reads: Reads, extract: Extract) -> pd.DataFrame:
    """One row per action of the selected measure, and one for tasks that name none, if there are any.

    Columns of `indicators.completion_by_measure`; `measure_id` is the action.
    """
    choice = extract.choice
    asked = {"period_id": choice.period_id, "measure_id": extract.measure_id, "vintage": choice.vintage}
    cells = reads.scoped(action_cells_of_period, **asked)
    return indicators.completion_by_measure(cube_along(reads, extract, cells, _lines(reads, extract, cells)))


def _lines(reads: Reads, extract: Extract, cells: pd.DataFrame) -> pd.DataFrame:
    """The actions as lines of a roll-up: those still in force, and those that tasks name."""
    actions = reads.common(actions_frame, notice_id=extract.choice.notice_id)
    named = set(cells["measure_id"])
    kept = actions["retired_on"].isna() | actions["action_id"].isin(named)
    actions = actions[(actions["measure_id"] == extract.measure_id) & kept]
    lines = pd.DataFrame(
        {"measure_id": actions["action_id"], "number": actions["number"], "title": actions["title"]}
    )
    if NO_ACTION in named:
        none = {"measure_id": NO_ACTION, "number": len(lines) + 1, "title": translate("measure.no_action")}
        lines = pd.concat([lines, pd.DataFrame([none])], ignore_index=True)
    head = measures_of(reads, extract).iloc[0]
    return lines.assign(short_title=lines["title"], **{name: head[name] for name in _OF_MEASURE})


def action_bars(reads: Reads, extract: Extract, language: Language, dark: bool) -> Figure:
    """The completion of each action with expected progress and median."""
    return charts.completion_bars(
        reads.made(action_figures, extract),
        language=language,
        as_of=extract.choice.as_of,
        dark=dark,
        title=translate("measure.actions_title"),
        longest=LONGEST,
    )


def leads_by_action(extract: Extract) -> Leads:
    """Where the bars lead: to the lines of the ledger under the action; tasks without one have no such filter."""

    def lead(keys: Sequence[Any]) -> Lead | None:
        return to_ledger(extract, int(keys[0]))

    return lead


def to_ledger(extract: Extract, action_id: int) -> Lead | None:
    """The same for one action."""
    asked = {key: value for key, value in address_of(extract).items() if key not in {"view", "tree"}}
    return None if action_id == NO_ACTION else ("ledger", {**asked, "action": action_id})
