"""The reports that have stayed longest with one person."""

import pandas as pd
import streamlit as st

from db.submissions.holdings import LONGEST_SHOWN, longest_held_frame
from pages.parts.submissions.views import SubmissionsSelection, units_wanted
from pages.shared.components import empty
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import table
from pages.shared.wording import translate
from tracking.submissions import Stage


def longest_held(reads: Reads, wanted: SubmissionsSelection, stage: Stage | None) -> None:
    """The reports held longest by one holder; a click opens the task."""
    st.markdown(f"**{translate('submissions.longest', most=LONGEST_SHOWN)}**")
    unit_ids = tuple(units_wanted(reads, wanted)["unit_id"].tolist())
    extract = {"notice_id": wanted.notice_id, "year": wanted.year, "unit_ids": unit_ids}
    found = reads.scoped(longest_held_frame, stage=stage, **extract)
    if found.empty:
        empty(translate("submissions.writing_hint" if stage is Stage.WRITING else "submissions.none_longest"))
        return
    columns = ("unit_name", "number", "title", "officer_name", "stage", "held_since_on", "days")
    place = table(stage_worded(found), *columns, key=f"longest_{stage}")
    if place is not None:
        open_page("task", task=found["task_id"].iloc[place])


def stage_worded(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its stages in words, and who checks it named."""
    pairs = zip(frame["stage"], frame["checker_name"], strict=True)
    return frame.assign(stage=[_stage(stage, checker) for stage, checker in pairs])


def _stage(stage: str, checker: str | None) -> str:
    said = translate(f"stage.{stage}")
    return translate("submissions.checked_by", stage=said, name=checker) if stage == Stage.CHECKING else said
