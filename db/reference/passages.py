"""Reads the text of a notice, which everybody may read: its versions, and the articles of one."""

import pandas as pd
from sqlmodel import col

from db.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import Measure, NoticeText, Officer, Passage


def notice_texts_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """Columns: text_id, version, is_summary, source, checked_on, cited, entered_at, taken_at, entered_by; newest first."""
    rows = select(
        col(NoticeText.id).label("text_id"),
        NoticeText.version,
        NoticeText.is_summary,
        NoticeText.source,
        NoticeText.checked_on,
        NoticeText.cited,
        NoticeText.entered_at,
        NoticeText.taken_at,
        col(Officer.name).label("entered_by"),
    ).join(Officer, col(Officer.id) == NoticeText.entered_by_id, isouter=True)
    chosen = rows.where(NoticeText.notice_id == notice_id)
    return frame_of(store, chosen.order_by(col(NoticeText.version).desc()))


def passages_frame(store: Store, *, text_id: int) -> pd.DataFrame:
    """The articles of a version in order.

    Columns: passage_id, number, level, heading, body, measure_id, measure_number (missing where it speaks of none).
    """
    rows = select(
        col(Passage.id).label("passage_id"),
        Passage.number,
        Passage.level,
        Passage.heading,
        Passage.body,
        Passage.measure_id,
        col(Measure.number).label("measure_number"),
    ).join(Measure, col(Measure.id) == Passage.measure_id, isouter=True)
    whole = ("measure_id", "measure_number")
    return frame_of(store, rows.where(Passage.text_id == text_id).order_by(col(Passage.number)), whole=whole)


def passage_of_measure(store: Store, *, measure_id: int) -> int | None:
    """The article that speaks of a measure, in the newest version of its notice's text that has one."""
    rows = (
        select(Passage.id)
        .join(NoticeText, col(NoticeText.id) == Passage.text_id)
        .where(Passage.measure_id == measure_id)
        .order_by(col(NoticeText.version).desc(), col(Passage.number))
        .limit(1)
    )
    with store.read() as session:
        found: int | None = session.scalars(rows).first()
    return found
