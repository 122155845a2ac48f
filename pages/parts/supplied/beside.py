"""What the working group supplied, beside what the units report themselves: on the pages of a measure and of a unit."""

import pandas as pd
import streamlit as st

from db import clock
from db.identity import SignedIn
from db.supplied.queries import supplied_frame
from db.supplied.rows import SuppliedRow
from db.typed_rows import rows_as
from pages.parts.figures.extract import Extract, rows_of
from pages.shared.choices import name_of
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import translate
from tracking.permissions import Right, may
from tracking.scales import value_words


def supplied_beside(by: SignedIn, reads: Reads, extract: Extract) -> None:
    """The standing figures of the year as a table, and the way to where they are supplied and contested."""
    frame = reads.scoped(supplied_frame, measure_id=extract.measure_id, known_on=reads.known_on)
    found = [row for row in rows_as(SuppliedRow, rows_of(reads, extract, frame)) if _shown(row, extract)]
    if found:
        st.subheader(translate("supplied.beside"), anchor=False)
        plain_table(pd.DataFrame([_told(row, today=reads.known_on is None) for row in found]))
    if reads.known_on is None and (found or may(by, Right.REVIEW)):
        verb = "supply" if may(by, Right.REVIEW) else "to_all"
        page_link(
            "extensions", translate(f"supplied.{verb}"), show="supplied", notice=extract.choice.notice_id
        )


def _shown(row: SuppliedRow, extract: Extract) -> bool:
    """Whether it stands on the day of the page, in a period of the year up to that of the page."""
    choice = extract.choice
    stands = row.ended_at is None or row.ended_at > clock.end_of(choice.as_of)
    return (
        stands
        and (row.notice_id, row.year) == (choice.notice_id, choice.year)
        and row.number <= choice.number
    )


def _told(row: SuppliedRow, *, today: bool) -> dict[str, str]:
    """A line; what the unit itself says and how the figure stands are known of today alone."""
    told = {
        "unit_name": row.authority_name,
        "indicator": row.name,
        "period": name_of(row),
        "supplied": value_words(row.value, row),
    }
    if today:
        own = "—" if row.own is None else value_words(row.own, row)
        told |= {"own": own, "figure_state": translate(f"supplied_status.{row.status}")}
    return told | {"figure_source": row.source}
