"""Moved dates as lines, in the register and beside a task."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from db.moves.queries import task_moves_frame
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table
from pages.shared.wording import translate

OF_A_TASK = ("moved_on", "what", "from_on", "to_on", "days_moved", "cause_words", "decided_by", "moved_why")
OF_THE_REGISTER = (
    "moved_on",
    "authority_name",
    "task_title",
    "what",
    "from_on",
    "to_on",
    "days_moved",
    "cause_words",
    "times",
    "delay_days",
    "light",
    "moved_why",
    "asked_by",
    "decided_by",
)
HEIGHT = 460


def task_moves(reads: Reads, task_id: int, *, known_on: date | None = None) -> None:
    """Every move of one task's dates, up to a past day if one is given; empty if there are none."""
    moves = reads.scoped(task_moves_frame, task_id=task_id, known_on=known_on)
    if not moves.empty:
        st.header(translate("extension_page.task_moves", times=moves["moved_at"].nunique()), anchor=False)
        plain_table(word_moves(moves), *OF_A_TASK)


def register_table(moves: pd.DataFrame, key: str) -> int | None:
    """The lines of the register; returns the task of a row just clicked."""
    height = HEIGHT if len(moves) > 12 else None
    place = table(word_moves(moves), *OF_THE_REGISTER, key=key, height=height)
    return None if place is None else int(moves["task_id"].iloc[place])


def word_moves(moves: pd.DataFrame) -> pd.DataFrame:
    """Rows of `moves_frame` with words, days and signs as displayed."""
    rows = list(moves.itertuples(index=False))
    return moves.assign(
        task_title=[f"{row.task_number} {row.title}" for row in rows],
        what=[_what(row) for row in rows],
        days_moved=[_days(row) for row in rows],
        cause_words=[_cause(row) for row in rows],
        moved_why=moves["reason"],
    )


def _days(row: Any) -> str:
    """A goal that was made smaller has moved no date."""
    return "—" if pd.isna(row.days) else f"{row.days:+.0f}".replace("-", "−")


def _what(row: Any) -> str:
    kind = translate(f"move_kind.{row.kind}")
    return f"{kind} {row.part}" if row.part else kind


def _cause(row: Any) -> str:
    key = "extension_page.cause_changes" if row.changes_light else "extension_page.cause_changes_not"
    return translate(key, cause=translate(f"move_cause.{row.cause}"))
