"""Who above has a plan or an update, and for how long."""

from datetime import datetime

import streamlit as st

from db import clock
from pages.shared.wording import day, plain, translate
from tracking.vocabulary import PlanStatus, UpdateStatus


def where_held(status: PlanStatus | UpdateStatus, checker_name: str, received_at: datetime | None) -> None:
    """A note with whom it is while an authority above checks it."""
    if status != UpdateStatus.CHECKING or received_at is None:
        return
    since = clock.day_of(received_at)
    days = (clock.today() - since).days
    st.info(translate("task.held", authority=plain(checker_name), days=days, since=day(since)))
